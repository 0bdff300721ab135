"""Periods, whole numbers and yes or no, read as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.engine.values import Period, Unreadable, read_whole, read_yes_no
from storage.engine.values_periods import add_months

PERIODS = st.builds(Period, st.integers(0, 999), st.sampled_from("dwmy"))


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("6 months", Period(6, "m")),
        ("6m", Period(6, "m")),
        ("6-month", Period(6, "m")),
        ("26 weeks", Period(26, "w")),
        ("90 days", Period(90, "d")),
        ("1 year", Period(1, "y")),
        ("2 yrs", Period(2, "y")),
        ("3 calendar months", Period(3, "m")),
        ("six months", Period(6, "m")),
        ("Twenty-eight days", Period(28, "d")),
        ("twelve (12) months’ notice", Period(12, "m")),
        ("3 months written notice", Period(3, "m")),
        ("a month", Period(1, "m")),
        ("1 year and 6 months", Period(18, "m")),
        ("1y6m", Period(18, "m")),
        ("0 days", Period(0, "d")),
    ],
)
def test_reads_periods(text: str, period: Period) -> None:
    assert Period.read(text) == period


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("6", "no unit"),
        ("TBC", "not a length of time"),
        ("10 working days", "working days"),
        ("six (7) months", "disagree"),
        ("6 months 3 days", "more than one length"),
        ("1 year 3 days", "do not add up"),
        ("1000 years", "at most 999 years"),
        ("6 monthly", "not a length of time"),
        ("3-6 months", "not a length of time"),
    ],
)
def test_refuses_periods_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        Period.read(text)


def test_shows_and_stores_periods() -> None:
    assert str(Period(6, "m")) == "6 months"
    assert str(Period(1, "y")) == "1 year"
    assert Period(26, "w").code == "26w"
    with pytest.raises(Unreadable):
        Period.from_code("6 months")
    with pytest.raises(Unreadable):
        Period(6, "q")


@given(PERIODS)
def test_what_is_shown_and_stored_reads_back(period: Period) -> None:
    assert Period.read(str(period)) == period
    assert Period.from_code(period.code) == period


@pytest.mark.parametrize(
    ("day", "months", "reached"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2027, 3, 31), -6, date(2026, 9, 30)),
        (date(2027, 12, 15), 1, date(2028, 1, 15)),
        (date(2027, 1, 15), -1, date(2026, 12, 15)),
    ],
)
def test_months_are_clipped_to_the_month_end(day: date, months: int, reached: date) -> None:
    assert add_months(day, months) == reached


def test_months_beyond_the_calendar_are_an_error() -> None:
    with pytest.raises(OverflowError):
        add_months(date(9999, 12, 1), 1)


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), ("1,234", 1234), ("-3", -3), ("(3)", -3), ("12.0", 12), ("007", 7), ("+4", 4)],
)
def test_reads_whole_numbers(text: str, number: int) -> None:
    assert read_whole(text) == number


@pytest.mark.parametrize("text", ["", "12.5", "1,23", "twelve", "1e3", "(-3)", "9223372036854775808", "²"])
def test_refuses_what_is_no_whole_number(text: str) -> None:
    with pytest.raises(Unreadable):
        read_whole(text)


@given(st.integers(-(2**63) + 1, 2**63 - 1))
def test_whole_numbers_read_back(number: int) -> None:
    assert read_whole(str(number)) == read_whole(f"{number:,}") == number


def test_reads_yes_and_no() -> None:
    assert [read_yes_no(text) for text in ("Yes", "y", "TRUE", "t", "1", " on ", "✓")] == [True] * 7
    assert [read_yes_no(text) for text in ("No", "n", "FALSE", "f", "0", "off")] == [False] * 6
    for text in ("", "maybe", "x", "2", "n/a"):
        with pytest.raises(Unreadable):
            read_yes_no(text)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (Period.read, Period.from_code, read_whole, read_yes_no):
        try:
            read(text)
        except Unreadable as reason:
            assert str(reason)
