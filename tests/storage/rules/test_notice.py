"""The last day to give notice is the legal date; the day to serve by is a working day in time for it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.engine.values import Period
from storage.rules.months import add_period
from storage.rules.notice import last_day_to_give_notice, serve_by
from storage.rules.reference import bank_holidays
from storage.rules.terms import initial_end, read_term
from storage.rules.working_days import is_working_day

HOLIDAYS = frozenset(bank_holidays())
ENDS = st.dates(date(1950, 1, 1), date(2199, 12, 31))
PERIODS = st.builds(Period, st.integers(0, 99), st.sampled_from("dwmy")).filter(
    lambda period: period.months + period.days // 30 < 600
)


@pytest.mark.parametrize(
    ("end", "period", "day"),
    [
        (date(2027, 3, 31), "12m", date(2026, 3, 31)),
        (date(2027, 8, 31), "6m", date(2027, 2, 28)),
        (date(2028, 2, 29), "12m", date(2027, 2, 28)),
        (date(2027, 3, 31), "6m", date(2026, 9, 30)),
        (date(2027, 2, 28), "6m", date(2026, 8, 28)),
        (date(2027, 3, 31), "1y", date(2026, 3, 31)),
        (date(2027, 3, 31), "90d", date(2026, 12, 31)),
        (date(2027, 3, 31), "26w", date(2026, 9, 30)),
        (date(2026, 8, 28), "2m", date(2026, 6, 28)),
        (date(2027, 3, 31), "0d", date(2027, 3, 31)),
    ],
)
def test_last_day_to_give_notice(end: date, period: str, day: date) -> None:
    assert last_day_to_give_notice(end, Period.from_code(period)).value == day


def test_says_how_it_came_about() -> None:
    sunday = last_day_to_give_notice(date(2026, 8, 28), Period(2, "m"), clause="17.2")
    assert sunday.why == "28 Jun 2026 (a Sunday) = end 28 Aug 2026 less 2 months’ notice (clause 17.2)."
    clipped = last_day_to_give_notice(date(2027, 3, 31), Period(1, "m"), clause="Schedule 6A")
    assert clipped.why == (
        "28 Feb 2027 (a Sunday) = end 31 Mar 2027 less 1 month’s notice (Schedule 6A)."
        " That month has no day 31, so its last day is taken."
    )


def test_without_an_end_or_a_period_there_is_no_last_day() -> None:
    open_ended = last_day_to_give_notice(None, Period(6, "m"))
    assert open_ended.value is None
    assert "no end date" in open_ended.why
    assert last_day_to_give_notice(date(2027, 3, 31), None).value is None
    assert serve_by(None, HOLIDAYS).value is None


@pytest.mark.parametrize(
    ("last_day", "cushion", "day"),
    [
        (date(2026, 6, 28), 0, date(2026, 6, 26)),
        (date(2026, 6, 28), 28, date(2026, 5, 29)),
        (date(2026, 3, 31), 0, date(2026, 3, 31)),
        (date(2026, 3, 31), 28, date(2026, 3, 3)),
        (date(2026, 12, 28), 0, date(2026, 12, 24)),
        (date(2027, 1, 29), 28, date(2026, 12, 31)),
    ],
)
def test_serve_by(last_day: date, cushion: int, day: date) -> None:
    assert serve_by(last_day, HOLIDAYS, cushion).value == day


def test_says_how_the_day_to_serve_came_about() -> None:
    assert serve_by(date(2026, 6, 28), HOLIDAYS, 0).why == (
        "Friday 26 Jun 2026 = the last working day on or before Sunday 28 Jun 2026,"
        " the last day to give notice."
    )
    assert serve_by(date(2027, 1, 29), HOLIDAYS, 28).why == (
        "Thursday 31 Dec 2026 = Friday 29 Jan 2027, the last day to give notice, less 28 days in hand,"
        " moved back to a working day."
    )
    assert "Bank holidays of 2040 are not listed" in serve_by(date(2040, 6, 28), HOLIDAYS).why


def test_a_cushion_below_nought_is_an_error() -> None:
    with pytest.raises(ValueError, match="cushion"):
        serve_by(date(2026, 6, 28), HOLIDAYS, -1)


@pytest.mark.parametrize(
    ("end", "period", "last_day", "warned"),
    [
        # 36 months from 1 August 2020 end on 31 July 2023, and the notice runs to that end.
        (initial_end(date(2020, 8, 1), read_term("36m")).value, "3m", date(2023, 4, 30), date(2023, 4, 9)),
        # A first end of 28 August 2025 that has rolled on once by 12 months.
        (add_period(date(2025, 8, 28), Period(12, "m")), "2m", date(2026, 6, 28), date(2026, 6, 7)),
        # An end recorded as the anniversary itself, with a warning 21 days ahead.
        (add_period(date(2018, 9, 27), Period(36, "m")), "3m", date(2021, 6, 27), date(2021, 6, 6)),
    ],
)
def test_notice_dates_other_registers_get_wrong(end: date, period: str, last_day: date, warned: date) -> None:
    found = last_day_to_give_notice(end, Period.from_code(period)).value
    assert found == last_day
    assert found - timedelta(days=21) == warned


@given(ENDS, PERIODS)
def test_notice_given_on_the_last_day_is_never_late(end: date, period: Period) -> None:
    day = last_day_to_give_notice(end, period).value
    assert day is not None
    assert add_period(day, period) <= end


@given(ENDS, st.integers(0, 400))
def test_serving_is_on_a_working_day_and_keeps_the_cushion(last_day: date, cushion: int) -> None:
    day = serve_by(last_day, HOLIDAYS, cushion).value
    assert day is not None
    assert is_working_day(day, HOLIDAYS)
    assert day <= last_day - timedelta(days=cushion)
