"""Financial years, the spread of a value over them, and the value of a year; all in whole pence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from storage.engine.values import show_day, show_money
from storage.rules.explained import Explained
from storage.rules.months import add_months, months_between, whole_months

_APRIL = 4


def financial_year(day: date) -> int:
    """The year in which the financial year (1 April to 31 March) of a day begins."""
    return day.year if day.month >= _APRIL else day.year - 1


def financial_year_label(year: int) -> str:
    """The usual name of the financial year that begins in `year`: 2026/27."""
    return f"{year}/{(year + 1) % 100:02d}"


def phase_daily(total_pence: int, start: date, end: date) -> dict[int, int]:
    """A total spread evenly over its days, by financial year; both days included, the sum always exact.

    What has accrued by the end of each year is rounded half up, so the pence never drift.
    Raises ValueError when the end lies before the start.
    """
    _check_order(start, end)
    shares = (
        (year, (min(end, date(year + 1, 3, 31)) - max(start, date(year, 4, 1))).days + 1)
        for year in range(financial_year(start), financial_year(end) + 1)
    )
    return _phase(total_pence, shares)


def phase_monthly(total_pence: int, start: date, end: date) -> dict[int, int]:
    """A total spread over the contract's months, by financial year; the sum is always exact.

    Months count from the start and belong to the financial year they begin in; a part month at the end
    counts as one.
    Raises ValueError when the end lies before the start.
    """
    _check_order(start, end)
    count = whole_months(start, end) or months_between(start, end) + 1
    shares: dict[int, int] = {}
    for month in range(count):
        year = financial_year(add_months(start, month))
        shares[year] = shares.get(year, 0) + 1
    return _phase(total_pence, shares.items())


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
        value, how = _share(total_pence, 12, months), f"× 12 ÷ {months:,} months"
    else:
        value, how = _share(total_pence, 365, days), f"× 365 ÷ {days:,} days"
    why = f"{show_money(value)} = {show_money(total_pence)} {how} ({show_day(start)} to {show_day(end)})."
    return Explained(value, why)


def _check_order(start: date, end: date) -> None:
    """Refuse a stretch that ends before it starts."""
    if end < start:
        raise ValueError("The end lies before the start.")


def _phase(total_pence: int, shares: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Split a total by weights, rounding what has accrued and never the single parts."""
    weighted = list(shares)
    whole = sum(weight for _, weight in weighted)
    accrued = [0]
    reached = 0
    for _, weight in weighted:
        reached += weight
        accrued.append(_share(total_pence, reached, whole))
    return {
        year: after - before for (year, _), (before, after) in zip(weighted, pairwise(accrued), strict=True)
    }


def _share(pence: int, part: int, whole: int) -> int:
    """`pence` × part ÷ whole in whole pence, half up (away from nought below it)."""
    size = (2 * abs(pence) * part + whole) // (2 * whole)
    return -size if pence < 0 else size
