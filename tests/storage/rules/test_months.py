"""Calendar months: clipped at the month's end, and counted back again."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.engine.values import Period
from storage.rules.months import (
    add_months,
    add_period,
    last_day_of_months,
    month_end,
    months_between,
    subtract_period,
    whole_months,
)

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))


def test_periods_go_by_the_calendar_or_by_days() -> None:
    assert add_period(date(2026, 8, 31), Period(6, "m")) == date(2027, 2, 28)
    assert add_period(date(2024, 2, 29), Period(1, "y")) == date(2025, 2, 28)
    assert add_period(date(2026, 12, 25), Period(2, "w")) == date(2027, 1, 8)
    assert subtract_period(date(2027, 3, 31), Period(90, "d")) == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("first", "second", "months"),
    [
        (date(2026, 1, 31), date(2026, 2, 28), 1),
        (date(2026, 1, 31), date(2026, 3, 30), 1),
        (date(2026, 4, 1), date(2027, 3, 31), 11),
        (date(2026, 4, 1), date(2027, 4, 1), 12),
        (date(2026, 4, 1), date(2026, 4, 1), 0),
        (date(2026, 4, 2), date(2026, 4, 1), -1),
    ],
)
def test_months_between(first: date, second: date, months: int) -> None:
    assert months_between(first, second) == months


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2025, 10, 1), date(2028, 9, 30), 36),
        (date(2024, 2, 29), date(2025, 2, 28), 12),
        (date(2026, 1, 31), date(2026, 2, 28), 1),
        (date(2026, 4, 1), date(2026, 4, 29), None),
        (date(2026, 4, 1), date(2026, 3, 31), None),
    ],
)
def test_whole_months(start: date, end: date, months: int | None) -> None:
    assert whole_months(start, end) == months


@given(DAYS, DAYS)
def test_months_between_is_the_most_that_fits(first: date, second: date) -> None:
    months = months_between(first, second)
    assert add_months(first, months) <= second < add_months(first, months + 1)


@given(DAYS, st.integers(1, 1200))
def test_a_stretch_of_months_is_known_again(start: date, months: int) -> None:
    end = last_day_of_months(start, months)
    assert whole_months(start, end) == months
    assert start < end + timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2027, 2, 1), date(2027, 2, 28)),
        (date(2028, 2, 29), date(2028, 2, 29)),
        (date(2026, 12, 31), date(2026, 12, 31)),
    ],
)
def test_month_end(day: date, last: date) -> None:
    assert month_end(day) == last
