"""Where the user of a big table is: row under the pointer, keyboard or not, records chosen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QItemSelectionRange, QObject, Qt
from PySide6.QtGui import QFocusEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView

from widgets.table_model import RecordTable

_BY_KEY = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class Attention(QObject):
    """Watches pointer and keyboard over a table. `row` is hovered, or -1; `by_key` asks for a focus ring."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self.row = -1
        self.by_key = False
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the events; never takes one."""
        kind = event.type()
        if kind == QEvent.Type.MouseMove and isinstance(event, QMouseEvent) and watched is not self._view:
            self._hover(self._view.indexAt(event.position().toPoint()).row())
        elif kind in (QEvent.Type.Leave, QEvent.Type.Wheel):
            self._hover(-1)
        elif kind == QEvent.Type.MouseButtonPress:
            self.by_key = False
        elif kind == QEvent.Type.KeyPress or (isinstance(event, QFocusEvent) and event.reason() in _BY_KEY):
            self.by_key = True
        return False

    def _hover(self, row: int) -> None:
        if row != self.row:
            self.row = row
            self._view.viewport().update()


@dataclass(frozen=True)
class _Held:
    """What was chosen before the rows changed places."""

    current: int  # id, or 0
    heading: str | None  # the key of the group whose heading was current
    row: int
    ids: tuple[int, ...]
    scroll: int


class Keeper(QObject):
    """Keeps current record, chosen records and place on screen, by id, while the rows change under them."""

    def __init__(self, view: QAbstractItemView, table: RecordTable) -> None:
        super().__init__(view)
        self._view, self._table = view, table
        self._held: _Held | None = None
        table.modelAboutToBeReset.connect(self.hold)

    def hold(self) -> None:
        """Note ids before the change."""
        view, table = self._view, self._table
        row = view.currentIndex().row()
        chosen = (table.id_at(each) for each in chosen_rows(view))
        ids = tuple(id for id in chosen if id is not None)
        heading = table.groups.heading(row)
        key = heading.key if heading else None
        self._held = _Held(table.id_at(row) or 0, key, row, ids, view.verticalScrollBar().value())

    def bring_back(self, column: int) -> None:
        """Choose the same records again; where the current one has gone, the one now in its place."""
        held, self._held = self._held, None
        count = self._table.rowCount()
        if held is None or held.row < 0 or not count:
            return
        found = self._found(held)
        row = min(held.row, count - 1) if found is None else found
        rows = {each for id in held.ids if (each := self._table.row_of(id)) is not None}
        select = self._view.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        if found is None and not rows and self._table.id_at(row) is not None:
            rows = {row}
        select.select(self._ranges(rows), flags.ClearAndSelect | flags.Rows)
        select.setCurrentIndex(self._table.index(row, max(0, column)), flags.NoUpdate)
        bar = self._view.verticalScrollBar()
        tall = self._view.sizeHintForRow(row) if self._view.isVisible() else 0
        bar.setValue(held.scroll + (row - held.row) * tall if found is not None else held.scroll)

    def _found(self, held: _Held) -> int | None:
        """The row of what was current; of a record whose group was closed, its heading."""
        if held.heading is not None:
            return self._table.groups.row_of_heading(held.heading)
        return self._table.row_of(held.current, hidden="heading")

    def _ranges(self, rows: Iterable[int]) -> QItemSelection:
        """Rows as few ranges as they make: choosing 100,000 rows is one range."""
        chosen, last = QItemSelection(), self._table.columnCount() - 1
        start = end = -2
        for row in [*sorted(rows), -1]:
            if row == end + 1:
                end = row
                continue
            if start >= 0:
                top, bottom = self._table.index(start, 0), self._table.index(end, last)
                chosen.append(QItemSelectionRange(top, bottom))
            start = end = row
        return chosen


def chosen_rows(view: QAbstractItemView) -> list[int]:
    """The chosen rows from top to bottom."""
    rows: set[int] = set()
    for part in view.selectionModel().selection().toList():
        rows.update(range(part.top(), part.bottom() + 1))
    return sorted(rows)
