"""Actions: who does what by when, wherever it arose."""

from __future__ import annotations

from datetime import date

from storage.engine.fields import Record, choice, day, link, note, record, text

STATUSES = ("Open", "Done", "Dropped")


@record("action", "Action", named_by=("title",))
class Action(Record):
    """Something to be done."""

    title: str = text("What is to be done", required=True, width=300, shown=True)
    owner: str = text("Owner", width=150, shown=True)
    due: date | None = day("Due", width=110, shown=True)
    status: str = choice("Status", STATUSES, default="Open", width=100, shown=True)
    done_on: date | None = day("Done on", width=110)
    contract: int | None = link("Contract", "contract", group="Arose from")
    service: int | None = link("Service", "service", group="Arose from")
    specification: int | None = link("Specification", "specification", group="Arose from")
    run: int | None = link("Checklist", "checklist_run", group="Arose from")
    meeting: int | None = link("Review meeting", "review_meeting", group="Arose from")
    question: str = text("Question", group="Arose from", help="The question of the checklist it arose from.")
    notes: str = note("Notes")
