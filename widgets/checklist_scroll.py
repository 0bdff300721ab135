"""The scroll of question cards: the current card, the keys that answer it, and the way from card to card."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from widgets.checklist_card import QuestionCard
from widgets.checklist_column import CardColumn
from widgets.checklist_data import ChecklistData
from widgets.checklist_keys import ANSWERS, MOVES, do, is_ours, plain
from widgets.checklist_places import Key
from widgets.checklist_sight import CardScroll

UNDER_TOP = 16  # pixels over a heading that was gone to


class QuestionScroll(CardScroll):
    """Shows one checklist and knows which of its questions has the keyboard, whether its card is made or not."""

    made = Signal(object)  # a QuestionCard that is new
    review_asked = Signal(str)  # the letter of a section
    section_seen = Signal(str)  # the letter of the section being read

    def __init__(self) -> None:
        super().__init__()
        self._current = ""
        self._ringed = False  # the current card wears the ring
        self.setAccessibleName("Questions")
        QApplication.instance().focusChanged.connect(self._focus_changed)  # type: ignore[union-attr]

    @property
    def current(self) -> str:
        """The id of the question that has the keyboard, or had it last."""
        return self._current

    def set_checklist(self, checklist: ChecklistData, *, wide: bool) -> None:
        """Show a checklist; for the same questions as before change only what differs."""
        ids = tuple(question.id for question in checklist.questions)
        if self._column and self._column.asked.ids == ids:
            self.take(self._column.asked.take(checklist))
            return
        column = CardColumn(checklist, wide=wide)
        column.store.made.connect(self._made)
        column.store.review_asked.connect(self.review_asked)
        self._current, self._ringed = next(iter(ids), ""), True
        self.show_column(column)

    def take(self, changed: list[Key]) -> None:
        """Show what has changed; a card that goes out of sight hands the keyboard to the next that is seen."""
        column = self._column
        held = column.store.holder() if column else None
        if column and held and held[1] and not column.asked.is_seen(held[1]):
            ids = column.asked.ids
            place = ids.index(held[1])
            near = (each for each in (*ids[place:], *ids[:place][::-1]) if column.asked.is_seen(each))
            column.outdate(changed)
            if other := next(near, ""):
                _hand_over(column.make(column.asked.key(other)))
                super().take([])
                self.show_question(other)
                return
        super().take(changed)

    def card(self, question: str) -> QuestionCard | None:
        """The card of a question, made when it is not there; None when there is no such question."""
        if self._column is None or question not in self._column.asked.letters:
            return None
        is_new = self._column.store.card(question) is None
        self._column.make(self._column.asked.key(question))
        if is_new:
            self.fill()
        return self._column.store.card(question)

    def filter(self, *, show_hidden: bool, only_open: bool) -> None:
        """Choose what is seen."""
        if self._column:
            self._column.asked.filter(show_hidden=show_hidden, only_open=only_open)
            self.take([])

    def go_to(self, question: str) -> None:
        """Give a question the keyboard and bring it into view."""
        card = self.card(question)
        if card and self._column:
            self.make_current(question)
            self.show_question(question)
            card.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_question(self, question: str) -> None:
        """Put the ring on a question and bring it into view; the keyboard stays where it is."""
        column = self._column
        if column and question in column.asked.letters:
            self.make_current(question)
            if column.asked.is_seen(question):
                self.reveal(column.asked.key(question))

    def go_to_section(self, letter: str) -> None:
        """Give the first question of a section the keyboard, with the heading at the top."""
        column = self._column
        if column is None:
            return
        inside = [question for question, of in column.asked.letters.items() if of == letter]
        first = next((q for q in inside if column.asked.is_seen(q)), next(iter(inside), ""))
        if first:
            self.go_to(first)
            if column.asked.is_seen(first):
                self.put_at_top((letter, ""), UNDER_TOP)

    def next_unanswered(self) -> bool:
        """Go to the next question without an answer, from the current one round; False when there is none."""
        if self._column is None:
            return False
        asked = self._column.asked
        start = asked.ids.index(self._current) + 1 if self._current in asked.letters else 0
        for question in (*asked.ids[start:], *asked.ids[:start]):
            if asked.question(question).is_open:
                self.go_to(question)
                return True
        return False

    def make_current(self, question: str) -> None:
        """Put the ring on a question."""
        if question == self._current:
            return
        self._ring(False)
        self._current = question
        self._ring(True)
        self.follow()

    def follow(self) -> None:
        """Say which section is being read: the current card's while it can be seen, else the one at the top."""
        column = self._column
        if column is None or not column.places.keys:
            return
        (top, bottom), places, key = self._sight(), column.places, column.asked.key(self._current)
        if places.has(key) and places.top(key) < bottom and places.bottom(key) > top:
            self.section_seen.emit(key[0])
        else:
            self.section_seen.emit(places.at(top + 40)[0])

    def focus_current(self) -> None:
        """Give the current card the keyboard."""
        if card := self.card(self._current):
            card.setFocus(Qt.FocusReason.OtherFocusReason)

    def event(self, event: QEvent) -> bool:
        """Claim the keys of the checklist before a shortcut of the window takes them."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and self._is_ours(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer, move, and open what belongs to the current card."""
        if not self._is_ours(event):
            if event.key() in MOVES:
                event.ignore()
            else:
                super().keyPressEvent(event)
            return
        key, card = Qt.Key(event.key()), self.card(self._current)
        if plain(event) == Qt.KeyboardModifier.ControlModifier:
            self.next_unanswered()
        elif key in MOVES:
            self._move(MOVES[key])
        elif card:
            do(key, card)
            if key not in ANSWERS:
                self.show_question(self._current)

    def _is_ours(self, event: QKeyEvent) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus) and is_ours(event, focus)

    def _move(self, by: int) -> None:
        """Go to the question before or after, of those that are seen."""
        asked = self._column.asked if self._column else None
        ids = [each for each in asked.ids if asked.is_seen(each) or each == self._current] if asked else []
        if self._current in ids:
            place = ids.index(self._current) + by
            self.go_to(ids[min(max(place, 0), len(ids) - 1)])

    def _made(self, card: QuestionCard) -> None:
        card.set_now(self._ringed and card.question.id == self._current)
        self.made.emit(card)

    def _ring(self, on: bool) -> None:
        self._ringed = on
        card = self._column.store.card(self._current) if self._column else None
        if card:
            card.set_now(on)

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        within = new
        while within is not None and not isinstance(within, QuestionCard):
            within = within.parentWidget()
        mine = within is not None and self.isAncestorOf(within)
        if within is not None and mine:
            self.make_current(within.question.id)
        if new is not None and new.window() is self.window():
            self._ring(mine)  # one ring in a window
        pressed = (
            QApplication.mouseButtons() != Qt.MouseButton.NoButton
        )  # nothing moves under a pressed button
        if mine and isinstance(new, QPlainTextEdit) and not pressed:
            self.show_question(self._current)


def _hand_over(card: QWidget) -> None:
    """Give a card the keyboard before the one that has it is hidden, which would send it anywhere."""
    card.show()
    card.setFocus(Qt.FocusReason.OtherFocusReason)
