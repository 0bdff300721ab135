"""A minimum term is no end, and a contract that runs on has not expired."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from storage.engine.values import Period
from storage.rules.months import last_day_of_months
from storage.rules.notice import NoticeTerms, end_if_given
from storage.rules.open_ended import (
    RUN_ON_SOURCE,
    earliest_end,
    minimum_end,
    not_before,
    open_ended_decision,
    run_on_decision,
)

START = date(2026, 4, 1)
TWO_YEARS = minimum_end(START, Period(24, "m"))
NOTICE = NoticeTerms(Period(3, "m"), clause="17.2")
DAYS = st.dates(date(1950, 1, 1), date(2099, 12, 31))
NOTICES = st.builds(
    NoticeTerms, st.builds(Period, st.integers(0, 24), st.sampled_from("dwm")), to_month_end=st.booleans()
)
MINIMUMS = st.builds(Period, st.integers(1, 60), st.sampled_from("wm"))


def test_oca_o1_cannot_end_before_the_minimum_term() -> None:
    assert TWO_YEARS.value == date(2028, 3, 31)
    found = earliest_end(date(2026, 11, 22), NOTICE, TWO_YEARS)
    assert found.value == date(2028, 3, 31)
    assert "put off to 31 Mar 2028, before which it cannot end" in found.why
    assert TWO_YEARS.why in [step.words for step in found.reasons]


def test_oca_o1_then_any_day_with_notice_and_no_end_is_invented() -> None:
    assert earliest_end(date(2028, 1, 15), NOTICE, TWO_YEARS).value == date(2028, 4, 15)
    found = open_ended_decision(date(2029, 5, 7), NOTICE, TWO_YEARS)
    assert found.expiry.value is None
    assert found.expiry.why == "It has no end date: it goes on until notice ends it."
    assert found.end.value == date(2029, 8, 7)
    assert found.last_day.value is None
    assert "any day" in found.last_day.why
    assert not found.passed


def test_oca_o1_during_the_minimum_term_the_last_day_for_its_end_is_given() -> None:
    found = open_ended_decision(date(2026, 11, 22), NOTICE, TWO_YEARS)
    assert found.expiry.value is None
    assert found.end.value == date(2028, 3, 31)
    assert found.last_day.value == date(2027, 12, 31)
    assert found.end.why == (
        "Notice by 31 Dec 2027 ends it on 31 Mar 2028, the earliest day it can end: 31 Mar 2028 is the last day"
        " of the minimum term of 24 months from 1 Apr 2026."
    )


def test_without_a_minimum_term_or_a_period() -> None:
    assert minimum_end(START, None).value is None
    assert "no start" in minimum_end(None, Period(24, "m")).why.lower()
    assert earliest_end(date(2026, 11, 22), NOTICE).value == date(2027, 2, 22)
    unknown = earliest_end(date(2026, 11, 22), NoticeTerms(None), TWO_YEARS)
    assert unknown.value is None
    assert unknown.why == (
        "No notice period is recorded. It cannot end before 31 Mar 2028, the last day of its minimum term."
    )
    found = open_ended_decision(date(2026, 11, 22), NoticeTerms(None), TWO_YEARS)
    assert (found.end.value, found.last_day.value) == (None, None)


def test_of_two_earliest_days_the_later_counts() -> None:
    terms = NoticeTerms(Period(3, "m"), not_before=date(2027, 1, 1))
    assert not_before(date(2028, 3, 31), terms).not_before == date(2028, 3, 31)
    assert not_before(date(2026, 3, 31), terms).not_before == date(2027, 1, 1)
    assert not_before(None, terms) == terms


def test_children_s7_it_runs_on_unless_it_is_said_in_writing_that_it_will_not() -> None:
    end = date(2027, 3, 31)
    before = run_on_decision(end, NOTICE, date(2026, 12, 31))
    assert before.expiry.value == end
    assert before.last_day.value == date(2026, 12, 31)
    assert before.end.why == (
        "It runs on after 31 Mar 2027 unless it is said in writing by 31 Dec 2026 that it will not."
    )
    assert before.end.reasons[0].source == RUN_ON_SOURCE
    missed = run_on_decision(end, NOTICE, date(2027, 1, 1))
    assert missed.passed
    assert missed.expiry.value is None
    assert missed.end.value == date(2027, 4, 1)
    assert missed.end.why.startswith("The last day to stop it at 31 Mar 2027, 31 Dec 2026, has passed.")
    assert "is going to run on" in missed.expiry.why


def test_children_s7_while_it_runs_on_it_has_no_end() -> None:
    found = run_on_decision(date(2027, 3, 31), NOTICE, date(2030, 6, 1))
    assert found.expiry.value is None
    assert found.expiry.why == "It runs on after 31 Mar 2027: no notice has set an end."
    assert found.end.value == date(2030, 9, 1)
    assert found.last_day.value is None


def test_run_on_without_a_period_or_an_end() -> None:
    before = run_on_decision(date(2027, 3, 31), NoticeTerms(None), date(2027, 3, 31))
    assert not before.passed
    assert before.last_day.value is None
    assert before.end.why == (
        "It runs on after 31 Mar 2027 unless it is said in writing in time. No notice period is recorded."
    )
    after = run_on_decision(date(2027, 3, 31), NoticeTerms(None), date(2027, 4, 1))
    assert after.expiry.value is None
    assert after.end.value is None
    assert after.end.why.endswith("No notice period is recorded.")
    assert run_on_decision(None, NOTICE, START).expiry.value is None


@given(DAYS, MINIMUMS, NOTICES, DAYS, st.integers(0, 20_000).map(timedelta))
def test_nothing_ends_before_the_minimum_term_and_waiting_never_ends_it_sooner(
    start: date, minimum: Period, notice: NoticeTerms, today: date, later: timedelta
) -> None:
    shortest = minimum_end(start, minimum)
    first = earliest_end(today, notice, shortest).value
    second = earliest_end(today + later, notice, shortest).value
    assert shortest.value is not None
    assert first is not None
    assert second is not None
    assert shortest.value <= first <= second
    assert today <= first
    free = end_if_given(today, notice).value
    assert free is not None
    assert first == free or free < first


@given(DAYS, MINIMUMS, NOTICES, DAYS)
def test_notice_by_the_last_day_still_ends_it_at_the_earliest(
    start: date, minimum: Period, notice: NoticeTerms, today: date
) -> None:
    shortest = minimum_end(start, minimum)
    found = open_ended_decision(today, notice, shortest)
    assert found.expiry.value is None
    if found.last_day.value is not None:
        assert found.last_day.value >= today
        assert earliest_end(found.last_day.value, notice, shortest).value == found.end.value


@given(DAYS, NOTICES, DAYS)
def test_after_its_end_a_contract_that_runs_on_never_has_an_expiry(
    end: date, notice: NoticeTerms, today: date
) -> None:
    found = run_on_decision(end, notice, today)
    assert found.end.value is not None
    if found.expiry.value is None:
        assert found.passed
        assert found.end.value >= max(end, today)
    else:
        assert found.expiry.value == end
        assert found.last_day.value is not None
        assert today <= found.last_day.value <= end


@given(DAYS, st.integers(1, 60))
def test_a_minimum_term_is_counted_like_any_term(start: date, months: int) -> None:
    assert minimum_end(start, Period(months, "m")).value == last_day_of_months(start, months)
