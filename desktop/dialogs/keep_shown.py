"""Keep what is shown: asks for which meeting and which view, and keeps it as a snapshot to compare with later."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.dialogs.form_dialog import FormDialog, Values
from desktop.session import Session
from storage.desk.lists.arrangement import Arrangement
from storage.desk.lists.views import view_named, views_of
from storage.desk.meeting.shown_contracts import keeping_now, meeting_name, meetings
from storage.engine.fields import Field, Kind
from storage.records.contracts import Contract

EVERY = "All contracts"
ABOUT = (
    "What each contract says today is kept in this file. At the next meeting, the page shows what has changed since, "
    "by whom and when. Exporting the register for a meeting keeps the same."
)


def keep_shown(parent: QWidget, session: Session, meeting: str = "") -> FormDialog:
    """A dialog that keeps a snapshot; `meeting` is the name that stands in it at first."""
    store = session.store
    names = [view.name for view in views_of(store, "contracts", Contract) if not view.missing]

    def act(values: Values) -> None:
        title, which = meeting_name(str(values["meeting"] or "")), str(values["which"] or EVERY)
        shown = (
            Arrangement() if which == EVERY else view_named(store, "contracts", Contract, which).arrangement
        )
        session.run(
            keeping_now(store, title, shown),
            f"Keep what is shown for {title}",
            lambda: session.said.emit(f"What is shown today is kept for {title}."),
        )

    known = meetings(store)
    fields = (
        Field("Meeting", Kind.TEXT, "meeting", required=True, width=300, help="Such as Contract board."),
        Field("Which contracts", Kind.CHOICE, "which", choices=(EVERY, *names), width=300),
    )
    return FormDialog(
        parent,
        "Keep what is shown",
        fields,
        act,
        do="Keep",
        today=session.today(),
        words=ABOUT,
        values={"meeting": meeting or (known[0] if known else ""), "which": EVERY},
    )
