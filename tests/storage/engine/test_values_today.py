"""Days that move with the calendar: written as people write them, kept by a code, never outside the calendar."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.engine.values import Period, Unreadable
from storage.engine.values_today import FromToday

TODAY = date(2026, 11, 22)
moving = st.builds(FromToday, st.builds(Period, st.integers(0, 999), st.sampled_from("dwmy")), st.booleans())


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("today", date(2026, 11, 22)),
        ("Tomorrow", date(2026, 11, 23)),
        ("yesterday", date(2026, 11, 21)),
        ("+12m", date(2027, 11, 22)),
        ("-3m", date(2026, 8, 22)),
        ("today + 12 months", date(2027, 11, 22)),
        ("today − 2 weeks", date(2026, 11, 8)),
        ("in 90 days", date(2027, 2, 20)),
        ("six months from today", date(2027, 5, 22)),
        ("90 days ago", date(2026, 8, 24)),
        ("1 year before today", date(2025, 11, 22)),
    ],
)
def test_reads_what_people_write(words: str, day: date) -> None:
    assert FromToday.read(words).on(TODAY) == day


@pytest.mark.parametrize("words", ["1 Apr 2027", "12 months", "in March", "", "today + soon", "2027-04-01"])
def test_a_calendar_date_is_no_moving_day(words: str) -> None:
    with pytest.raises(Unreadable):
        FromToday.read(words)


@given(moving)
def test_its_words_and_its_code_lead_back_to_the_same_day(day: FromToday) -> None:
    assert FromToday.from_code(day.code) == day
    assert FromToday.read(str(day)).on(TODAY) == day.on(TODAY)


@pytest.mark.parametrize("code", ["", "12m", "+12", "+m", "++1m", "+12 m", "+1x"])
def test_a_code_that_is_none_is_refused(code: str) -> None:
    with pytest.raises(Unreadable):
        FromToday.from_code(code)


def test_beyond_the_calendar_is_its_first_or_last_day() -> None:
    ages = Period(999, "y")
    assert FromToday(ages).on(date(9500, 1, 1)) == date.max
    assert FromToday(ages, back=True).on(date(500, 1, 1)) == date.min
