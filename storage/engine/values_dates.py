"""Reading dates as people and other programs write them, and showing them; nothing is ever guessed."""

from __future__ import annotations

import math
import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

from storage.engine.values_periods import Period, add_months
from storage.engine.values_plain import Unreadable, tidy

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# Long leases end beyond 2200; a year such as 9999 stands for "no end" in other programs and is no date.
FIRST_YEAR, LAST_YEAR = 1600, 2999

Evidence = Literal["day", "month", "either", "none"]

_ADVICE = "No date can be read here. Write it like 1 Apr 2027 or 01/04/2027."
_TIME = r"(?:[t ] ?\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?(?:[ap]m|z|utc|gmt|bst|[+-]\d{2}:?\d{2}))?)?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,? )?"
_FLAGS = re.ASCII | re.IGNORECASE
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})" + _TIME, _FLAGS)
_NUMERIC = re.compile(_WEEKDAY + r"(\d{1,2}) ?([-/. ]) ?(\d{1,2}) ?\2 ?(\d{4}|\d\d)" + _TIME, _FLAGS)
_DAY_MONTH = re.compile(
    _WEEKDAY + r"(\d{1,2})(?:st|nd|rd|th)?[ \-/.,]*(?:of )?([a-z]{3,9})[ \-/.,]*(?:'?(\d{4}|\d\d))?" + _TIME,
    _FLAGS,
)
_MONTH_DAY = re.compile(
    _WEEKDAY + r"([a-z]{3,9})\.?[ -]?(\d{1,2})(?:st|nd|rd|th)?(?:, ?|[ \-/])'?(\d{4}|\d\d)" + _TIME, _FLAGS
)
# 2027-Apr-01, 2027 April 1 and 20270401.
_YEAR_FIRST = re.compile(r"(\d{4})[ \-/]?([a-z]{3,9}|\d\d)[ \-/]?(\d\d|(?<=[ \-/])\d)" + _TIME, _FLAGS)
_EDGE_OF_MONTH = re.compile(r"(end|start)(?: of)? ([a-z]{3,9})\.?(?: '?(\d{4}|\d\d))?", _FLAGS)
_THIS_YEAR = re.compile(r"(\d{1,2})/(\d{1,2})", _FLAGS)
_NEAR = {"today": 0, "tomorrow": 1, "yesterday": -1}


def _month_numbers() -> dict[str, int]:
    """Every month name and its beginnings of three letters or more, in lower case."""
    return {
        name[:length].lower(): number
        for number, name in enumerate(MONTHS, start=1)
        for length in range(3, len(name) + 1)
    }


_MONTH_NUMBERS = _month_numbers()


def read_day(text: str, *, today: date | None = None, month_first: bool = False) -> date:
    """The calendar day a text names; a time of day after it is passed over and the day taken as written.

    Numeric dates are day first unless `month_first`. Two-digit years 00-79 are 2000s, 80-99 are 1900s.
    With `today`, what people type is read too: `end March 2027`, `tomorrow`, `+6m`, `1 apr`.
    A weekday in front is passed over. Raises Unreadable with the reason, also for days that do not exist.
    """
    plain = tidy(text)
    if match := _ISO.fullmatch(plain):
        return _exact(int(match[1]), int(match[3]), int(match[4]))
    if match := _NUMERIC.fullmatch(plain):
        return _numeric(int(match[1]), int(match[3]), match[4], month_first)
    if match := _DAY_MONTH.fullmatch(plain):
        if match[3] is None and today is None:
            raise Unreadable("This date says no year.")
        year = today.year if match[3] is None and today is not None else _year(match[3])
        return _exact(year, _month(match[2]), int(match[1]))
    if match := _MONTH_DAY.fullmatch(plain):
        return _exact(_year(match[3]), _month(match[1]), int(match[2]))
    if match := _YEAR_FIRST.fullmatch(plain):
        return _exact(int(match[1]), _month(match[2]), int(match[3]))
    return _typed(plain, today, month_first)


def month_first_evidence(text: str) -> Evidence:
    """Which order a numeric date such as `04/13/2027` fits: day first only, month first only, either, none.

    `none` also stands for texts that are no such date, or that name no real day in either order.
    """
    match = _NUMERIC.fullmatch(" ".join(text.split()))
    if match is None:
        return "none"
    first, second, year = int(match[1]), int(match[3]), _year(match[4])
    day_first, month_first = _exists(year, second, first), _exists(year, first, second)
    if day_first and month_first:
        return "either"
    return "day" if day_first else "month" if month_first else "none"


