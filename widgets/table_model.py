"""The model of a big table: ids in memory, rows fetched in pages when they are looked at."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from widgets.shown import plain_tip

Index = QModelIndex | QPersistentModelIndex
Align = Literal["left", "right"]
Sort = tuple[str, bool]  # the name of a column, and True when the largest comes first

PAGE = 128  # rows fetched together
KEPT = 64  # pages held in memory at most
_NOWHERE = QModelIndex()
_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
}


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows.

    `tone` is "", "soft", "red", "amber", "green" or "blue"; a tone never stands without words.
    `note` is a few more words: the second line of a two-line row, beside the text in a one-line row when
    the cell has a tone. `mark` draws a rating's shape: "green", "amber", "red" or "unrated".
    """

    text: str = ""
    tone: str = ""
    pill: bool = False
    note: str = ""
    mark: str = ""

    @property
    def words(self) -> str:
        """Text and note together, as a screen reader says them."""
        return f"{self.text}, {self.note}" if self.text and self.note else self.text or self.note


BLANK = Cell()


@dataclass(frozen=True, slots=True)
class Row:
    """One record as the table shows it: a cell by the name of its column; a missing cell is blank."""

    id: int
    cells: Mapping[str, Cell] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Column:
    """One column. Widths are pixels at 100 %; `narrow` is the width in a two-line table (0: the same)."""

    name: str
    label: str
    width: int = 120
    align: Align = "left"
    stretch: bool = False  # takes the room the others leave
    sortable: bool = True
    narrow: int = 0


class Source(Protocol):
    """Where the rows come from, already filtered and sorted."""

    def ids(self) -> Sequence[int]:
        """Every id shown, in order."""

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """The rows of these ids; an id that has gone may be left out."""


class RecordTable(QAbstractTableModel):
    """A table of any length that fetches only what is looked at."""

    def __init__(self, source: Source, columns: Sequence[Column] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._columns = tuple(columns)
        self._order: Sequence[int] = ()
        self._pages: OrderedDict[int, dict[int, Row]] = OrderedDict()
        self._places: dict[int, int] | None = None  # row by id, worked out when first asked for
        self._sort: tuple[Sort, ...] = ()
        self._under: tuple[str, tuple[str, ...]] = ("", ())
        self.refill()

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns in the order they were given."""
        return self._columns

    @property
    def sort_order(self) -> tuple[Sort, ...]:
        """What the rows are sorted by, first thing first, as the headings say it."""
        return self._sort

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns. Rows are fetched again, since the source may now bring other cells."""
        self.beginResetModel()
        self._columns = tuple(columns)
        self._pages.clear()
        self.endResetModel()

    def set_sort(self, order: Sequence[Sort]) -> None:
        """Say in the headings what the source sorts by; `refill` brings the new order."""
        self._sort = tuple(order)
        if self._columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)

    def set_folded(self, main: str = "", under: Sequence[str] = ()) -> None:
        """Say that the columns `under` are read as the second line of `main`; nothing when not folded."""
        self._under = (main, tuple(under))

    def refill(self) -> None:
        """Ask the source for every id again; rows are fetched when they are looked at."""
        order = self._source.ids()
        self.beginResetModel()
        self._take(order)
        self.endResetModel()

    def refresh(self, changed: Collection[int]) -> None:
        """After a change to these ids: redraw them, or refill when rows came, went or moved."""
        order = self._source.ids()
        if len(order) != len(self._order) or list(order) != list(self._order):
            self.beginResetModel()
            self._take(order)
            self.endResetModel()
            return
        held = [id for id in changed if self._page_of(id) is not None]
        if len(held) > PAGE:
            self._pages.clear()
        elif held:
            for id, row in self._source.rows(held).items():
                if (page := self._page_of(id)) is not None:
                    page[id] = row
        last = len(self._columns) - 1
        for place in (self.row_of(id) for id in held):
            if place is not None and last >= 0:
                self.dataChanged.emit(self.index(place, 0), self.index(place, last))

    def id_at(self, row: int) -> int | None:
        """The id in a row, or None outside the table."""
        return self._order[row] if 0 <= row < len(self._order) else None

    def row_of(self, id: int) -> int | None:
        """The row an id is in, or None when it is not shown."""
        if self._places is None:
            self._places = {each: row for row, each in enumerate(self._order)}
        return self._places.get(id)

    def cell(self, row: int, name: str) -> Cell:
        """The cell in a row under a column's name; fetches its page when it is not held."""
        held = self._row(row)
        return held.cells.get(name, BLANK) if held else BLANK

    def each_row(self, rows: Sequence[int]) -> Iterator[Row]:
        """The rows at these places, fetched in pages and not kept: for copying."""
        for first in range(0, len(rows), PAGE):
            ids = [self._order[row] for row in rows[first : first + PAGE]]
            found = self._source.rows(ids)
            yield from (found[id] for id in ids if id in found)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """The exact number of rows."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """The number of columns, folded ones included."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, alignment, full text on hover, and heading with value for screen readers."""
        if not index.isValid():
            return None
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(index.row(), column.name).text
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN[column.align]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip("\n".join(self._spoken(index.row(), column.name)))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = [w for w in self._spoken(index.row(), column.name) if w]
            return f"{column.label}: {'; '.join(words) or 'blank'}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The headings; a screen reader also hears how the column is sorted."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.label
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN[column.align]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return column.label + sorted_words(self._sort, column.name)
        return None

    # ------------------------------------------------------------------ inside
    def _take(self, order: Sequence[int]) -> None:
        self._order, self._places = order, None
        self._pages.clear()

    def _row(self, row: int) -> Row | None:
        id = self.id_at(row)
        if id is None:
            return None
        number = row // PAGE
        page = self._pages.get(number)
        if page is None:
            page = dict(self._source.rows(self._order[number * PAGE : (number + 1) * PAGE]))
            self._pages[number] = page
            if len(self._pages) > KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page.get(id)

    def _page_of(self, id: int) -> dict[int, Row] | None:
        row = self.row_of(id)
        return None if row is None else self._pages.get(row // PAGE)

    def _spoken(self, row: int, name: str) -> list[str]:
        """The words of a cell, and those folded under it."""
        main, under = self._under
        return [self.cell(row, each).words for each in (name, *(under if name == main else ()))]


def sorted_words(order: Sequence[Sort], name: str) -> str:
    """How a column is sorted, as the end of what is said about its heading; nothing when it is not."""
    for place, (each, down) in enumerate(order, 1):
        if each == name:
            then = f", {place} of {len(order)}" if len(order) > 1 else ""
            return f", sorted {'largest' if down else 'smallest'} first{then}"
    return ""
