"""Days across a stretch of pixels, under financial years: the scale that many lines share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

SPANS = (1, 2, 3, 5, 10, 20)
"""How many years can be seen at once."""
YEAR_DAYS = 365.25
LEAST_YEAR, LEAST_QUARTER = 58, 40  # pixels a label needs
_QUARTERS = ((4, "Apr"), (7, "Jul"), (10, "Oct"), (1, "Jan"))
_FIRST, _LAST = date(1900, 4, 1), date(2200, 4, 1)  # no register says more of the time outside


@dataclass(frozen=True, slots=True)
class Tick:
    """A day with a line and, where there is room, words that begin at it."""

    day: date
    words: str
    year: bool  # begins a financial year


@dataclass(frozen=True, slots=True)
class Scale:
    """So many years from a first day on, over so many pixels from `left`."""

    first: date
    years: int
    left: float = 0.0
    width: float = 100.0

    @property
    def last(self) -> date:
        """The last day seen."""
        return self.first + timedelta(days=round(self.years * YEAR_DAYS))

    @property
    def right(self) -> float:
        """Where it ends, in pixels."""
        return self.left + self.width

    def at(self, day: date) -> float:
        """Where a day is; outside the stretch it is before `left` or after `right`."""
        return self.left + self.width * (day - self.first).days / (self.years * YEAR_DAYS)

    def day(self, at: float) -> date:
        """The day at a place."""
        days = (at - self.left) / max(1.0, self.width) * self.years * YEAR_DAYS
        return within(self.first, round(days))

    def moved(self, days: int) -> Scale:
        """The same later, or with fewer than no days earlier."""
        return Scale(within(self.first, days), self.years, self.left, self.width)

    def zoomed(self, years: int, about: date) -> Scale:
        """So many years with one day where it was."""
        share = (about - self.first).days / (self.years * YEAR_DAYS)
        return Scale(within(about, -round(share * years * YEAR_DAYS)), years, self.left, self.width)

    def ticks(self) -> Iterator[Tick]:
        """Every quarter in sight with its month where there is room, and each financial year with its name."""
        a_year = self.width / self.years
        every = max(1, -(-LEAST_YEAR // max(1, round(a_year))))
        for year in range(self.first.year - 1, self.last.year + 1):
            for month, name in _QUARTERS:
                day = date(year + (month == 1), month, 1)
                if not self.first <= day <= self.last:
                    continue
                if month == 4:
                    yield Tick(day, f"{year}/{(year + 1) % 100:02d}" if year % every == 0 else "", year=True)
                elif a_year / 4 >= LEAST_QUARTER:
                    yield Tick(day, name, year=False)


def within(day: date, days: int) -> date:
    """A day so many days on, kept within what a scale can show."""
    if days > (_LAST - day).days:
        return _LAST
    return max(_FIRST, day + timedelta(days=max(days, (_FIRST - day).days)))


def beginning(today: date, years: int) -> date:
    """Where a scale begins on which today stands a fifth from the left, at the first of a month."""
    day = within(today, -round(years * YEAR_DAYS / 5))
    return day.replace(day=1)
