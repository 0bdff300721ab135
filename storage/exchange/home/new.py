"""Rows of a workbook that are no contract yet: they would become drafts, once, however often it comes home."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from storage.engine.fields import Value
from storage.engine.reading import Reader
from storage.engine.store import with_values
from storage.exchange.home.columns import Columns
from storage.exchange.home.plan import Homecoming, NewRow
from storage.exchange.home.words import of_provider, on_value
from storage.exchange.importing.columns import TypedRow
from storage.exchange.importing.import_headings import PROVIDER
from storage.exchange.importing.merging import unread_lines
from storage.exchange.importing.providers import folded
from storage.exchange.importing.rows import UNREAD, fingerprint, kept
from storage.exchange.tables.sheet import Problem
from storage.records.contracts import Contract, ImportRow

DRAFT = "Draft"
_MARK = "home:"  # before the fingerprint of a row that came home, which no other import looks for
BROUGHT = "This new row was brought home before, so it was passed over."
SAME_REFERENCE = "“{}” has this reference too."


def new_rows(
    reader: Reader,
    columns: Columns,
    rows: Sequence[tuple[TypedRow, str, bool]],
    contracts: Mapping[int, Contract],
    home: Homecoming,
) -> list[NewRow]:
    """What new rows would become; those brought before join what is ignored, and cells unread the problems."""
    if not rows:
        return []
    before = {values for _, values in reader.values(ImportRow, ("fingerprint", "occurrence"))}
    named = {folded(c.reference): c for c in contracts.values() if c.reference}
    seen: Counter[str] = Counter()
    made: list[NewRow] = []
    for row, note, doubtful in rows:
        one = _new_row(columns, row, note, doubtful, home)
        occurrence = seen[one.remembered.fingerprint]
        seen[one.remembered.fingerprint] += 1
        remembered = replace(one.remembered, occurrence=occurrence)
        if (remembered.fingerprint, occurrence) in before:
            home.ignored.append(Problem(row.number, "", one.contract.name, BROUGHT))
            continue
        other = named.get(folded(one.contract.reference)) if one.contract.reference else None
        said = [one.note, SAME_REFERENCE.format(other.name) if other and not note else ""]
        made.append(
            replace(one, remembered=remembered, note=" ".join(filter(None, said)),
                    doubtful=one.doubtful or other is not None)
        )  # fmt: skip
    return made


def _new_row(columns: Columns, row: TypedRow, note: str, doubtful: bool, home: Homecoming) -> NewRow:
    values: dict[str, Value] = {n: v for n, v in row.values.items() if n != PROVIDER and v != ""}
    named = str(row.values.get(PROVIDER) or "")
    together = folded(named) in home.providers.held  # a name that has a semicolon of its own
    parts = [named] if together else named.split(";")
    named_by = tuple(dict.fromkeys(filter(None, (" ".join(part.split()) for part in parts))))
    said = [note]
    if (stage := values.get("stage", DRAFT)) != DRAFT:
        said.append(f"It says {stage} and begins as a draft.")
    for name, value in values.items():
        said.append(on_value(columns.fields[name], value)[0])
    said += [of_provider(home.providers, name)[0] for name in named_by]
    unread = {}
    for heading, words in row.unread.items():
        unread[heading] = words
        why = columns.kept_out.get((row.number, heading), "")
        home.problems.append(Problem(row.number, heading, words, why))
    if unread:
        values["unread"] = "\n".join(filter(None, (str(values.get("unread") or ""), unread_lines(unread))))
    contract = with_values(Contract(), {**values, "stage": DRAFT})
    cells = {name: kept(value) for name, value in row.values.items() if value != "" and value is not None}
    cells |= {UNREAD + heading: words for heading, words in unread.items()}
    remembered = ImportRow(fingerprint=_MARK + fingerprint(cells), source=home.source, cells=cells)
    return NewRow(row.number, contract, named_by, remembered, " ".join(filter(None, said)), doubtful)
