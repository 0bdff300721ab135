"""Begins a template, and publishes a draft as a version that does not change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import cast

from PySide6.QtWidgets import QWidget

from desktop.dialogs.form_dialog import FormDialog, Values
from desktop.session import Session
from storage.desk.checklists import templates
from storage.desk.office import who
from storage.engine.fields import Field, Kind
from storage.records.templates import OwnTemplate

FIELDS = (
    Field("Published on", Kind.DAY, "on", required=True),
    Field("By", Kind.TEXT, "by", required=True, width=300),
    Field("What has changed", Kind.NOTE, "changes"),
)


def publish_dialog(parent: QWidget, session: Session, own: OwnTemplate) -> FormDialog:
    """A dialog that publishes a draft; while something is to be mended, it says what and waits."""
    store = session.store

    def act(values: Values) -> None:
        made = templates.publish(
            store,
            own.key,
            changes=str(values["changes"]),
            by=str(values["by"]),
            on=cast("date", values["on"]),
        )
        session.said.emit(f"{made.title}, version {made.version} is live: checklists can be started from it.")

    dialog = FormDialog(
        parent, f"Publish version {own.version}", FIELDS, act, do="Publish", today=session.today(),
        words="Once published it does not change. Checklists of an earlier version stay as they are.",
        values={"on": session.today(), "by": who(store)},
    )  # fmt: skip
    if found := templates.check(store, own.key):
        more = f" And {len(found) - 3} more." if len(found) > 3 else ""
        dialog.stop("It cannot be published yet. " + " ".join(f"{p}." for p in found[:3]) + more)
    return dialog


def new_template_dialog(
    parent: QWidget, session: Session, made: Callable[[OwnTemplate], object]
) -> FormDialog:
    """A dialog that asks for the title of a new template."""

    def act(values: Values) -> None:
        made(templates.new_template(session.store, str(values["title"])))

    fields = (Field("Title", Kind.TEXT, "title", required=True, width=300),)
    return FormDialog(
        parent, "New template", fields, act, do="Begin", today=session.today(),
        words="It begins empty. To start from one there is, choose Adapt beside it.",
    )  # fmt: skip
