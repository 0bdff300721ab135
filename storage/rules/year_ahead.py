"""Next year's planned value of a contract: its yearly price, raised by the steps of the year, for the time it runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from storage.engine.values import show_day, show_money
from storage.rules.explained import Explained, Reason
from storage.rules.indexation import Figure, compounded
from storage.rules.money import (
    annualised,
    financial_year,
    financial_year_label,
    first_day_of_year,
    last_day_of_year,
)
from storage.rules.phasing import year_effect

_OCTOBER = 10


@dataclass(frozen=True, slots=True)
class Ahead:
    """A year of a contract in pence: its yearly price before and after the steps, and what is paid in the year.

    `level` is what would be paid in the year if no step were made.
    """

    year: int
    before: int
    after: int
    planned: int
    level: int


def year_to_prepare(today: date) -> int:
    """The financial year a commissioner prepares: from October on the next one, before that the one that runs."""
    return financial_year(today) + (today.month >= _OCTOBER or today.month < 4)


def runs_all_year(start: date | None, end: date | None, year: int) -> bool:
    """Whether a contract runs on every day of a financial year; a missing date is taken as no bound."""
    begins, ends = first_day_of_year(year), last_day_of_year(year)
    return (start is None or start <= begins) and (end is None or end >= ends)


def yearly_price(
    planned: int | None,
    annual: int | None,
    value: int | None,
    start: date | None,
    end: date | None,
    year: int,
    running_on: bool = False,
) -> Explained[int | None]:
    """What a contract costs in a full year, in pence, from the surest figure there is.

    First the plan of `year`, where the contract runs all of it; then its annual value; then its whole value
    brought to twelve months; last a plan for a part of the year, taken as it is. `running_on`: it goes on
    after its end, so the end bounds its value but not its years.
    """
    label = financial_year_label(year)
    if planned is not None and runs_all_year(start, None if running_on else end, year):
        return Explained(planned, f"{show_money(planned)} is planned for {label}.")
    if annual is not None:
        return Explained(annual, f"{show_money(annual)} is the annual value.")
    worked = annualised(value, start, end) if value is not None else None
    if worked is not None and worked.value is not None:
        return worked
    if planned is not None:
        why = f"{show_money(planned)} is planned for {label}, in which the contract does not run all year."
        return Explained(planned, why)
    return Explained(None, worked.why if worked is not None else "No value is recorded.")


def year_ahead(
    price: Explained[int | None], steps: Sequence[Figure], start: date | None, end: date | None, year: int
) -> Explained[Ahead | None]:
    """What a contract costs in a financial year at its price, with each step counted from its day on.

    Steps of other years are left out. Without an end the contract runs on; without a start it runs already.
    """
    if price.value is None:
        return Explained(None, price.why)
    begins, ends = first_day_of_year(year), last_day_of_year(year)
    first, last = max(start or begins, begins), min(end or ends, ends)
    label = financial_year_label(year)
    if last < first:
        why = f"Ends {show_day(end)}, before {label}." if end and end < begins else f"Begins after {label}."
        return Explained(None, why)
    due = [step for step in steps if begins <= step.applies_from <= ends]
    raised = compounded(price.value, due)
    after = raised.value.value if raised.value is not None else price.value
    parts = _parts(price.value, due, first, last, year)
    planned = sum(pence for pence, _ in parts)
    found = Ahead(year, price.value, after, planned, _effect(price.value, first, last, year))
    reasons = (Reason(price.why, "", price.reasons), *raised.reasons, *(Reason(words) for _, words in parts))
    return Explained(found, f"{show_money(planned)} planned for {label}. {_how(found)}", reasons)


def _how(found: Ahead) -> str:
    """The price behind a plan, in a sentence."""
    if found.after == found.before:
        return f"The yearly price stays {show_money(found.before)}."
    return f"The yearly price goes from {show_money(found.before)} to {show_money(found.after)}."


def _parts(price: int, steps: Sequence[Figure], first: date, last: date, year: int) -> list[tuple[int, str]]:
    """The stretches of the year between two steps: what is paid in each, and how that comes about."""
    days = sorted({first, *(step.applies_from for step in steps if first < step.applies_from <= last)})
    found = []
    for day, following in zip(days, [*days[1:], None], strict=True):
        until = following - timedelta(days=1) if following else last
        raised = compounded(price, steps, day).value
        level = raised.value if raised is not None else price
        found.append((_effect(level, day, until, year), year_effect(level, day, until, year).why))
    return found


def _effect(price: int, first: date, last: date, year: int) -> int:
    effect = year_effect(price, first, last, year).value
    return effect.part_year if effect is not None else 0
