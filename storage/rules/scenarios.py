"""Extend, re-procure or stop: what each would cost by financial year, and by when each has to be decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from storage.engine.values import Period, show_day, show_money
from storage.rules.explained import Explained, Reason
from storage.rules.last_safe_date import MOVABLE, SIGNED, STANDSTILL, Plan
from storage.rules.money import (
    financial_year,
    financial_year_label,
    first_day_of_year,
    last_day_of_year,
    phase_daily,
)
from storage.rules.months import subtract_period
from storage.rules.rates import checked_rate, part_of, raised_by, show_rate

EXTEND, REPROCURE, STOP = "Extend", "Re-procure", "Stop"

_ONE = timedelta(days=1)
_MOST_YEARS = 50  # prices raised every year for longer than this say nothing


@dataclass(frozen=True, slots=True)
class Basis:
    """What all options share: the days compared, the end of the contract, and its yearly cost in pence today.

    Prices change on every 1 April after the first day by `yearly_change` per cent, each time rounded to the
    penny. Raises ValueError for days out of order or more than 50 years apart, or what is no rate.
    """

    first: date
    until: date
    end: date
    annual: int
    yearly_change: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        if self.until < self.first:
            raise ValueError("The last day compared lies before the first.")
        if self.until.year - self.first.year > _MOST_YEARS:
            raise ValueError(f"Options can be compared over {_MOST_YEARS} years at most.")
        checked_rate(self.yearly_change)

    def annual_in(self, annual: int, year: int) -> int:
        """A yearly cost at today's prices, in pence at those of a financial year."""
        for _ in range(year - financial_year(self.first)):
            annual = raised_by(annual, self.yearly_change)
        return annual


@dataclass(frozen=True, slots=True)
class Running:
    """Something paid for every day of a stretch, by its yearly cost at today's prices."""

    words: str
    first: date
    last: date
    annual: int


@dataclass(frozen=True, slots=True)
class OneOff:
    """A cost that comes once, spread evenly over the days it falls on; its price does not change."""

    words: str
    pence: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class DecisionDay:
    """A day by which something has to be done for an option to stay open."""

    title: str
    day: date
    reason: Reason


@dataclass(frozen=True, slots=True)
class Option:
    """One way on: what is paid, and what has to be decided by when."""

    name: str
    running: tuple[Running, ...]
    one_offs: tuple[OneOff, ...] = ()
    decisions: tuple[DecisionDay, ...] = ()


@dataclass(frozen=True, slots=True)
class Spend:
    """What an option costs in pence by the year in which a financial year begins."""

    option: Option
    years: Mapping[int, int]

    @property
    def total(self) -> int:
        """All years together."""
        return sum(self.years.values())


@dataclass(frozen=True, slots=True)
class Comparison:
    """The options side by side over the same financial years, and what each costs more than the first."""

    years: tuple[int, ...]
    options: tuple[Spend, ...]
    differences: tuple[Mapping[int, int], ...]

    def more(self, place: int) -> int:
        """What the option at a place costs more than the first in all, in pence; below nought when less."""
        return sum(self.differences[place].values())


def extend(
    basis: Basis, plan: Plan | None = None, annual: int | None = None, until: date | None = None
) -> Option:
    """The contract goes on after its end, at its own price or another, to the last day compared or sooner."""
    last = basis.until if until is None else min(until, basis.until)
    going_on = Running("Extension", basis.end + _ONE, last, basis.annual if annual is None else annual)
    return Option(EXTEND, (_as_it_runs(basis, basis.end), going_on), decisions=_decisions(plan))


def reprocure(
    basis: Basis,
    plan: Plan | None = None,
    annual: int | None = None,
    transition: int = 0,
    double_running: Period | None = None,
) -> Option:
    """A new contract follows, at the same price or another, both at today's prices.

    For the time of double running before the end both are paid. The cost of transition falls evenly on the
    days from the signing to the end, or on the day of the end where there is no plan.
    """
    begins = basis.end + _ONE
    if double_running is not None:
        begins = max(basis.first, subtract_period(begins, double_running))
    new = Running("New contract", begins, basis.until, basis.annual if annual is None else annual)
    signed = plan.day(SIGNED) if plan is not None else None
    cost = OneOff("Transition", transition, min(signed or basis.end, basis.end), basis.end)
    return Option(
        REPROCURE, (_as_it_runs(basis, basis.end), new), (cost,) if transition else (), _decisions(plan)
    )


def stop(
    basis: Basis, on: date | None = None, exit_cost: int = 0, notice: Explained[date | None] | None = None
) -> Option:
    """The contract ends, at its end or sooner, and nothing follows; leaving may cost something on that day.

    `notice` is the day to give notice or to serve it by, with its reason.
    """
    last = basis.end if on is None else min(on, basis.end)
    cost = (OneOff("Exit", exit_cost, last, last),) if exit_cost else ()
    decisions: tuple[DecisionDay, ...] = ()
    if notice is not None and notice.value is not None:
        decisions = (DecisionDay("Give notice", notice.value, Reason(notice.why, rests_on=notice.reasons)),)
    return Option(STOP, (_as_it_runs(basis, last),), cost, decisions)


