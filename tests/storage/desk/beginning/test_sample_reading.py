"""The notation of the sample's days means what its head says, and mistakes in the files are refused."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.desk.beginning.sample_reading import Days, Reading, SampleError
from storage.engine.fields import Period
from storage.records.contracts import Contract
from storage.records.finance import ValueYear

TODAY = date(2026, 11, 23)
DAYS = Days(TODAY, {"start": date(2025, 4, 1)})


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("today", date(2026, 11, 23)),
        ("today+5d", date(2026, 11, 28)),
        ("today-3w", date(2026, 11, 2)),
        ("today-14m", date(2025, 9, 23)),
        ("today+5d-30m", date(2024, 5, 28)),
        ("next 31 March", date(2027, 3, 31)),
        ("last 30 June", date(2026, 6, 30)),
        ("start of the financial year", date(2026, 4, 1)),
        ("end of the financial year+2y", date(2029, 3, 31)),
        ("start+3y-1d", date(2028, 3, 31)),
        ("start for 3y", date(2028, 3, 31)),
        ("today+4m for 18m", date(2028, 9, 22)),
        ("weekday", date(2026, 11, 23)),
        ("Friday", date(2026, 11, 20)),
        ("Thursday+4w", date(2026, 12, 17)),
    ],
)
def test_a_day_is_read(words: str, day: date) -> None:
    assert DAYS.read(words) == day


@pytest.mark.parametrize(
    "words",
    [
        "",
        "tomorrow",
        "today+",
        "today+3",
        "today+3q",
        "next 31 Marchember",
        "end",
        "today 3d",
        "+3d",
        "Sunday",
        "start for ever",
    ],
)
def test_what_is_no_day_is_refused(words: str) -> None:
    with pytest.raises(SampleError):
        DAYS.read(words)


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_next_and_last_never_mean_today(today: date) -> None:
    days = Days(today)
    assert days.read("last 1 April") < today < days.read("next 1 April")
    first, last = days.read("start of the financial year"), days.read("end of the financial year")
    assert first <= today <= last
    assert last + timedelta(days=1) == days.read("start of the financial year+1y")


@pytest.mark.parametrize(
    ("words", "year"), [("this year", 2026), ("this year-2", 2024), ("this year+1", 2027)]
)
def test_a_financial_year_is_read(words: str, year: int) -> None:
    assert DAYS.financial_year(words) == year
    assert Reading(TODAY).values(ValueYear.FIELDS, {"year": words, "planned": "£5"})["year"] == year


def test_a_length_from_a_leap_day_ends_as_the_term_does() -> None:
    assert Days(TODAY, {"start": date(2024, 2, 29)}).read("start for 3y") == date(2027, 2, 28)


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_a_weekday_is_never_a_saturday_or_sunday(today: date) -> None:
    found = Days(today).read("weekday")
    assert found.weekday() < 5
    assert timedelta(0) <= today - found <= timedelta(days=2)


def test_days_in_braces_are_written_out() -> None:
    assert DAYS.fill(" Sent {today-1d}, for {start}. ") == "Sent 22 November 2026, for 1 April 2025."


def test_values_are_read_by_their_kind() -> None:
    entry = {
        "reference": "X-1",
        "start": "next 1 April",
        "current_end": "start+1y-1d",
        "current_value": "£1,250.40",
        "notice_provider": "3 months",
        "runs_on": True,
    }
    assert Reading(TODAY).values(Contract.FIELDS, entry) == {
        "reference": "X-1",
        "start": date(2027, 4, 1),
        "current_end": date(2028, 3, 31),
        "current_value": 125_040,
        "notice_provider": Period(3, "m"),
        "runs_on": True,
    }


@pytest.mark.parametrize(
    "entry",
    [
        {"colour": "red"},
        {"route": "nobody’s"},
        {"title": 7},
        {"current_value": 7},
        {"runs_on": "yes"},
        {"start": "start+1d"},
    ],
)
def test_a_mistake_in_an_entry_is_refused(entry: dict[str, object]) -> None:
    with pytest.raises(SampleError):
        Reading(TODAY).values(Contract.FIELDS, entry)


def test_a_key_nobody_has_is_refused() -> None:
    with pytest.raises(SampleError, match="there is no organisation “nobody”"):
        Reading(TODAY).number("organisation", "nobody")
