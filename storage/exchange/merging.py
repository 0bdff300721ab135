"""What a row changes in the contract it is: what the user changed since the last import stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from storage.engine.fields import Field, Kind, Value
from storage.exchange.import_rows import UNREAD, Plain, Source, SourceRow
from storage.exchange.sheet import Problem, clean
from storage.exchange.workbook_text import clean as as_cell
from storage.records.contracts import Contract, ImportRow

_NOTES = "unread"  # the field that keeps what could not be read


@dataclass
class Merge:
    """New values by field, problems to show, and what the source is now known to say."""

    changes: dict[str, Value] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    cells: dict[str, Plain] = field(default_factory=dict)


def merge(source: Source, row: SourceRow, before: Contract, last: ImportRow | None, exported: bool) -> Merge:
    """Compare a row with its contract.

    `last` is what the source said before: a cell it has not changed since changes nothing, and one that both
    sides changed keeps the user's value and is told. `exported` means that the row came out of this very
    contract: then the row is as good as typed, and a blank cell clears. In all other rows a blank says nothing.
    """
    made = Merge(cells=dict(row.cells))
    base: Mapping[str, object] | None = last.cells if last is not None and not exported else None
    for name, known in source.fields.items():
        if name == _NOTES:
            continue
        given = row.values.get(name)
        present = known.value_of(before)
        if _blank(given):
            if exported and not _blank(present) and source.heading_of(name) not in row.unread:
                made.changes[name] = known.from_sql(None)
            continue
        if base is not None and base.get(name) == row.cells.get(name):
            continue
        if same(known, present, given):
            continue
        if base is not None and not same(known, present, known.from_sql(base.get(name))):
            _keep_users(made, source, row, name, base)
            continue
        made.changes[name] = given
        if base is None and not exported and not _blank(present):
            _tell(
                made,
                source,
                row,
                name,
                f"This contract said “{known.show(present)}”. It now says what the file says.",
            )
    _merge_unread(made, source, row, before, base)
    return made


def _keep_users(made: Merge, source: Source, row: SourceRow, name: str, base: Mapping[str, object]) -> None:
    """Both sides changed: the user's stays, and the change of the source is told again until it is settled."""
    if name in base:
        made.cells[name] = base[name]  # type: ignore[assignment]
    else:
        made.cells.pop(name, None)
    _tell(made, source, row, name, "Changed here and in the file. Yours was kept.")


def _tell(made: Merge, source: Source, row: SourceRow, name: str, why: str) -> None:
    heading = source.heading_of(name)
    made.problems.append(Problem(row.number, heading, row.raw.get(heading, ""), why))


def _merge_unread(
    made: Merge, source: Source, row: SourceRow, before: Contract, base: Mapping[str, object] | None
) -> None:
    """Lines of what could not be read: gone once it can be, added when it is new."""
    lines = before.unread.splitlines()
    given = row.values.get(_NOTES)
    if _NOTES in source.fields and base is None and isinstance(given, str):
        lines = given.splitlines() if not same(source.fields[_NOTES], before.unread, given) else lines
    read = {h for h in row.raw if h not in row.unread}
    lines = [line for line in lines if line.split(": ", 1)[0] not in read]
    for heading, text in row.unread.items():
        if base is not None and base.get(UNREAD + heading) == text:
            continue
        line = unread_line(heading, text)
        if line not in lines:
            lines = [old for old in lines if old.split(": ", 1)[0] != heading] + [line]
    if "\n".join(lines) != "\n".join(before.unread.splitlines()):
        made.changes[_NOTES] = "\n".join(lines)


def unread_line(heading: str, text: str) -> str:
    """One cell that could not be read, as the contract keeps it."""
    return f"{heading}: {' '.join(text.split())}"


def unread_lines(unread: Mapping[str, str]) -> str:
    """All of them, one a line."""
    return "\n".join(unread_line(h, t) for h, t in unread.items())


def same(known: Field, present: Value, given: Value) -> bool:
    """Whether two values are one, spaces aside that no cell of a register carries."""
    if present == given:
        return True
    if _blank(present) or _blank(given):
        return _blank(present) and _blank(given)
    if isinstance(present, str) and isinstance(given, str):
        if known.kind is Kind.NOTE:
            return _plain(present).strip() == _plain(given).strip()
        return _plain(present).split() == _plain(given).split()
    return False


def _plain(text: str) -> str:
    return clean(as_cell(text))


def _blank(value: Value) -> bool:
    return value is None or value == ""
