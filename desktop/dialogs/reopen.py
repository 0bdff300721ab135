"""Opens a signed checklist again, with a reason that stays on the record."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.dialogs.form_dialog import FormDialog, Values
from desktop.session import Session
from storage.desk.checklists import runs
from storage.engine.fields import Field, Kind
from storage.engine.values import show_day
from storage.records.assessments import Run

REASON = Field("Reason", Kind.NOTE, "reason", required=True)


def reopen_dialog(parent: QWidget, session: Session, run: Run) -> FormDialog:
    """A dialog that takes the signature off; who signed, when and why it was reopened stay."""

    def act(values: Values) -> None:
        runs.reopen(session.store, run.key, reason=str(values["reason"]).strip())

    on = f" on {show_day(run.signed_on)}" if run.signed_on else ""
    words = (
        f"{run.signed_by} signed it{on}. The signature is taken off; who signed, when, and your reason stay on "
        "the record."
    )
    return FormDialog(
        parent, f"Reopen {run.title}", (REASON,), act, do="Reopen", today=session.today(), words=words
    )
