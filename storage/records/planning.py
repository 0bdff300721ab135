"""Reference lists a commissioner corrects: how long each way of buying takes, when decisions are made, legal limits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from storage.engine.fields import (
    Period,
    Record,
    choice,
    day,
    link,
    money,
    note,
    number,
    period,
    record,
    text,
    whole,
    yesno,
)

REMINDED_OF: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Last day to give notice": "notice_by",
        "Day to serve notice by": "serve_by",
        "Provider’s last day to give notice": "provider_notice_by",
        "Last safe day to act": "act_by",
        "Decision needed by": "decide_by",
        "End": "ends",
        "Review date": "review_date",
        "Insurance expires": "insurance_expiry",
        "To be moved to its new form by": "form_target_date",
    }
)
"""The dates of a contract one can be reminded of, with the names of their fields."""


@record("lead_time", "Lead time", named_by=("title",), searched=False)
class LeadTime(Record):
    """How long one way of buying takes, stage by stage, back from the day the new contract starts."""

    title: str = text("Route", required=True, shown=True, width=260)
    code: str = text("Code", shown=True, width=70)
    mobilisation: Period | None = period("Mobilisation", shown=True, width=100)
    standstill_days: int | None = whole("Standstill (working days)", low=0, high=60, shown=True, width=110)
    tender: Period | None = period("Tender and evaluation", shown=True, width=110)
    approval: Period | None = period("Approval", shown=True, width=90)
    paper_deadline: Period | None = period(
        "Papers before the meeting",
        shown=True,
        width=110,
        help="Where the meeting’s own day for papers is not known.",
    )
    regime: str = text("Standstill counted as under", width=120, help="PSR or PA23: they count differently.")
    source: str = text("Source", width=260)


@record("decision_meeting", "Decision meeting", named_by=("title",), searched=False)
class DecisionMeeting(Record):
    """A meeting that can decide, and the day by which it wants its papers."""

    title: str = text("Committee", required=True, shown=True, width=260)
    on: date | None = day("Date", required=True, shown=True)
    papers_due: date | None = day("Papers due", shown=True)
    notes: str = note("Notes")


@record("threshold", "Limit", named_by=("title",), searched=False)
class Threshold(Record):
    """A limit the law sets, with the days between which it holds."""

    title: str = text("Limit", required=True, shown=True, width=280)
    code: str = text("Code", width=160)
    amount: int | None = money("Amount", shown=True)
    figure: Decimal | None = number("Figure", shown=True)
    from_on: date | None = day("From", shown=True)
    until: date | None = day("Until", shown=True)
    source: str = text("Source", shown=True, width=280)


@record("reminder", "Reminder", named_by=("title",), searched=False)
class Reminder(Record):
    """A wish to be reminded so long before a date of a contract; each is dismissed by itself."""

    contract: int | None = link("Contract", "contract")
    title: str = text("Reminder", shown=True, width=220)
    about: str = choice(
        "Date it counts from", tuple(REMINDED_OF), help="It moves along when that date moves.", width=180
    )
    lead: Period | None = period("How long before", shown=True, width=110)
    dismissed_for: date | None = day(
        "Dismissed for", help="The date it was dismissed for; a later date reminds again."
    )
    off: bool | None = yesno("Switched off", width=90)


@record("default_reminder", "Usual reminder", named_by=("about",), searched=False)
class DefaultReminder(Record):
    """A reminder that every contract has, unless it has one of its own for the same date and time."""

    about: str = choice("Date it counts from", tuple(REMINDED_OF), shown=True, width=220)
    lead: Period | None = period("How long before", shown=True, width=110)
    off: bool | None = yesno("Switched off", width=90)
