"""The column of section headings and question cards, made a few at a time so that a long checklist opens at once."""

from __future__ import annotations

from time import perf_counter

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from widgets.checklist_card import QuestionCard
from widgets.checklist_data import ChecklistData, QuestionData, SectionData, progress_words
from widgets.checklist_review import ReviewLine
from widgets.parts import Words, col, panel, row, text

SLICE = 0.02  # seconds of making between turns of the event loop
SMALL_COLUMN = 520  # pixels
AHEAD = 4  # cards made before the first turn, enough to fill a window


class CardColumn(QWidget):
    """Makes its cards in order. A question that changes before its card is made is made as it is by then."""

    made = Signal(object)  # a QuestionCard, just added
    finished = Signal()
    review_asked = Signal(str)  # the letter of a section

    def __init__(self, checklist: ChecklistData, *, wide: bool) -> None:
        super().__init__()
        self.setProperty("part", "scrolled")
        self._wide, self._read_only = wide, checklist.read_only
        self._questions = {question.id: question for question in checklist.questions}
        self._sections = {
            section.questions[0].id: section for section in checklist.sections if section.questions
        }
        self._letters = {q.id: section.letter for section in checklist.sections for q in section.questions}
        self._waiting = list(self._questions)
        self._cards: dict[str, QuestionCard] = {}
        self._passed = frozenset(self._questions)  # questions that are to be seen
        self._show_hidden = self._only_open = False
        self._progress: dict[str, Words] = {}
        self.headings: dict[str, QWidget] = {}  # made so far, by the letter of the section
        self._reviews: dict[str, ReviewLine] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(12)
        self._layout.addStretch(1)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._make_some)
        self._set_margins()

    def begin(self) -> None:
        """Make the first cards now and the rest between turns of the event loop."""
        for _ in range(min(AHEAD, len(self._waiting))):
            self._make_next()
        self._timer.start()

    @property
    def ids(self) -> tuple[str, ...]:
        """Every question in order, made or not."""
        return tuple(self._questions)

    @property
    def cards(self) -> tuple[QuestionCard, ...]:
        """The cards made so far, in order."""
        return tuple(self._cards.values())

    @property
    def regions(self) -> list[QWidget]:
        """Headings and cards from the top."""
        found = (self._layout.itemAt(place) for place in range(self._layout.count()))
        widgets = (item.widget() for item in found if item is not None)
        return [widget for widget in widgets if widget is not None]

    @property
    def is_finished(self) -> bool:
        """True when every card is made."""
        return not self._waiting

    def card(self, question: str) -> QuestionCard | None:
        """The card of a question, or None while it is not made."""
        return self._cards.get(question)

    def question(self, question: str) -> QuestionData:
        """A question as it is now."""
        return self._questions[question]

    def section_at(self, y: int) -> str:
        """The letter of the section whose heading is the last one above a height."""
        found = ""
        for letter, heading in self.headings.items():
            if heading.y() <= y or not found:
                found = letter
        return found

    def refresh(self, checklist: ChecklistData) -> None:
        """Bring every question and heading that changed up to date."""
        again = checklist.read_only != self._read_only
        self._read_only = checklist.read_only
        for section in checklist.sections:
            if section.letter in self._progress:
                self._progress[section.letter].setText(progress_words(section))
                self._reviews[section.letter].show_review(section, read_only=self._read_only)
        self._sections = {
            section.questions[0].id: section for section in checklist.sections if section.questions
        }
        for question in checklist.questions:
            if again or question != self._questions[question.id]:
                self.update_question(question)

    def update_question(self, question: QuestionData) -> None:
        """Bring one question up to date."""
        self._questions[question.id] = question
        card = self._cards.get(question.id)
        if card and self.is_seen(question.id):
            card.set_question(question, read_only=self._read_only)
        if card:
            self._settle(card)

    def filter(self, *, show_hidden: bool, only_open: bool) -> None:
        """Choose what is seen: also what is not asked, greyed; or only what is still open at this moment.

        A question that is answered later stays in sight until this is called again.
        """
        self._show_hidden, self._only_open = show_hidden, only_open
        self._passed = frozenset(q.id for q in self._questions.values() if q.is_open or not only_open)
        for card in self._cards.values():
            self._settle(card)

    def is_seen(self, question: str) -> bool:
        """Whether a question is among those that are seen."""
        asked = self._questions[question]
        if asked.not_asked:
            return self._show_hidden and not self._only_open
        return question in self._passed or (self._only_open and asked.is_open)

    def _settle(self, card: QuestionCard) -> None:
        """Let a card be seen or not, and the heading of its section with it.

        One that is out of sight is brought up to date only when it comes back.
        """
        number = card.question.id
        seen = self.is_seen(number)
        if seen == card.isVisibleTo(self):
            return
        if seen and card.question is not self._questions[number]:
            card.set_question(self._questions[number], read_only=self._read_only)
        card.setVisible(seen)
        letter = self._letters[number]
        if letter in self.headings:
            self.headings[letter].setVisible(
                any(self.is_seen(q) for q in self._letters if self._letters[q] == letter)
            )

    def set_wide(self, wide: bool) -> None:
        """Let guidance stand beside the questions, or under them."""
        if wide == self._wide:
            return
        self._wide = wide
        self._set_margins()
        for card in self._cards.values():
            card.set_wide(wide)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a very small window the edges give way first."""
        super().resizeEvent(event)
        self._set_margins()

    def _set_margins(self) -> None:
        if self.width() < SMALL_COLUMN:
            self._layout.setContentsMargins(12, 12, 8, 12)
        else:
            self._layout.setContentsMargins(24, 16, 24 if self._wide else 14, 24)

    def _make_some(self) -> None:
        until = perf_counter() + SLICE
        while self._waiting and perf_counter() < until:
            self._make_next()
        if not self._waiting:
            self._timer.stop()
            self.finished.emit()

    def _make_next(self) -> None:
        question = self._questions[self._waiting.pop(0)]
        section = self._sections.get(question.id)
        if section:
            self._add_heading(section)
        card = QuestionCard(question, read_only=self._read_only, wide=self._wide)
        self._cards[question.id] = card
        self._layout.insertWidget(self._layout.count() - 1, card)
        self._settle(card)
        self.made.emit(card)

    def _add_heading(self, section: SectionData) -> None:
        progress = text(progress_words(section), "soft")
        across = row(text(f"{section.letter}   {section.title}", "record", wrap=True), progress)
        across.setStretch(0, 1)
        across.setContentsMargins(0, 8 if self.headings else 0, 0, 0)
        review = self._reviews[section.letter] = ReviewLine(section.letter)
        review.asked.connect(self.review_asked)
        heading = panel(col(across, review, gap=4))
        review.show_review(section, read_only=self._read_only)  # in its place: alone it would be a window
        self._progress[section.letter], self.headings[section.letter] = progress, heading
        self._layout.insertWidget(self._layout.count() - 1, heading)
