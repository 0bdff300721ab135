"""Records of the store as rows of a table: the query asked, and each value as the cell people read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication

from storage.desk.lists.totals import Section, sections
from storage.engine.fields import Field, Kind, Record, Value
from storage.engine.query import ALL, Query
from storage.engine.reading import Reader
from widgets.table_groups import Heading
from widgets.table_model import Cell, Column, Row
from widgets.theme import BODY, SEMIBOLD

NARROW_DAY = 102  # a date in a two-line table, its note under it
WIDEST_DAY, EDGES = "30 Nov 2026", 18  # pixels left and right of a cell's words
CELL_WORDS = 200  # characters of a long note that a table shows
MakeCell = Callable[[Record, date], Cell]
_RIGHT = (Kind.MONEY, Kind.WHOLE, Kind.NUMBER)


class RecordSource:
    """What a table shows of one record class; the page changes `query` and refills."""

    def __init__(
        self,
        reader: Reader,
        cls: type[Record],
        special: Mapping[str, MakeCell] | None = None,
        said: Callable[[Section], str] | None = None,
        adding: tuple[str, str] = ("", ""),
    ) -> None:
        """`said` makes the words of a group; `adding` names the amount it adds up and how sure that is."""
        self._reader = reader
        self.cls = cls
        self._said, self._adding = said, adding
        self.query: Query = ALL
        self._special = dict(special or {})
        self._names: tuple[str, ...] = ()

    def show(self, names: Sequence[str]) -> None:
        """Which fields make cells."""
        self._names = tuple(names)

    def ids(self) -> Sequence[int]:
        """Every id the query finds, in its order."""
        return self._reader.ids(self.cls, self.query)

    def headings(self) -> Sequence[Heading]:
        """The groups the query makes, and what each comes to."""
        group = self.query.group
        if not group or self._said is None:
            return ()
        field = self._reader.fields(self.cls)[group]
        return [
            Heading(f"{group}={s.key}", heading_words(field, s.value), self._said(s), s.count)
            for s in sections(self._reader, self.cls, *self._adding, self.query)
        ]

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """The rows of these ids."""
        fields, today = self._reader.fields(self.cls), self._reader.today()
        shown = [(n, fields[n], self._special.get(n)) for n in self._names if n in fields]
        found = self._reader.many(self.cls, ids)
        return {
            i: Row(i, {n: make(r, today) if make else plain_cell(f, r, today) for n, f, make in shown})
            for i, r in found.items()
        }


def heading_words(field: Field, value: Value) -> str:
    """What a group of rows is called: the value they share."""
    shown = field.show(short(value)) or "Not recorded"
    return f"{field.label}: {shown[0].lower() + shown[1:]}" if field.kind is Kind.YESNO else shown


def plain_cell(field: Field, record: Record, today: date) -> Cell:
    """A value as a table shows it."""
    return Cell(field.show(short(field.value_of(record, today))))


def short(value: Value) -> Value:
    """Long notes cut to one line; the record shows the whole."""
    if isinstance(value, str) and (len(value) > CELL_WORDS or "\n" in value):
        return " ".join(value.split())[:CELL_WORDS]
    return value


def _room_for_a_day() -> int:
    """What the widest close date takes in the font of this system; close dates stand in semibold."""
    font = QFont(QGuiApplication.font())
    font.setPixelSize(BODY)
    font.setWeight(SEMIBOLD)
    return max(NARROW_DAY, QFontMetrics(font).horizontalAdvance(WIDEST_DAY) + EDGES)


def column_of(field: Field, main: str) -> Column:
    """The table column of a field; the main column takes the room the others leave."""
    return Column(
        field.name,
        field.brief or field.label,
        field.width,
        "right" if field.kind in _RIGHT else "left",
        stretch=field.name == main,
        narrow=min(field.width, _room_for_a_day()) if field.kind is Kind.DAY else 0,
    )
