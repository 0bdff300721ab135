"""Raising a value by agreed rates, step by step: each step rounded to the penny and able to say why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from storage.engine.values import Period, show_day, show_money
from storage.rules.explained import Explained, Reason
from storage.rules.months import add_months, subtract_period
from storage.rules.rates import checked_rate, raised_by, show_rate

MOST_STEPS = 400

EVERY_YEAR = Period(1, "y")

_PLACES = 10  # of an uplift and of an efficiency, so that the net of both stays exact


class IndexationMethod(StrEnum):
    """What a contract’s value follows."""

    NONE = "None"
    FIXED = "Fixed rate"
    CPI = "CPI"
    CPIH = "CPIH"
    NHS_ADDED = "NHS uplift less efficiency, added"  # u − e
    NHS_MULTIPLIED = "NHS uplift less efficiency, multiplied"  # (1 + u)(1 − e) − 1
    WAGE = "Wage linked"
    OTHER = "As agreed"


@dataclass(frozen=True, slots=True)
class NhsUplift:
    """The yearly cost uplift and efficiency of the NHS Payment Scheme, in per cent, and how one is taken off.

    Papers use both ways, so which one was meant is kept with the rates and never assumed.
    """

    uplift: Decimal
    efficiency: Decimal
    multiplied: bool  # (1 + u)(1 − e) − 1, otherwise u − e

    def __post_init__(self) -> None:
        checked_rate(self.uplift, _PLACES)
        if not 0 <= checked_rate(self.efficiency, _PLACES) <= 100:
            raise ValueError("An efficiency lies between 0% and 100%.")

    @property
    def rate(self) -> Decimal:
        """The net rate in per cent, not rounded."""
        less = self.uplift - self.efficiency
        return less - (self.uplift * self.efficiency).scaleb(-2) if self.multiplied else less

    def words(self) -> str:
        """The net rate and how it comes about."""
        how = "one after the other" if self.multiplied else "one taken from the other"
        return (
            f"Cost uplift {show_rate(self.uplift)} less efficiency {show_rate(self.efficiency)}, {how}, "
            f"is {show_rate(self.rate)}."
        )


@dataclass(frozen=True, slots=True)
class Limits:
    """What keeps a step within bounds: lowest rate (collar), highest rate (cap), and least value, in pence."""

    floor: Decimal | None = None
    cap: Decimal | None = None
    least_value: int | None = None

    def __post_init__(self) -> None:
        for rate in (self.floor, self.cap):
            if rate is not None:
                checked_rate(rate)
        if self.floor is not None and self.cap is not None and self.floor > self.cap:
            raise ValueError(f"The floor, {show_rate(self.floor)}, is above the cap, {show_rate(self.cap)}.")


NO_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Uplift:
    """One step: what a value was, the rate given and the rate used after floor and cap, and what it became."""

    before: int
    given: Decimal
    used: Decimal
    after: int
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A rate in per cent that applies from a day on, within what limits, and where it is published."""

    applies_from: date
    rate: Decimal | NhsUplift
    source: str = ""
    limits: Limits = NO_LIMITS


@dataclass(frozen=True, slots=True)
class Indexation:
    """How a contract’s value is raised: by what, from when, and how often."""

    method: IndexationMethod
    first: date | None = None
    every: Period = EVERY_YEAR


@dataclass(frozen=True, slots=True)
class Indexed:
    """A value after its steps; `stopped` is the first day for which no rate is known, if any."""

    base: int
    steps: tuple[Uplift, ...] = ()
    stopped: date | None = None

    @property
    def value(self) -> int:
        """Pence after the last step that could be made."""
        return self.steps[-1].after if self.steps else self.base


def uplifted(
    pence: int,
    rate: Decimal | NhsUplift,
    limits: Limits = NO_LIMITS,
    *,
    on: date | None = None,
    source: str = "",
) -> Explained[Uplift]:
    """One step: the value raised by a rate that is kept within floor and cap, rounded half up to the penny.

    The floor and the cap bound the *rate* (after efficiency is taken off); the least value bounds the *result*
    and comes last. Raises ValueError for what is no rate.
    """
    given = checked_rate(rate.rate if isinstance(rate, NhsUplift) else rate)
    used, bound = _within(given, limits)
    after = raised_by(pence, used)
    why = f"{show_money(after)} = {show_money(pence)} {_change(used)}."
    bounds = [bound] if bound else []
    if limits.least_value is not None and after < limits.least_value:
        bounds.append(
            f"{show_money(pence)} {_change(used)} is {show_money(after)}, below the least value agreed, "
            f"{show_money(limits.least_value)}, which is taken."
        )
        after, why = limits.least_value, ""
    if isinstance(rate, NhsUplift):
        first = Reason(rate.words(), source)
    else:
        first = Reason(f"The rate is {show_rate(given)}.", source)
    words = " ".join(part for part in (f"{show_day(on)}:" if on else "", why, *bounds) if part)
    return Explained(
        Uplift(pence, given, used, after, on), words, (first, *(Reason(bound) for bound in bounds))
    )


