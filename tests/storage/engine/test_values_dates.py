"""Dates are read in the styles people use, refused with a reason otherwise, and shown one way."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.engine.values import (
    Unreadable,
    day_from_serial,
    long_day,
    month_first_evidence,
    read_day,
    show_day,
    weekday_name,
)

TODAY = date(2026, 11, 22)
DAYS = st.dates(date(1600, 1, 1), date(2999, 12, 31))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-22", date(2026, 11, 22)),
        ("2026-11-22T00:00:00Z", date(2026, 11, 22)),
        ("2026-11-22 00:00:00", date(2026, 11, 22)),
        ("2020-07-07T23:16:20.123+01:00", date(2020, 7, 7)),
        ("2026/1/2", date(2026, 1, 2)),
        ("22/11/2026", date(2026, 11, 22)),
        ("22/11/2026 10:30 AM", date(2026, 11, 22)),
        ("22.11.26", date(2026, 11, 22)),
        ("22-11-2026", date(2026, 11, 22)),
        ("22–11–2026", date(2026, 11, 22)),
        (" 1/4/27\u00a0", date(2027, 4, 1)),
        ("1 / 4 / 27", date(2027, 4, 1)),
        ("1/4/79", date(2079, 4, 1)),
        ("1/4/80", date(1980, 4, 1)),
        ("01-Jan-2000", date(2000, 1, 1)),
        ("1-SEPT-99", date(1999, 9, 1)),
        ("1 Apr 2027", date(2027, 4, 1)),
        ("1st April 2027", date(2027, 4, 1)),
        ("22nd of November, 2026", date(2026, 11, 22)),
        ("7 July ’27", date(2027, 7, 7)),
        ("April 1, 2027", date(2027, 4, 1)),
        ("Sept. 3rd 2027", date(2027, 9, 3)),
        ("Wed 1 Apr 2027", date(2027, 4, 1)),
        ("Thursday, 1 April 2027", date(2027, 4, 1)),
        ("Thu 01/04/2027", date(2027, 4, 1)),
        ("2027-Apr-01", date(2027, 4, 1)),
        ("20270401", date(2027, 4, 1)),
        ("29/02/2028", date(2028, 2, 29)),
    ],
)
def test_reads_the_styles_people_use(text: str, day: date) -> None:
    assert read_day(text) == day


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "nothing here"),
        ("31/02/2015", "February 2015 has only 28 days"),
        ("29 Feb 2027", "February 2027 has only 28 days"),
        ("04/13/2027", "would fit month first"),
        ("13/13/2027", "no month 13"),
        ("0/4/2027", "no day 0"),
        ("1 Foo 2027", "“Foo” is not the name of a month"),
        ("1 Apr", "no year"),
        ("April 2027", "no clear day"),
        ("9999-12-31", "year 9999 is outside"),
        ("45000", "bare number"),
        ("2027041", "bare number"),
        ("TBC", "words, not a date"),
        ("1/4/027", "No date can be read"),
        ("1/4-2027", "No date can be read"),
        ("end March 2027", "No date can be read"),
        ("tomorrow", "words, not a date"),
        ("١/٤/٢٠٢٧", "No date can be read"),
        (
            "1 Apr 2027 and every year after that until somebody remembers to bring it to an end",
            "passage of text",
        ),
    ],
)
def test_refuses_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read_day(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("end March 2027", date(2027, 3, 31)),
        ("End of Feb 28", date(2028, 2, 29)),
        ("end december", date(2026, 12, 31)),
        ("start April 2027", date(2027, 4, 1)),
        ("today", date(2026, 11, 22)),
        ("Tomorrow", date(2026, 11, 23)),
        ("+6m", date(2027, 5, 22)),
        ("+3 months", date(2027, 2, 22)),
        ("-2w", date(2026, 11, 8)),
        ("+10d", date(2026, 12, 2)),
        ("1 apr", date(2026, 4, 1)),
        ("1/4", date(2026, 4, 1)),
    ],
)
def test_reads_what_is_typed_beside_today(text: str, day: date) -> None:
    assert read_day(text, today=TODAY) == day


@pytest.mark.parametrize(
    "text", ["+6", "end 2027", "4/27", "end Foo 2027", "+999y", "29 feb", "+2 working days"]
)
def test_refuses_what_typing_leaves_open(text: str) -> None:
    with pytest.raises(Unreadable):
        read_day(text, today=TODAY)


def test_a_typed_month_end_is_counted_from_a_clipped_day() -> None:
    assert read_day("+1m", today=date(2027, 1, 31)) == date(2027, 2, 28)


def test_month_first_is_read_only_when_asked_for() -> None:
    assert read_day("04/01/2027") == date(2027, 1, 4)
    assert read_day("04/01/2027", month_first=True) == date(2027, 4, 1)
    assert read_day("22 Nov 2026", month_first=True) == date(2026, 11, 22)
    assert read_day("2026-11-22", month_first=True) == date(2026, 11, 22)
    with pytest.raises(Unreadable, match="would fit day first"):
        read_day("13/04/2027", month_first=True)


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("13/04/2027", "day"),
        ("04/13/2027", "month"),
        ("04/05/2027", "either"),
        ("05-05-27 00:00", "either"),
        ("31/02/2015", "none"),
        ("13/13/2027", "none"),
        ("2027-04-13", "none"),
        ("13 Apr 2027", "none"),
        ("", "none"),
        ("TBC", "none"),
    ],
)
def test_evidence_for_the_order_of_a_column(text: str, evidence: str) -> None:
    assert month_first_evidence(text) == evidence


@given(DAYS)
def test_evidence_agrees_with_reading(day: date) -> None:
    text = f"{day.day:02d}/{day.month:02d}/{day.year}"
    evidence = month_first_evidence(text)
    assert evidence == ("day" if day.day > 12 else "either")
    assert read_day(text) == day


@pytest.mark.parametrize(
    ("number", "date1904", "day"),
    [
        (1, False, date(1900, 1, 1)),
        (59, False, date(1900, 2, 28)),
        (61, False, date(1900, 3, 1)),
        (46348, False, date(2026, 11, 22)),
        (46348.75, False, date(2026, 11, 22)),
        (44886, True, date(2026, 11, 22)),
        (0, True, date(1904, 1, 1)),
    ],
)
def test_spreadsheet_serials(number: float, date1904: bool, day: date) -> None:
    assert day_from_serial(number, date1904=date1904) == day


@pytest.mark.parametrize("number", [0, 60, -1, 2_000_000, 900_000, float("nan"), float("inf")])
def test_serials_that_stand_for_no_day(number: float) -> None:
    with pytest.raises(Unreadable):
        day_from_serial(number)


def test_shows_dates_for_tables_and_prose() -> None:
    assert show_day(TODAY) == "22 Nov 2026"
    assert long_day(date(2026, 4, 1)) == "1 April 2026"
    assert weekday_name(TODAY) == "Sunday"


@given(DAYS)
def test_what_is_shown_reads_back(day: date) -> None:
    assert read_day(show_day(day)) == day
    assert read_day(long_day(day)) == day
    assert read_day(f"{weekday_name(day)} {long_day(day)}") == day
    assert read_day(day.isoformat()) == day


@given(st.text(max_size=30), st.booleans())
def test_any_text_is_read_or_refused(text: str, month_first: bool) -> None:
    month_first_evidence(text)
    try:
        day = read_day(text, today=TODAY, month_first=month_first)
    except Unreadable as reason:
        assert str(reason)
    else:
        assert 1600 <= day.year <= 2999
