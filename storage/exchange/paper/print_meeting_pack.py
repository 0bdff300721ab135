"""Puts together the pack for a review meeting: every part is made of what the file holds on the day it is printed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from storage.desk.contract.contract_actions import last_meeting, numbered_actions
from storage.desk.meeting.meeting_actions import BLANK_LINES, blank_number
from storage.desk.writing import found
from storage.engine.conditions import Where
from storage.engine.query import Order, Query
from storage.engine.store import Store
from storage.engine.values import long_day, show_day, weekday_name
from storage.exchange.paper.papers import Fact
from storage.exchange.paper.papers_contract import NumberedAction
from storage.exchange.paper.papers_letter import letter_blocks
from storage.exchange.paper.papers_meeting import PAGE, PARTS, MeetingPackPaper, PersonPaper
from storage.exchange.paper.print_contract import contract_paper
from storage.exchange.paper.print_contract_lists import action_papers, kpi_papers
from storage.exchange.paper.print_data import imprint_of
from storage.exchange.paper.print_meeting_finance import finance_paper
from storage.exchange.paper.print_review_form import form_sections
from storage.records.contracts import Contract
from storage.records.meetings import Attendance, ReviewMeeting

USUAL_AGENDA = (
    "Welcome and apologies",
    "Minutes and actions of the last meeting",
    "Performance: KPIs, quality and what people say of the service",
    "Finance and activity",
    "Risks, notices and plans",
    "Dates ahead and decisions to take",
    "Any other business and the next meeting",
)
"""The agenda when none is written."""


def meeting_pack(
    store: Store, meeting_id: int, parts: Collection[str] = tuple(PARTS), today: date | None = None
) -> MeetingPackPaper:
    """The pack for a meeting with the parts asked for, in their order."""
    meeting = found(store, ReviewMeeting, meeting_id)
    contract = found(store, Contract, meeting.contract or 0)
    day = today or store.today()
    last = last_meeting(store, contract.key, min(meeting.on or day, day))
    page = contract_paper(store, contract.key, day)
    scored = kpi_papers(store, contract.key, notes=True)
    return MeetingPackPaper(
        imprint=imprint_of(store, day),
        title=meeting.title or meeting.kind,
        contract=contract.title,
        reference=contract.reference,
        day=f"{weekday_name(meeting.on)} {long_day(meeting.on)}" if meeting.on else "",
        parts=tuple(part for part in PARTS if part in parts),
        facts=_facts(meeting, contract),
        agenda=tuple(line.strip() for line in meeting.agenda.splitlines() if line.strip()) or USUAL_AGENDA,
        people=_people(store, meeting_id),
        last_said=_last_said(last),
        minutes=letter_blocks(last.minutes) if last else (),
        actions=page.actions,
        done=_done(store, contract.key, last.on if last else None, day),
        blank=tuple(blank_number(place) for place in range(1, BLANK_LINES + 1)),
        kpis=scored,
        kpis_said=page.kpis_said,
        finance=finance_paper(
            store, contract, tuple(k for k in scored if k.aspect in ("Output", "Input")), day
        ),
        page=page if PAGE in parts else None,
        form=form_sections(store, contract, page, day),
    )


def _facts(meeting: ReviewMeeting, contract: Contract) -> tuple[Fact, ...]:
    on = f"{weekday_name(meeting.on)} {long_day(meeting.on)}" if meeting.on else "to be agreed"
    said = (
        ("Date", on), ("Time", meeting.at), ("Place", meeting.place), ("Chair", meeting.chair),
        ("Kind", meeting.kind), ("Provider", contract.provider_name),
    )  # fmt: skip
    return tuple(Fact(label, value) for label, value in said if value)


def _people(store: Store, meeting_id: int) -> tuple[PersonPaper, ...]:
    asked = store.all(Attendance, Query((Where("meeting", "is", (meeting_id,)),), (Order("id"),)))
    return tuple(PersonPaper(p.title, p.role, "apologies" if p.apologies else "") for p in asked)


def _last_said(last: ReviewMeeting | None) -> str:
    if last is None or last.on is None:
        return "No earlier meeting is recorded."
    led = f", chaired by {last.chair}" if last.chair else ""
    none = "" if last.minutes.strip() else " No minutes are recorded."
    return f"{last.title or last.kind} on {long_day(last.on)}{led}.{none}"


def _done(store: Store, contract_id: int, since: date | None, day: date) -> tuple[NumberedAction, ...]:
    """The actions done since the last meeting."""
    every = numbered_actions(store, contract_id)
    closed = {
        n: a for n, a in every.items()
        if a.status == "Done" and since is not None and a.done_on is not None and since <= a.done_on <= day
    }  # fmt: skip
    papers = action_papers(closed, day)
    days = {str(n): a.done_on for n, a in closed.items()}
    return tuple(
        NumberedAction(p.number, p.title, p.owner, show_day(on) if (on := days[p.number]) else "")
        for p in papers
    )
