"""Running a contract: variations, notices, performance notices and plans, risks."""

from __future__ import annotations

from datetime import date

from storage.engine.fields import Record, choice, day, link, money, note, record, text, whole, yesno

VARIATION_KINDS = ("Local", "National")
VARIATION_STATUSES = ("Proposed", "Agreed", "Refused", "In force")
NOTICE_KINDS = (
    "Termination", "Non-renewal", "Extension", "Break", "Performance", "Information breach", "Activity query",
    "Change in control", "Variation", "Award", "Unsuccessful bidder", "Other",
)  # fmt: skip
DIRECTIONS = ("Served by us", "Received by us")
METHODS = ("Email", "Post", "Recorded delivery", "By hand", "Portal", "Other")
PERFORMANCE_STATUSES = (
    "Open",
    "Meeting held",
    "Action plan agreed",
    "Exception report",
    "Closed",
    "Withdrawn",
)
PLAN_KINDS = (
    "Remedial action plan", "Immediate action plan", "Joint investigation", "Service development and improvement",
    "Data quality improvement", "Incentive scheme", "Other",
)  # fmt: skip
PLAN_STATUSES = ("Draft", "Agreed", "On track", "Slipping", "Done", "Dropped")
RISK_STATUSES = ("Open", "Closed")


@record("variation", "Variation", named_by=("title", "number"))
class Variation(Record):
    """A change to the terms of a contract."""

    contract: int | None = link("Contract", "contract")
    number: str = text("Number", shown=True, width=70)
    title: str = text("What changes", required=True, shown=True, width=260)
    kind: str = choice("Kind", VARIATION_KINDS, default="Local", width=90)
    status: str = choice("Status", VARIATION_STATUSES, default="Proposed", shown=True, width=100)
    proposer: str = text("Proposed by")
    proposed_on: date | None = day("Proposed on")
    response_due: date | None = day("Answer due")
    effective_on: date | None = day("In force from", shown=True)
    value_change: int | None = money("Change in value", shown=True)
    schedules: str = text("Schedules changed", width=260)
    signed_commissioner: date | None = day("Signed by commissioner")
    signed_provider: date | None = day("Signed by provider")
    notes: str = note("Notes")


@record("notice", "Notice", named_by=("kind",))
class Notice(Record):
    """A formal notice under a contract, served or received; the record of it is never overwritten by a later one."""

    contract: int | None = link("Contract", "contract")
    kind: str = choice("Kind", NOTICE_KINDS, default="Termination", shown=True, width=150)
    direction: str = choice("Direction", DIRECTIONS, default="Served by us", shown=True, width=130)
    clause: str = text("Clause", width=100)
    served_on: date | None = day("Served on", shown=True)
    latest_valid: date | None = day("Last day it was valid", help="The legal date at the time it was served.")
    takes_effect: date | None = day("Takes effect", shown=True)
    method: str = choice("Method", METHODS, width=120)
    acknowledged_on: date | None = day("Acknowledged on", shown=True)
    acknowledged_by: str = text("Acknowledged by")
    letter: str = text("Letter", width=260, help="The reference or file name of the letter.")
    notes: str = note("Notes")


@record("performance_notice", "Performance notice", named_by=("title",))
class PerformanceNotice(Record):
    """A breach put to the provider in writing, and what followed: meeting, plan, exception report, money withheld."""

    contract: int | None = link("Contract", "contract")
    title: str = text("Breach", required=True, shown=True, width=260)
    status: str = choice("Status", PERFORMANCE_STATUSES, default="Open", shown=True, width=130)
    served_on: date | None = day("Notice served on", shown=True)
    clause: str = text("Clause", default="GC9")
    meeting_on: date | None = day("Meeting held on", shown=True)
    outcome: str = note("Outcome of the meeting")
    exception_on: date | None = day("Exception report on")
    withheld: int | None = money("Money withheld")
    returned: int | None = money("Money returned")
    closed_on: date | None = day("Closed on")
    notes: str = note("Notes")


@record("improvement_plan", "Improvement plan", named_by=("title",))
class ImprovementPlan(Record):
    """What a provider has undertaken to put right or to develop, by milestones."""

    contract: int | None = link("Contract", "contract")
    performance_notice: int | None = link("Performance notice", "performance_notice")
    title: str = text("Plan", required=True, shown=True, width=260)
    kind: str = choice("Kind", PLAN_KINDS, default="Remedial action plan", shown=True, width=200)
    status: str = choice("Status", PLAN_STATUSES, default="Draft", shown=True, width=90)
    agreed_on: date | None = day("Agreed on")
    due: date | None = day("To be done by", shown=True)
    consequence: str = note("Agreed consequence")
    notes: str = note("Notes")


@record("milestone", "Milestone", named_by=("title",), searched=False)
class Milestone(Record):
    """A step of a plan with the day it is due."""

    plan: int | None = link("Plan", "improvement_plan")
    title: str = text("Milestone", required=True, shown=True, width=260)
    owner: str = text("Owner", shown=True)
    due: date | None = day("Due", shown=True)
    done_on: date | None = day("Done on", shown=True)
    evidence: str = note("Evidence")


@record("risk", "Risk", named_by=("title",))
class Risk(Record):
    """Something that may go wrong with a contract: how likely, how bad, and what is done about it."""

    contract: int | None = link("Contract", "contract")
    title: str = text("Risk", required=True, shown=True, width=260)
    likelihood: int | None = whole("Likelihood", low=1, high=5, width=80)
    consequence: int | None = whole("Consequence", low=1, high=5, width=90)
    mitigation: str = note("Mitigation")
    likelihood_after: int | None = whole("Likelihood after mitigation", low=1, high=5)
    consequence_after: int | None = whole("Consequence after mitigation", low=1, high=5)
    owner: str = text("Owner", shown=True)
    review_on: date | None = day("Review on", shown=True)
    status: str = choice("Status", RISK_STATUSES, default="Open", shown=True, width=80)
    escalated: bool | None = yesno("Escalated", width=80)
    notes: str = note("Notes")
