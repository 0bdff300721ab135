"""The column of section headings and question cards, of which only those near what is seen are made."""

from __future__ import annotations

from collections.abc import Iterable
from time import perf_counter

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from widgets.checklist_asked import Asked
from widgets.checklist_card import ASIDE
from widgets.checklist_data import ChecklistData
from widgets.checklist_places import FIRST_HEADING, HEADING, Key, Places, likely_height
from widgets.checklist_sketch import sketch_card, sketch_heading
from widgets.checklist_store import CardStore, Made
from widgets.theme import tokens

SMALL_COLUMN = 520  # pixels
FOLD = 90  # pixels beside the words of a question that its guidance takes


class CardColumn(QWidget):
    """Has each card in its place, with room for those that are not made, which are painted in outline.

    A question that changes while it has no card, or is out of sight, is shown as it is by the time it is seen.
    """

    stirred = Signal()  # something in a card may have another height now

    def __init__(self, checklist: ChecklistData, *, wide: bool) -> None:
        super().__init__()
        self.setAttribute(
            Qt.WidgetAttribute.WA_OpaquePaintEvent
        )  # nothing under it is painted, or when it is scrolled
        self.asked, self.places = Asked(checklist), Places()
        self.store = CardStore(self, self.asked, wide=wide)
        self._seen: list[Key] = []  # what the places are made of next
        self._edges = 0, 0  # room at the left and the right
        self._moving, self._moved = (
            False,
            True,
        )  # while cards are put in their places; when some are not there yet
        self.outdate(())

    def outdate(self, changed: Iterable[Key]) -> None:
        """Have what has changed shown anew before it is next seen, and ask again what is seen at all."""
        for key in changed:
            if not self.store.outdate(key):
                self.places.drop(key)
                self._moved = True
        seen = self.asked.seen()
        if seen != self._seen:
            self._seen, self._moved = seen, True

    def make(self, key: Key) -> Made:
        """The card or heading of a key, made when it is not there, and as it is to be shown now."""
        self._moved |= key not in self.store.held
        return self.store.make(key, self._seen)

    def make_between(self, top: int, bottom: int, until: float) -> bool:
        """Make what lies in a stretch, until a moment at the latest; whether one has another height than before."""
        moved = False
        for key in self.places.between(top, bottom):
            if key in self.store.held or perf_counter() < until:
                self.make(key)
                moved |= self.measure(key)
        return moved

    def make_one(self, top: int, bottom: int) -> None:
        """Make one of those that lack in a stretch."""
        for key in self.places.between(top, bottom):
            if not self.store.is_ready(key):
                self.make(key)
                self.measure(key)
                return

    def make_around(self, *, forward: bool) -> list[QWidget]:
        """The card with the keyboard and those beside it, or the first from an end; made if they were not."""
        held = self.store.holder()
        keys = self.places.around(held if held and self.places.has(held) else None, forward=forward)
        return [self.make(key) for key in keys]

    def in_order(self) -> list[QWidget]:
        """The cards and headings that are made now, from the top."""
        return [self.store.held[key] for key in self.places.keys if key in self.store.held]

    def lacks(self, top: int, bottom: int) -> bool:
        """Whether something in a stretch is still to be made, or to be shown anew."""
        return not all(map(self.store.is_ready, self.places.between(top, bottom)))

    def set_wide(self, wide: bool) -> None:
        """Let guidance stand beside the questions, or under them."""
        if wide != self.store.wide:
            self._moved = True
            self.places.forget()
            self.store.set_wide(wide)

    def fit(self, width: int) -> None:
        """Take a width; in a very small window the edges give way first."""
        small = width < SMALL_COLUMN
        self.places.above, self.places.below = (12, 12) if small else (16, 24)
        edges = (12, 8) if small else (24, 24 if self.store.wide else 14)
        if width != self.width() or edges != self._edges:
            self._edges, self._moved = edges, True
            self.places.forget()
            self.resize(width, self.height())

    def measure(self, key: Key) -> bool:
        """Ask a card for its height; whether that is another than before."""
        made, width = self.store.held[key], self._room()
        moved = self.places.measured(key, max(made.heightForWidth(width), made.minimumSizeHint().height()))
        self._moved |= moved
        return moved

    def put(self, high: int) -> None:
        """Have everything in its place, in a column at least so high."""
        places = self.places
        if not self._moved and self.height() == max(high, places.total):
            return
        for key in self._seen:
            if not places.knows(key):
                if key in self.store.held:
                    self.measure(key)
                else:
                    places.measured(key, self._likely(key))
        places.lay(self._seen)
        self._moving = True
        self.resize(self.width(), max(high, places.total))
        for key, made in list(self.store.held.items()):
            if places.has(key):
                made.setGeometry(self._edges[0], places.top(key), self._room(), places.height(key))
            made.setVisible(places.has(key))
        self._moving = self._moved = False

    def _room(self) -> int:
        return max(1, self.width() - sum(self._edges))

    def _likely(self, key: Key) -> int:
        if not key[1]:
            return FIRST_HEADING if self.asked.is_first(key[0]) else HEADING
        return likely_height(self.asked.question(key[1]), self._room(), wide=self.store.wide)

    def event(self, event: QEvent) -> bool:
        """Hear of a card that wants another height."""
        if event.type() == QEvent.Type.LayoutRequest and not self._moving:
            self.stirred.emit()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, and what is not made yet in outline."""
        painter, seen = QPainter(self), event.rect()
        painter.fillRect(seen, tokens(self).colour("canvas"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for key in self.places.between(seen.top(), seen.bottom() + 1):
            if key in self.store.held:
                continue
            box = QRect(self._edges[0], self.places.top(key), self._room(), self.places.height(key))
            if key[1]:
                aside = ASIDE + 25 if self.store.wide else FOLD
                sketch_card(painter, self, box, self.asked.question(key[1]), aside)
            else:
                sketch_heading(painter, self, box, self.asked.section(key[0]))
