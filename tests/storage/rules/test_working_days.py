"""Working days, and the bank holidays that come with the program."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.rules.reference import bank_holidays, known_to
from storage.rules.working_days import (
    add_working_days,
    is_working_day,
    unlisted,
    working_day_on_or_after,
    working_day_on_or_before,
    working_days_between,
)

HOLIDAYS = frozenset(bank_holidays())
DAYS = st.dates(date(2011, 1, 1), date(2029, 12, 31))


@pytest.mark.parametrize(
    ("published", "eighth_after", "eight_beginning_with"),
    [
        (date(2026, 6, 1), date(2026, 6, 11), date(2026, 6, 10)),
        (date(2026, 3, 27), date(2026, 4, 10), date(2026, 4, 9)),
        (date(2026, 12, 18), date(2027, 1, 4), date(2026, 12, 31)),
    ],
)
def test_standstill_periods(published: date, eighth_after: date, eight_beginning_with: date) -> None:
    assert add_working_days(published, 8, HOLIDAYS) == eighth_after
    assert add_working_days(published, 7, HOLIDAYS) == eight_beginning_with


def test_nearest_working_days() -> None:
    sunday, easter_monday = date(2026, 6, 28), date(2026, 4, 6)
    assert working_day_on_or_before(sunday, HOLIDAYS) == date(2026, 6, 26)
    assert working_day_on_or_after(sunday, HOLIDAYS) == date(2026, 6, 29)
    assert working_day_on_or_before(easter_monday, HOLIDAYS) == date(2026, 4, 2)
    assert working_day_on_or_after(date(2026, 4, 3), HOLIDAYS) == date(2026, 4, 7)
    assert add_working_days(sunday, 0, HOLIDAYS) == sunday
    assert add_working_days(date(2026, 4, 7), -1, HOLIDAYS) == date(2026, 4, 2)


@given(DAYS, DAYS)
def test_counting_agrees_with_going_day_by_day(first: date, last: date) -> None:
    first, last = sorted((first, last))
    after = sum(
        is_working_day(first + timedelta(days=offset), HOLIDAYS)
        for offset in range(1, (last - first).days + 1)
    )
    assert working_days_between(first, last, HOLIDAYS) == after


@given(DAYS, st.integers(-300, 300))
def test_adding_and_counting_undo_each_other(day: date, count: int) -> None:
    reached = add_working_days(day, count, HOLIDAYS)
    assert working_days_between(day, reached, HOLIDAYS) == count
    assert count == 0 or is_working_day(reached, HOLIDAYS)


def test_the_list_covers_every_year_it_says() -> None:
    by_year: dict[int, int] = {}
    for day in bank_holidays():
        by_year[day.year] = by_year.get(day.year, 0) + 1
    extra = {2012: 9, 2022: 10, 2023: 9}
    assert by_year == {year: extra.get(year, 8) for year in range(2012, known_to() + 1)}
    assert known_to() == 2028


def test_every_bank_holiday_is_a_weekday_of_its_kind() -> None:
    for day, name in bank_holidays().items():
        assert day.weekday() < 5
        if name in ("Easter Monday", "Summer bank holiday"):
            assert day.weekday() == 0
        if name == "Good Friday":
            assert bank_holidays()[day + timedelta(days=3)] == "Easter Monday"


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2026, ["01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"]),
        (2027, ["01-01", "03-26", "03-29", "05-03", "05-31", "08-30", "12-27", "12-28"]),
    ],
)
def test_bank_holidays_of_a_year(year: int, days: list[str]) -> None:
    assert [f"{day:%m-%d}" for day in bank_holidays() if day.year == year] == days


def test_moved_and_proclaimed_days() -> None:
    listed = bank_holidays()
    for day in (date(2012, 6, 5), date(2020, 5, 8), date(2022, 9, 19), date(2023, 5, 8)):
        assert day in listed
    for day in (date(2012, 5, 28), date(2020, 5, 4), date(2022, 5, 30)):
        assert day not in listed


def test_the_list_handed_out_is_the_callers_own() -> None:
    bank_holidays().clear()
    assert bank_holidays()


@pytest.mark.parametrize(
    ("years", "words"),
    [
        ((2026,), ""),
        ((2026, 2040), "Bank holidays of 2040 are not listed"),
        ((2041, 2040, 2041), "Bank holidays of 2040 and 2041 are not listed"),
        ((2040, 2041, 2042), "Bank holidays of 2040, 2041 and 2042 are not listed"),
    ],
)
def test_says_of_which_years_no_bank_holidays_are_known(years: tuple[int, ...], words: str) -> None:
    found = unlisted([date(year, 6, 1) for year in years], HOLIDAYS)
    assert found.strip().startswith(words)
    assert bool(found) is bool(words)
