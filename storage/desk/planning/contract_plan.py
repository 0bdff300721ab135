"""The last safe day of one contract as a ladder of days: why each is so, how near it is, and setting one by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from storage.desk.office import office
from storage.engine.query import Order, Query
from storage.engine.store import Store
from storage.engine.values import show_day
from storage.records.contract_planning import (
    TO_BUY,
    TO_EXTEND,
    meetings_of,
    moved_days,
    open_option,
    plan_to_buy,
    plan_to_extend,
)
from storage.records.contracts import Contract
from storage.records.planning import LeadTime
from storage.rules.explained import Explained, Reason
from storage.rules.last_safe_date import APPROVAL, MOVABLE, TITLES, Milestone, Plan, urgency

PLAN_TITLES: Mapping[str, str] = {TO_EXTEND: "Extend", TO_BUY: "Buy again"}


@dataclass(frozen=True, slots=True)
class Rung:
    """One day of a plan. `urgency` is Late, Red, Amber or nothing, as of today, and `near` says it in a sentence."""

    key: str
    title: str
    day: date
    reason: Reason
    urgency: str
    near: str
    moved: bool
    movable: bool
    too_late: bool  # set by hand later than what follows allows


@dataclass(frozen=True, slots=True)
class SafePlan:
    """One of the two plans of a contract; without rungs `why` says what is missing."""

    which: str
    why: str
    rungs: tuple[Rung, ...] = ()
    no_meeting: str = ""  # why no meeting could be taken, where none fits

    @property
    def first(self) -> Rung | None:
        """The day to start by."""
        return self.rungs[0] if self.rungs else None

    @property
    def moved(self) -> bool:
        """Whether a day of it was set by hand."""
        return any(each.moved for each in self.rungs)


def safe_plans(store: Store, contract: Contract) -> tuple[SafePlan, ...]:
    """The plans of a contract that apply: to extend it where an option is open, and to buy the service anew."""
    parts, today = store.parts(contract), store.today()
    listed = frozenset(meeting.on for meeting in meetings_of(parts))
    found = [(TO_BUY, plan_to_buy(contract, parts))]
    if open_option(contract, parts) is not None:
        found.insert(0, (TO_EXTEND, plan_to_extend(contract, parts)))
    return tuple(_laddered(which, plan, listed, today) for which, plan in found)


def _laddered(which: str, plan: Explained[Plan | None], listed: frozenset[date], today: date) -> SafePlan:
    if plan.value is None:
        return SafePlan(which, plan.why)
    no_meeting = next(
        (
            each.reason.words.partition(" = ")[2]
            for each in plan.value.milestones
            if each.key == APPROVAL and not each.moved and each.day not in listed
        ),
        "",
    )
    return SafePlan(which, plan.why, tuple(_rung(each, today) for each in plan.value.milestones), no_meeting)


def _rung(milestone: Milestone, today: date) -> Rung:
    near = urgency(milestone.day, today)
    key = milestone.key
    return Rung(
        key, milestone.title, milestone.day, milestone.reason, near.value, near.why,
        milestone.moved, key in MOVABLE, milestone.too_late,
    )  # fmt: skip


def set_day(store: Store, number: int, which: str, key: str, day: date | None) -> bool:
    """Set one day of a plan by hand, or with None set it back; what comes before it follows. One step.

    False when it was so already. Raises `StorageError` when the file cannot be written, `KeyError` for a
    contract that is not there, `ValueError` for a day that cannot be moved.
    """
    if key not in MOVABLE:
        raise ValueError(f"{key} cannot be set by hand.")
    contract = store.get(Contract, number)
    moved = moved_days(contract, which)
    after = {each: held for each, held in moved.items() if each != key} | ({key: day} if day else {})
    if after == moved:
        return False
    what = f"“{TITLES[key]}” of {contract.name}"
    return _keep(
        store, contract, which, after, f"Set {what} to {show_day(day)}" if day else f"Set {what} back"
    )


def set_back(store: Store, number: int, which: str) -> bool:
    """Set every day of a plan back to what the rules give, as one step; False when none was moved."""
    contract = store.get(Contract, number)
    if not moved_days(contract, which):
        return False
    return _keep(store, contract, which, {}, f"Set the plan of {contract.name} back")


def _keep(store: Store, contract: Contract, which: str, moved: Mapping[str, date], label: str) -> bool:
    rest = {key: held for key, held in contract.plan_moved.items() if key != which}
    kept = rest | ({which: {key: day.isoformat() for key, day in moved.items()}} if moved else {})
    with store.step(label):
        store.save(replace(contract, plan_moved=kept))
    return True


def routes(store: Store) -> list[tuple[int, str]]:
    """The ways of buying to choose from: number and name."""
    return [(route.key, route.title) for route in store.all(LeadTime, Query(order=(Order("id"),)))]


def usual_route(store: Store) -> str:
    """What contracts without a route of their own take; empty when nothing is set."""
    chosen = office(store).default_route
    found = store.many(LeadTime, [chosen]) if chosen else {}
    return next((route.title for route in found.values() if not route.binned), "")
