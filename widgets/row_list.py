"""A short list of rows in a panel: columns aligned, and what belongs to a row opened under it in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from widgets.row_button import BAR, ENTER, MOVES, RowButton, RowHead
from widgets.row_columns import Edges, RowColumns
from widgets.table_model import Cell, Column, Row
from widgets.theme import tokens

AT_ONCE = 40  # rows made together; of a long list the rest follow between the user's keys


class Stack(QFrame):
    """Widgets under one another whose height is what they ask for, never worked out from the width.

    Words that wrap keep themselves tall enough, and a form finds its columns only when it is laid out;
    a height kept by the layouts above from before that would cut it off.
    """

    def __init__(self, gap: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.down = QVBoxLayout(self)
        self.down.setContentsMargins(0, 0, 0, 0)
        self.down.setSpacing(gap)

    def hasHeightForWidth(self) -> bool:
        return False


class OpenedFrame(Stack):
    """What is opened under a row, held to it by the accent bar at the left; Esc closes it."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.content: QWidget | None = None

    def hold(self, content: QWidget | None) -> None:
        """Hold another widget; the one before is only hidden, it belongs to whoever made it."""
        if self.content is not None and self.content is not content:
            self.down.removeWidget(self.content)
            self.content.hide()
        if content is not None and content is not self.content:
            self.down.addWidget(content)
        if content is not None:
            content.show()
        self.content = content

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """An editor takes Esc itself while words are typed in it."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        p, t = QPainter(self), tokens(self)
        p.fillRect(QRectF(0, 0, BAR, self.height()), t.colour("accent"))
        p.fillRect(QRectF(BAR, self.height() - 1, self.width(), 1), t.colour("line"))


class RowList(Stack):
    """Rows under their headings, one stop for Tab; arrows go from row to row, at most one is open."""

    pressed = Signal(int, bool)  # a row is to be opened or closed; True when the keyboard is to go into it
    left = Signal()  # the open row is to be closed, by Esc from inside it
    bin_asked = Signal(int)

    def __init__(
        self, columns: Sequence[Column], under: Sequence[str] = (), edges: Edges | None = None
    ) -> None:
        super().__init__()
        self._columns = RowColumns(columns, under, edges or Edges())
        self.main = self._columns.main  # the name of the column that names a row
        self._rows: dict[int, RowButton] = {}
        self._order: list[int] = []
        self._cells: dict[int, Mapping[str, Cell]] = {}
        self._open = self._stop = 0
        self._head = RowHead(self._columns)
        self._frame = OpenedFrame()
        self._frame.left.connect(self.left)
        self._frame.hide()
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(partial(self._make, AT_ONCE))
        self.down.addWidget(self._head)
        self.down.addWidget(self._frame)

    # ---- what it shows

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; those that were there keep the keyboard, and one that is gone gives it on."""
        order = [r.id for r in rows]
        self._drop([n for n in self._order if n not in {*order}])
        self._columns.measure(rows, self)
        self._cells = {r.id: r.cells for r in rows}
        for number, button in self._rows.items():
            button.show_cells(self._cells[number])
        changed, self._order = order != self._order, order
        if changed or len(self._rows) < len(order):
            self._make(AT_ONCE)
        self._head.setVisible(bool(rows))
        self._fit()

    def _make(self, most: int) -> None:
        """Make rows that are not there yet, in their order, and go on when nothing else is to be done."""
        waiting = [n for n in self._order if n not in self._rows]
        for number in waiting[:most]:
            self._rows[number] = self._made(number)
        self._lay_out()
        if len(waiting) > most:
            self._later.start()

    def _made(self, number: int) -> RowButton:
        made = RowButton(number, self._columns)
        made.setFixedHeight(self._columns.height)
        made.show_cells(self._cells[number])
        made.clicked.connect(self._clicked)
        made.keyed.connect(self._key)
        made.focused.connect(self._set_stop)
        return made

    def _lay_out(self) -> None:
        """Put the rows in their order, what is opened under its row."""
        while self.down.count() > 1:
            self.down.takeAt(1)
        for number in self._order:
            if number in self._rows:
                self.down.addWidget(self._rows[number])
            if number == self._open:
                self.down.addWidget(self._frame)
        if not self._open:
            self.down.addWidget(self._frame)
        self._set_stop(self._stop if self._stop in self._rows else next(iter(self._order), 0))

    def _drop(self, gone: Sequence[int]) -> None:
        for number in gone:
            if number == self._open:
                self.close_row()
            place, button = self._order.index(number), self._rows.pop(number, None)
            self._order.remove(number)
            if button is None:
                continue
            had_keys = button.hasFocus()
            self.down.removeWidget(button)
            if had_keys and self._order:
                self.focus_row(self._order[min(place, len(self._order) - 1)])
            button.hide()
            button.deleteLater()

    def ids(self) -> list[int]:
        """The rows in their order."""
        return list(self._order)

    def row(self, number: int) -> RowButton:
        """One row, made at once if it was still to come."""
        if number not in self._rows:
            self._make(len(self._order))
        return self._rows[number]

    # ---- what is open

    def opened(self) -> int:
        """The row that is open, or 0."""
        return self._open

    def open_height(self) -> int:
        """How high what is open is, in pixels."""
        return max(self._frame.height(), self._frame.minimumSizeHint().height()) if self._open else 0

    def open_row(self, number: int, content: QWidget) -> None:
        """Open something under a row."""
        self.close_row()
        button = self.row(number)
        self._open = number
        button.setChecked(True)
        self.down.removeWidget(self._frame)
        self.down.insertWidget(self.down.indexOf(button) + 1, self._frame)
        self._frame.hold(content)
        self._frame.show()
        self._set_stop(number)

    def close_row(self) -> None:
        """Close what is open; the keyboard goes back to its row if it was inside."""
        number, self._open = self._open, 0
        if number not in self._rows:
            self._frame.hide()
            return
        self._rows[number].setChecked(False)
        if self._frame.isAncestorOf(self.window().focusWidget()):
            self.focus_row(number)
        self._frame.hide()

    def focus_row(self, number: int) -> None:
        """Give the keyboard to a row."""
        button = self.row(number)
        self._set_stop(number)
        button.show()  # a row just made is shown a moment later, and could not take the keyboard yet
        button.setFocus(Qt.FocusReason.TabFocusReason)

    def _set_stop(self, number: int) -> None:
        self._stop = number
        for each, button in self._rows.items():
            stops = each == number
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if stops else Qt.FocusPolicy.ClickFocus)

    # ---- mouse and keys

    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, RowButton):
            button.setChecked(button.number == self._open)  # the owner opens it, or cannot
            self.pressed.emit(button.number, False)

    def _key(self, number: int, code: int) -> None:
        key = Qt.Key(code)
        if key in MOVES:
            place = self._order.index(number) + MOVES[key]
            self.focus_row(self._order[max(0, min(place, len(self._order) - 1))])
        elif key in ENTER:
            self.pressed.emit(number, True)
        elif key == Qt.Key.Key_Delete:
            self.bin_asked.emit(number)
        elif (number == self._open) == (key != Qt.Key.Key_Right):
            self.pressed.emit(number, False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc on the row that is open closes it; anywhere else it belongs to the page."""
        if event.key() == Qt.Key.Key_Escape and self._open:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            rows = [
                Row(n, {c.name: b.cell(c.name) for c in self._columns.columns}) for n, b in self._rows.items()
            ]
            self._columns.measure(rows, self)
            self._fit()

    def _fit(self) -> None:
        self._columns.fit(self.width())
        self._head.update()
        for button in self._rows.values():
            if button.maximumHeight() != self._columns.height:
                button.setFixedHeight(self._columns.height)
            button.update()
