"""What is being typed in a checklist is kept within two seconds, and put back when the program had to stop."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from shiboken6 import isValid

from desktop.drafts import Drafts
from desktop.session import Session
from storage.checklists.parts import Kind
from storage.desk.checklists import runs
from storage.records.assessments import Run, template_of
from widgets.checklist_card import QuestionCard
from widgets.checklist_notes import EVIDENCE, MITIGATION, NOTE, REASON
from widgets.checklist_text import WrittenText

PUT_BACK = "What was being typed when the program last stopped has been put back."
_WORDS = (Kind.TEXT, Kind.PERSON, Kind.LINK)  # parts whose draft can be kept as an answer


class RunDrafts(QObject):
    """Watches the field with the keyboard. `run` says which checklist it belongs to."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._within = parent
        self._drafts = Drafts(session, self)
        self._field: WrittenText | QLineEdit | None = None
        self._name = ""
        self.run: Run | None = None
        QApplication.instance().focusChanged.connect(self._moved)  # type: ignore[union-attr]

    def put_back(self) -> None:
        """Save what an earlier session typed and never saved; a signed run only forgets it."""
        run = self.run
        if run is None or self._session.read_only:
            return
        found = self._drafts.of(run)
        for name, words in found.items():
            if not run.signed_on:
                self._save(run, name, words)
            self._drafts.settled(run, name)
        if found and not run.signed_on:
            self._session.said.emit(PUT_BACK)

    def _save(self, run: Run, name: str, words: str) -> None:
        question_id, _, which = name.partition("/")
        try:
            question = template_of(run).question(question_id)
        except KeyError:
            return
        store, number = self._session.store, run.key
        writes: dict[str, Callable[..., object]] = {
            NOTE: runs.set_note,
            EVIDENCE: runs.set_evidence,
            MITIGATION: runs.set_mitigation,
            REASON: runs.set_not_applicable,
        }
        if which in writes:
            self._session.attempt(partial(writes[which], store, number, question_id, words))
            return
        part = next((p.key for p in question.parts if p.label == which and p.kind in _WORDS), "")
        if part:
            self._session.attempt(partial(runs.answer, store, number, question_id, part, words))

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Leaving a field saves or restores it, so its draft is done with; entering one begins to watch it."""
        if self._field is not None:
            if isValid(self._field):
                self._field.textChanged.disconnect(self._typed)
            if self.run is not None:
                self._drafts.settled(self.run, self._name)
        self._field, self._name = None, ""
        if isinstance(new, WrittenText | QLineEdit) and self._within.isAncestorOf(new):
            question = _question_of(new)
            if question and not new.isReadOnly():
                self._field, self._name = new, f"{question}/{new.accessibleName()}"
                new.textChanged.connect(self._typed)

    def _typed(self, _words: str = "") -> None:
        if self._field is None or self.run is None:
            return
        field = self._field
        words = field.toPlainText() if isinstance(field, WrittenText) else field.text()
        self._drafts.typed(self.run, self._name, words)


def _question_of(field: QWidget) -> str:
    within: QWidget | None = field
    while within is not None and not isinstance(within, QuestionCard):
        within = within.parentWidget()
    return within.question.id if within is not None else ""
