"""Issues a specification as a numbered version that never changes."""

from __future__ import annotations

from datetime import date
from typing import cast

from PySide6.QtWidgets import QWidget

from desktop.dialogs.form_dialog import FormDialog, Values
from desktop.session import Session
from storage.desk.office import who
from storage.desk.specification.specifications import (
    changed_since_issue,
    issue,
    next_numbers,
    problems,
    versions_of,
)
from storage.engine.fields import Field, Kind
from storage.records.specifications import Specification

FIELDS = (
    Field("Version", Kind.TEXT, "number", required=True),
    Field("Issued on", Kind.DAY, "on", required=True),
    Field("Issued by", Kind.TEXT, "by", required=True, width=300),
    Field("What changed", Kind.NOTE, "summary"),
)


def issue_dialog(parent: QWidget, session: Session, specification: Specification) -> FormDialog:
    """A dialog that issues the draft. While something must be filled in first, it says what and waits."""
    store, number = session.store, specification.key

    def act(values: Values) -> None:
        version = issue(
            store,
            number,
            str(values["number"]),
            by=str(values["by"]),
            on=cast("date", values["on"]),
            summary=str(values["summary"]),
        )
        session.said.emit(f"Version {version.number} of {specification.name} is issued.")

    dialog = FormDialog(
        parent,
        "Issue a version",
        FIELDS,
        act,
        do="Issue version",
        today=session.today(),
        words=_words(session, number),
        values={"number": next_numbers(store, number)[0], "on": session.today(), "by": who(store)},
    )
    offered = next_numbers(store, number)
    if len(offered) > 1:
        dialog.editor("number").show_problem(
            f"{offered[0]} for a small change, {offered[1]} for a large one."
        )
    if stops := problems(store, number):
        dialog.stop("It cannot be issued yet. " + " ".join(stops))
    return dialog


def _words(session: Session, number: int) -> str:
    versions = versions_of(session.store, number)
    words = "A version never changes. Writing goes on in the draft, towards the next one."
    if versions and not changed_since_issue(session.store, number):
        return f"Nothing has changed since version {versions[-1].number}. {words}"
    return words
