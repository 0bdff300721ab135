"""Records of the store as rows of a table: the query asked, and each value as the cell people read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from storage.engine.fields import Field, Kind, Record, Value
from storage.engine.query import ALL, Query
from storage.engine.reading import Reader
from widgets.table_model import Cell, Column, Row

NARROW_DAY = 102  # a date in a two-line table, its note under it
CELL_WORDS = 200  # characters of a long note that a table shows
MakeCell = Callable[[Record, date], Cell]
_RIGHT = (Kind.MONEY, Kind.WHOLE, Kind.NUMBER)


class RecordSource:
    """What a table shows of one record class; the page changes `query` and refills."""

    def __init__(
        self, reader: Reader, cls: type[Record], special: Mapping[str, MakeCell] | None = None
    ) -> None:
        self._reader = reader
        self.cls = cls
        self.query: Query = ALL
        self._special = dict(special or {})
        self._names: tuple[str, ...] = ()

    def show(self, names: Sequence[str]) -> None:
        """Which fields make cells."""
        self._names = tuple(names)

    def ids(self) -> Sequence[int]:
        """Every id the query finds, in its order."""
        return self._reader.ids(self.cls, self.query)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """The rows of these ids."""
        fields, today = self._reader.fields(self.cls), self._reader.today()
        shown = [(n, fields[n], self._special.get(n)) for n in self._names if n in fields]
        found = self._reader.many(self.cls, ids)
        return {
            i: Row(i, {n: make(r, today) if make else plain_cell(f, r, today) for n, f, make in shown})
            for i, r in found.items()
        }


def plain_cell(field: Field, record: Record, today: date) -> Cell:
    """A value as a table shows it."""
    return Cell(field.show(short(field.value_of(record, today))))


def short(value: Value) -> Value:
    """Long notes cut to one line; the record shows the whole."""
    if isinstance(value, str) and (len(value) > CELL_WORDS or "\n" in value):
        return " ".join(value.split())[:CELL_WORDS]
    return value


def column_of(field: Field, main: str) -> Column:
    """The table column of a field; the main column takes the room the others leave."""
    return Column(
        field.name,
        field.brief or field.label,
        field.width,
        "right" if field.kind in _RIGHT else "left",
        stretch=field.name == main,
        narrow=min(field.width, NARROW_DAY) if field.kind is Kind.DAY else 0,
    )
