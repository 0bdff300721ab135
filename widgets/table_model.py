"""The model of a big table: its records, under group headings where it has groups, in the columns shown."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from widgets.shown import plain_tip
from widgets.table_groups import Groups, Heading
from widgets.table_rows import BLANK, KEPT, PAGE, Cell, PagedRows, Row, Source

Index = QModelIndex | QPersistentModelIndex
Align = Literal["left", "right"]
Hidden = Literal["none", "heading", "open"]
Sort = tuple[str, bool]  # the name of a column, and True when the largest comes first

_NOWHERE = QModelIndex()
_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
}

__all__ = ["BLANK", "KEPT", "PAGE", "Cell", "Column", "RecordTable", "Row", "Source", "sorted_words"]


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


@runtime_checkable
class Grouped(Protocol):
    """A source that may have groups."""

    def headings(self) -> Sequence[Heading]:
        """The groups in the order of the ids, their counts adding up to them; none for a table without groups."""


class RecordTable(QAbstractTableModel):
    """A table of any length that fetches only what is looked at."""

    def __init__(self, source: Source, columns: Sequence[Column] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self.columns = tuple(columns)  # in the order they were given
        self.sort_order: tuple[Sort, ...] = ()  # first thing first, as the headings say it
        self.groups = Groups()
        self._rows = PagedRows(source)
        self._under: tuple[str, tuple[str, ...]] = ("", ())
        self.refill()

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns. Rows are fetched again, since the source may now bring other cells."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self._rows.forget()
        self.endResetModel()

    def set_sort(self, order: Sequence[Sort]) -> None:
        """Say in the headings what the source sorts by; `refill` brings the new order."""
        self.sort_order = tuple(order)
        if self.columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def set_folded(self, main: str = "", under: Sequence[str] = ()) -> None:
        """Say that the columns `under` are read as the second line of `main`; nothing when not folded."""
        self._under = (main, tuple(under))

    def refill(self) -> None:
        """Ask the source for every id again; rows are fetched when they are looked at."""
        order = self._source.ids()
        self._take(order, self._asked_groups(order))

    def refresh(self, changed: Collection[int]) -> None:
        """After a change to these ids: redraw them, or refill when rows or groups came, went or moved."""
        order = self._source.ids()
        groups = self._asked_groups(order)
        if self._rows.differs(order) or groups.shape() != self.groups.shape():
            self._take(order, groups)
            return
        last = len(self.columns) - 1
        rows = [(row, row) for p in self._rows.renew(changed) if (row := self.groups.row(p)) is not None]
        if groups.headings != self.groups.headings:  # what groups come to is drawn across all columns
            rows = [(0, groups.rows - 1)]
        self.groups = groups
        for top, bottom in rows if last >= 0 else ():
            self.dataChanged.emit(self.index(top, 0), self.index(bottom, last))

    def set_open(self, keys: Collection[str], is_open: bool) -> None:
        """Open or close groups by their keys."""
        self.beginResetModel()
        self.groups.set_open(keys, is_open)
        self.endResetModel()

    def id_at(self, row: int) -> int | None:
        """The id in a row, or None for a heading and outside the table."""
        return self._rows.id_at(self.groups.place(row))

    def row_of(self, id: int, *, hidden: Hidden = "none") -> int | None:
        """The row an id is in, or None when it is not shown.

        In a closed group there is no row, unless `hidden` asks for that of the heading, or to open the group.
        """
        place = self._rows.place_of(id)
        if place is None:
            return None
        row = self.groups.row(place)
        if row is None and hidden == "heading":
            return self.groups.row_of_heading(self.groups.key_of(place))
        if row is None and hidden == "open":
            self.set_open([self.groups.key_of(place)], True)
            return self.groups.row(place)
        return row

    def cell(self, row: int, name: str) -> Cell:
        """The cell in a row under a column's name; fetches its page when it is not held."""
        held = self._rows.row(self.groups.place(row))
        return held.cells.get(name, BLANK) if held else BLANK

    def each_row(self, rows: Sequence[int]) -> Iterator[Row]:
        """The records in these rows, fetched in pages and not kept: for copying."""
        return self._rows.each([place for row in rows if (place := self.groups.place(row)) >= 0])

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """The exact number of rows, headings included."""
        return 0 if parent.isValid() else self.groups.rows

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """The number of columns, folded ones included."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, alignment, full text on hover, and heading with value for screen readers."""
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN[column.align]
        if (heading := self.groups.heading(index.row())) is not None:
            return _said_of(heading, index.column(), role, heading.key not in self.groups.closed)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(index.row(), column.name).text
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip("\n".join(self._spoken(index.row(), column.name)))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = [w for w in self._spoken(index.row(), column.name) if w]
            return f"{column.label}: {'; '.join(words) or 'blank'}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A group heading can be gone to, but is no row that is chosen."""
        if self.groups.heading(index.row()) is not None:
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The headings; a screen reader also hears how the column is sorted."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.label
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN[column.align]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return column.label + sorted_words(self.sort_order, column.name)
        return None

    # ------------------------------------------------------------------ inside
    def _take(self, order: Sequence[int], groups: Groups) -> None:
        self.beginResetModel()
        self._rows.take(order)
        self.groups = groups
        self.endResetModel()

    def _asked_groups(self, order: Sequence[int]) -> Groups:
        """The groups of the source as they are now; those that were closed stay so."""
        headings = self._source.headings() if isinstance(self._source, Grouped) else ()
        return Groups(headings, self.groups.closed, count=len(order))

    def _spoken(self, row: int, name: str) -> list[str]:
        """The words of a cell, and those folded under it."""
        main, under = self._under
        return [self.cell(row, each).words for each in (name, *(under if name == main else ()))]


def _said_of(heading: Heading, column: int, role: int, is_open: bool) -> object:
    """A group heading in words: on screen it is drawn across all columns."""
    if role == Qt.ItemDataRole.DisplayRole:
        return heading.words if column == 0 else ""
    if role == Qt.ItemDataRole.AccessibleTextRole:
        return f"Group {heading.words}, {heading.note}, {'open' if is_open else 'closed'}"
    return None


def sorted_words(order: Sequence[Sort], name: str) -> str:
    """How a column is sorted, as the end of what is said about its heading; nothing when it is not."""
    for place, (each, down) in enumerate(order, 1):
        if each == name:
            then = f", {place} of {len(order)}" if len(order) > 1 else ""
            return f", sorted {'largest' if down else 'smallest'} first{then}"
    return ""
