"""Earlier stands of a checklist: what its answers were after a step, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtWidgets import QLayout, QWidget

from desktop.dialogs.list_dialog import ListDialog, list_row
from desktop.session import Session
from desktop.words import count_words
from storage.desk.checklists.run_history import Stand, restore, stands
from storage.engine.values import show_day
from storage.records.assessments import Run
from widgets.parts import button


class RunStands(ListDialog):
    """The steps that changed answers, the newest first. Going back is itself a step, which Undo takes back."""

    none = "No answer has been changed yet."

    def __init__(self, parent: QWidget, session: Session, run: Run) -> None:
        self._run = run
        words = "Put all answers back as they stood after a step. Signatures, actions and reviews stay as they are."
        super().__init__(parent, session, f"Earlier answers of {run.title}", words)

    def rows(self) -> Sequence[QLayout]:
        """A row for each step."""
        return [self._row(stand) for stand in stands(self.session.store, self._run.key)]

    def _row(self, stand: Stand) -> QLayout:
        at = datetime.fromisoformat(stand.step.at).astimezone()
        note = (
            f"{show_day(at.date())}, {at:%H:%M}, {stand.step.who} · "
            f"{count_words(stand.answered, 'answer', 'answers')}"
        )
        back = button("Put back")
        back.setAccessibleName(f"Put the answers back as they stood after: {stand.step.label}")
        back.setEnabled(not self.session.read_only and not self._run.signed_on)
        back.clicked.connect(partial(self._restore, stand.step.id))
        return list_row(stand.step.label, note, back)

    def _restore(self, step: int, _checked: bool = False) -> None:
        if self.session.attempt(lambda: restore(self.session.store, self._run.key, step)):
            self.accept()
