"""The stretches a KPI is measured over: months, quarters, halves and years of the financial year."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from storage.engine.values import show_day
from storage.engine.values_dates import MONTHS
from storage.rules.explained import Explained, Reason
from storage.rules.money import financial_year, financial_year_label
from storage.rules.months import add_months

MONTHLY, QUARTERLY, HALF_YEARLY, YEARLY, ONCE = "Monthly", "Quarterly", "Half-yearly", "Yearly", "Once"
FREQUENCIES = (MONTHLY, QUARTERLY, HALF_YEARLY, YEARLY, ONCE)

_LENGTHS = {MONTHLY: 1, QUARTERLY: 3, HALF_YEARLY: 6, YEARLY: 12}
_ONE = timedelta(days=1)
_NAMED = 4


@dataclass(frozen=True, slots=True)
class ReportPeriod:
    """One stretch that a result is for, both days included, and the last day to hand the result in."""

    label: str
    first: date
    last: date
    due: date


def period_label(frequency: str, day: date) -> str:
    """The name of the stretch a day lies in: Apr 2026, Q1 2026/27, H1 2026/27, 2026/27.

    Raises ValueError for a frequency without stretches.
    """
    year = financial_year_label(financial_year(day))
    if frequency == MONTHLY:
        return f"{MONTHS[day.month - 1][:3]} {day.year}"
    if frequency == YEARLY:
        return year
    length = _length(frequency)
    letter = "Q" if frequency == QUARTERLY else "H"
    return f"{letter}{(day.month - 4) % 12 // length + 1} {year}"


def periods(
    frequency: str, start: date, until: date, end: date | None = None, days_to_report: int = 0
) -> tuple[ReportPeriod, ...]:
    """Every stretch that begins between the start and `until`, cut off at the start and the end.

    A KPI that is measured once has one stretch, from the start to the end, and none without an end.
    Raises ValueError for an unknown frequency or days below nought.
    """
    if days_to_report < 0:
        raise ValueError("The days to hand a result in cannot be below nought.")
    return tuple(_periods(frequency, start, until, end, timedelta(days=days_to_report)))


def periods_of_year(
    frequency: str, year: int, start: date, end: date | None = None, days_to_report: int = 0
) -> tuple[ReportPeriod, ...]:
    """The stretches of the financial year that begins in `year`, as far as the KPI runs in it."""
    found = periods(frequency, start, date(year + 1, 3, 31), end, days_to_report)
    return tuple(one for one in found if financial_year(one.first) == year)


def periods_due(
    frequency: str, start: date | None, today: date, end: date | None = None, days_to_report: int = 0
) -> Explained[tuple[ReportPeriod, ...]]:
    """The stretches that are over, whose results can be asked for, oldest first."""
    if start is None:
        return Explained((), "No start date is recorded, so no result is due.")
    if frequency not in FREQUENCIES:
        return Explained((), "It is not recorded how often it is measured.")
    if frequency == ONCE and end is None:
        return Explained((), "It is measured once, at the end, and no end date is recorded.")
    every = periods(frequency, start, today, end, days_to_report)
    over = tuple(one for one in every if one.last < today)
    rule = Reason(
        f"Measured {frequency.lower()} from {show_day(start)}; a result is due once its period is over."
    )
    if not over:
        running = f"; {every[-1].label} runs until {show_day(every[-1].last)}" if every else ""
        return Explained((), f"No result is due yet{running}.", (rule,))
    return Explained(over, f"{_count(over)} due: {_names(over)}.", (rule,))


def missing_periods(
    frequency: str, due: Sequence[ReportPeriod], recorded: Collection[date], today: date
) -> Explained[tuple[ReportPeriod, ...]]:
    """The stretches whose result is late: the day to hand it in is past and none is recorded.

    `recorded` has a day of each stretch that has a result, such as the one it begins on.
    """
    have = {ONCE if frequency == ONCE else period_label(frequency, day) for day in recorded}
    found = tuple(
        one for one in due if one.due < today and (ONCE if frequency == ONCE else one.label) not in have
    )
    steps = tuple(Reason(f"{one.label}: to be handed in by {show_day(one.due)}") for one in found)
    if not found:
        return Explained((), "No result is late.")
    return Explained(found, f"{_count(found)} late: {_names(found)}.", steps)


def _periods(
    frequency: str, start: date, until: date, end: date | None, report: timedelta
) -> Iterator[ReportPeriod]:
    """The stretches one after another."""
    if frequency == ONCE:
        if end is not None and start <= min(until, end):
            yield ReportPeriod(f"By {show_day(end)}", start, end, end + report)
        return
    length = _length(frequency)
    begins = add_months(start.replace(day=1), -((start.month - 4) % length))
    stop = until if end is None else min(until, end)
    while begins <= stop:
        following = add_months(begins, length)
        first = max(begins, start)
        last = following - _ONE if end is None else min(following - _ONE, end)
        if first <= stop:
            yield ReportPeriod(period_label(frequency, first), first, last, last + report)
        begins = following


def _length(frequency: str) -> int:
    """How many months a stretch has."""
    if frequency not in _LENGTHS:
        raise ValueError(f"“{frequency}” is not how often a KPI is measured.")
    return _LENGTHS[frequency]


def _count(found: Sequence[ReportPeriod]) -> str:
    """How many results, with the verb."""
    return "1 result is" if len(found) == 1 else f"{len(found):,} results are"


def _names(found: Sequence[ReportPeriod]) -> str:
    """The labels, only the last few of many."""
    labels = [one.label for one in found[-_NAMED:]]
    before = len(found) - len(labels)
    return f"{before:,} earlier, {', '.join(labels)}" if before else ", ".join(labels)
