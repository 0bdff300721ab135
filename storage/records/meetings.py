"""Review meetings with a provider: agenda, who came, what was agreed."""

from __future__ import annotations

from datetime import date

from storage.engine.fields import Record, choice, day, link, note, record, text, yesno

MEETING_KINDS = (
    "Contract review", "Clinical quality review", "Finance and activity", "Annual service review", "Board", "Other",
)  # fmt: skip


@record("review_meeting", "Review meeting", named_by=("title",))
class ReviewMeeting(Record):
    """One meeting on a contract; its actions are kept with all others and say that they arose here."""

    contract: int | None = link("Contract", "contract")
    title: str = text("Name", width=220, shown=True, default="Contract review")
    kind: str = choice("Kind", MEETING_KINDS, default="Contract review", width=160)
    on: date | None = day("Date", required=True, shown=True)
    at: str = text("Time", width=80)
    place: str = text("Place", width=200)
    chair: str = text("Chair")
    agenda: str = note("Agenda", help="One point a line.")
    minutes: str = note("Minutes")
    next_on: date | None = day("Next meeting", shown=True)


@record("attendance", "Person at a meeting", "People at meetings", named_by=("title",), searched=False)
class Attendance(Record):
    """Somebody who was asked to a meeting."""

    meeting: int | None = link("Meeting", "review_meeting")
    title: str = text("Name", required=True, shown=True, width=200)
    role: str = text("Role and organisation", shown=True, width=220)
    came: bool | None = yesno("Came", shown=True, width=70)
    apologies: bool | None = yesno("Sent apologies", width=100)
