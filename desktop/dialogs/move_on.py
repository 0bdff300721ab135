"""Moves a specification on in its life, with who did it, when and why."""

from __future__ import annotations

from datetime import date
from typing import cast

from PySide6.QtWidgets import QWidget

from desktop.dialogs.form_dialog import FormDialog, Values
from desktop.session import Session
from storage.desk.office import who
from storage.desk.specification.life import move_on, ways
from storage.engine.fields import Field, Kind
from storage.records.specifications import Specification

ONLY_BY_ISSUING = "It becomes approved by issuing a version."


def move_on_dialog(parent: QWidget, session: Session, specification: Specification) -> FormDialog:
    """A dialog that offers the ways there are from where it is."""
    store = session.store
    now = store.get(Specification, specification.key)
    offered = ways(store, now)

    def act(values: Values) -> None:
        event = move_on(
            store, now.key, str(values["status"]), by=str(values["by"]), on=cast("date", values["on"]),
            why=str(values["why"]),
        )  # fmt: skip
        session.said.emit(f"{now.name}: {event.before} → {event.status}.")

    fields = (
        Field("To", Kind.CHOICE, "status", required=True, choices=offered),
        Field("On", Kind.DAY, "on", required=True),
        Field("By", Kind.TEXT, "by", width=300),
        Field("Why", Kind.NOTE, "why", help="Needed to go back to a draft, and to end it."),
    )
    return FormDialog(
        parent, "Move it on", fields, act, do="Move it on", today=session.today(),
        words=f"{now.name}, now “{now.status}”. {ONLY_BY_ISSUING}",
        values={"status": offered[0] if offered else "", "on": session.today(), "by": who(store)},
    )  # fmt: skip
