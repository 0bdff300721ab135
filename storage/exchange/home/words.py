"""What is said about a workbook that came home: on single values, on columns, and on the whole."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

from storage.engine.fields import Field, Kind, Value
from storage.engine.values import Unreadable
from storage.exchange.home.columns import Columns
from storage.exchange.home.plan import Homecoming
from storage.exchange.home.reading import Brought
from storage.exchange.importing.columns import TypedRow
from storage.exchange.importing.providers import Providers, folded
from storage.exchange.tables.sheet import Problem
from storage.records.contracts import Contract

CLEARED = "Cleared there."
COMPUTED = "This column is worked out, so what stands here changes nothing. The register says {}."
STOOD_HERE = "The register said this before it was changed here, so it may only be as it was sent."
STRANGE = "This column is no field of the register, so it was left out."
MISSING_UNKNOWN = "Nothing in it says which contracts were sent, so rows that were taken out cannot be told."
SENT_UNKNOWN = (
    "Nothing in it says what was sent, as is so with CSV files. Cells that differ are shown as theirs and mine, "
    "and none is taken unless you say so."
)
MONTH_FIRST = "Dates in it were read with the month first, since some fit only so."
SCRAMBLED = (
    "Most rows have another reference and another title than they were sent with. The sheet may have been sorted "
    "without its hidden column, so nothing is taken unless you say so. Look well before you take anything."
)
_SCRAMBLED = 0.4  # of the rows
_FEWEST = 4  # such rows
_NAMED = 4  # columns named one by one


def on_value(field: Field, theirs: Value) -> tuple[str, bool]:
    """What to know of a value, and whether it is only taken when somebody says so."""
    problem = field.problem(theirs)
    if theirs is None or theirs == "":
        return f"{CLEARED} {problem}".strip(), bool(problem)
    return problem, bool(problem) and field.kind is Kind.CHOICE


def of_provider(providers: Providers, name: str) -> tuple[str, bool]:
    """What to know of a provider that a cell names."""
    if folded(name) in providers.held:
        return "", False
    alike = providers.alike(name)
    known = f" There is {alike}, whose name is alike." if alike else ""
    return f"No provider has this name. Taking it adds one.{known}", True


def worked_out_cells(row: TypedRow, contract: Contract, columns: Columns) -> list[Problem]:
    """Cells of worked-out columns that were typed over."""
    found = []
    for heading, field in columns.computed.items():
        if field.from_today or field.kind not in (Kind.DAY, Kind.MONEY):
            continue
        if not (words := row.raw.get(heading, "")):
            continue
        mine = field.value_of(contract)
        if isinstance(mine, date) and words == mine.isoformat():
            continue  # nearly all of them, and quickly
        try:
            typed = field.read(words)
        except Unreadable:
            continue  # a date with a word behind it, as its format shows it
        if typed != mine:
            found.append(
                Problem(row.number, heading, words, COMPUTED.format(field.show(mine) or "nothing there"))
            )
    return found


def add_notes(home: Homecoming, brought: Brought, columns: Columns, compared: int) -> None:
    """Complete an outcome with what concerns the whole, and put its lines in the order of the file."""
    home.problems += columns.odd
    filled = {heading for row in columns.rows for heading in row.raw}
    home.ignored += [
        Problem(brought.sheet.header_row, heading, "", STRANGE)
        for heading in columns.strange
        if heading in filled
    ]
    home.notes += [n for n in brought.sheet.notes if not n.startswith(("Other ", "Read ", "Not looked at"))]
    if columns.computed:
        named = list(columns.computed)
        listed = ", ".join(named[:_NAMED]) + (" and others" if len(named) > _NAMED else "")
        home.notes.append(f"Columns that are worked out are not read: {listed}.")
    if columns.month_first:
        home.notes.append(MONTH_FIRST)
    if home.told_by == "nothing":
        home.notes.append(SENT_UNKNOWN)
    if home.told_by != "workbook":
        home.notes.append(MISSING_UNKNOWN)
    _doubt_scrambled(home, compared)
    home.problems.sort(key=lambda problem: problem.row)
    home.ignored.sort(key=lambda problem: problem.row)


def _doubt_scrambled(home: Homecoming, compared: int) -> None:
    """Take nothing by itself where rows and UUIDs seem to have been torn apart."""
    changed = Counter(change.row for change in home.changes if change.name in ("reference", "title"))
    torn = sum(count == 2 for count in changed.values())
    if torn >= max(_FEWEST, compared * _SCRAMBLED):
        home.changes = [replace(change, doubtful=True) for change in home.changes]
        home.notes.insert(0, SCRAMBLED)
