"""Export for a meeting: asks which contracts, for which meeting, whom to ask and how it is marked, and remembers it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.dialogs.form_dialog import FormDialog, Values
from desktop.session import Session
from storage.desk.lists.arrangement import Arrangement, described
from storage.desk.lists.views import view_named, views_of
from storage.desk.meeting.shown_contracts import EVERY, meeting_name, meetings
from storage.desk.office import office
from storage.engine.fields import Field, Kind
from storage.exchange.workbooks.meeting import Meeting
from storage.records.contracts import Contract
from storage.records.reference import MARKINGS

REMEMBERED = "meeting workbook"  # what was chosen last, remembered in the file
NOW, ALL = "What the list shows now", "All contracts"
ABOUT = (
    "A workbook with a cover, a summary, the decisions needed, the contracts, their KPIs and their money. Name the "
    "meeting, and what the workbook shows is kept: the next one for it says what has changed since."
)
PAGE = "contracts"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to be exported: the contracts, in words too, and for which meeting."""

    shown: Arrangement
    words: str
    view: str
    meeting: Meeting


def export_meeting(
    parent: QWidget, session: Session, now: Arrangement, act: Callable[[Chosen], object]
) -> FormDialog:
    """A dialog that gives what was chosen to `act`; `now` is what the list of contracts shows."""
    names = [view.name for view in views_of(session.store, PAGE, Contract) if not view.missing]

    def run(values: Values) -> None:
        chosen = _chosen(session, now, values)
        session.state.remember(REMEMBERED, _remembered(values))
        act(chosen)

    fields = (
        Field("Which contracts", Kind.CHOICE, "which", choices=(NOW, ALL, *names), width=300),
        Field("Meeting", Kind.TEXT, "meeting", width=300, help="Such as Contract board."),
        Field("Held on", Kind.DAY, "on"),
        Field("Marking", Kind.CHOICE, "marking", choices=MARKINGS[1:]),
        Field("Who to ask", Kind.TEXT, "ask", width=300, help="A name and how to reach them."),
    )
    return FormDialog(
        parent,
        "Export for a meeting",
        fields,
        run,
        do="Choose the file…",
        today=session.today(),
        words=ABOUT,
        values=_first(session, names),
    )


def _chosen(session: Session, now: Arrangement, values: Values) -> Chosen:
    """What the values mean. Raises `StorageError` for a name of a meeting that is too long, and a view that is gone."""
    name, which = str(values["meeting"] or "").strip(), str(values["which"] or NOW)
    shown, view = now, ""
    if which == ALL:
        shown = Arrangement()
    elif which != NOW:
        found = view_named(session.store, PAGE, Contract, which)
        shown, view = found.arrangement, found.name
    on = values["on"]
    meeting = Meeting(
        meeting_name(name) if name else "",
        on if isinstance(on, date) else None,
        str(values["ask"] or ""),
        str(values["marking"] or ""),
    )
    return Chosen(shown, described(session.store, Contract, shown, EVERY), view, meeting)


def _remembered(values: Values) -> dict[str, str]:
    on = values["on"]
    held = {name: str(values[name] or "") for name in ("which", "meeting", "ask", "marking")}
    return held | {"on": on.isoformat() if isinstance(on, date) else ""}


def _first(session: Session, names: list[str]) -> Values:
    """What stands in the dialog at first: what was chosen last, otherwise what the file says."""
    remembered = session.state.recall(REMEMBERED)
    held: Mapping[str, object] = remembered if isinstance(remembered, dict) else {}
    which, known, mine = str(held.get("which", "")), meetings(session.store), office(session.store)
    keeper = ", ".join(filter(None, (mine.person, mine.role)))
    return {
        "which": which if which in (ALL, *names) else NOW,
        "meeting": str(held.get("meeting", known[0] if known else "")),
        "on": _still_ahead(str(held.get("on", "")), session.today()),
        "marking": str(held.get("marking") or mine.marking),
        "ask": str(held.get("ask") or keeper),
    }


def _still_ahead(held: str, today: date) -> date | None:
    """The day of the meeting while it has not passed; then the next one is another day."""
    try:
        day = date.fromisoformat(held)
    except ValueError:
        return None
    return day if day >= today else None
