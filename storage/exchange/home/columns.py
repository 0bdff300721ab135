"""What the columns of a workbook that came home are: known by heading and field, wherever they stand now."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from storage.engine.fields import Field, Kind
from storage.engine.values import month_first_evidence
from storage.exchange.importing.columns import SHEET_ERROR, TypedRow, read_columns
from storage.exchange.importing.headings import Match, match_headings
from storage.exchange.importing.import_headings import Known
from storage.exchange.importing.synonyms import SYNONYMS, WORDS
from storage.exchange.tables.sheet import Cell, Problem, Sheet, SourceError
from storage.exchange.tables.tabular import WHY_CUT, WHY_FORMULA, WHY_MERGED
from storage.exchange.workbooks.columns import UUID_HEADING
from storage.exchange.workbooks.sync import Sync

_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_LOOKED_AT = 200  # rows in which a column of UUIDs is sought whose heading was lost
_NUMBERS = re.compile(r"\d+")
NO_IDENTITY = (
    "has no column Record UUID any more, by which its rows are known.",
    "Bring it in as a register (File → Import a register or list): rows are then matched by reference and title.",
)


@dataclass
class Columns:
    """The rows of a workbook as values of fields, and what of it was not read."""

    identity: str  # the heading of the UUIDs
    fields: dict[str, Field] = field(default_factory=dict)  # by the name of the field, those read
    headings: dict[str, str] = field(default_factory=dict)  # by the name of the field
    computed: dict[str, Field] = field(default_factory=dict)  # by heading: worked out, so not read
    strange: list[str] = field(default_factory=list)  # headings that are no field
    rows: list[TypedRow] = field(default_factory=list)
    kept_out: dict[tuple[int, str], str] = field(default_factory=dict)  # why, by row and heading
    odd: list[Problem] = field(default_factory=list)  # cells outside the columns read
    merged: set[int] = field(default_factory=set)  # rows with merged cells, where a blank one says nothing
    month_first: bool = False  # how dates in text were read

    @property
    def blanks_unsure(self) -> bool:
        """Whether so many cells are odd that not all of them were told, so that a blank one says nothing."""
        return any(not problem.row for problem in self.odd)

    def uuid_of(self, row: TypedRow) -> str:
        """The UUID a row says; empty when it says none."""
        return row.raw.get(self.identity, "").strip().lower()


def columns_of(sheet: Sheet, known: Known, sync: Sync | None) -> Columns:
    """Read the table of a workbook. Raises SourceError when nothing says which row is which contract."""
    found = Columns(_identity(sheet))
    matches = _matches(sheet, known, sync, found)
    wanted = list(matches.values())
    typed = read_columns(sheet, wanted, known.fields, words_of=WORDS)
    if typed.questions or _month_first(sheet, found):
        # Saved where the month comes first: the columns whose dates show no order go with those that do.
        typed = read_columns(sheet, wanted, known.fields, words_of=WORDS, date_order="month")
        found.month_first = True
    found.rows = typed.rows
    _judge(found, typed.problems, {*sheet.problems})
    return found


def _identity(sheet: Sheet) -> str:
    """The heading over the UUIDs, by its words or by what stands below it."""
    named = next((h for h in sheet.headings if _plain(h) == _plain(UUID_HEADING)), "")
    if named:
        return named
    for place, heading in enumerate(sheet.headings):
        if _mostly_uuids(row[place] for row in sheet.rows[:_LOOKED_AT]):
            return heading
    raise SourceError(f"“{sheet.source}” {NO_IDENTITY[0]}", NO_IDENTITY[1])


def _mostly_uuids(cells: Iterable[Cell]) -> bool:
    filled = [cell for cell in cells if cell is not None and cell != ""]
    fits = sum(isinstance(cell, str) and _UUID.fullmatch(cell.strip()) is not None for cell in filled)
    return fits > 0 and fits * 2 > len(filled)


def _matches(sheet: Sheet, known: Known, sync: Sync | None, found: Columns) -> dict[str, Match]:
    """Where every heading goes: as it was sent, then by the label of a field, then by another name for one."""
    sent = {_plain(c.heading): c.name for c in sync.columns} if sync else {}
    labels = {_plain(f.label): name for name, f in known.fields.items()}
    goes: dict[str, str] = {}
    for names in (sent, labels):
        for heading in sheet.headings:
            name = names.get(_plain(heading), "")
            if heading not in goes and name in known.fields and name not in goes.values():
                goes[heading] = name
    _by_synonym(sheet.headings, known, goes, found)
    matches = {heading: Match(heading, None, "left out") for heading in sheet.headings}
    for heading, name in goes.items():
        one = known.fields[name]
        if heading == found.identity:
            continue
        if one.derived or one.from_today:
            found.computed[heading] = one
        else:
            matches[heading] = Match(heading, name, "same")
            found.fields[name], found.headings[name] = one, heading
    found.strange += [h for h in sheet.headings if h not in goes and h != found.identity]
    return matches


def _by_synonym(headings: Sequence[str], known: Known, goes: dict[str, str], found: Columns) -> None:
    """Columns that were renamed: another usual name of a field that no column fills yet."""
    rest = [h for h in headings if h not in goes and h != found.identity]
    free = [f for name, f in known.fields.items() if name not in goes.values()]
    for match in match_headings(rest, free, synonyms=SYNONYMS) if rest else ():
        if match.how in ("same", "synonym") and match.field_name:
            goes[match.heading] = match.field_name


def _month_first(sheet: Sheet, found: Columns) -> bool:
    """Whether a worked-out date fits only with the month first: it shows how the others were saved."""
    places = [sheet.headings.index(h) for h, f in found.computed.items() if f.kind is Kind.DAY]
    cells = (row[place] for row in sheet.rows for place in places)
    return any(isinstance(cell, str) and month_first_evidence(cell) == "month" for cell in cells)


def _judge(found: Columns, problems: Sequence[Problem], of_sheet: Collection[Problem]) -> None:
    """Note which cells are not taken as they are, and why. What is only unusual is told with its change."""
    unread = {(row.number, heading) for row in found.rows for heading in row.unread}
    read = {*found.headings.values()}
    for problem in problems:
        place = (problem.row, problem.column)
        if problem.why == WHY_MERGED:
            numbers = [int(n) for n in _NUMBERS.findall(problem.value)]
            found.merged.update(range(min(numbers), max(numbers) + 1) if numbers else ())
        elif problem.why in (WHY_CUT, WHY_FORMULA, SHEET_ERROR) or place in unread:
            found.kept_out[place] = problem.why
        elif not problem.row or problem.column not in read or problem in of_sheet:
            found.odd.append(problem)


def _plain(heading: str) -> str:
    return " ".join(heading.split()).casefold()
