"""A contract that rolls over ends with the period today lies in, and says which end can still be reached."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.engine.values import Period
from storage.rules.notice import NoticeTerms, end_if_given, serve_by
from storage.rules.reference import bank_holidays
from storage.rules.rolling import RollingTerm, expiry, next_decision, rolling_term
from storage.rules.terms import initial_end, read_term

HOLIDAYS = frozenset(bank_holidays())
YEAR = Period(12, "m")
DAYS = st.dates(date(1950, 1, 1), date(2099, 12, 31))
ROLLS = st.builds(Period, st.integers(1, 36), st.sampled_from("wmy")) | st.builds(
    Period, st.integers(1, 400), st.just("d")
)
TERMS = st.builds(RollingTerm, DAYS, ROLLS, st.none() | DAYS)
NOTICES = st.builds(
    NoticeTerms,
    st.builds(Period, st.integers(0, 24), st.sampled_from("wm")),
    to_month_end=st.booleans(),
    not_before=st.none() | DAYS,
)
LATER = st.integers(0, 40_000).map(timedelta)


def test_glpi_g1_the_first_term_then_yearly() -> None:
    first_end = initial_end(date(2020, 8, 1), read_term("36m")).value
    assert first_end == date(2023, 7, 31)
    term = RollingTerm(first_end, YEAR, date(2020, 8, 1))
    assert expiry(term, date(2022, 1, 1)).value == date(2023, 7, 31)
    assert expiry(term, date(2023, 7, 31)).value == date(2023, 7, 31)
    assert expiry(term, date(2023, 8, 1)).value == date(2024, 7, 31)
    assert expiry(term, date(2026, 7, 31)).value == date(2026, 7, 31)
    notice = NoticeTerms(Period(3, "m"))
    assert next_decision(term, notice, date(2022, 1, 1)).last_day.value == date(2023, 4, 30)
    assert next_decision(term, notice, date(2024, 2, 1)).last_day.value == date(2024, 4, 30)


def test_glpi_g2_notice_follows_the_rolled_end() -> None:
    term = RollingTerm(date(2025, 8, 28), YEAR)
    found = next_decision(term, NoticeTerms(Period(2, "m")), date(2026, 2, 11))
    assert found.expiry.value == date(2026, 8, 28)
    assert found.expiry.why == (
        "28 Aug 2026 = first end 28 Aug 2025 rolled over once by 12 months:"
        " the end of the period 11 Feb 2026 lies in."
    )
    assert found.last_day.value == date(2026, 6, 28)
    assert "(a Sunday)" in found.last_day.why
    assert serve_by(found.last_day.value, HOLIDAYS, 0).value == date(2026, 6, 26)
    assert not found.passed
    assert found.end.why == (
        "Notice by 28 Jun 2026 (a Sunday) ends it on 28 Aug 2026."
        " Without notice it rolls over to 28 Aug 2027."
    )


def test_once_notice_is_too_late_the_next_end_in_reach_is_given() -> None:
    term = RollingTerm(date(2025, 8, 28), YEAR)
    found = next_decision(term, NoticeTerms(Period(2, "m")), date(2026, 6, 29))
    assert found.passed
    assert found.expiry.value == date(2026, 8, 28)
    assert found.end.value == date(2027, 8, 28)
    assert found.last_day.value == date(2027, 6, 28)
    assert found.end.why == (
        "The last day to give notice for 28 Aug 2026, 28 Jun 2026 (a Sunday), has passed."
        " It rolls over to 28 Aug 2027."
        " The next end in reach is 28 Aug 2027, by notice on or before 28 Jun 2027."
    )


def test_notice_longer_than_the_roll_passes_over_several_ends() -> None:
    term = RollingTerm(date(2026, 3, 31), Period(1, "m"))
    found = next_decision(term, NoticeTerms(Period(3, "m")), date(2026, 4, 15))
    assert found.expiry.value == date(2026, 4, 30)
    assert found.end.value == date(2026, 7, 31)
    assert found.last_day.value == date(2026, 4, 30)


def test_an_end_that_notice_may_not_bring_about_yet_is_passed_over() -> None:
    term = RollingTerm(date(2026, 3, 31), YEAR)
    notice = NoticeTerms(Period(3, "m"), not_before=date(2027, 4, 1))
    found = next_decision(term, notice, date(2026, 5, 1))
    assert found.end.value == date(2028, 3, 31)
    assert "cannot end the contract before 1 Apr 2027" in found.end.why


def test_without_a_notice_period_the_expiry_still_rolls() -> None:
    found = next_decision(RollingTerm(date(2025, 8, 28), YEAR), NoticeTerms(None), date(2026, 2, 11))
    assert found.expiry.value == date(2026, 8, 28)
    assert found.end.value is None
    assert found.last_day.value is None
    assert found.end.why == ("No notice period is recorded. Without notice it rolls over to 28 Aug 2027.")


def test_ends_do_not_drift_after_a_short_month() -> None:
    term = RollingTerm(date(2026, 1, 30), Period(1, "m"))
    assert [term.end(times) for times in range(4)] == [
        date(2026, 1, 30),
        date(2026, 2, 28),
        date(2026, 3, 30),
        date(2026, 4, 30),
    ]
    leap = RollingTerm(date(2024, 2, 29), YEAR)
    assert [leap.end(times) for times in (1, 4)] == [date(2025, 2, 28), date(2028, 2, 29)]


def test_what_is_missing_is_said() -> None:
    assert "no first end" in rolling_term(None, YEAR).why
    assert "for how long" in rolling_term(date(2026, 3, 31), None).why
    assert rolling_term(date(2026, 3, 31), Period(0, "m")).value is None
    assert rolling_term(date(2026, 3, 31), YEAR).value == RollingTerm(date(2026, 3, 31), YEAR)
    with pytest.raises(ValueError, match="nought"):
        RollingTerm(date(2026, 3, 31), Period(0, "m"))


def test_the_steps_name_the_rule_and_the_dates() -> None:
    found = expiry(RollingTerm(date(2023, 7, 31), YEAR, date(2020, 8, 1)), date(2024, 1, 1))
    (rule,) = found.reasons
    assert rule.words == "Rolls over by 12 months at a time unless notice is given."
    assert [step.words for step in rule.rests_on] == [
        "The first end: Monday 31 Jul 2023.",
        "Counted from the start, 1 Aug 2020, never from an earlier end.",
    ]


@given(TERMS, DAYS)
def test_today_lies_in_the_last_period_of_the_expiry(term: RollingTerm, today: date) -> None:
    end = expiry(term, today).value
    assert end is not None
    assert end >= max(today, term.first_end)
    times = term.times_by(today)
    assert term.end(times) == end
    assert times == 0 or term.end(times - 1) < today


@given(TERMS, DAYS, LATER)
def test_a_later_today_never_moves_a_rolled_end_that_has_passed(
    term: RollingTerm, today: date, later: timedelta
) -> None:
    first, second = expiry(term, today).value, expiry(term, today + later).value
    assert first is not None
    assert second is not None
    assert first <= second
    if today + later <= first:
        assert first == second
    else:
        assert term.end(term.times_by(today)) == first


@given(TERMS, NOTICES, DAYS)
def test_the_next_end_can_be_reached_by_notice_today_and_none_sooner(
    term: RollingTerm, notice: NoticeTerms, today: date
) -> None:
    found = next_decision(term, notice, today)
    end, last, now = found.end.value, found.last_day.value, found.expiry.value
    assert end is not None
    assert last is not None
    assert now is not None
    assert today <= last <= end
    assert now <= end
    assert found.passed == (end != now)
    reached = end_if_given(last, notice).value
    assert reached is not None
    assert reached <= end
    assert end == term.end(term.times_by(end))


@given(TERMS, NOTICES, DAYS, LATER)
def test_a_decision_stays_until_its_last_day(
    term: RollingTerm, notice: NoticeTerms, today: date, later: timedelta
) -> None:
    first, second = next_decision(term, notice, today), next_decision(term, notice, today + later)
    assert first.end.value is not None
    assert second.end.value is not None
    assert first.last_day.value is not None
    assert first.end.value <= second.end.value
    if today + later <= first.last_day.value:
        assert (first.end.value, first.last_day.value) == (second.end.value, second.last_day.value)
