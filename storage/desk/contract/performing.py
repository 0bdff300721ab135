"""Performance notices with their plans: how far each has got, by the rules of the contract’s general conditions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from storage.engine.conditions import Where
from storage.engine.query import Order, Query
from storage.engine.reading import Reader
from storage.records.reference import BankHoliday
from storage.records.running import ImprovementPlan, Milestone, PerformanceNotice
from storage.rules.explained import Explained
from storage.rules.performance import (
    OUTCOMES,
    WITHDRAWN,
    NoticeFacts,
    PlanMilestone,
    Step,
    notice_path,
)


def milestones_of(reader: Reader, plans: Sequence[int]) -> dict[int, list[Milestone]]:
    """The milestones of plans by the id of the plan, read with one question to the file."""
    found: dict[int, list[Milestone]] = {number: [] for number in plans}
    asked = Query((Where("plan", "any of", tuple(found)),), (Order("due"), Order("id")))
    for milestone in reader.all(Milestone, asked) if plans else ():
        found[milestone.plan or 0].append(milestone)
    return found


def holidays(reader: Reader) -> frozenset[date]:
    """The bank holidays of the file."""
    return frozenset(h.on for h in reader.all(BankHoliday) if h.on)


def path_of(reader: Reader, notice: PerformanceNotice, today: date) -> Explained[tuple[Step, ...]]:
    """The steps of a performance notice; what the meeting came to is told by the kind of plan that followed."""
    plans = reader.all(
        ImprovementPlan, Query((Where("performance_notice", "is", (notice.key,)),), (Order("id"),))
    )
    kinds = [p.kind for p in plans if p.kind in OUTCOMES]
    held = milestones_of(reader, [p.key for p in plans])
    facts = NoticeFacts(
        served_on=notice.served_on,
        meeting_on=notice.meeting_on,
        outcome=WITHDRAWN if notice.status == WITHDRAWN else next(iter(kinds), ""),
        agreed_on=min((p.agreed_on for p in plans if p.agreed_on), default=None),
        milestones=tuple(PlanMilestone(m.title, m.due, m.done_on) for each in held.values() for m in each),
        exception_on=notice.exception_on,
        closed_on=notice.closed_on,
    )
    return notice_path(facts, today, holidays(reader))
