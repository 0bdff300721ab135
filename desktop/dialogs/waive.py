"""Lets a gate of a checklist be passed over: by whom, why and when."""

from __future__ import annotations

from datetime import date
from typing import cast

from PySide6.QtWidgets import QWidget

from desktop.dialogs.form_dialog import FormDialog, Values
from desktop.session import Session
from storage.checklists.structure import Question
from storage.desk.checklists import runs
from storage.desk.checklists.run_state import RunState
from storage.desk.office import who
from storage.engine.fields import Field, Kind

FIELDS = (
    Field("Waived by", Kind.TEXT, "name", required=True, help="The person who answers for the decision."),
    Field("Date", Kind.DAY, "on", required=True),
    Field("Reason", Kind.NOTE, "reason", required=True),
)


def waive_dialog(parent: QWidget, session: Session, state: RunState, question: Question) -> FormDialog:
    """A dialog that records a waiver, or changes and takes back the one there is."""
    store, run = session.store, state.run.key
    given = state.given.get(question.id)
    waived = given is not None and bool(given.waived_by)

    def act(values: Values) -> None:
        runs.waive(
            store, run, question.id,
            name=str(values["name"]), reason=str(values["reason"]), on=cast("date", values["on"]),
        )  # fmt: skip

    def take_back() -> None:
        runs.unwaive(store, run, question.id)

    held: dict[str, object] = {"name": who(store), "on": session.today()}
    if given is not None and waived:
        held = {"name": given.waived_by, "on": given.waived_on, "reason": given.waived_because}
    dialog = FormDialog(
        parent,
        f"Waive the gate of question {question.number}",
        FIELDS,
        act,
        do="Waive the gate",
        today=session.today(),
        words=f"{question.text} The name, the date and the reason are printed with the checklist.",
        values=held,
    )
    if waived:
        dialog.add_button("Take the waiver back", take_back)
    return dialog
