"""The last safe day to act on a contract: what is recorded of it put to the rules of planning back from its end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from storage.engine.fields import Period
from storage.engine.parts import Parts
from storage.records.contract_ends import (
    AVAILABLE,
    NOTICE_SERVED,
    Ending,
    ends,
    holidays_of,
    notice_terms,
    options_of,
)
from storage.records.planning import DecisionMeeting, LeadTime
from storage.records.reference import Desk
from storage.records.terms import Extension
from storage.rules import planning_reference
from storage.rules.explained import Explained
from storage.rules.last_safe_date import APPROVAL, MOVABLE, Meeting, Plan, last_safe_date, last_safe_extension

OVER = ("Terminated", "Cancelled", NOTICE_SERVED)
NO_ROUTE = (
    "No route is chosen for the next contract, neither on this contract nor under My organisation and me."
)
SETTLED = "Nothing is left to decide: it is terminated, cancelled or under notice."
TO_EXTEND, TO_BUY = "extend", "buy"
"""The two plans there are for a contract: to take up its next option, and to buy the service anew."""

_NO_TIME = Period(0, "d")


class Contract(Ending, Protocol):
    """What these rules read of a contract besides its ends."""

    @property
    def route(self) -> int | None: ...
    @property
    def plan_moved(self) -> Mapping[str, object]: ...


def open_option(contract: Contract, parts: Parts) -> Extension | None:
    """The first option that is still to be decided, unless the contract is over."""
    if contract.stage in OVER:
        return None
    return next((o for o in options_of(contract, parts) if o.status == AVAILABLE), None)


def plan_to_extend(contract: Contract, parts: Parts) -> Explained[Plan | None]:
    """The way back from the last day to take up the next option, to the day to begin the paper."""
    option = open_option(contract, parts)
    if option is None:
        return Explained(None, "No option to extend is waiting for a decision.")
    end, terms = ends(contract, parts), notice_terms(contract, "commissioner")
    given, holidays, moved = option.decide_by, holidays_of(parts), moved_days(contract, TO_EXTEND)
    meetings = meetings_of(parts)
    if not parts.silent:
        return last_safe_extension(end.value, terms, given, meetings, holidays, moved, because=end.reasons)
    same = ("to extend", end.value, terms.period, terms.to_month_end, terms.not_before, given, *moved.items())
    return parts.shared(
        same, lambda: last_safe_extension(end.value, terms, given, meetings, holidays, moved, spoken=False)
    )


def plan_to_buy(contract: Contract, parts: Parts) -> Explained[Plan | None]:
    """The way back from the end of the contract through buying it anew, to the day to start."""
    if contract.stage in OVER:
        return Explained(None, SETTLED)
    lead, end = lead_time_of(contract, parts), ends(contract, parts)
    if lead is None:
        return Explained(None, NO_ROUTE)
    moved = moved_days(contract, TO_BUY)
    meetings, holidays = meetings_of(parts), holidays_of(parts)
    if not parts.silent:
        return last_safe_date(end.value, lead, meetings, holidays, moved, end.reasons)
    same = ("to buy", end.value, lead.route, lead.title, *moved.items())  # many contracts end on one day
    return parts.shared(
        same, lambda: last_safe_date(end.value, lead, meetings, holidays, moved, spoken=False)
    )


def moved_days(contract: Contract, plan: str) -> dict[str, date]:
    """The days of one of the two plans that somebody set by hand; what is no day of such a plan is passed over."""
    held = contract.plan_moved.get(plan)
    if not isinstance(held, Mapping):
        return {}
    found = {key: _day(written) for key, written in held.items() if key in MOVABLE}
    return {key: day for key, day in found.items() if day is not None}


def _day(written: object) -> date | None:
    try:
        return date.fromisoformat(written) if isinstance(written, str) else None
    except ValueError:
        return None  # a file of another hand


def start_by(contract: Contract, parts: Parts) -> Explained[date | None]:
    """The last safe day to start buying the service anew."""
    return _first_day(parts.once(TO_BUY, lambda: plan_to_buy(contract, parts)))


def extend_by(contract: Contract, parts: Parts) -> Explained[date | None]:
    """The last safe day to start deciding on the next option."""
    return _first_day(parts.once(TO_EXTEND, lambda: plan_to_extend(contract, parts)))


def act_by(contract: Contract, parts: Parts) -> Explained[date | None]:
    """The last safe day to act: on the next option where one is open, otherwise on buying the service anew."""
    waiting = open_option(contract, parts)
    return extend_by(contract, parts) if waiting is not None else start_by(contract, parts)


def decide_by(contract: Contract, parts: Parts) -> Explained[date | None]:
    """The day of the meeting that has to decide on the next option, otherwise on buying the service anew."""
    which, make = (
        (TO_BUY, plan_to_buy) if open_option(contract, parts) is None else (TO_EXTEND, plan_to_extend)
    )
    plan = parts.once(which, lambda: make(contract, parts))
    if plan.value is None:
        return Explained(None, plan.why, plan.reasons)
    meeting = next(each for each in plan.value.milestones if each.key == APPROVAL)
    return Explained(meeting.day, meeting.reason.words, meeting.reason.rests_on)


def _first_day(plan: Explained[Plan | None]) -> Explained[date | None]:
    return Explained(plan.value.start_by if plan.value else None, plan.why, plan.reasons)


def meetings_of(parts: Parts) -> tuple[Meeting, ...]:
    """The calendar of meetings that decide."""
    return parts.shared("meetings", lambda: _calendar(parts))


def _calendar(parts: Parts) -> tuple[Meeting, ...]:
    held = parts.of(DecisionMeeting, "meetings")
    return tuple(Meeting(m.on, m.papers_due, m.title) for m in held if m.on is not None)


def lead_time_of(contract: Contract, parts: Parts) -> planning_reference.LeadTime | None:
    """The route the next contract takes: the one chosen for it, otherwise the usual one."""
    routes = parts.shared("routes", lambda: {r.id: _rule_of(r) for r in parts.of(LeadTime, "lead_times")})
    desk = next(iter(parts.of(Desk, "desk")), None)
    return routes.get(contract.route or (desk.default_route if desk else None))


def _rule_of(route: LeadTime) -> planning_reference.LeadTime:
    """A route as the rules take it; a stage left blank takes no time."""
    return planning_reference.LeadTime(
        route=route.code,
        title=route.title,
        regime=route.regime or "PSR",
        mobilisation=route.mobilisation or _NO_TIME,
        standstill_working_days=route.standstill_days or 0,
        tender=route.tender or _NO_TIME,
        approval=route.approval or _NO_TIME,
        paper_deadline=route.paper_deadline or _NO_TIME,
        total_months=(0, 0),
        effective_from=date.min,
        effective_to=None,
        source=route.source,
    )
