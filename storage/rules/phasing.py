"""A contract's value laid out over financial years by the method chosen, and checked against its total."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from storage.engine.values import show_day, show_money
from storage.rules.explained import Explained, Reason
from storage.rules.money import (
    financial_year,
    financial_year_label,
    first_day_of_year,
    last_day_of_year,
    phase_daily,
    phase_monthly,
)
from storage.rules.months import last_day_of_months, whole_months
from storage.rules.rates import part_of

LONGEST_YEARS = 100
"""A stretch longer than this is a stand-in for “no end” and nothing to spread money over."""

_MOST_REASONS = 12


class PhasingMethod(StrEnum):
    """How a value is laid out over financial years."""

    DAILY = "Even by day"
    MONTHLY = "Whole months"
    ANNUAL = "Annual figures"
    MANUAL = "By hand"


_HOW = {
    PhasingMethod.DAILY: "evenly by day",
    PhasingMethod.MONTHLY: "evenly by whole months",
    PhasingMethod.ANNUAL: "from a figure for each contract year",
    PhasingMethod.MANUAL: "entered by hand",
}


@dataclass(frozen=True, slots=True)
class Phasing:
    """Pence by financial year, in order, beside the total they should come to (None when none is recorded)."""

    method: PhasingMethod
    years: Mapping[int, int]
    total: int | None
    warnings: tuple[str, ...] = field(default=())

    @property
    def difference(self) -> int:
        """What the years come to over the total; below nought when they fall short of it."""
        return 0 if self.total is None else sum(self.years.values()) - self.total

    @property
    def sums(self) -> bool:
        """Whether there is a total and the years come to it to the penny."""
        return self.total is not None and self.difference == 0


@dataclass(frozen=True, slots=True)
class YearEffect:
    """What a yearly sum costs in one financial year, and in a full one, in pence."""

    year: int
    part_year: int
    full_year: int


def phase(
    method: PhasingMethod,
    total: int | None,
    start: date | None,
    end: date | None,
    figures: Mapping[int, int] | None = None,
) -> Explained[Phasing | None]:
    """A value by financial year, and in words whether the years come to the total.

    By day and by month spread the total and always sum. Figures by hand are keyed by financial year (2026 for
    2026/27) and taken as they are; dates only serve to notice years outside them. Annual figures are keyed by
    contract year (1, 2, …), the last of which may be short; each is spread evenly over its own days.
    """
    given = dict(sorted((figures or {}).items()))
    if method is PhasingMethod.MANUAL:
        if not given:
            return Explained(None, "No figure is recorded for any financial year.")
        return _explained(Phasing(method, given, total, _outside(given, start, end)))
    trouble = _no_stretch(start, end)
    if trouble or start is None or end is None:
        return Explained(None, trouble)
    if method is PhasingMethod.ANNUAL:
        if not given:
            return Explained(None, "No figure is recorded for any contract year.")
        years, warnings = _by_contract_year(given, start, end)
        return _explained(Phasing(method, years, total, warnings))
    if total is None:
        return Explained(None, "No value is recorded.")
    spread = phase_daily if method is PhasingMethod.DAILY else phase_monthly
    return _explained(Phasing(method, spread(total, start, end), total), start, end)


def year_effect(
    annual: int | None, start: date | None, end: date | None, year: int
) -> Explained[YearEffect | None]:
    """The part-year and the full-year effect of a yearly sum that runs from `start` on, for one financial year.

    The part is counted in whole months where its dates make them, otherwise in days of that year, half up.
    Without an end the sum runs on.
    """
    if annual is None:
        return Explained(None, "No annual value is recorded.")
    if start is None:
        return Explained(None, "No start date is recorded.")
    first, last = max(start, first_day_of_year(year)), last_day_of_year(year)
    last = last if end is None else min(end, last)
    label = financial_year_label(year)
    full = Reason(f"The full-year effect is the annual value, {show_money(annual)}.")
    if last < first:
        return Explained(YearEffect(year, 0, annual), f"Nothing falls into {label}.", (full,))
    months, days = whole_months(first, last), (last - first).days + 1
    if months is not None:
        part, how = part_of(annual, months, 12), f"{months} ÷ 12 months"
    else:
        in_year = (last_day_of_year(year) - first_day_of_year(year)).days + 1
        part, how = part_of(annual, days, in_year), f"{days:,} ÷ {in_year:,} days"
    stretch = Reason(f"{show_day(first)} to {show_day(last)} lies in {label}, both days included.")
    why = f"{show_money(part)} in {label} = {show_money(annual)} a year × {how}; {show_money(annual)} in a full year."
    return Explained(YearEffect(year, part, annual), why, (stretch, full))


def _no_stretch(start: date | None, end: date | None) -> str:
    """Why there are no dates to spread a value over; nothing when there are."""
    if start is None or end is None:
        return f"No {'start' if start is None else 'end'} date is recorded."
    if end < start:
        return f"The end, {show_day(end)}, lies before the start, {show_day(start)}."
    if end.year - start.year > LONGEST_YEARS:
        return (
            f"The end, {show_day(end)}, lies more than {LONGEST_YEARS} years after the start, "
            f"{show_day(start)}, which is too long to spread a value over."
        )
    return ""


def _by_contract_year(
    figures: Mapping[int, int], start: date, end: date
) -> tuple[dict[int, int], tuple[str, ...]]:
    """The figure of each contract year spread over its days, by financial year, and what was noticed."""
    years = dict.fromkeys(range(financial_year(start), financial_year(end) + 1), 0)
    warnings = []
    number, first = 1, start
    while first <= end:
        last = min(end, last_day_of_months(start, 12 * number))
        if number in figures:
            for year, pence in phase_daily(figures[number], first, last).items():
                years[year] += pence
        else:
            warnings.append(f"Contract year {number} ({show_day(first)} to {show_day(last)}) has no figure.")
        number, first = number + 1, last + timedelta(days=1)
    beyond = [key for key in figures if not 1 <= key < number]
    warnings += [
        f"{show_money(figures[key])} for contract year {key} is left out: the contract has {_years(number - 1)}."
        for key in beyond
    ]
    return years, tuple(warnings)


def _outside(figures: Mapping[int, int], start: date | None, end: date | None) -> tuple[str, ...]:
    """What does not fit between figures by financial year and the dates of the contract."""
    warnings = []
    for year, pence in figures.items():
        label = financial_year_label(year)
        if pence and start is not None and year < financial_year(start):
            warnings.append(f"{show_money(pence)} is in {label}, before the start, {show_day(start)}.")
        if pence and end is not None and year > financial_year(end):
            warnings.append(f"{show_money(pence)} is in {label}, after the end, {show_day(end)}.")
    if start is not None and end is not None and not _no_stretch(start, end):
        missing = [y for y in range(financial_year(start), financial_year(end) + 1) if y not in figures]
        warnings += [f"{financial_year_label(year)} has no figure." for year in missing]
    return tuple(warnings)


def _explained(
    found: Phasing, start: date | None = None, end: date | None = None
) -> Explained[Phasing | None]:
    """The phasing with its sentence: how it was made, and whether it comes to the total."""
    come_to = sum(found.years.values())
    span = _span(found.years)
    how = _HOW[found.method]
    if found.total is None:
        why = f"{show_money(come_to)} over {span}, {how}; no total is recorded to check it against."
    elif found.difference:
        gap = f"{show_money(abs(found.difference))} {'more' if found.difference > 0 else 'less'}"
        why = f"The years come to {show_money(come_to)}, {gap} than the total of {show_money(found.total)} ({how})."
    else:
        why = f"{show_money(found.total)} over {span}, {how}; the years sum to it exactly."
    if start is not None and end is not None:
        why += f" It runs {show_day(start)} to {show_day(end)}, both days included."
    reasons = _reasons(found.years) + tuple(Reason(words) for words in found.warnings[:_MOST_REASONS])
    return Explained(found, why, reasons)


def _reasons(years: Mapping[int, int]) -> tuple[Reason, ...]:
    """The years one by one; of many, the first ones and what the others come to."""
    lines = [f"{financial_year_label(year)}: {show_money(pence)}." for year, pence in years.items()]
    if len(lines) > _MOST_REASONS:
        rest = list(years.values())[_MOST_REASONS - 1 :]
        lines[_MOST_REASONS - 1 :] = [f"And {len(rest)} years more: {show_money(sum(rest))}."]
    return tuple(Reason(line) for line in lines)


def _span(years: Iterable[int]) -> str:
    """From the first to the last financial year, counted: `4 financial years (2025/26 to 2028/29)`."""
    every = list(years)
    if len(every) == 1:
        return f"one financial year ({financial_year_label(every[0])})"
    first, last = financial_year_label(every[0]), financial_year_label(every[-1])
    return f"{len(every)} financial years ({first} to {last})"


def _years(count: int) -> str:
    """So many years in words."""
    return "one year" if count == 1 else f"{count} years"
