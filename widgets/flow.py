"""Lays widgets side by side and begins a new line when the next one does not fit."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Widgets at the size they ask for, left to right, centred on their line, as many lines as needed."""

    def __init__(self, gap: int = 8, line_gap: int = 8) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap, self._line_gap = gap, line_gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item at the end."""
        self._items.append(item)

    def count(self) -> int:
        """How many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """An item, or None past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give an item up."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def insert_widget(self, index: int, widget: QWidget) -> None:
        """Add a widget before another."""
        self.addWidget(widget)
        self._items.insert(index, self._items.pop())

    def expandingDirections(self) -> Qt.Orientation:
        """Wants no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Its height depends on its width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high the lines are at a width."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Place the widgets."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        """All on one line."""
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        wide = sum(size.width() for size in shown) + self._gap * max(0, len(shown) - 1)
        return self._grown(QSize(wide, max((size.height() for size in shown), default=0)))

    def minimumSize(self) -> QSize:
        """The largest single widget."""
        size = QSize(0, 0)
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return self._grown(size)

    def _grown(self, size: QSize) -> QSize:
        return size.grownBy(self.contentsMargins())

    def _arrange(self, whole: QRect, *, move: bool) -> int:
        """Go through the lines, moving the widgets when asked; say how high they are together, margins too."""
        rect = whole.marginsRemoved(self.contentsMargins())
        top, line = rect.y(), list[QLayoutItem]()
        used = 0
        for item in (item for item in self._items if not item.isEmpty()):
            wide = _size(item, rect.width()).width()
            if line and used + self._gap + wide > rect.width():
                top += self._place(line, rect, top, move=move) + self._line_gap
                line, used = [], 0
            used += wide + (self._gap if line else 0)
            line.append(item)
        if line:
            top += self._place(line, rect, top, move=move)
        return top - rect.y() + whole.height() - rect.height()

    def _place(self, line: list[QLayoutItem], within: QRect, top: int, *, move: bool) -> int:
        high = max(item.sizeHint().height() for item in line)
        left = within.x()
        for item in line:
            size = _size(item, within.width())
            if move:
                item.setGeometry(QRect(QPoint(left, top + (high - size.height()) // 2), size))
            left += size.width() + self._gap
        return high


def _size(item: QLayoutItem, room: int) -> QSize:
    """What a widget asks for; one that can do with less gives way where a whole line has no room for it."""
    size = item.sizeHint()
    return size.boundedTo(QSize(max(room, item.minimumSize().width()), size.height()))
