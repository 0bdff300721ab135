"""The scroll of question cards: the current card, the keys that answer it, and the way from card to card."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QScrollArea, QWidget

from widgets.checklist_card import QuestionCard
from widgets.checklist_column import CardColumn
from widgets.checklist_data import ChecklistData

ANSWERS = {Qt.Key.Key_Y: "yes", Qt.Key.Key_P: "partly", Qt.Key.Key_N: "no"}
MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
OTHERS = frozenset({Qt.Key.Key_A, Qt.Key.Key_E, Qt.Key.Key_T, Qt.Key.Key_Delete})
TYPED_IN = (QLineEdit, QPlainTextEdit, QComboBox)


class QuestionScroll(QScrollArea):
    """Holds the cards of one checklist and knows which of them has the keyboard."""

    made = Signal(object)  # a QuestionCard that is new
    finished = Signal()  # every card is made
    review_asked = Signal(str)  # the letter of a section
    section_seen = Signal(str)  # the letter of the section being read

    def __init__(self) -> None:
        super().__init__()
        self._column: CardColumn | None = None
        self._sections: dict[str, str] = {}  # question id: letter
        self._current = self._wanted = ""
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Questions")
        self.verticalScrollBar().valueChanged.connect(self.follow)
        QApplication.instance().focusChanged.connect(self._focus_changed)  # type: ignore[union-attr]

    @property
    def column(self) -> CardColumn | None:
        """The cards, once a checklist is shown."""
        return self._column

    @property
    def current(self) -> str:
        """The id of the question that has the keyboard, or had it last."""
        return self._current

    def set_checklist(self, checklist: ChecklistData, *, wide: bool) -> None:
        """Show a checklist; for the same questions as before change only what differs."""
        self._sections = {q.id: section.letter for section in checklist.sections for q in section.questions}
        if self._column and self._column.ids == tuple(self._sections):
            self._column.refresh(checklist)
            return
        self._column = CardColumn(checklist, wide=wide)
        self._column.made.connect(self.made)
        self._column.review_asked.connect(self.review_asked)
        self._column.finished.connect(self._finished)
        self._column.begin()
        self._current = self._wanted = ""
        self.setWidget(self._column)
        self.make_current(next(iter(self._sections), ""))

    def card(self, question: str) -> QuestionCard | None:
        """The card of a question; None while it is not made."""
        return self._column.card(question) if self._column else None

    def go_to(self, question: str) -> None:
        """Give a question the keyboard and bring it into view, as soon as its card is made."""
        card = self.card(question)
        self._wanted = "" if card else question
        if card:
            card.setFocus(Qt.FocusReason.OtherFocusReason)
            self.make_current(question)
            self._reveal(card)

    def show_question(self, question: str) -> None:
        """Put the ring on a question and bring it into view; the keyboard stays where it is."""
        card = self.card(question)
        if card:
            self.make_current(question)
            self._reveal(card)

    def go_to_section(self, letter: str) -> None:
        """Give the first question of a section the keyboard, with the heading at the top."""
        column = self._column
        inside = [question for question, of in self._sections.items() if of == letter]
        first = next((q for q in inside if column and column.is_seen(q)), next(iter(inside), ""))
        if first and self._column:
            self.go_to(first)
            heading = self._column.headings.get(letter)
            if heading and not self._wanted:
                self.verticalScrollBar().setValue(heading.y() - 16)

    def next_unanswered(self) -> bool:
        """Go to the next question without an answer, from the current one round; False when there is none."""
        ids = list(self._sections)
        start = ids.index(self._current) + 1 if self._current in ids else 0
        for question in (*ids[start:], *ids[:start]):
            asked = self._column.question(question) if self._column else None
            if asked and asked.is_open:
                self.go_to(question)
                return True
        return False

    def make_current(self, question: str) -> None:
        """Put the ring on a question."""
        if question == self._current:
            return
        before, after = self.card(self._current), self.card(question)
        self._current = question
        if before:
            before.set_now(False)
        if after:
            after.set_now(True)
        self.follow()

    def follow(self) -> None:
        """Say which section is being read: the current card's while it can be seen, else the one at the top."""
        card, top = self.card(self._current), self.verticalScrollBar().value()
        if card and card.y() < top + self.viewport().height() and card.geometry().bottom() > top:
            self.section_seen.emit(self._sections.get(self._current, ""))
        elif self._column:
            self.section_seen.emit(self._column.section_at(top + 40))

    def event(self, event: QEvent) -> bool:
        """Claim the keys of the checklist before a shortcut of the window takes them."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._is_ours(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def focus_current(self) -> None:
        """Give the current card the keyboard, as soon as it is made."""
        card = self.card(self._current)
        if card:
            card.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._wanted = self._wanted or self._current

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer, move, and open what belongs to the current card."""
        if self._is_ours(event):
            self._do(Qt.Key(event.key()), control=_modifiers(event) == Qt.KeyboardModifier.ControlModifier)
        elif event.key() in MOVES:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _is_ours(self, event: QKeyEvent) -> bool:
        focus = QApplication.focusWidget()
        if focus is None or not self.isAncestorOf(focus):
            return False
        key, modifiers = Qt.Key(event.key()), _modifiers(event)
        if modifiers == Qt.KeyboardModifier.ControlModifier:
            return key == Qt.Key.Key_Down
        plain = key in ANSWERS or key in MOVES or key in OTHERS
        written = isinstance(focus, TYPED_IN)
        return modifiers == Qt.KeyboardModifier.NoModifier and (
            key == Qt.Key.Key_F1 or (plain and not written)
        )

    def _do(self, key: Qt.Key, *, control: bool) -> None:
        card = self.card(self._current)
        if control:
            self.next_unanswered()
        elif card is None:
            return
        elif key in ANSWERS:
            card.answer(ANSWERS[key])
        elif key in MOVES:
            self._move(MOVES[key])
        else:
            {
                Qt.Key.Key_A: card.press_not_applicable,
                Qt.Key.Key_E: card.ask_evidence,
                Qt.Key.Key_T: card.ask_action,
                Qt.Key.Key_Delete: card.clear,
                Qt.Key.Key_F1: card.toggle_guidance,
            }[key]()
            self._reveal(card)

    def _move(self, by: int) -> None:
        """Go to the question before or after, of those that are seen."""
        column = self._column
        ids = [each for each in self._sections if column and (column.is_seen(each) or each == self._current)]
        if self._current in ids:
            place = ids.index(self._current) + by
            self.go_to(ids[min(max(place, 0), len(ids) - 1)])

    def _reveal(self, card: QuestionCard) -> None:
        """Bring a card into view: the whole of it, or its top when it is higher than the window."""
        # What has just been opened in the card must have its place before it can be brought into view.
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        if card.height() + 24 > self.viewport().height():
            self.verticalScrollBar().setValue(card.y() - 12)
        else:
            self.ensureWidgetVisible(card, 0, 12)

    def _finished(self) -> None:
        self.finished.emit()
        if self._wanted:
            self.go_to(self._wanted)

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        within = new
        while within is not None and not isinstance(within, QuestionCard):
            within = within.parentWidget()
        if within is not None and self.isAncestorOf(within):
            self.make_current(within.question.id)
        card = self.card(self._current)
        if card and new is not None and new.window() is self.window():
            card.set_now(within is card)  # one ring in a window
        pressed = (
            QApplication.mouseButtons() != Qt.MouseButton.NoButton
        )  # nothing moves under a pressed button
        if card and within is card and isinstance(new, QPlainTextEdit) and not pressed:
            self._reveal(card)


def _modifiers(event: QKeyEvent) -> Qt.KeyboardModifier:
    """The modifiers without the one some keyboards add to their arrows."""
    return event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
