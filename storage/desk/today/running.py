"""What running the contracts asks for: reviews, meetings, actions, milestones, risks, insurance, KPI returns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from storage.desk.put_right.measures import DAYS_TO_REPORT
from storage.desk.put_right.register import Register, grouped
from storage.desk.today.due import AHEAD, Due, due_of, is_near
from storage.records.actions import Action
from storage.records.measures import Kpi, KpiResult
from storage.records.meetings import ReviewMeeting
from storage.records.running import ImprovementPlan, Milestone, PerformanceNotice, Risk
from storage.rules.kpi_periods import FREQUENCIES, ONCE, period_label, periods
from storage.rules.kpis import MILESTONE
from storage.rules.performance import NoticeDays
from storage.rules.working_days import add_working_days


def work(register: Register) -> Iterator[Due]:
    """Actions, reviews, insurance and risks, late or near."""
    today = register.today
    last = today + timedelta(days=AHEAD)
    for action in register.rows(Action, "title", "owner", "due", "status", "contract"):
        if action.status != "Open" or action.due is None or action.due > last:
            continue
        contract = register.by_id.get(action.contract or 0)
        if contract is not None:
            yield due_of(contract, action.name, action.due, "action", "status", action, action.owner.strip())
        else:
            yield Due(
                action.name,
                action.due,
                "action",
                "",
                "",
                action.owner.strip(),
                action.TABLE,
                action.key,
                "status",
            )
    for c in register.running:
        if c.review_date is not None and c.review_date <= last:
            yield due_of(c, "Review the contract", c.review_date, "review", "review_date")
        if c.insurance_expiry is not None and c.insurance_expiry <= last:
            yield due_of(
                c, "Insurance certificate runs out", c.insurance_expiry, "insurance", "insurance_expiry"
            )
    for contract, risk in register.of_active(Risk, "title", "status", "review_on"):
        if risk.status == "Open" and risk.review_on is not None and risk.review_on <= last:
            yield due_of(
                contract, f"Look at the risk again: {risk.name}", risk.review_on, "risk", "review_on", risk
            )


def meetings(register: Register) -> Iterator[Due]:
    """Meetings to come, meetings that performance notices ask for, and milestones of plans."""
    last = register.today + timedelta(days=AHEAD)
    for contract, meeting in register.of_active(ReviewMeeting, "title", "on"):
        if meeting.on is not None and is_near(meeting.on, register):
            yield due_of(contract, meeting.name, meeting.on, "meeting", "on", meeting)
    for contract, each in register.of_active(PerformanceNotice, "title", "status", "served_on", "meeting_on"):
        if each.status == "Open" and each.served_on is not None and each.meeting_on is None:
            by = add_working_days(each.served_on, NoticeDays().meeting, register.holidays)
            if by <= last:
                yield due_of(contract, f"Meet on the breach: {each.name}", by, "meeting", "meeting_on", each)
    plans = register.of_active(ImprovementPlan, "title", "status")
    running = {p.key: c for c, p in plans if p.status not in ("Done", "Dropped")}
    for step in register.rows(Milestone, "plan", "title", "due", "done_on") if running else []:
        if step.plan in running and step.done_on is None and step.due is not None and step.due <= last:
            yield due_of(
                running[step.plan], f"Milestone: {step.name}", step.due, "milestone", "done_on", step
            )


def returns(register: Register) -> Iterator[Due]:
    """Results of KPIs whose period is over, or will be: the next one of each that is not late."""
    kpis = register.of_active(Kpi, "title", "better", "frequency", "begins", "ends", "owner")
    results = grouped(register.rows(KpiResult, "kpi", "period_start", "value"), "kpi") if kpis else {}
    today = register.today
    for contract, kpi in kpis:
        begins = kpi.begins or contract.start
        if (
            begins is None
            or kpi.better == MILESTONE
            or kpi.frequency not in FREQUENCIES
            or kpi.frequency == ONCE
        ):
            continue
        since = max(begins, today.replace(year=today.year - 1, month=4, day=1))
        have = {period_label(kpi.frequency, r.period_start)
                for r in results.get(kpi.key, []) if r.period_start is not None and r.value is not None}  # fmt: skip
        for each in periods(kpi.frequency, since, today, kpi.ends or contract.ends, DAYS_TO_REPORT):
            if each.label not in have and each.last < today <= each.due:
                yield due_of(contract, f"{kpi.name}: result for {each.label}", each.due, "kpi", "latest", kpi)
                break
