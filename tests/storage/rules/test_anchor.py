"""Every end is counted from one day, so that a short month clips one end and not those after it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.engine.values import Period
from storage.rules.anchor import Anchor
from storage.rules.months import last_day_of_months

DAYS = st.dates(date(1950, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("first_end", "start", "after_six_months"),
    [
        (date(2025, 8, 28), None, date(2026, 2, 28)),
        (date(2027, 2, 28), None, date(2027, 8, 31)),
        (date(2021, 2, 28), date(2020, 8, 31), date(2021, 8, 30)),
        (date(2025, 8, 28), date(2022, 8, 28), date(2026, 2, 28)),
        (date(2025, 8, 28), date(2026, 1, 1), date(2026, 2, 28)),
    ],
)
def test_counted_from_the_start_or_the_day_after_the_first_end(
    first_end: date, start: date | None, after_six_months: date
) -> None:
    anchor = Anchor.of_first_end(first_end, start)
    assert anchor.end() == first_end
    assert anchor.end(6) == after_six_months


def test_weeks_and_days_come_after_the_months() -> None:
    anchor = Anchor.of_term(date(2026, 4, 1), Period(52, "w"))
    assert anchor.end() == date(2027, 3, 30)
    assert anchor.end(months=12, days=7) == date(2028, 4, 5)


def test_says_what_is_counted_from() -> None:
    assert "the start, 1 Apr 2026" in Anchor.of_term(date(2026, 4, 1), Period(1, "y")).as_reason().words
    assert "1 Apr 2026, the day after" in Anchor.of_first_end(date(2026, 3, 31)).as_reason().words


@given(DAYS, st.integers(1, 600), st.integers(0, 600))
def test_counting_on_from_a_first_end_is_counting_from_the_start(start: date, first: int, more: int) -> None:
    anchor = Anchor.of_first_end(last_day_of_months(start, first), start)
    assert anchor.end(more) == last_day_of_months(start, first + more)


@given(DAYS, st.none() | DAYS, st.integers(0, 600))
def test_each_month_more_is_a_later_end(first_end: date, start: date | None, months: int) -> None:
    anchor = Anchor.of_first_end(first_end, start)
    assert anchor.end(months) < anchor.end(months + 1)
