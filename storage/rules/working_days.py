"""Working days: Monday to Friday without the holidays given."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

_SATURDAY = 5
_ONE = timedelta(days=1)


def is_working_day(day: date, holidays: frozenset[date]) -> bool:
    """Whether people are at work: no Saturday, Sunday or holiday."""
    return day.weekday() < _SATURDAY and day not in holidays


def working_day_on_or_before(day: date, holidays: frozenset[date]) -> date:
    """The day itself when it is a working day, otherwise the nearest one before it."""
    while day.weekday() >= _SATURDAY or day in holidays:  # said out: asked for thirty times a contract
        day -= _ONE
    return day


def working_day_on_or_after(day: date, holidays: frozenset[date]) -> date:
    """The day itself when it is a working day, otherwise the nearest one after it."""
    while not is_working_day(day, holidays):
        day += _ONE
    return day


def add_working_days(day: date, count: int, holidays: frozenset[date]) -> date:
    """The `count`-th working day after `day` (before it when negative); `day` itself is not counted.

    A stretch "beginning with" a working day counts that day, so it ends `count - 1` working days after it.
    """
    step = _ONE if count > 0 else -_ONE
    for _ in range(abs(count)):
        day += step
        while day.weekday() >= _SATURDAY or day in holidays:
            day += step
    return day


def working_days_between(first: date, last: date, holidays: frozenset[date]) -> int:
    """How many working days come after `first` up to and with `last`; negative when `last` is earlier.

    Counting back leaves out `first` and takes in `last`, so that `add_working_days` undoes it either way.
    """
    if last < first:
        return -_working_days_from(last, first - _ONE, holidays)
    return _working_days_from(first + _ONE, last, holidays)


def unlisted(days: Iterable[date], holidays: frozenset[date]) -> str:
    """A warning, after a space, that no holidays are known of the years of some days; empty when they are."""
    years = sorted({day.year for day in days} - _years(holidays))
    if not years:
        return ""
    named = " and ".join([", ".join(str(year) for year in years[:-1]), str(years[-1])][len(years) == 1 :])
    return f" Bank holidays of {named} are not listed: only weekends were passed over."


@lru_cache(maxsize=4)
def _years(holidays: frozenset[date]) -> frozenset[int]:
    """The years that have a holiday at all."""
    return frozenset(day.year for day in holidays)


def _working_days_from(first: date, last: date, holidays: frozenset[date]) -> int:
    """How many working days lie in a stretch, both ends included."""
    weeks, rest = divmod((last - first).days + 1, 7)
    weekdays = weeks * 5 + sum((first.weekday() + offset) % 7 < _SATURDAY for offset in range(rest))
    return weekdays - sum(first <= day <= last and day.weekday() < _SATURDAY for day in holidays)
