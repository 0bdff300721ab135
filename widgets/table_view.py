"""The big table itself: chosen rows, sorting, folding, copying, all of it by keyboard too."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QItemSelection, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from widgets.table_attention import Attention, Keeper, chosen_rows
from widgets.table_copy import MOST, as_mime, put_on_clipboard
from widgets.table_header import SortHeader
from widgets.table_headings import Headings
from widgets.table_layout import TableLayout
from widgets.table_model import Index, RecordTable, Sort
from widgets.table_painter import FoldPlan, RowPainter
from widgets.theme import ROW, ROW_TWO, tokens

NOTHING = "Nothing fits. Change the filter, or take it away."
EDGE = 24
_ENDS = {
    QAbstractItemView.CursorAction.MoveHome: 0,
    QAbstractItemView.CursorAction.MoveEnd: -1,
}


class RecordView(QTableView):
    """A table of records. Ids, not rows, go in and out; 0 stands for no record."""

    sort_changed = Signal(list)  # list[Sort]; the page sorts its source and calls `refill`
    opened = Signal(int)
    current_changed = Signal(int)
    selection_changed = Signal(int)  # how many rows are chosen
    layout_changed = Signal(dict)
    typed = Signal(str)  # a letter typed over the table: the page hands it to the filter line
    said = Signal(str)  # a sentence for the status bar

    def __init__(
        self, model: RecordTable, fold: FoldPlan | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._table = model
        self._told = 0  # the id last told as current
        self._set_up()  # before the model: told afterwards, Qt measures every row
        self._heads = SortHeader(model, self)
        self.setHorizontalHeader(self._heads)
        self.setModel(model)
        self.columns = TableLayout(self._heads, model, fold, self)
        self._keeper = Keeper(self, model)
        attention = Attention(self)
        self.setItemDelegate(RowPainter(self, model, fold, self.columns, attention))
        self._headings = Headings(self, model, attention)
        self._heads.sort_asked.connect(self.set_sort)
        self._heads.sort_asked.connect(self.sort_changed)
        self.columns.changed.connect(self.layout_changed)
        self.columns.fold_changed.connect(self._set_height)
        self.doubleClicked.connect(self._open)
        self.clicked.connect(self._clicked)
        model.modelReset.connect(self._bring_back)

    def _set_up(self) -> None:
        self.setObjectName("records")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.viewport().setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(ROW)
        self._set_height(False)

    # ------------------------------------------------------------------ for the page
    def current_id(self) -> int:
        """The id of the current row, or 0."""
        return self._table.id_at(self.currentIndex().row()) or 0

    def selected_ids(self) -> list[int]:
        """The ids of the chosen rows, in the order shown."""
        return [id for id in map(self._table.id_at, chosen_rows(self)) if id is not None]

    def select_id(self, id: int) -> bool:
        """Make a record current and bring it into sight, its group opened; False when it is not shown."""
        row = self._table.row_of(id, hidden="open")
        if row is None:
            return False
        self.setCurrentIndex(self._table.index(row, max(0, self.columns.first())))
        return True

    def set_sort(self, order: Sequence[Sort]) -> None:
        """Show in the headings what the rows are sorted by."""
        self._table.set_sort(order)

    def copy(self, headings: bool = True) -> None:
        """Put the chosen rows on the clipboard as text and as a table."""
        rows = chosen_rows(self)
        if not rows:
            return
        taken = rows[:MOST]
        mime = as_mime(self.columns.in_order(), self._table.each_row(taken), headings)
        put_on_clipboard(mime)
        many = f"{len(taken):,} rows" if len(taken) > 1 else "1 row"
        left = f" of {len(rows):,}. Export takes them all" if len(rows) > MOST else ""
        self.said.emit(f"Copied {many}{left}.")

    # ------------------------------------------------------------------ events
    def paintEvent(self, event: QPaintEvent) -> None:
        """Group headings over the cells; where the filters leave no row, say so."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        self._headings.paint(painter)
        if not self._table.rowCount():
            painter.setPen(tokens(self).colour("text2"))
            painter.drawText(QPoint(EDGE, EDGE), NOTHING)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the new width."""
        super().resizeEvent(event)
        self.columns.fit(self.viewport().width())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """From the start the first record is current, not the heading above it."""
        if not self.currentIndex().isValid() and self._table.id_at(1) is not None:
            first = 1 if self._table.id_at(0) is None else 0
            self.setCurrentIndex(self._table.index(first, max(0, self.columns.first())))
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; Ctrl+C copies with headings, Ctrl+Shift+C without; the rest is the table's own.

        On a group heading Enter, the space bar and the arrows to the side open and close the group.
        """
        shift_copy = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() == Qt.Key.Key_C and event.modifiers() == shift_copy:
            self.copy(headings=False)
        elif not event.modifiers() and self._headings.take_key(event.key(), self.currentIndex().row()):
            event.accept()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Hand letters on: searching here would fetch every row."""
        if search.strip():
            self.typed.emit(search)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Home and End go to the first and last row, since rows are what is chosen."""
        if action in _ENDS and self._table.rowCount():
            row = 0 if _ENDS[action] == 0 else self._table.rowCount() - 1
            return self._table.index(row, max(0, self.currentIndex().column()))
        return super().moveCursor(action, modifiers)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell the page once for each record, not for each cell."""
        super().currentChanged(current, previous)
        self._tell_current()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell the page how many rows are chosen."""
        super().selectionChanged(selected, deselected)
        parts, groups = self.selectionModel().selection().toList(), self._table.groups
        headings = sum(groups.headings_in(part.top(), part.bottom()) for part in parts)
        self.selection_changed.emit(sum(part.height() for part in parts) - headings)

    # ------------------------------------------------------------------ inside
    def _tell_current(self) -> None:
        id = self.current_id()
        if id != self._told:
            self._told = id
            self.current_changed.emit(id)

    def _clicked(self, index: Index) -> None:
        self._headings.turn(index.row())

    def _open(self, index: Index) -> None:
        id = self._table.id_at(index.row())
        if id is not None:
            self.opened.emit(id)

    def _set_height(self, folded: bool) -> None:
        self.verticalHeader().setDefaultSectionSize(ROW_TWO if folded else ROW)
        show_current(self)
        QTimer.singleShot(
            0, self, partial(show_current, self)
        )  # again when the headings have their height too

    def _bring_back(self) -> None:
        self.columns.fit(self.viewport().width())
        self._keeper.bring_back(self.columns.first())
        self._tell_current()


def show_current(view: RecordView) -> None:
    """Have the chosen row in sight: taller rows push it out, and its own column may be folded away."""
    row = view.currentIndex().row()
    if row >= 0:
        view.scrollTo(view.model().index(row, max(0, view.columns.first())))
