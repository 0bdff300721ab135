"""Keeps the headings of a specification as an outline of the user’s own."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.dialogs.form_dialog import FormDialog, Values
from desktop.session import Session
from storage.desk.specification.own_outlines import keep_as_outline
from storage.engine.fields import Field, Kind
from storage.records.specifications import Specification

FIELDS = (
    Field("Name", Kind.TEXT, "title", required=True, width=300),
    Field("What it is for", Kind.NOTE, "about"),
    Field(
        "The texts of its sections too",
        Kind.YESNO,
        "words",
        help="Otherwise only the headings and their advice.",
    ),
)


def keep_outline_dialog(parent: QWidget, session: Session, specification: Specification) -> FormDialog:
    """A dialog that asks for the name of the outline."""

    def act(values: Values) -> None:
        made = keep_as_outline(
            session.store,
            specification.key,
            str(values["title"]),
            str(values["about"]),
            words=bool(values["words"]),
        )
        session.said.emit(f"“{made.title}” is offered when a specification is started.")

    return FormDialog(
        parent, "Keep as an outline", FIELDS, act, do="Keep", today=session.today(),
        values={"title": f"{specification.title}, headings", "words": False},
    )  # fmt: skip
