"""The way to a process under the Provider Selection Regime, one question after another; the answers are kept."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QDialog, QScrollArea, QVBoxLayout, QWidget

from desktop.session import Session
from storage.desk.procurement.process_choice import answers_of, by_the_figures, choices, write_process
from storage.records.procurements import Procurement
from storage.rules.procurement.psr import (
    CONSIDERABLE_CHANGE,
    Question,
    next_question,
    outcome,
    questions_answered,
)
from widgets.parts import button, col, inset, link, row, scroll, text
from widgets.shown import set_field, set_title

WIDE, TALL = 580, 600


class WhichProcess(QDialog):
    """Answered questions above, the open one below them; at the end the process, written with its reasons."""

    def __init__(self, parent: QWidget, session: Session, made: Procurement) -> None:
        super().__init__(parent)
        set_title(self, "Which process?")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumSize(WIDE, TALL)
        self._session, self._made = session, made
        self.answers = answers_of(made)
        self._choice = QComboBox()
        self._choice.setAccessibleName("Process")
        self._first: QWidget | None = None
        self._held: QWidget | None = None
        self._body = QVBoxLayout()
        self._write = button("Write it into the decision", "primary")
        self._write.clicked.connect(self.accept)
        cancel = button("Cancel")
        cancel.clicked.connect(self.reject)
        words = f"Each answer leads to the next question. They are kept with {made.name}, with the reasons."
        head = col(text("Which process?", "record"), text(words, "soft", wrap=True), gap=4)
        foot = row(None, cancel, self._write)
        self.setLayout(col(head, 4, self._body, 8, foot, margins=(24, 20, 24, 20)))
        self._draw()

    def answer(self, said: bool, _checked: bool = False) -> None:
        """Answer the open question."""
        if question := next_question(self.answers):
            self.answers[question.key] = said
            self._draw()

    def take_back(self, key: str, _checked: bool = False) -> None:
        """Open a question again; those after it follow from the new answer."""
        self.answers.pop(key, None)
        self._draw()

    def accept(self) -> None:
        """Write the process into the decision as one step; what goes wrong is said and the dialog stays."""
        chosen = next((p for p in choices(self.answers) if p.title == self._choice.currentText()), None)
        if chosen is None:
            return
        write = partial(write_process, self._session.store, self._made, self.answers, chosen)
        if self._session.attempt(write):
            super().accept()

    def showEvent(self, event: QShowEvent) -> None:
        """The first thing to press has the keys."""
        super().showEvent(event)
        if self._first is not None:
            self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _draw(self) -> None:
        """Show the way so far, and what comes next."""
        down = col(gap=10)
        for question, said in questions_answered(self.answers):
            down.addLayout(self._answered(question, said))
        question_open = next_question(self.answers)
        self._write.setVisible(question_open is None)
        down.addWidget(self._asking(question_open) if question_open else self._outcome())
        if self._held is not None:
            self._body.removeWidget(self._held)
            self._held.hide()
            self._held.deleteLater()
        down.addStretch(1)
        self._held = area = scroll(down)
        self._body.addWidget(area)
        # Words know their height once they are laid out; then what comes next is brought into sight.
        QTimer.singleShot(0, area, partial(_to_the_end, area))
        if self.isVisible() and self._first is not None:
            self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _answered(self, question: Question, said: bool) -> QVBoxLayout:
        again = link("Change")
        again.setAccessibleName(f"Change the answer to: {question.ask}")
        again.clicked.connect(partial(self.take_back, question.key))
        across = row(gap=12)
        across.addWidget(text(question.ask, "soft", wrap=True), 1)
        across.addWidget(text("Yes" if said else "No", "medium"))
        across.addWidget(again)
        return col(across, gap=0)

    def _asking(self, question: Question) -> QWidget:
        """The open question with its help, where it is laid down, and what the figures say."""
        yes, no = button("Yes"), button("No")
        yes.clicked.connect(partial(self.answer, True))
        no.clicked.connect(partial(self.answer, False))
        self._first = yes
        hints = [text(question.help, "soft", wrap=True), text(question.source, "small", wrap=True)]
        if question.key == CONSIDERABLE_CHANGE:
            found = by_the_figures(self._session.store, self._made)
            hints.append(text(f"By the figures: {found.why}", "small", wrap=True))
        return inset(text(question.ask, "strong", wrap=True), *hints, row(yes, no, None), gap=8)

    def _outcome(self) -> QWidget:
        """The process, or those that may be used to choose from."""
        found, offered = outcome(self.answers), choices(self.answers)
        self._choice = QComboBox()
        self._choice.addItems([each.title for each in offered])
        self._choice.setEnabled(len(offered) > 1)
        label = text("Process" if len(offered) == 1 else "Process, of those that may be used", "label")
        set_field(label, self._choice)
        self._first = self._write
        source = found.value.source if found.value else ""
        return inset(
            text(found.why, "strong", wrap=True), text(source, "small", wrap=True), label, self._choice, gap=8
        )


def _to_the_end(area: QScrollArea) -> None:
    bar = area.verticalScrollBar()
    bar.setValue(bar.maximum())
