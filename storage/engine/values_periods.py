"""A length of time as a contract states it, such as 6 months, and calendar arithmetic with it."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from storage.engine.values_plain import COUNTING_WORDS, Unreadable, tidy

_IN_EVERY_MONTH = 28
_REMEMBERED = 8_192  # a register asks for the same few thousand days again and again
_NAMES = {"d": "day", "w": "week", "m": "month", "y": "year"}
_MONTHS, _DAYS = {"y": 12, "m": 1}, {"w": 7, "d": 1}
# 999-year leases are real; anything longer is a slip, and would carry a date out of the calendar.
_MOST = {"d": 99_999, "w": 9_999, "m": 9_999, "y": 999}
_CODE = re.compile(r"(\d{1,5})([dwmy])", re.ASCII)
_NUMBER = r"(\d{1,5}|an?|" + "|".join(sorted(COUNTING_WORDS, key=len, reverse=True)) + r")"
_UNIT = r"(days?|d|weeks?|wks?|w|months?|mths?|mos?|m|years?|yrs?|y)"
_ONE_PERIOD = re.compile(
    _NUMBER + r" ?(?:\((\d{1,5})\))?[ -]?(?:(?:full|clear|calendar|complete) )?" + _UNIT + r"(?![a-z])\.?",
    re.ASCII,
)
_TAIL = re.compile(r"'?s?'?(?: (?:written )?notice)?", re.ASCII)
_JOIN = re.compile(r",? ?(?:and )?", re.ASCII)


@lru_cache(_REMEMBERED)
def add_months(day: date, months: int) -> date:
    """The same day `months` calendar months later or earlier, or the month's last day if it has no such day.

    Raises OverflowError outside the years 1 to 9999.
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if not 1 <= year <= 9999:
        raise OverflowError("The date lies outside the calendar.")
    if day.day <= _IN_EVERY_MONTH:  # most days; asking how long the month is costs more than all the rest
        return date(year, month + 1, day.day)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Period:
    """A count of days, weeks, calendar months or years, kept as written: 12 months is not made 1 year."""

    count: int
    unit: str
    months: int = field(init=False, compare=False, repr=False)
    """The part counted by calendar months: 24 for 2 years, 0 for 26 weeks."""
    days: int = field(init=False, compare=False, repr=False)
    """The part counted by days: 14 for 2 weeks, 0 for 6 months."""

    def __post_init__(self) -> None:
        if self.unit not in _NAMES:
            raise Unreadable("A period is counted in days, weeks, months or years.")
        if not 0 <= self.count <= _MOST[self.unit]:
            raise Unreadable(f"A period can be at most {_MOST[self.unit]:,} {_NAMES[self.unit]}s.")
        object.__setattr__(self, "months", self.count * _MONTHS.get(self.unit, 0))
        object.__setattr__(self, "days", self.count * _DAYS.get(self.unit, 0))

    def __str__(self) -> str:
        return f"{self.count} {_NAMES[self.unit]}{'' if self.count == 1 else 's'}"

    @property
    def code(self) -> str:
        """The short form the file keeps, such as `6m`."""
        return f"{self.count}{self.unit}"

    def after(self, day: date) -> date:
        """The day this long after `day`, moved back to the month's end where there is no such day."""
        reached = add_months(day, self.months)
        return reached + timedelta(days=self.days) if self.days else reached

    def before(self, day: date) -> date:
        """The day this long before `day`, moved back to the month's end where there is no such day."""
        reached = add_months(day, -self.months)
        return reached - timedelta(days=self.days) if self.days else reached

    @classmethod
    def from_code(cls, code: str) -> Period:
        """The period a file keeps as `6m`. Raises Unreadable when the code is not one."""
        match = _CODE.fullmatch(code)
        if match is None:
            raise Unreadable("This is not a stored period.")
        return cls(int(match[1]), match[2])

    @classmethod
    def read(cls, text: str) -> Period:
        """A period as written: `6m`, `26 weeks`, `six months`, `twelve (12) months' notice`, `1 year 6m`.

        Years and months together become months. Working days are refused: they are no fixed number of days.
        """
        plain = tidy(text).lower()
        if plain.isdigit():
            raise Unreadable("This number has no unit. Write days, weeks, months or years after it.")
        if re.search(r"\b(?:working|business)\b", plain):
            raise Unreadable("A period in working days cannot be kept. Write it in days, weeks or months.")
        first = _ONE_PERIOD.match(plain)
        if first is None:
            raise Unreadable("This is not a length of time. Write it like 6 months or 26 weeks.")
        period, rest = cls._one(first), plain[first.end() :]
        second = _ONE_PERIOD.match(rest, _end_of_join(rest)) if period.unit == "y" else None
        if second is not None:
            extra = cls._one(second)
            if extra.unit != "m":
                raise Unreadable("This mixes units that do not add up. Write it in one unit.")
            period, rest = cls(period.months + extra.count, "m"), rest[second.end() :]
        if not _TAIL.fullmatch(rest):
            raise Unreadable("This says more than one length of time. Write it like 6 months.")
        return period

    @classmethod
    def _one(cls, match: re.Match[str]) -> Period:
        """One number with its unit; a figure in brackets after the word must agree with it."""
        word, figure, unit = match.groups()
        count = int(word) if word.isdigit() else COUNTING_WORDS.get(word, 1)
        if figure is not None and int(figure) != count:
            raise Unreadable(f"The number in words ({count}) and in brackets ({figure}) disagree.")
        return cls(count, unit[0])


def _end_of_join(rest: str) -> int:
    """Where the second part starts in `' and 6 months'`."""
    match = _JOIN.match(rest)
    return match.end() if match else 0