def spend(option: Option, basis: Basis) -> Explained[Spend]:
    """What an option costs by financial year; each year explained by what it is made of.

    A part of a year counts its days out of those of that financial year, half up; a one-off keeps its sum
    whatever the years it falls in.
    """
    years: dict[int, int] = {}
    made_of: dict[int, list[Reason]] = {}
    parts = [_running(each, basis) for each in option.running]
    parts += [_one_off(each) for each in option.one_offs]
    for year, pence, words in (line for part in parts for line in part):
        years[year] = years.get(year, 0) + pence
        made_of.setdefault(year, []).append(Reason(words))
    ordered = dict(sorted(years.items()))
    found = Spend(option, ordered)
    steps = tuple(
        Reason(f"{financial_year_label(year)}: {show_money(pence)}", rests_on=tuple(made_of[year]))
        for year, pence in ordered.items()
    )
    if not ordered:
        return Explained(found, f"{option.name}: nothing is paid between the days compared.")
    why = f"{option.name}: {show_money(found.total)} in all, {_span(ordered)}{_price_words(basis)}."
    return Explained(found, why, steps)


def compare(options: Sequence[Option], basis: Basis) -> Explained[Comparison]:
    """The options over the same years, each against the first. Raises ValueError when there are none."""
    if not options:
        raise ValueError("There is nothing to compare.")
    found = [spend(option, basis) for option in options]
    spends = tuple(each.value for each in found)
    years = tuple(sorted({year for each in spends for year in each.years}))
    base = spends[0].years
    differences = tuple(
        {year: each.years.get(year, 0) - base.get(year, 0) for year in years} for each in spends
    )
    comparison = Comparison(years, spends, differences)
    sentences = [f"{spends[0].option.name} costs {show_money(spends[0].total)}"]
    for place, each in enumerate(spends[1:], start=1):
        sentences.append(f"{each.option.name} {show_money(each.total)}, {_more(comparison.more(place))}")
    why = f"{'; '.join(sentences)} ({_span(years)}{_price_words(basis)})." if years else "Nothing is paid."
    return Explained(comparison, why, tuple(Reason(each.why, rests_on=each.reasons) for each in found))


def _as_it_runs(basis: Basis, last: date) -> Running:
    """The contract until a day, as far as it lies within what is compared."""
    return Running("Contract as it runs", basis.first, min(last, basis.until), basis.annual)


def _decisions(plan: Plan | None) -> tuple[DecisionDay, ...]:
    """The days of a plan on which somebody acts."""
    if plan is None:
        return ()
    return tuple(
        DecisionDay(each.title, each.day, each.reason)
        for each in plan.milestones
        if each.key in MOVABLE and each.key != STANDSTILL
    )


def _running(each: Running, basis: Basis) -> Iterable[tuple[int, int, str]]:
    """The years of something that runs: year, pence, words."""
    first, last = max(each.first, basis.first), min(each.last, basis.until)
    if last < first:
        return
    for year in range(financial_year(first), financial_year(last) + 1):
        begins, ends = first_day_of_year(year), last_day_of_year(year)
        days = (min(last, ends) - max(first, begins)).days + 1
        of = (ends - begins).days + 1
        level = basis.annual_in(each.annual, year)
        pence = part_of(level, days, of)
        how = "a full year" if days == of else f"{show_money(level)} a year × {days} of {of} days"
        yield year, pence, f"{each.words}: {show_money(pence)}, {how}{_raised(basis, year)}"


def _one_off(each: OneOff) -> Iterable[tuple[int, int, str]]:
    """The years of a cost that comes once: year, pence, words."""
    when = show_day(each.first)
    if each.last > each.first:
        when = f"{when} to {show_day(each.last)}, evenly by day"
    for year, pence in phase_daily(each.pence, each.first, each.last).items():
        yield year, pence, f"{each.words}: {show_money(pence)} of {show_money(each.pence)} ({when})"


def _raised(basis: Basis, year: int) -> str:
    """By how many yearly changes a price stands off from today's."""
    times = year - financial_year(basis.first)
    if not basis.yearly_change or not times:
        return ""
    often = "once" if times == 1 else f"{times} times"
    return f", prices changed {often} by {show_rate(basis.yearly_change)}"


def _price_words(basis: Basis) -> str:
    """How prices change, where they do."""
    if not basis.yearly_change:
        return ""
    return f", prices changing by {show_rate(basis.yearly_change)} every 1 April"


def _span(years: Iterable[int]) -> str:
    """The financial years from the first to the last."""
    every = list(years)
    first, last = financial_year_label(every[0]), financial_year_label(every[-1])
    return first if first == last else f"{first} to {last}"


def _more(pence: int) -> str:
    """A difference in words."""
    if not pence:
        return "the same"
    return f"{show_money(abs(pence))} {'more' if pence > 0 else 'less'}"