def day_from_serial(number: float, *, date1904: bool = False) -> date:
    """The day of a spreadsheet's serial number; the time of day after the point is dropped.

    Serial 60 of the 1900 system is the 29 February 1900 that never was, and is refused.
    """
    if not math.isfinite(number) or not 0 <= number < 1_000_000:
        raise Unreadable("This number is no spreadsheet date.")
    days = int(number)
    if not date1904 and days in (0, 60):
        raise Unreadable("This number stands for a day that never was.")
    origin = date(1904, 1, 1) if date1904 else date(1899, 12, 31 if days < 60 else 30)
    day = origin + timedelta(days=days)
    return _exact(day.year, day.month, day.day)


def show_day(day: date) -> str:
    """A date for tables: 22 Nov 2026."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def long_day(day: date) -> str:
    """A date for prose: 22 November 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def weekday_name(day: date) -> str:
    """The English name of the day of the week."""
    return WEEKDAYS[day.weekday()]


def _exact(year: int, month: int, day: int) -> date:
    """That day, or Unreadable with the reason why there is none."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Unreadable(f"The year {year} is outside {FIRST_YEAR} to {LAST_YEAR}.")
    if not 1 <= month <= 12:
        raise Unreadable(f"There is no month {month}.")
    if not 1 <= day <= monthrange(year, month)[1]:
        if day < 1:
            raise Unreadable("There is no day 0.")
        raise Unreadable(f"{MONTHS[month - 1]} {year} has only {monthrange(year, month)[1]} days, not {day}.")
    return date(year, month, day)


def _exists(year: int, month: int, day: int) -> bool:
    """Whether the calendar has that day, within the years that are read."""
    known = FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12
    return known and 1 <= day <= monthrange(year, month)[1]


def _numeric(first: int, second: int, year_text: str, month_first: bool) -> date:
    """A date in figures in the order asked for; the reason says when the other order would fit."""
    year = _year(year_text)
    day, month = (second, first) if month_first else (first, second)
    try:
        return _exact(year, month, day)
    except Unreadable as reason:
        if not _exists(year, day, month):
            raise
        order, other = ("month first", "day first") if month_first else ("day first", "month first")
        raise Unreadable(f"{reason} It was read {order}; it would fit {other}.") from None


def _year(text: str) -> int:
    """The year, with 00-79 in the 2000s and 80-99 in the 1900s."""
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 80 else 1900)


def _month(word: str) -> int:
    """The number of a month's name or its beginning, or of its two figures in 20270401."""
    if word.isdigit():
        return int(word)
    number = _MONTH_NUMBERS.get(word.lower())
    if number is None:
        raise Unreadable(f"“{word}” is not the name of a month.")
    return number


def _typed(plain: str, today: date | None, month_first: bool) -> date:
    """What a person may type in a date field instead of a whole date; nothing of it without `today`."""
    if today is None:
        raise Unreadable(_why_not(plain))
    word = plain.lower()
    if word in _NEAR:
        return today + timedelta(days=_NEAR[word])
    if word[0] in "+-":
        period = Period.read(word[1:])
        moved = period.after(today) if word[0] == "+" else period.before(today)
        return _exact(moved.year, moved.month, moved.day)
    if match := _EDGE_OF_MONTH.fullmatch(word):
        first = _exact(_year(match[3]) if match[3] else today.year, _month(match[2]), 1)
        return first if match[1] == "start" else add_months(first, 1) - timedelta(days=1)
    if match := _THIS_YEAR.fullmatch(word):
        return _numeric(int(match[1]), int(match[2]), f"{today.year:04d}", month_first)
    raise Unreadable(_why_not(plain))


def _why_not(plain: str) -> str:
    """The most helpful reason for a text that fits no style of date."""
    if plain.isdigit():
        return "This is a bare number, not a date. Write it like 1 Apr 2027 or 01/04/2027."
    words = re.findall(r"[a-z]+", plain.lower())
    if len(words) == 1 and words[0] in _MONTH_NUMBERS:
        return "This names a month but no clear day and year. Write it like 1 Apr 2027 or end April 2027."
    if not any(character.isdigit() for character in plain):
        return "These are words, not a date. Write it like 1 Apr 2027 or 01/04/2027."
    return _ADVICE
