"""What lies ahead by quarter of the financial year, and the quarters in which too much runs at once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from storage.engine.values import show_day, show_money
from storage.rules.explained import Explained, Reason
from storage.rules.kpi_periods import QUARTERLY, ReportPeriod, period_label, periods
from storage.rules.money import financial_year, financial_year_label
from storage.rules.months import add_months

MOST_AT_ONCE = 3
"""How many tenders can run at once before a quarter counts as a clash, when nothing else is set."""

_MOST_MONTHS = 1200  # a date further off than a century stands for “no end”


@dataclass(frozen=True, slots=True)
class Tender:
    """One procurement: from the day to start by to the end of the contract it replaces."""

    title: str
    start_by: date
    end: date


@dataclass(frozen=True, slots=True)
class Clash:
    """A quarter with too many tenders at once: the first day with the most of them, and which they are."""

    quarter: str
    day: date
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """Something that falls on a day: an end, a decision, a start; with a value in pence where it has one."""

    day: date
    title: str
    what: str = ""
    pence: int | None = None
    contract: int = 0  # which one, where it comes from a register


@dataclass(frozen=True, slots=True)
class QuarterPlan:
    """A quarter with what falls into it, in the order of the days."""

    label: str
    first: date
    last: date
    items: tuple[Planned, ...]

    @property
    def pence(self) -> int:
        """What the values in it come to; what has none is left out."""
        return sum(item.pence for item in self.items if item.pence is not None)


@dataclass(frozen=True, slots=True)
class YearPlan:
    """A financial year with its quarters."""

    label: str
    quarters: tuple[QuarterPlan, ...]

    @property
    def pence(self) -> int:
        """What the values in it come to; what has none is left out."""
        return sum(quarter.pence for quarter in self.quarters)

    @property
    def unknown(self) -> int:
        """How many things in it have no value, so that a total can say so."""
        return sum(item.pence is None for quarter in self.quarters for item in quarter.items)


def clashes(tenders: Sequence[Tender], most: int = MOST_AT_ONCE) -> Explained[tuple[Clash, ...]]:
    """The quarters in which more than `most` tenders run on one and the same day, in order.

    Both days of a tender count; one whose end lies before its start is left out. It looks a hundred years ahead.
    Raises ValueError for a number below nought.
    """
    if most < 0:
        raise ValueError("How many can run at once cannot be below nought.")
    running = sorted((each for each in tenders if each.start_by <= each.end), key=_begin)
    found = tuple(clash for quarter in _quarters_of(running) if (clash := _clash(running, quarter, most)))
    steps = tuple(
        Reason(
            f"{each.quarter}: {len(each.titles)} at once on {show_day(each.day)} ({', '.join(each.titles)})"
        )
        for each in found
    )
    if not found:
        return Explained((), f"No quarter has more than {most} tenders at once.")
    named = ", ".join(each.quarter for each in found)
    return Explained(found, f"More than {most} tenders run at once in {named}.", steps)


def forward_plan(items: Sequence[Planned], first: date, last: date) -> Explained[tuple[YearPlan, ...]]:
    """What falls between two days, by quarter under its financial year; empty quarters are there as well.

    Raises ValueError when the last day lies before the first, or a hundred years after it.
    """
    if last < first:
        raise ValueError("The last day lies before the first.")
    if last > add_months(first, _MOST_MONTHS):
        raise ValueError("These days lie more than a hundred years apart.")
    quarters = periods(QUARTERLY, first, last, last)
    within = sorted((item for item in items if first <= item.day <= last), key=_day_and_title)
    plans = [
        QuarterPlan(
            quarter.label,
            quarter.first,
            quarter.last,
            tuple(item for item in within if quarter.first <= item.day <= quarter.last),
        )
        for quarter in quarters
    ]
    years = dict.fromkeys(financial_year(plan.first) for plan in plans)
    found = tuple(
        YearPlan(
            financial_year_label(year), tuple(plan for plan in plans if financial_year(plan.first) == year)
        )
        for year in years
    )
    left = len(items) - len(within)
    why = f"{len(within):,} from {show_day(first)} to {show_day(last)}" + (
        f"; {left:,} outside these days." if left else "."
    )
    return Explained(found, why, tuple(_year_step(year) for year in found))


def _clash(running: Sequence[Tender], quarter: ReportPeriod, most: int) -> Clash | None:
    """The first day of a quarter on which the most tenders run, where they are too many.

    The number rises only on the quarter's first day or where a tender begins.
    """
    here = [each for each in running if each.start_by <= quarter.last and each.end >= quarter.first]
    if len(here) <= most:
        return None
    begins = sorted(max(each.start_by, quarter.first) for each in here)
    ends = sorted(each.end for each in here)
    counts = {day: bisect_right(begins, day) - bisect_left(ends, day) for day in begins}
    busiest = max(counts, key=lambda day: (counts[day], -day.toordinal()))
    if counts[busiest] <= most:
        return None
    titles = tuple(each.title for each in here if each.start_by <= busiest <= each.end)
    return Clash(period_label(QUARTERLY, busiest), busiest, titles)


def _quarters_of(running: Sequence[Tender]) -> tuple[ReportPeriod, ...]:
    """Every whole quarter from the first begin to the last end."""
    if not running:
        return ()
    furthest = add_months(running[0].start_by, _MOST_MONTHS)
    return periods(QUARTERLY, running[0].start_by, min(furthest, max(each.end for each in running)))


def _year_step(year: YearPlan) -> Reason:
    """What a year comes to, saying how many have no value."""
    count = sum(len(quarter.items) for quarter in year.quarters)
    gap = f", and {year.unknown:,} without a value" if year.unknown else ""
    return Reason(f"{year.label}: {count:,}, {show_money(year.pence)}{gap}")


def _begin(tender: Tender) -> tuple[date, str]:
    """The order of tenders."""
    return tender.start_by, tender.title


def _day_and_title(item: Planned) -> tuple[date, str]:
    """The order within a quarter."""
    return item.day, item.title
