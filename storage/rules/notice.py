"""The last day on which notice can be given, and the working day by which to serve it."""

from __future__ import annotations

from datetime import date, timedelta

from storage.engine.values import Period, show_day, weekday_name
from storage.rules.explained import Explained
from storage.rules.months import subtract_period
from storage.rules.working_days import working_day_on_or_before

DEFAULT_CUSHION_DAYS = 28
"""Days kept in hand before the legal date when nothing else is set."""

_SATURDAY = 5


def last_day_to_give_notice(
    end: date | None, period: Period | None, clause: str = ""
) -> Explained[date | None]:
    """The legal date: the end less the notice period, clipped to the month's end, on any day of the week.

    Months and years go back by the calendar, weeks and days are taken straight off. At the end of a short
    month the clipped day is kept even where a strict reading would allow a later one: earlier is safe.
    """
    if end is None:
        return Explained(None, "There is no end date, so no day is the last to give notice for it.")
    if period is None:
        return Explained(None, "No notice period is recorded.")
    day = subtract_period(end, period)
    why = f"{_with_rest_day(day)} = end {show_day(end)} less {_notice(period)}{_clause(clause)}."
    if period.months and day.day != end.day:
        why += f" That month has no day {end.day}, so its last day is taken."
    return Explained(day, why)


def serve_by(
    last_day: date | None, holidays: frozenset[date], cushion_days: int = DEFAULT_CUSHION_DAYS
) -> Explained[date | None]:
    """The working day by which to serve notice: the last one on or before the legal date, less the cushion.

    The cushion is in calendar days; where it lands on a day of rest, the working day before is taken.
    Raises ValueError for a cushion below nought.
    """
    if cushion_days < 0:
        raise ValueError("The cushion cannot be less than 0 days.")
    if last_day is None:
        return Explained(None, "There is no last day to give notice to count back from.")
    working = working_day_on_or_before(last_day, holidays)
    day = working_day_on_or_before(working - timedelta(days=cushion_days), holidays)
    if working == last_day:
        anchor = "the last day to give notice"
    else:
        anchor = f"the last working day on or before {_weekday_day(last_day)}, the last day to give notice"
    if cushion_days:
        anchor = f"{_weekday_day(working)}, {anchor}, less {Period(cushion_days, 'd')} in hand"
    why = f"{_weekday_day(day)} = {anchor}"
    if day != working - timedelta(days=cushion_days):
        why += ", moved back to a working day"
    return Explained(day, why + "." + _unlisted(last_day, holidays))


def _notice(period: Period) -> str:
    """The period as a possessive: 2 months’ notice, 1 month’s notice."""
    return f"{period}{'’s' if period.count == 1 else '’'} notice"


def _clause(clause: str) -> str:
    """The clause in brackets, with the word `clause` in front when only its number was given."""
    clause = clause.strip()
    if not clause:
        return ""
    return f" (clause {clause})" if clause[0].isdigit() else f" ({clause})"


def _weekday_day(day: date) -> str:
    """A date with its weekday: Friday 26 Jun 2026."""
    return f"{weekday_name(day)} {show_day(day)}"


def _with_rest_day(day: date) -> str:
    """A date that says so when it is a Saturday or Sunday."""
    return f"{show_day(day)} (a {weekday_name(day)})" if day.weekday() >= _SATURDAY else show_day(day)


def _unlisted(day: date, holidays: frozenset[date]) -> str:
    """A warning when no bank holidays of that year are known."""
    if any(holiday.year == day.year for holiday in holidays):
        return ""
    return f" Bank holidays of {day.year} are not listed: only weekends were passed over."
