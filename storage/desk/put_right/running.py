"""Running a contract: variations, performance notices, plans, actions, risks and reviews that wait for somebody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from storage.desk.put_right.finding import Finding, Kind, Severity, days_words
from storage.desk.put_right.register import OVER, Register
from storage.records.actions import Action
from storage.records.meetings import ReviewMeeting
from storage.records.running import ImprovementPlan, Milestone, PerformanceNotice, Risk, Variation
from storage.records.specifications import ContractSpecification, Specification
from storage.rules.performance import NoticeDays
from storage.rules.reviews import CYCLES, next_review
from storage.rules.working_days import add_working_days

_GROUP = "Running it"
MUST, SHOULD, COULD = Severity.MUST, Severity.SHOULD, Severity.COULD
INSURANCE_SOON = 60  # days before it expires

VARIATION_UNDATED = Kind("variation_undated", SHOULD, _GROUP, "Variation without a date",
    "“{0}” is in force, but it is not recorded from which day.", "effective_on")  # fmt: skip
VARIATION_UNSIGNED = Kind("variation_unsigned", MUST, _GROUP, "Variation not signed",
    "“{0}” is in force, but no signature of the {1} is recorded.", "signed_commissioner")  # fmt: skip
VARIATION_WAITS = Kind("variation_waits", SHOULD, _GROUP, "Variation waits for an answer",
    "“{0}” was to be answered by {1}.", "status")  # fmt: skip
NO_MEETING = Kind("performance_meeting", MUST, _GROUP, "Performance notice: meeting overdue",
    "The meeting on “{0}” was to be held by {1}, ten Operational Days after the notice.", "meeting_on")  # fmt: skip
PLAN_LATE = Kind("plan_late", SHOULD, _GROUP, "Plan overdue", "“{0}” was to be done by {1}.", "status")
MILESTONE_LATE = Kind("milestone_late", SHOULD, _GROUP, "Milestone overdue",
    "“{0}” of the plan “{1}” was due {2}.", "done_on")  # fmt: skip
ACTION_LATE = Kind("action_late", SHOULD, _GROUP, "Action overdue", "“{0}” was due {1}, {2} ago.", "status")
RISK_REVIEW = Kind("risk_review", SHOULD, _GROUP, "Risk to be reviewed",
    "The risk “{0}” was to be looked at again by {1}.", "review_on")  # fmt: skip
REVIEW_LATE = Kind(
    "review_late", SHOULD, _GROUP, "Review overdue", "It was to be reviewed by {0}.", "review_date"
)
MEETING_LATE = Kind("meeting_late", SHOULD, _GROUP, "Review meeting overdue",
    "The next review meeting was due {0}: {1}.", "review_cycle")  # fmt: skip
INSURANCE_OUT = Kind("insurance_out", MUST, _GROUP, "Insurance expired",
    "The provider’s insurance expired {0}, {1} ago.", "insurance_expiry")  # fmt: skip
INSURANCE_NEAR = Kind("insurance_near", SHOULD, _GROUP, "Insurance about to expire",
    "The provider’s insurance expires {0}, in {1}.", "insurance_expiry")  # fmt: skip
SPEC_SHORT = Kind("spec_short", SHOULD, _GROUP, "Specification ends first",
    "Its specification “{0}” runs to {1} only; the contract runs to {2}.", "period_to")  # fmt: skip


def variations(register: Register) -> Iterator[Finding]:
    """Variations in force without a day or a signature, and proposals nobody has answered."""
    names = (
        "title",
        "number",
        "status",
        "response_due",
        "effective_on",
        "signed_commissioner",
        "signed_provider",
    )
    for contract, each in register.of_active(Variation, *names):
        if each.status == "In force":
            if each.effective_on is None:
                yield register.found(VARIATION_UNDATED, contract, each.name, at=each)
            unsigned = [who for who in ("commissioner", "provider") if getattr(each, f"signed_{who}") is None]
            if unsigned:
                words, field = " and of the ".join(unsigned), f"signed_{unsigned[0]}"
                yield register.found(VARIATION_UNSIGNED, contract, each.name, words, at=each, field=field)
        elif (
            each.status == "Proposed" and each.response_due is not None and each.response_due < register.today
        ):
            yield register.found(VARIATION_WAITS, contract, each.name, each.response_due, at=each)


def performance(register: Register) -> Iterator[Finding]:
    """Performance notices whose meeting is overdue, plans and milestones past their day."""
    today = register.today
    for contract, each in register.of_active(PerformanceNotice, "title", "status", "served_on", "meeting_on"):
        if each.status == "Open" and each.served_on is not None and each.meeting_on is None:
            by = add_working_days(each.served_on, NoticeDays().meeting, register.holidays)
            if by < today:
                yield register.found(NO_MEETING, contract, each.name, by, at=each)
    plans = register.of_active(ImprovementPlan, "title", "status", "due")
    open_plans = {p.key: (c, p) for c, p in plans if p.status not in ("Done", "Dropped")}
    for contract, plan in open_plans.values():
        if plan.due is not None and plan.due < today:
            yield register.found(PLAN_LATE, contract, plan.name, plan.due, at=plan)
    for step in register.rows(Milestone, "plan", "title", "due", "done_on") if open_plans else []:
        if step.plan in open_plans and step.done_on is None and step.due is not None and step.due < today:
            contract, plan = open_plans[step.plan]
            yield register.found(MILESTONE_LATE, contract, step.name, plan.name, step.due, at=step)


def actions(register: Register) -> Iterator[Finding]:
    """Actions past their day, whatever they arose from."""
    for each in register.rows(Action, "title", "owner", "due", "status", "contract"):
        if each.status != "Open" or each.due is None or each.due >= register.today:
            continue
        given = (each.name, each.due, days_words((register.today - each.due).days))
        contract = register.by_id.get(each.contract or 0)
        if contract is not None:
            yield register.found(ACTION_LATE, contract, *given, at=each, owner=each.owner.strip())
        else:
            yield Finding(ACTION_LATE, each.TABLE, each.key, each.uuid, "status", 0, each.name, "",
                          each.owner.strip(), given)  # fmt: skip


def risks_and_reviews(register: Register) -> Iterator[Finding]:
    """Risks and contracts whose day to be looked at again has passed, and meetings that are overdue."""
    today = register.today
    for contract, risk in register.of_active(Risk, "title", "status", "review_on"):
        if risk.status == "Open" and risk.review_on is not None and risk.review_on < today:
            yield register.found(RISK_REVIEW, contract, risk.name, risk.review_on, at=risk)
    cycles = any(c.review_cycle in CYCLES for c in register.running)
    last = _last_meetings(register) if cycles else {}
    for c in register.running:
        if c.review_date is not None and c.review_date < today:
            yield register.found(REVIEW_LATE, c, c.review_date)
        if (cycle := CYCLES.get(c.review_cycle)) is not None:
            due = next_review(last.get(c.key), cycle, today, c.start, c.ends)
            if due.value is not None and due.value < today:
                yield register.found(MEETING_LATE, c, due.value, f"{c.review_cycle.lower()} reviews")


def _last_meetings(register: Register) -> dict[int, date]:
    held: dict[int, date] = {}
    meetings = [m for m in register.rows(ReviewMeeting, "contract", "on") if m.on is not None]
    for each in sorted(meetings, key=lambda m: m.on or register.today):
        if each.contract is not None and each.on is not None and each.on <= register.today:
            held[each.contract] = each.on
    return held


def insurance(register: Register) -> Iterator[Finding]:
    """Insurance that has expired or is about to."""
    for c in register.running:
        if c.insurance_expiry is None:
            continue
        left = (c.insurance_expiry - register.today).days
        if left < 0:
            yield register.found(INSURANCE_OUT, c, c.insurance_expiry, days_words(-left))
        elif left <= INSURANCE_SOON:
            yield register.found(INSURANCE_NEAR, c, c.insurance_expiry, days_words(left))


def specifications(register: Register) -> Iterator[Finding]:
    """Specifications whose period is over before the contract is."""
    links = register.rows(ContractSpecification, "contract", "specification")
    if not links:
        return
    by_id = {s.key: s for s in register.rows(Specification, "title", "reference", "period_to")}
    for link in links:
        c, spec = register.by_id.get(link.contract or 0), by_id.get(link.specification or 0)
        if c is None or spec is None or c.position in OVER or spec.period_to is None or c.ends is None:
            continue
        if spec.period_to < c.ends:
            yield register.found(SPEC_SHORT, c, spec.name, spec.period_to, c.ends, at=spec)
