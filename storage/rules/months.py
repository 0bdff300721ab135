"""Calendar arithmetic of months and periods, clipped to the end of the month."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from storage.engine.values_periods import Period, add_months

__all__ = [
    "add_months",
    "add_period",
    "last_day_of_months",
    "month_end",
    "months_between",
    "subtract_period",
    "whole_months",
]


def add_period(day: date, period: Period) -> date:
    """The day a period after `day`. Raises OverflowError outside the calendar."""
    return period.after(day)


def subtract_period(day: date, period: Period) -> date:
    """The day a period before `day`. Raises OverflowError outside the calendar."""
    return period.before(day)


def month_end(day: date) -> date:
    """The last day of the month `day` lies in."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def months_between(first: date, second: date) -> int:
    """Whole calendar months from `first` to `second`: the most that can be added without passing it.

    Negative when `second` is earlier, and then the fewest that must be taken off to come before or on it.
    """
    months = (second.year - first.year) * 12 + second.month - first.month
    return months if add_months(first, months) <= second else months - 1


@lru_cache(8_192)  # contracts of a register begin on few days and run for few lengths
def last_day_of_months(start: date, months: int) -> date:
    """The last day of a stretch of `months` calendar months that begins on `start`.

    The day before the same day of the month; where that month has no such day, its last day.
    """
    reached = add_months(start, months)
    return reached - timedelta(days=1) if reached.day == start.day else reached


@lru_cache(8_192)
def whole_months(start: date, end: date) -> int | None:
    """How many calendar months `start` to `end`, both included, make; None when no whole number."""
    about = months_between(start, end)
    for months in (about, about + 1):
        if months > 0 and last_day_of_months(start, months) == end:
            return months
    return None
