"""What a row changes in the contract it is: what the user changed since the last import stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from storage.engine.fields import Field, Kind, Value
from storage.exchange.importing.rows import UNREAD, Plain, Source, SourceRow
from storage.exchange.tables.sheet import Problem, clean
from storage.exchange.workbooks.text import clean as as_cell
from storage.records.contracts import Contract, ImportRow

_NOTES = "unread"  # the field that keeps what could not be read


@dataclass
class Merge:
    """New values by field, problems to show, and what the source is now known to say."""

    changes: dict[str, Value] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    cells: dict[str, Plain] = field(default_factory=dict)


def merge(
    source: Source, row: SourceRow, before: Contract, last: ImportRow | None, exported: Contract | None
) -> Merge:
    """Compare a row with its contract.

    What the source said before is `last`, or `exported` for a row of our own workbook: the contract as it was
    when the workbook was written. A cell the source has not changed since changes nothing, and one that both
    sides changed keeps the user's value and is told. A blank cell clears in our own workbook; in any other file
    it says nothing. A contract no file has spoken of before takes what the file says.
    """
    return _Merger(source, row, before, last, exported).merge()


class _Merger:
    def __init__(
        self,
        source: Source,
        row: SourceRow,
        before: Contract,
        last: ImportRow | None,
        exported: Contract | None,
    ) -> None:
        self._source, self._row, self._before, self._exported = source, row, before, exported
        self._base = last.cells if last is not None and exported is None else None
        self._made = Merge(cells=dict(row.cells))

    def merge(self) -> Merge:
        for name, known in self._source.fields.items():
            self._field(name, known)
        self._unread()
        return self._made

    def _field(self, name: str, known: Field) -> None:
        given, present = self._row.values.get(name), known.value_of(self._before)
        if _blank(given) and (self._exported is None or self._source.heading_of(name) in self._row.unread):
            return
        was = self._was(name, known, present)
        if same(known, was, given) or same(known, present, given):
            return
        if not same(known, present, was):
            self._keep_users(name)
            return
        self._made.changes[name] = known.from_sql(None) if _blank(given) else given
        if self._base is None and self._exported is None and not _blank(present):
            self._tell(name, f"This contract said “{known.show(present)}”. It now says what the file says.")

    def _was(self, name: str, known: Field, present: Value) -> Value:
        """What the source said last; what the contract says where no source has spoken."""
        if self._base is not None:
            return known.from_sql(self._base.get(name))
        return known.value_of(self._exported) if self._exported is not None else present

    def _keep_users(self, name: str) -> None:
        """Both sides changed: the user's stays, and that is told at each import until it is settled."""
        cells = self._made.cells
        cells.pop(name, None)
        if self._base is not None and name in self._base:
            cells[name] = self._base[name]  # type: ignore[assignment]
        self._tell(name, "Changed here and in the file. Yours was kept.")

    def _tell(self, name: str, why: str) -> None:
        heading = self._source.heading_of(name)
        self._made.problems.append(Problem(self._row.number, heading, self._row.raw.get(heading, ""), why))

    def _unread(self) -> None:
        """Lines of what could not be read: gone once it can be, added when it is new."""
        changes, row, base = self._made.changes, self._row, self._base or {}
        lines = str(changes.pop(_NOTES, self._before.unread)).splitlines()
        changed = {self._source.heading_of(name) for name in changes}
        read = {h for h in row.raw if h not in row.unread and (h in changed or UNREAD + h in base)}
        lines = [line for line in lines if line.split(": ", 1)[0] not in read]
        for heading, text in row.unread.items():
            line = unread_line(heading, text)
            if base.get(UNREAD + heading) != text and line not in lines:
                lines = [old for old in lines if old.split(": ", 1)[0] != heading] + [line]
        if lines != self._before.unread.splitlines():
            changes[_NOTES] = "\n".join(lines)


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
        return _unseen(present) and _unseen(given)
    if isinstance(present, str) and isinstance(given, str):
        if known.kind is Kind.NOTE:
            return _plain(present).strip() == _plain(given).strip()
        return _plain(present).split() == _plain(given).split()
    return False


def _plain(text: str) -> str:
    return clean(as_cell(text))


def _unseen(value: Value) -> bool:
    """Whether nothing would be seen of a value in a cell."""
    return _blank(value) or (isinstance(value, str) and not _plain(value).strip())


def _blank(value: Value) -> bool:
    return value is None or value == ""