def rate_for(method: IndexationMethod, rate: Decimal, efficiency: Decimal | None) -> Decimal | NhsUplift:
    """The rate a method makes of a rate and an efficiency, which counts only for an NHS uplift (blank is 0%).

    Raises ValueError for what is no rate.
    """
    if method in (IndexationMethod.NHS_ADDED, IndexationMethod.NHS_MULTIPLIED):
        return NhsUplift(rate, efficiency or Decimal(0), method is IndexationMethod.NHS_MULTIPLIED)
    return checked_rate(rate)


def compounded(
    pence: int | None, steps: Sequence[Figure], until: date | None = None
) -> Explained[Indexed | None]:
    """A value raised by recorded steps in the order of their days, each on the one before, up to and on `until`.

    Of steps on one day all count, in the order listed.
    """
    if pence is None:
        return Explained(None, "No value is recorded.")
    due = [step for step in steps if until is None or step.applies_from <= until]
    made: list[Explained[Uplift]] = []
    value = pence
    for step in sorted(due, key=lambda step: step.applies_from):
        made.append(uplifted(value, step.rate, step.limits, on=step.applies_from, source=step.source))
        value = made[-1].value.after
    return _explained(pence, made)


def indexed(
    pence: int | None, rule: Indexation, figures: Sequence[Figure], until: date
) -> Explained[Indexed | None]:
    """A value raised at every date of a rule up to and on `until`, each step on the one before.

    Dates are counted from the first one. A fixed percentage stands until a later figure replaces it; any other
    rate serves for one step only, so that last year's inflation is never taken for this year's: where none is
    recorded the value stops there and the sentence says so.
    """
    if pence is None:
        return Explained(None, "No value is recorded.")
    if rule.method is IndexationMethod.NONE:
        return Explained(Indexed(pence), f"{show_money(pence)}: no indexation is agreed.")
    if rule.first is None:
        return Explained(None, f"Indexation by {rule.method} is agreed, but not from which day on.")
    days = _days(rule.first, rule.every, until)
    if len(days) > MOST_STEPS:
        return Explained(None, f"A step every {rule.every} up to {show_day(until)} is too many to work out.")
    due: list[Figure] = []
    stopped = None
    for day in days:
        figure = _in_force(figures, day, None if rule.method is IndexationMethod.FIXED else rule.every)
        if figure is None:
            stopped = day
            break
        due.append(replace(figure, applies_from=day))
    return _stopped(compounded(pence, due), stopped)


def _within(rate: Decimal, limits: Limits) -> tuple[Decimal, str]:
    """The rate within floor and cap, and in words which of them held it."""
    if limits.floor is not None and rate < limits.floor:
        return limits.floor, f"{show_rate(rate)} is below the floor, so {show_rate(limits.floor)} is used."
    if limits.cap is not None and rate > limits.cap:
        return limits.cap, f"{show_rate(rate)} is above the cap, so {show_rate(limits.cap)} is used."
    return rate, ""


def _change(rate: Decimal) -> str:
    """A rise or fall in words: plus 4.83%, less 2%."""
    return f"{'less' if rate < 0 else 'plus'} {show_rate(abs(rate))}"


def _days(first: date, every: Period, until: date) -> list[date]:
    """The days of the steps, counted from the first and never from one another; one too many when there are too many.

    Raises ValueError for a period of nought.
    """
    if every.count < 1:
        raise ValueError("Steps need time between them.")
    days: list[date] = []
    day = first
    while day <= until and len(days) <= MOST_STEPS:
        days.append(day)
        try:
            day = add_months(first, every.months * len(days)) + timedelta(days=every.days * len(days))
        except OverflowError:
            break
    return days


def _in_force(figures: Sequence[Figure], day: date, serves_for: Period | None) -> Figure | None:
    """The latest figure that applies on a day; with `serves_for`, none that already served for the step before.

    Of figures that apply from the same day the last one listed counts: a rate is revised by adding to the list.
    """
    found = max(
        (figure for figure in reversed(figures) if figure.applies_from <= day),
        key=lambda figure: figure.applies_from,
        default=None,
    )
    if found is None or serves_for is None:
        return found
    return found if found.applies_from > subtract_period(day, serves_for) else None


def _explained(base: int, steps: Sequence[Explained[Uplift]]) -> Explained[Indexed | None]:
    """The value after its steps, in how many, and the steps behind it."""
    found = Indexed(base, tuple(step.value for step in steps))
    if not steps:
        return Explained(found, f"{show_money(base)}: no step of indexation is due yet.")
    how = "one step" if len(steps) == 1 else f"{len(steps)} steps"
    why = f"{show_money(found.value)}, from {show_money(base)} by {how} of indexation."
    return Explained(found, why, tuple(Reason(step.why, "", step.reasons) for step in steps))


def _stopped(found: Explained[Indexed | None], on: date | None) -> Explained[Indexed | None]:
    """The same result, with the day from which no rate is known."""
    if on is None or found.value is None:
        return found
    why = f"{found.why} No rate is recorded for {show_day(on)}, so nothing is raised from then on."
    return Explained(replace(found.value, stopped=on), why, found.reasons)
