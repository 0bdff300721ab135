"""Search for everything: a panel of results under the search line, grouped, led by the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPoint,
    QRectF,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLineEdit, QListView, QVBoxLayout

from widgets.palette_entries import Entry, EntryList
from widgets.palette_painter import HEADING, LINE, EntryPainter
from widgets.parts import text
from widgets.theme import tokens

_WAIT = 30  # ms after the last letter
_LEAST, _MOST_TALL, _APART = 520, 460, 4
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}


Find = Callable[[str], Sequence[Entry]]

__all__ = ["Entry", "Palette"]


class Palette(QFrame):
    """The panel. Typing in `line` opens it; arrows, Enter and Esc work from the line; nothing is blocked."""

    chosen = Signal(object)  # Entry
    closed = Signal()
    left = Signal()  # done with the line: the keyboard goes back to the page

    def __init__(self, line: QLineEdit, find: Find) -> None:
        """`find` is called on the GUI thread shortly after typing pauses, with "" for the first look."""
        super().__init__(line.window())
        self._line, self._find = line, find
        self._found = EntryList(self)
        self._list = QListView(self)
        self._painter = EntryPainter(self._list, self._found)
        self._none = text("", "soft", wrap=True)
        self._wait = QTimer(self, singleShot=True, interval=_WAIT)
        self._set_up()
        self._wait.timeout.connect(self.search_now)
        self._list.clicked.connect(self._clicked)
        line.textEdited.connect(self._typed)
        line.installEventFilter(self)
        self.hide()

    def _set_up(self) -> None:
        self._list.setModel(self._found)
        self._list.setItemDelegate(self._painter)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setMouseTracking(True)
        self._list.viewport().setMouseTracking(True)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAccessibleName("Results")
        self._list.entered.connect(self._list.setCurrentIndex)
        self._none.setContentsMargins(8, 8, 8, 8)
        below = QVBoxLayout(self)
        below.setContentsMargins(5, 5, 5, 5)
        below.setSpacing(0)
        below.addWidget(self._none)
        below.addWidget(self._list)

    # ------------------------------------------------------------------ for the page
    def open(self) -> None:
        """Go to the line with its words selected and show what there is: for Ctrl+K."""
        self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._line.selectAll()
        self.search_now()

    def search_now(self) -> None:
        """Ask for what fits the words and show it."""
        self._wait.stop()
        words = self._line.text().strip()
        entries = self._find(words)
        self._painter.set_words(words)
        self._found.show_entries(entries)
        self._none.setText(f"Nothing found for “{words}”. Try fewer letters." if words else "Type to search.")
        self._none.setVisible(not entries)
        self._list.setVisible(bool(entries))
        self._place()
        self._move(1, start=-1)

    def close_panel(self) -> None:
        """Put it away."""
        self._wait.stop()
        if self.isVisible():
            self.hide()
            self.closed.emit()

    # ------------------------------------------------------------------ events
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the line: its keys, its focus; and the window: its size."""
        if watched is self._line:
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._key(Qt.Key(event.key()))
            if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
                if event.reason() != Qt.FocusReason.PopupFocusReason:
                    self.close_panel()
            elif event.type() in (QEvent.Type.Move, QEvent.Type.Resize) and self.isVisible():
                self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Surface with an outline."""
        t = tokens(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(t.colour("edge"), 1))
        painter.setBrush(t.colour("surface"))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

    # ------------------------------------------------------------------ inside
    def _key(self, key: Qt.Key) -> bool:
        if key == Qt.Key.Key_Escape:
            self._leave()
            return True
        if key in _STEPS:
            if self.isVisible():
                self._move(_STEPS[key], self._list.currentIndex().row())
            else:
                self.search_now()
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._wait.isActive() or not self.isVisible():
                self.search_now()
            self._choose(self._list.currentIndex().row())
            return True
        return False

    def _typed(self, _words: str) -> None:
        self._wait.start()

    def _clicked(self, index: QModelIndex) -> None:
        self._choose(index.row())

    def _choose(self, row: int) -> None:
        entry = self._found.entry(row)
        if entry is not None:
            self._leave()  # before the command, which may be about what has the keyboard
            self.chosen.emit(entry)

    def _leave(self) -> None:
        """Empty the line, put the panel away and give the keyboard back."""
        self.close_panel()
        self._line.clear()
        self.left.emit()

    def _move(self, step: int, start: int) -> None:
        """To the next result that way; headings are stepped over, the ends hold."""
        way, last = (1 if step > 0 else -1), self._found.rowCount() - 1
        row = max(0, min(start + step, last))
        while 0 <= row <= last and self._found.entry(row) is None:
            row += way
        if 0 <= row <= last:
            self._list.setCurrentIndex(self._found.index(row))
            if row == 1:
                self._list.scrollToTop()
            said = self._found.index(row).data(Qt.ItemDataRole.AccessibleTextRole)
            self._line.setAccessibleDescription(str(said))

    def _place(self) -> None:
        """Under the line, right edges together, within the window."""
        window = self._line.window()
        wide = min(max(_LEAST, self._line.width()), window.width() - 32)
        lines = self._found.lines
        rows = sum(LINE if isinstance(line, Entry) else HEADING for line in lines)
        tall = min(rows + 12 if lines else 52, _MOST_TALL)
        right = self._line.mapTo(window, QPoint(self._line.width(), self._line.height() + _APART))
        tall = min(tall, window.height() - right.y() - 16)
        self.setGeometry(max(16, right.x() - wide), right.y(), wide, tall)
        self.raise_()
        self.show()
