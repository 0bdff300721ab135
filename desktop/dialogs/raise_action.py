"""Adds an action that comes out of a checklist."""

from __future__ import annotations

from datetime import date
from typing import cast

from PySide6.QtWidgets import QWidget

from desktop.dialogs.form_dialog import FormDialog, Values
from desktop.session import Session
from storage.checklists.structure import Question
from storage.desk.checklists import runs
from storage.desk.checklists.run_state import RunState, arising_from
from storage.engine.fields import Field, Kind
from storage.records.actions import Action

FIELDS = (
    Field("What is to be done", Kind.TEXT, "title", required=True, width=300),
    Field("Owner", Kind.TEXT, "owner"),
    Field("Due", Kind.DAY, "due"),
)


def action_dialog(
    parent: QWidget, session: Session, state: RunState, question: Question | None
) -> FormDialog:
    """A dialog for a new action of one question, or of the whole checklist."""
    store, run = session.store, state.run

    def act(values: Values) -> None:
        title, owner = str(values["title"]).strip(), str(values["owner"]).strip()
        due = cast("date | None", values["due"])
        if question is not None:
            runs.raise_action(store, run.key, question.id, title, owner=owner, due=due)
            return
        with store.step(f"Add an action to {run.name}"):
            store.save(arising_from(store, run, Action(title=title, owner=owner, due=due)))

    about = f"Question {question.number}. {question.text}" if question else run.title
    return FormDialog(parent, "New action", FIELDS, act, do="Add action", today=session.today(), words=about)
