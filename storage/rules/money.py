"""Financial years, the spread of a value over them, and the value of a year; all in whole pence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from storage.engine.values import show_day, show_financial_year, show_money
from storage.rules.explained import Explained, Reason
from storage.rules.months import months_between, whole_months
from storage.rules.rates import part_of

_APRIL = 4


def financial_year(day: date) -> int:
    """The year in which the financial year (1 April to 31 March) of a day begins."""
    return day.year if day.month >= _APRIL else day.year - 1


def financial_year_label(year: int) -> str:
    """The usual name of the financial year that begins in `year`: 2026/27."""
    return show_financial_year(year)


def first_day_of_year(year: int) -> date:
    """1 April of the financial year that begins in `year`; never before the calendar’s first day."""
    return date(year, _APRIL, 1) if year >= date.min.year else date.min


def last_day_of_year(year: int) -> date:
    """31 March at the end of the financial year that begins in `year`; never after the calendar’s last day.

    Registers write 31 December 9999 for “no end”, and that financial year has no end in the calendar.
    """
    return date(year + 1, 3, 31) if year < date.max.year else date.max


def phase_daily(total_pence: int, start: date, end: date) -> dict[int, int]:
    """A total spread evenly over its days, by financial year; both days included, the sum always exact.

    What has accrued by the end of each year is rounded half up, so the pence never drift.
    Raises ValueError when the end lies before the start.
    """
    _check_order(start, end)
    years = range(financial_year(start), financial_year(end) + 1)
    before = start.toordinal() - 1
    ends = [last_day_of_year(year).toordinal() - before for year in years[:-1]]
    return _phase(total_pence, years, [*ends, end.toordinal() - before])


def phase_monthly(total_pence: int, start: date, end: date) -> dict[int, int]:
    """A total spread over the contract's months, by financial year; the sum is always exact.

    Months count from the start and belong to the financial year they begin in; a part month at the end
    counts as one.
    Raises ValueError when the end lies before the start.
    """
    _check_order(start, end)
    count = whole_months(start, end) or months_between(start, end) + 1
    first = start.year * 12 + start.month - _APRIL  # months are counted on from the April of year 0
    years = range(first // 12, (first + count - 1) // 12 + 1)
    ends = [(year + 1) * 12 - first for year in years[:-1]]
    return _phase(total_pence, years, [*ends, count])


def value_of_a_year(total_pence: int | None, start: date | None, end: date | None) -> int | None:
    """The value of `annualised` alone, without the words: for a whole register at once."""
    if total_pence is None or start is None or end is None or end < start:
        return None
    months = whole_months(start, end)
    return part_of(total_pence, *((365, (end - start).days + 1) if months is None else (12, months)))


def annualised(total_pence: int | None, start: date | None, end: date | None) -> Explained[int | None]:
    """The value of twelve months, by whole months where the dates make them, otherwise by days; half up."""
    if total_pence is None:
        return Explained(None, "No value is recorded.")
    if start is None or end is None:
        return Explained(None, f"No {'start' if start is None else 'end'} date is recorded.")
    if end < start:
        return Explained(None, f"The end, {show_day(end)}, lies before the start, {show_day(start)}.")
    months = whole_months(start, end)
    days = (end - start).days + 1
    if months is not None:
        value, how = part_of(total_pence, 12, months), f"× 12 ÷ {months:,} months"
        length = f"{months:,} whole months"
    else:
        value, how = part_of(total_pence, 365, days), f"× 365 ÷ {days:,} days"
        length = f"no whole number of months, so {days:,} days are counted"
    why = f"{show_money(value)} = {show_money(total_pence)} {how} ({show_day(start)} to {show_day(end)})."
    reasons = (
        Reason(f"The value recorded is {show_money(total_pence)}."),
        Reason(f"{show_day(start)} to {show_day(end)}, both days included, makes {length}."),
    )
    return Explained(value, why, reasons)


def _check_order(start: date, end: date) -> None:
    """Refuse a stretch that ends before it starts."""
    if end < start:
        raise ValueError("The end lies before the start.")


def _phase(total_pence: int, years: Iterable[int], reached: Sequence[int]) -> dict[int, int]:
    """Split a total by how far it has got by the end of each year, rounding that and never the single parts."""
    whole = reached[-1]
    shares: dict[int, int] = {}
    before = 0
    for year, so_far in zip(years, reached, strict=True):
        accrued = part_of(total_pence, so_far, whole)
        shares[year], before = accrued - before, accrued
    return shares
