"""A scroll of cards that are made as they come into sight, in which nothing jumps."""

from __future__ import annotations

from time import perf_counter

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QScrollArea

from widgets.checklist_column import CardColumn
from widgets.checklist_places import Key

AT_ONCE, SLICE = 0.08, 0.02  # seconds of making cards: what was asked for; while scrolling and between turns
PASSES = 5  # a card that is made has another height than was likely, so others come into sight
EDGE = 12  # pixels left above and below a card that is brought into view

Anchor = tuple[Key, int]  # what stays where it is, and where: pixels under the top of what is seen
Anchors = list[Anchor] | None  # the best first; None for the end of the column


class CardScroll(QScrollArea):
    """Holds a column of cards, and makes those in sight.

    Whatever becomes higher or lower, is made or comes back: what a person looks at stays where it is.
    """

    whole = Signal()  # everything in sight is made

    def __init__(self) -> None:
        super().__init__()
        self._column: CardColumn | None = None
        self._filling = False
        self._keep: Anchor | None = None  # where to be once this is seen
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._fill_later)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    @property
    def column(self) -> CardColumn | None:
        """The cards, once a checklist is shown."""
        return self._column

    @property
    def is_whole(self) -> bool:
        """True when everything in sight is made."""
        return self._column is not None and not self._column.lacks(*self._sight())

    def show_column(self, column: CardColumn) -> None:
        """Show other cards, from the top."""
        self._column, self._keep = column, None
        column.stirred.connect(self.fill)
        self.setWidget(column)
        self.verticalScrollBar().setValue(0)
        self.fill()

    def clear(self) -> None:
        """Let the cards go."""
        column, self._column = self.takeWidget(), None
        if column is not None:
            column.hide()
            column.deleteLater()

    def set_wide(self, wide: bool) -> None:
        """Let guidance stand beside the questions, or under them."""
        if self._column and self._column.store.wide != wide:
            anchors = self._anchors()
            self._column.set_wide(wide)
            self._fill(anchors, SLICE)

    def take(self, changed: list[Key]) -> None:
        """Show what has changed, and what is now seen or not any more."""
        if self._column:
            anchors = self._anchors()
            self._column.outdate(changed)
            self._fill(anchors, AT_ONCE)

    def fill(self) -> None:
        """Make what is in sight."""
        self._fill(self._anchors(), AT_ONCE)

    def reveal(self, key: Key) -> None:
        """Bring a card into view: the whole of it, or its top when it is higher than the window."""
        column = self._column
        if column is None:
            return
        column.make(key)
        if not self.isVisible():
            self._keep = key, EDGE
            return
        # What has just been opened in the card must have its place before it can be brought into view.
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        column.measure(key)
        self._put(column, self._anchors())
        value, room = self.verticalScrollBar().value(), self.viewport().height()
        top, height = column.places.top(key), column.places.height(key)
        offset = min(top - value, room - EDGE - height)
        self._fill([(key, max(EDGE, offset))], AT_ONCE)

    def put_at_top(self, key: Key, offset: int) -> None:
        """Have a card or heading so many pixels under the top."""
        if self.isVisible():
            self._fill([(key, offset)], AT_ONCE)
        else:
            self._keep = key, offset

    def follow(self) -> None:
        """Another stretch of the column may be in sight."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make what comes into sight."""
        anchors = self._anchors()
        super().resizeEvent(event)
        self._fill(anchors, AT_ONCE)

    def showEvent(self, event: QShowEvent) -> None:
        """Be where somebody asked to be before this was seen."""
        super().showEvent(event)
        keep, self._keep = self._keep, None
        self._fill([keep] if keep else self._anchors(), AT_ONCE)

    # ---- making

    def _sight(self) -> tuple[int, int]:
        top = self.verticalScrollBar().value()
        return top, top + self.viewport().height()

    def _near(self) -> tuple[int, int]:
        """What is in sight and half as much again on both sides, made while nobody waits."""
        top, bottom = self._sight()
        return top - (bottom - top) // 2, bottom + (bottom - top) // 2

    def _anchors(self) -> Anchors:
        """What should stay where it is, the best first: what holds the keyboard, what is made, anything in sight."""
        column = self._column
        if column is None or not column.places.keys:
            return []
        bar, (top, bottom) = self.verticalScrollBar(), self._sight()
        keys = column.places.between(top, bottom)
        found = [(key, column.places.top(key) - top) for key in keys]
        held = column.store.holder()
        if held not in keys and bar.value() == bar.maximum() > 0:
            return None  # the end stays the end
        return sorted(found, key=lambda each: (each[0] != held, not column.store.is_ready(each[0])))

    def _fill(self, anchors: Anchors, seconds: float) -> None:
        column = self._column
        if column is None or self._filling or not self.isVisible():
            return
        until = perf_counter() + seconds
        for _ in range(PASSES):
            self._put(column, anchors)
            if not column.make_between(*self._sight(), until):
                break
        self._put(column, anchors)
        column.store.release(column.places.between(*self._near()))
        self.follow()
        if column.lacks(*self._near()):
            self._later.start()
        if not column.lacks(*self._sight()):
            self.whole.emit()

    def _put(self, column: CardColumn, anchors: Anchors) -> None:
        """Have every card in its place, and what should stay where it was."""
        self._filling = True
        bar = self.verticalScrollBar()
        column.fit(self.viewport().width())
        column.put(self.viewport().height())
        kept = next((each for each in anchors or () if column.places.has(each[0])), None)
        if kept:
            bar.setValue(column.places.top(kept[0]) - kept[1])
        elif anchors is None:
            bar.setValue(bar.maximum())
        self._filling = False

    def _scrolled(self) -> None:
        if not self._filling:
            self._fill(self._anchors(), SLICE)

    def _fill_later(self) -> None:
        """Make the rest of what is in sight; after that, one card beyond it."""
        column = self._column
        if column is None or not self.isVisible():
            return
        if column.lacks(*self._sight()):
            self._fill(self._anchors(), SLICE)
            return
        anchors = self._anchors()
        column.make_one(*self._near())
        self._fill(anchors, SLICE)
