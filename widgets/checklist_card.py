"""One question of a checklist as a card: number, words, guidance, answers, gate and notes."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from widgets.checklist_answers import AnswerArea
from widgets.checklist_data import AnswerValue, QuestionData
from widgets.checklist_notes import NotesArea
from widgets.checklist_places import number_room
from widgets.icons import icon
from widgets.parts import Words, col, line, link, panel, restyle, row, text, together
from widgets.theme import tokens

ASIDE = 250  # width of the guidance beside the question when there is room


class Guidance:
    """The guidance of a question: a link that opens it, and its words once they have been asked for."""

    def __init__(self, words: str) -> None:
        self.words = words
        self.is_open = False
        self.fold = link("Guidance", "caret-right")
        self._advice: QFrame | None = None
        self._column: QBoxLayout | None = None
        self._place = 0

    def stand_in(self, column: QBoxLayout, place: int) -> None:
        """Have the words at a place of a column."""
        self._column, self._place = column, place
        if self._advice:
            column.insertWidget(place, self._advice)
            self._advice.setVisible(self.is_open)

    def toggle(self) -> None:
        """Open or fold the words."""
        if not self.words or self._column is None:
            return
        self.is_open = not self.is_open
        if self._advice is None:
            self._advice = panel(col(text(self.words, "soft", wrap=True), margins=(10, 0, 0, 0)), "quote")
            self._column.insertWidget(self._place, self._advice)
        self._advice.setVisible(self.is_open)
        self.fold.setIcon(icon("caret-down" if self.is_open else "caret-right", "accent"))
        self.fold.setAccessibleDescription("Open" if self.is_open else "Folded")


class QuestionCard(QFrame):
    """A question that can be answered by mouse and by key. A card that is read-only emits nothing.

    The ring that shows where the keyboard is lies inside the card, so that nothing moves with it.
    """

    answered = Signal(str, str, object)  # question, part, value
    noted = Signal(str, str)
    evidence_changed = Signal(str, str)
    not_applicable = Signal(str, bool, str)  # question, whether it is not, the reason
    waive_asked = Signal(str)
    action_asked = Signal(str)
    mitigated = Signal(str, str)
    confirmed = Signal(str)
    cite_asked = Signal(str)
    pick_asked = Signal(str, str)  # question, part (in rows part/row/column): a record is to be chosen

    def __init__(self, question: QuestionData, *, read_only: bool, wide: bool) -> None:
        super().__init__()
        self.question, self._read_only = question, read_only
        self._now = self._asking = False
        self._wide: bool | None = None  # not yet placed
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._words = text(question.text, "question", wrap=True)
        self.guidance = Guidance(question.guidance)
        self.guidance.fold.clicked.connect(self.toggle_guidance)
        self._answers = AnswerArea(question)
        self._not_asked: Words | None = None  # made once there is something to say
        self._side: QWidget | None = None  # made once there is room for it
        self._notes = NotesArea(question, na_button=not self._answers.offers_not_applicable)
        self._lay_out()
        self._connect()
        self.set_wide(wide)
        self.set_question(question, read_only=read_only)

    def set_question(self, question: QuestionData, *, read_only: bool) -> None:
        """Show the question as it is now, keeping the keyboard and what is being typed. Emits nothing."""
        read_only = read_only or bool(question.not_asked)
        if question.not_asked != self.question.not_asked:
            self.update()
        self.question, self._read_only = question, read_only
        if question.not_applicable or read_only:
            self._asking = False
        if self._words.text() != question.text:
            self._words.setText(question.text)
        self.setAccessibleName(f"Question {question.number}. {question.text}")
        self.setAccessibleDescription(question.not_asked or question.gate.words)
        said = question.not_asked or question.condition
        if said and self._not_asked is None:
            self._not_asked = text("", "small", wrap=True)
            self._body.insertWidget(self._body.indexOf(self._answers), self._not_asked)
        if self._not_asked is not None:
            self._not_asked.setText(said)
            self._not_asked.setVisible(bool(said))
        restyle(self._words, role="soft" if question.not_asked else "question")
        with together(self), together(self._answers), together(self._notes):
            self._answers.set_question(question, asking=self._asking, read_only=read_only)
            self._notes.set_question(question, asking=self._asking, read_only=read_only)

    def set_now(self, now: bool) -> None:
        """Wear the ring, or not."""
        if now != self._now:
            self._now = now
            self._notes.set_now(now)
            self.update()

    def set_wide(self, wide: bool) -> None:
        """Put the guidance beside the question when there is room, else under it."""
        if wide == self._wide:
            return
        self._wide = wide
        if wide and self._side is None:
            self._side = _beside(self._side_col)
            self._across.addWidget(self._side)
        if self._side is not None:
            self._side.setVisible(wide)
        fold = self.guidance.fold
        if wide:
            self._side_col.insertWidget(0, fold)
        else:
            self._head.addWidget(fold, 0, Qt.AlignmentFlag.AlignTop)
        fold.setVisible(bool(self.question.guidance))
        self.guidance.stand_in(self._side_col if wide else self._body, 1)

    def answer(self, value: str) -> bool:
        """Answer the yes-or-no row with a word; False when this question has none or cannot change."""
        found = self._answers.ticked
        if found is None or self._read_only:
            return False
        return found[1].choose(value)

    def clear(self) -> None:
        """Take the first answer back."""
        if not self._read_only:
            self._answers.clear_first()

    def press_not_applicable(self) -> None:
        """Ask why the question does not apply; where it did not apply, it applies again."""
        if self._read_only:
            return
        if self.question.not_applicable:
            self.not_applicable.emit(self.question.id, False, "")
        elif self.question.may_be_not_applicable:
            self._asking = True
            self.set_question(self.question, read_only=False)
            self._notes.edit_reason()

    def edit_note(self) -> None:
        """Write the note."""
        self._notes.edit_note()

    def ask_evidence(self) -> None:
        """Ask for a fact of the shelf, or a reference to write."""
        if not self._read_only:
            self.cite_asked.emit(self.question.id)

    def edit_evidence(self) -> None:
        """Write the evidence."""
        self._notes.edit_evidence()

    def ask_action(self) -> None:
        """Ask for a new action of this question."""
        if not self._read_only:
            self.action_asked.emit(self.question.id)

    def toggle_guidance(self) -> None:
        """Open or fold the guidance."""
        self.guidance.toggle()

    @property
    def is_held(self) -> bool:
        """Whether it holds the keyboard, or words that could not be read: it must not go."""
        focus = self.window().focusWidget()
        return focus is self or self.isAncestorOf(focus) or self._answers.is_held

    def commit(self) -> None:
        """Say what is typed and not yet said."""
        self._answers.commit()
        self._notes.commit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The card, with a hairline or the ring."""
        painter, colours = QPainter(self), tokens(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = 2 if self._now else 1
        painter.setPen(QPen(colours.colour("focus" if self._now else "line"), wide))
        painter.setBrush(colours.colour("canvas" if self.question.not_asked else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(wide / 2, wide / 2, -wide / 2, -wide / 2), 8, 8)

    def _lay_out(self) -> None:
        number = text(self.question.number, "strong")
        number.setFixedWidth(number_room(self.question.number))
        self._head = QHBoxLayout()
        self._head.setSpacing(12)
        self._head.addWidget(self._words, 1, Qt.AlignmentFlag.AlignTop)
        self._words.setContentsMargins(0, 3, 0, 0)
        number.setContentsMargins(0, 3, 0, 0)
        self._body = col(self._head, self._answers, self._notes, None)
        self._side_col: QVBoxLayout = col(None, gap=6)
        across = self._across = QHBoxLayout(self)
        across.setContentsMargins(16, 12, 16, 12)
        across.setSpacing(12)
        across.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(self._body, 1)

    def _connect(self) -> None:
        self._answers.changed.connect(self._changed)
        self._answers.not_applicable.connect(self.press_not_applicable)
        self._answers.waive_asked.connect(partial(self.waive_asked.emit, self.question.id))
        notes = self._notes
        notes.noted.connect(self.noted)
        notes.evidence_changed.connect(self.evidence_changed)
        notes.reason_given.connect(self._reason_given)
        notes.reason_left.connect(self._reason_left)
        notes.not_applicable_pressed.connect(self.press_not_applicable)
        notes.action_asked.connect(self.ask_action)
        notes.ended.connect(self.setFocus)
        notes.mitigated.connect(self.mitigated)
        notes.cite_asked.connect(partial(self.cite_asked.emit, self.question.id))
        notes.confirmed.connect(partial(self.confirmed.emit, self.question.id))
        self._answers.pick_asked.connect(partial(self.pick_asked.emit, self.question.id))

    def _changed(self, key: str, value: AnswerValue) -> None:
        """An answer to a question that did not apply makes it apply again."""
        if self._read_only:
            return
        self._asking = False
        if self.question.not_applicable:
            self.not_applicable.emit(self.question.id, False, "")
        self.answered.emit(self.question.id, key, value)

    def _reason_given(self, words: str) -> None:
        self._asking = False
        if words:
            self.not_applicable.emit(self.question.id, True, words)

    def _reason_left(self) -> None:
        """Without a reason nothing has changed."""
        self._asking = False
        self.set_question(self.question, read_only=self._read_only)


def _beside(guidance: QVBoxLayout) -> QWidget:
    """The column of guidance beside the question, behind a hairline."""
    column, side = QWidget(), QWidget()
    column.setLayout(guidance)
    side.setLayout(row(line(vertical=True), column, gap=12))
    side.setFixedWidth(ASIDE + 13)
    return side
