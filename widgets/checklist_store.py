"""The cards and headings of a checklist that are made now: made when asked for, shown anew late, given back."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from widgets.checklist_asked import Asked
from widgets.checklist_card import QuestionCard
from widgets.checklist_heading import SectionHeading
from widgets.checklist_places import Key

MOST = 24  # cards and headings kept that are far from what is seen

Made = QuestionCard | SectionHeading


class CardStore(QObject):
    """Cards by their keys, the one used last at the end.

    A card that holds the keyboard, or words that are not kept yet, is never given back.
    """

    made = Signal(object)  # a QuestionCard, just added
    review_asked = Signal(str)  # the letter of a section

    def __init__(self, column: QWidget, asked: Asked, *, wide: bool) -> None:
        super().__init__(column)
        self._column, self._asked, self.wide = column, asked, wide
        self.held: dict[Key, Made] = {}
        self._stale: set[Key] = set()  # not as they are to be shown now
        self._opened: set[str] = set()  # whose guidance was open when their card was given back

    @property
    def cards(self) -> tuple[QuestionCard, ...]:
        """The cards among them."""
        return tuple(each for each in self.held.values() if isinstance(each, QuestionCard))

    def card(self, question: str) -> QuestionCard | None:
        """The card of a question if it is made, or None."""
        found = self.held.get(self._asked.key(question))
        return found if isinstance(found, QuestionCard) else None

    def holder(self) -> Key | None:
        """The key of what has the keyboard, or will have it once its window is in front again."""
        within: QWidget | None = self._column.window().focusWidget()
        while within is not None and within.parentWidget() is not self._column:
            within = within.parentWidget()
        return next((key for key, made in self.held.items() if made is within), None)

    def outdate(self, key: Key) -> bool:
        """Have one shown anew when it is next seen; False when it is not made."""
        if key in self.held:
            self._stale.add(key)
        return key in self.held

    def is_ready(self, key: Key) -> bool:
        """Whether one is made, and as it is to be shown now."""
        return key in self.held and key not in self._stale

    def make(self, key: Key, order: Sequence[Key]) -> Made:
        """The card or heading of a key as it is to be shown now. `order` is that of all that are seen."""
        made = self.held.pop(key, None)
        if made is None:
            made = self.held[key] = self._new_card(key[1]) if key[1] else self._new_heading(key[0])
            made.setParent(self._column)
            self._stack(key, made, order)
            if isinstance(made, QuestionCard):
                self.made.emit(made)
        else:
            self.held[key] = made
            if key in self._stale:
                self._renew(key, made)
        self._stale.discard(key)
        return made

    def release(self, near: Collection[Key]) -> None:
        """Give back what is not near, the longest unused first, all but a few."""
        spare = [key for key in self.held if key not in near]
        for key in spare[: max(0, len(spare) - MOST)]:
            made = self.held[key]
            if isinstance(made, QuestionCard):
                if made.is_held:
                    continue
                (self._opened.add if made.guidance.is_open else self._opened.discard)(key[1])
            del self.held[key]
            self._stale.discard(key)
            made.hide()
            made.deleteLater()

    def set_wide(self, wide: bool) -> None:
        """Let guidance stand beside the questions, or under them."""
        self.wide = wide
        for card in self.cards:
            card.set_wide(wide)

    def _new_card(self, question: str) -> QuestionCard:
        asked = self._asked
        card = QuestionCard(asked.question(question), read_only=asked.read_only, wide=self.wide)
        if question in self._opened:
            card.toggle_guidance()
        return card

    def _new_heading(self, letter: str) -> SectionHeading:
        asked = self._asked
        heading = SectionHeading(asked.section(letter), first=asked.is_first(letter))
        heading.show_section(asked.section(letter), read_only=asked.read_only)
        heading.review_asked.connect(self.review_asked)
        return heading

    def _renew(self, key: Key, made: Made) -> None:
        read_only = self._asked.read_only
        if isinstance(made, QuestionCard):
            made.set_question(self._asked.question(key[1]), read_only=read_only)
        else:
            made.show_section(self._asked.section(key[0]), read_only=read_only)

    def _stack(self, key: Key, made: Made, order: Sequence[Key]) -> None:
        """Have the order of the widgets be that of the questions: readers of the screen go by it."""
        if key in order:
            after = next((each for each in order[order.index(key) + 1 :] if each in self.held), None)
            if after is not None:
                made.stackUnder(self.held[after])
