"""From an end back to the day to start by: every day in order, on a working day, and moved as one chain."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.engine.values import Period
from storage.rules.explained import Reason
from storage.rules.last_safe_date import (
    APPROVAL,
    AWARD,
    BEGINS,
    END,
    LAST_DAY,
    MOVABLE,
    PAPERS,
    SIGNED,
    STANDSTILL,
    START,
    TELL,
    TENDER,
    Meeting,
    Plan,
    last_safe_date,
    last_safe_extension,
    start_by,
    urgency,
)
from storage.rules.notice import NoticeTerms
from storage.rules.planning_reference import LeadTime, lead_time, lead_times
from storage.rules.reference import bank_holidays
from storage.rules.working_days import is_working_day

HOLIDAYS = frozenset(bank_holidays())
BOARD = [
    Meeting(date(year, month, 20), date(year, month, 6), "Board")
    for year in (2026, 2027)
    for month in (1, 3, 5, 7, 9, 11)
]
END_DAYS = st.dates(date(2010, 1, 1), date(2060, 12, 31))
MEETINGS = st.lists(
    st.builds(
        lambda on, before: Meeting(on, on - timedelta(days=before) if before is not None else None),
        st.dates(date(2008, 1, 1), date(2060, 12, 31)),
        st.none() | st.integers(0, 40),
    ),
    max_size=30,
)
ROUTES = st.sampled_from(lead_times())


def route(name: str) -> LeadTime:
    found = lead_time(name)
    assert found is not None
    return found


def planned(end: date, lead: LeadTime, meetings: list[Meeting], **moved: date) -> Plan:
    found = last_safe_date(end, lead, meetings, HOLIDAYS, moved).value
    assert found is not None
    return found


def every(reason: Reason) -> list[str]:
    """The words of a step and of all it rests on."""
    return [reason.words, *(words for below in reason.rests_on for words in every(below))]


def test_m1_last_safe_date_worked_backwards() -> None:
    plan = planned(date(2028, 3, 31), route("CP"), BOARD)
    assert [(each.key, each.day) for each in plan.milestones] == [
        (START, date(2027, 2, 5)),
        (PAPERS, date(2027, 3, 5)),
        (APPROVAL, date(2027, 3, 20)),
        (TENDER, date(2027, 4, 16)),
        (AWARD, date(2027, 11, 18)),
        (STANDSTILL, date(2027, 11, 30)),
        (SIGNED, date(2027, 12, 1)),
        (END, date(2028, 3, 31)),
        (BEGINS, date(2028, 4, 1)),
    ]


@pytest.mark.parametrize(
    ("regime", "first_day", "last_day"),
    [
        ("PSR", date(2026, 6, 1), date(2026, 6, 11)),
        ("PA23", date(2026, 6, 1), date(2026, 6, 10)),
        ("PSR", date(2026, 3, 27), date(2026, 4, 10)),
        ("PA23", date(2026, 3, 27), date(2026, 4, 9)),
        ("PSR", date(2026, 12, 18), date(2027, 1, 4)),
        ("PA23", date(2026, 12, 18), date(2026, 12, 31)),
    ],
)
def test_part_d_5_standstill_counts_by_regime(regime: str, first_day: date, last_day: date) -> None:
    lead = route("MSP" if regime == "PSR" else "PA23-open")
    plan = planned(date(2027, 12, 31), lead, [], **{STANDSTILL: last_day})
    assert plan.day(AWARD) == first_day


def test_a_route_without_a_standstill_has_no_award_notice() -> None:
    plan = planned(date(2028, 3, 31), route("DA-A"), BOARD)
    assert plan.day(AWARD) is None
    assert plan.day(SIGNED) == date(2028, 3, 1)
    assert plan.day(TENDER) == date(2028, 2, 1)


def test_part_e_19_the_latest_meeting_on_or_before_the_day_is_taken() -> None:
    lead, end = route("quote"), date(2027, 3, 31)
    needed = planned(end, lead, []).day(TENDER)
    assert needed is not None
    on_the_day = Meeting(needed, needed - timedelta(days=10), "Panel")
    later = Meeting(needed + timedelta(days=1))
    assert planned(end, lead, [later, *BOARD]).day(APPROVAL) == date(2026, 11, 20)
    assert planned(end, lead, [later, on_the_day, *BOARD]).day(APPROVAL) == needed
    found = last_safe_date(end, lead, [later, on_the_day, *BOARD], HOLIDAYS)
    assert any("latest meeting (Panel) listed" in words for words in every(found.reasons[0]))


def test_papers_are_due_by_the_calendar_or_by_the_lead_time() -> None:
    lead, end, on = route("quote"), date(2027, 3, 31), date(2026, 11, 20)
    assert planned(end, lead, [Meeting(on, date(2026, 11, 14))]).day(PAPERS) == date(2026, 11, 13)
    assert planned(end, lead, [Meeting(on)]).day(PAPERS) == date(2026, 11, 6)
    # Papers cannot be due after the meeting, whatever the calendar says.
    assert planned(end, lead, [Meeting(on, date(2026, 12, 1))]).day(PAPERS) == on


@pytest.mark.parametrize(
    ("meetings", "words"),
    [
        ([], "no meeting is listed on or before 31 Dec 2026, so the day itself is taken"),
        ([Meeting(date(2027, 2, 1))], "no meeting is listed on or before 31 Dec 2026"),
        ([Meeting(date(2026, 1, 1))], "the calendar of meetings ends with 1 Jan 2026, too long before"),
    ],
)
def test_says_when_no_meeting_fits(meetings: list[Meeting], words: str) -> None:
    found = last_safe_date(date(2027, 3, 31), route("quote"), meetings, HOLIDAYS)
    assert found.value is not None
    assert found.value.day(APPROVAL) == found.value.day(TENDER) == date(2026, 12, 31)
    assert any(words in each for each in every(found.reasons[0]))


def test_an_old_meeting_is_taken_when_the_calendar_goes_on_past_the_day() -> None:
    yearly = [Meeting(date(2026, 1, 15)), Meeting(date(2027, 1, 14))]
    assert planned(date(2027, 3, 31), route("quote"), yearly).day(APPROVAL) == date(2026, 1, 15)


def test_says_how_every_day_came_about() -> None:
    end = Reason("The term as written: 3+1.", "clause 2")
    found = last_safe_date(date(2028, 3, 31), route("CP"), BOARD, HOLIDAYS, because=(end,))
    assert found.why == "Start by Friday 5 Feb 2027 for a new contract from 1 Apr 2028 (Competitive process)."
    steps = every(found.reasons[0])
    assert steps[1:4] == [
        "Papers due: Friday 5 Mar 2027 = the day the calendar gives for the meeting of 20 Mar 2027, moved back "
        "from Saturday 6 Mar 2027 to a working day.",
        "Approval meeting: Saturday 20 Mar 2027 = the latest meeting (Board) listed on or before 16 Apr 2027.",
        "Tender opens: Friday 16 Apr 2027 = award notice published 18 Nov 2027 less 7 months (choosing the "
        "provider), moved back from Sunday 18 Apr 2027 to a working day.",
    ]
    assert steps[-1] == "The term as written: 3+1."


def test_a_day_set_by_hand_says_whether_it_leaves_time_enough() -> None:
    end, lead = date(2028, 3, 31), route("CP")
    early = last_safe_date(end, lead, BOARD, HOLIDAYS, {TENDER: date(2027, 4, 12)})
    assert early.value is not None
    assert "4 days before the latest that would do, 16 Apr 2027." in " ".join(every(early.reasons[0]))
    assert not any(each.too_late for each in early.value.milestones)
    late = last_safe_date(end, lead, BOARD, HOLIDAYS, {TENDER: date(2027, 5, 1)})
    assert late.why.endswith("Set by hand too late for what follows: tender opens 1 May 2027.")
    assert "It is not a working day." in " ".join(every(late.reasons[0]))
    same = last_safe_date(end, lead, BOARD, HOLIDAYS, {TENDER: date(2027, 4, 16)})
    assert "which is the latest that would do." in " ".join(every(same.reasons[0]))


def test_a_meeting_set_by_hand_brings_its_own_paper_deadline() -> None:
    plan = planned(date(2028, 3, 31), route("CP"), BOARD, **{APPROVAL: date(2027, 1, 20)})
    assert plan.day(PAPERS) == date(2027, 1, 6)
    plan = planned(date(2028, 3, 31), route("CP"), BOARD, **{APPROVAL: date(2027, 1, 21)})
    assert plan.day(PAPERS) == date(2027, 1, 7)


def test_without_an_end_there_is_no_plan_and_some_days_cannot_be_set() -> None:
    assert last_safe_date(None, route("CP")).value is None
    assert start_by(None, route("CP")) is None
    assert last_safe_extension(None).value is None
    with pytest.raises(ValueError, match="cannot be set by hand: end"):
        last_safe_date(date(2028, 3, 31), route("CP"), moved={END: date(2028, 3, 31)})


def test_says_when_bank_holidays_are_not_known() -> None:
    found = last_safe_date(date(2040, 3, 31), route("CP"), (), HOLIDAYS)
    assert found.why.endswith(
        "Bank holidays of 2039 and 2040 are not listed: only weekends were passed over."
    )


@pytest.mark.parametrize(
    ("terms", "decide_by", "last_day", "told", "because"),
    [
        (None, date(2027, 9, 30), date(2027, 9, 30), date(2027, 9, 30), "asks for a decision by"),
        (NoticeTerms(Period(6, "m")), None, date(2027, 9, 30), date(2027, 9, 30), "less the notice agreed"),
        (NoticeTerms(Period(2, "m")), None, date(2028, 1, 31), date(2028, 1, 31), "less the notice agreed"),
        (NoticeTerms(None), None, date(2028, 3, 31), date(2028, 3, 31), "so the end itself is taken"),
        (None, None, date(2028, 3, 31), date(2028, 3, 31), "so the end itself is taken"),
        (None, date(2027, 10, 3), date(2027, 10, 3), date(2027, 10, 1), "asks for a decision by Sunday"),
        (None, date(2028, 4, 9), date(2028, 3, 31), date(2028, 3, 31), "after its end"),
    ],
)
def test_an_extension_is_decided_before_its_last_day(
    terms: NoticeTerms | None, decide_by: date | None, last_day: date, told: date, because: str
) -> None:
    found = last_safe_extension(date(2028, 3, 31), terms, decide_by, BOARD, HOLIDAYS)
    assert found.value is not None
    assert found.value.day(LAST_DAY) == last_day
    assert found.value.day(TELL) == told
    assert any(because in words for words in every(found.reasons[0]))
    assert "beyond 31 Mar 2028" in found.why


def test_an_extension_goes_back_through_the_meeting_and_its_papers() -> None:
    found = last_safe_extension(date(2028, 3, 31), NoticeTerms(Period(6, "m")), None, BOARD, HOLIDAYS).value
    assert found is not None
    assert [(each.title, each.day) for each in found.milestones][:3] == [
        ("Start by", date(2027, 8, 6)),
        ("Papers due", date(2027, 9, 6)),
        ("Approval meeting", date(2027, 9, 20)),
    ]


@pytest.mark.parametrize(
    ("days", "colour"),
    [(-1, "Late"), (0, "Red"), (30, "Red"), (31, "Amber"), (90, "Amber"), (91, "")],
)
def test_urgency(days: int, colour: str) -> None:
    today = date(2026, 4, 1)
    found = urgency(today + timedelta(days=days), today)
    assert found.value == colour
    assert found.why


def test_urgency_in_words_and_with_limits_of_ones_own() -> None:
    day = date(2026, 6, 1)
    assert urgency(day, date(2026, 6, 2)).why == "Late: 1 Jun 2026 passed 1 day ago."
    assert urgency(day, day).why == "Red: 1 Jun 2026 is today (red from 30 days before)."
    assert urgency(day, date(2026, 1, 1)).why == "151 days to go to 1 Jun 2026."
    assert urgency(day, date(2026, 5, 20), red_days=7, amber_days=14).value == "Amber"
    assert urgency(None, day).value == ""
    with pytest.raises(ValueError, match="no earlier than amber"):
        urgency(day, day, red_days=40, amber_days=30)


@given(END_DAYS, ROUTES, MEETINGS)
def test_days_are_in_order_and_people_act_on_working_days(
    end: date, lead: LeadTime, meetings: list[Meeting]
) -> None:
    found = last_safe_date(end, lead, meetings, HOLIDAYS).value
    assert found is not None
    assert all(one.day <= following.day for one, following in pairwise(found.milestones))
    assert found.milestones[-2].day == end
    for each in found.milestones:
        assert each.day == each.latest
        if each.key not in (APPROVAL, BEGINS, END):
            assert is_working_day(each.day, HOLIDAYS), each.key
    assert start_by(end, lead, meetings, HOLIDAYS) == found.start_by


@given(END_DAYS, ROUTES, MEETINGS, st.sampled_from(sorted(MOVABLE - {TELL})), st.integers(-400, 0))
def test_moving_one_moves_what_comes_before_and_nothing_after(
    end: date, lead: LeadTime, meetings: list[Meeting], key: str, by: int
) -> None:
    before = planned(end, lead, meetings)
    day = before.day(key)
    if day is None:
        return
    after = planned(end, lead, meetings, **{key: day + timedelta(days=by)})
    place = [each.key for each in before.milestones].index(key)
    assert after.milestones[place].moved
    for was, now in zip(before.milestones[place + 1 :], after.milestones[place + 1 :], strict=True):
        assert (was.day, was.reason) == (now.day, now.reason)
    days = [each.day for each in after.milestones[: place + 1]]
    assert days == sorted(days)
    for was, now in zip(before.milestones[:place], after.milestones[:place], strict=True):
        assert now.day <= was.day


@given(END_DAYS, MEETINGS, st.none() | st.integers(0, 800))
def test_an_extension_is_planned_in_order(end: date, meetings: list[Meeting], ahead: int | None) -> None:
    decide_by = None if ahead is None else end - timedelta(days=ahead)
    found = last_safe_extension(end, None, decide_by, meetings, HOLIDAYS).value
    assert found is not None
    days = [each.day for each in found.milestones]
    assert days == sorted(days)
