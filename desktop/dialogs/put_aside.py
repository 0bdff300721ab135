"""Not now: asks why a finding can wait, and until when."""

from __future__ import annotations

from datetime import date
from typing import cast

from PySide6.QtWidgets import QWidget

from desktop.dialogs.form_dialog import FormDialog, Values
from desktop.session import Session
from storage.desk.put_right.asides import put_aside
from storage.desk.put_right.finding import Finding
from storage.engine.fields import Field, Kind
from storage.engine.values import Period
from storage.rules.months import add_period

FIELDS = (
    Field("Why it can wait", Kind.NOTE, "reason", required=True),
    Field("Show it again on", Kind.DAY, "until", help="Without a day, until it is brought back."),
)  # fmt: skip
USUAL = Period(3, "m")


def put_aside_dialog(parent: QWidget, session: Session, finding: Finding) -> FormDialog:
    """A dialog that puts one finding aside."""

    def act(values: Values) -> None:
        put_aside(session.store, finding, str(values["reason"] or ""), cast("date | None", values["until"]))

    return FormDialog(
        parent,
        "Not now",
        FIELDS,
        act,
        do="Put aside",
        today=session.today(),
        words=f"{finding.subject}: {finding.words} It stays on the list of what is put aside, with your reason.",
        values={"until": add_period(session.today(), USUAL)},
    )
