"""The path after a performance notice: each step's last day, where it stands, and what waits."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.rules.performance import (
    CLOSED,
    DONE,
    DONE_LATE,
    DUE,
    INVESTIGATION,
    OPEN,
    OVERDUE,
    REMEDIAL_PLAN,
    WITHDRAWN,
    NoticeDays,
    NoticeFacts,
    PlanMilestone,
    Step,
    notice_path,
    overdue_milestones,
    still_withheld,
)
from storage.rules.reference import bank_holidays
from storage.rules.working_days import is_working_day, working_days_between

HOLIDAYS = frozenset(bank_holidays())
SERVED = date(2026, 3, 27)  # the Friday before Easter week
TODAY = date(2026, 4, 20)
FACTS = NoticeFacts(SERVED)
RECRUIT = PlanMilestone("Recruit two nurses", date(2026, 5, 1))


def steps(facts: NoticeFacts, today: date = TODAY, days: NoticeDays | None = None) -> dict[str, Step]:
    return {step.title: step for step in notice_path(facts, today, HOLIDAYS, days).value}


def test_domain_4_5_the_meeting_is_within_ten_operational_days() -> None:
    meeting = steps(FACTS)["Meeting"]
    assert meeting.due == date(2026, 4, 14)  # Good Friday and Easter Monday are no Operational Days
    assert meeting.state == OVERDUE
    assert "General Condition 9" in meeting.reason.source
    assert "check" in meeting.reason.source
    found = notice_path(FACTS, date(2026, 4, 14), HOLIDAYS)
    assert found.why == "Next: meeting by Tuesday 14 Apr 2026."
    late = notice_path(FACTS, TODAY, HOLIDAYS)
    assert late.why == "Next: meeting, overdue since 14 Apr 2026."


def test_a_plan_is_agreed_after_the_meeting_or_after_the_investigation() -> None:
    met = replace(FACTS, meeting_on=date(2026, 4, 15), outcome=REMEDIAL_PLAN)
    assert steps(met)["Meeting"].state == DONE_LATE
    assert steps(met)["Plan agreed"].due == date(2026, 4, 22)
    looked_into = replace(met, outcome=INVESTIGATION)
    assert steps(looked_into)["Investigation reported"].due == date(2026, 6, 15)
    assert "Plan agreed" not in steps(looked_into)
    reported = replace(looked_into, reported_on=date(2026, 6, 1))
    assert steps(reported)["Investigation reported"].state == DONE
    assert steps(reported)["Plan agreed"].due == date(2026, 6, 8)


def test_a_contract_of_ones_own_days() -> None:
    assert steps(FACTS, days=NoticeDays(meeting=5))["Meeting"].due == date(2026, 4, 7)


def test_a_missed_milestone_opens_the_way_to_an_exception_report() -> None:
    agreed = replace(
        FACTS,
        meeting_on=date(2026, 4, 9),
        outcome=REMEDIAL_PLAN,
        agreed_on=date(2026, 4, 13),
        milestones=(RECRUIT, PlanMilestone("Train them", None)),
    )
    assert steps(agreed)["Recruit two nurses"].state == DUE
    assert steps(agreed)["Train them"].state == OPEN
    missed = notice_path(agreed, date(2026, 5, 6), HOLIDAYS)
    report = {step.title: step for step in missed.value}["Exception report"]
    assert report.due == date(2026, 5, 11)  # the early May bank holiday lies between
    assert report.state == OPEN
    assert missed.why == "Next: recruit two nurses, overdue since 1 May 2026."
    made = replace(agreed, exception_on=date(2026, 5, 12))
    assert steps(made, date(2026, 5, 13))["Exception report"].state == DONE
    assert steps(made, date(2026, 5, 13))["Withholding"].state == OPEN
    withheld = replace(made, withheld_on=date(2026, 6, 1))
    assert steps(withheld, date(2026, 6, 2))["Withholding"].state == DONE


def test_what_is_withdrawn_or_closed_waits_for_nothing() -> None:
    withdrawn = replace(FACTS, meeting_on=date(2026, 4, 9), outcome=WITHDRAWN)
    assert list(steps(withdrawn)) == ["Notice served", "Meeting"]
    assert notice_path(withdrawn, TODAY, HOLIDAYS).why == "The notice was withdrawn at the meeting."
    closed = replace(FACTS, closed_on=date(2026, 4, 17))
    assert steps(closed)["Meeting"].state == CLOSED
    assert notice_path(closed, TODAY, HOLIDAYS).why == "Closed on 17 Apr 2026."


def test_says_when_everything_is_done_or_nothing_is_known() -> None:
    done = replace(
        FACTS,
        meeting_on=date(2026, 4, 9),
        outcome=REMEDIAL_PLAN,
        agreed_on=date(2026, 4, 13),
        milestones=(replace(RECRUIT, done_on=date(2026, 5, 3)),),
    )
    found = notice_path(done, date(2026, 6, 1), HOLIDAYS)
    assert found.why == "Every step so far is done."
    assert found.value[-1].state == DONE_LATE
    waiting = replace(done, milestones=(PlanMilestone("Train them", None),))
    assert notice_path(waiting, TODAY, HOLIDAYS).why == "Train them: no day is set."
    assert "not recorded" in notice_path(NoticeFacts(None), TODAY, HOLIDAYS).why
    assert "Bank holidays of 2041" in notice_path(NoticeFacts(date(2041, 3, 1)), TODAY, HOLIDAYS).why


def test_overdue_milestones_domain_7_11() -> None:
    plan = (
        RECRUIT,
        PlanMilestone("Audit", date(2026, 4, 1)),
        PlanMilestone("Report", date(2026, 4, 1), done_on=date(2026, 4, 30)),
        PlanMilestone("Train them", None),
    )
    found = overdue_milestones(plan, date(2026, 5, 2))
    assert [each.title for each in found.value] == ["Audit", "Recruit two nurses"]
    assert found.why == "2 milestones are overdue, of 4. 1 without a day."
    assert [each.title for each in overdue_milestones(plan, date(2026, 5, 1)).value] == ["Audit"]
    assert overdue_milestones(plan[2:], date(2026, 5, 2)).why == "No milestone is overdue. 1 without a day."
    assert overdue_milestones((), TODAY).why == "The plan has no milestones."


@pytest.mark.parametrize(
    ("withheld", "returned", "left", "words"),
    [
        (100_000, None, 100_000, "£1,000.00 is withheld and not returned."),
        (100_000, 40_000, 60_000, "£600.00 is withheld"),
        (100_000, 100_000, 0, "£0.00 is withheld"),
        (100_000, 110_000, 0, "£100.00 more was returned than withheld"),
        (None, 5, None, "No money is recorded as withheld."),
    ],
)
def test_money_still_withheld(
    withheld: int | None, returned: int | None, left: int | None, words: str
) -> None:
    found = still_withheld(withheld, returned)
    assert found.value == left
    assert found.why.startswith(words)


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(0, 200), st.integers(0, 300))
def test_days_count_operational_days_and_a_past_step_never_moves(
    served: date, later: int, shift: int
) -> None:
    facts = NoticeFacts(served, served + timedelta(days=later), REMEDIAL_PLAN)
    today = served + timedelta(days=later)
    found = steps(facts, today)
    meeting, plan = found["Meeting"].due, found["Plan agreed"].due
    assert meeting is not None
    assert plan is not None
    assert is_working_day(meeting, HOLIDAYS)
    assert working_days_between(served, meeting, HOLIDAYS) == 10
    assert plan > today
    after = steps(facts, today + timedelta(days=shift))
    assert (after["Meeting"].due, after["Meeting"].state) == (meeting, found["Meeting"].state)
    assert after["Plan agreed"].due == plan
