"""Planned, forecast and actual spend set against one another by financial year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from storage.engine.values import show_money
from storage.rules.explained import Explained, Reason
from storage.rules.money import financial_year, financial_year_label
from storage.rules.rates import percentage, show_rate


@dataclass(frozen=True, slots=True)
class YearFigures:
    """What one financial year was planned to cost, is forecast to, and has cost so far; pence, None if unknown."""

    planned: int | None = None
    forecast: int | None = None
    actual: int | None = None


@dataclass(frozen=True, slots=True)
class Variance:
    """A figure over its plan (below nought: under it), in pence and in per cent of the plan where there is one."""

    against: str  # which figure was set against the plan: actual or forecast
    planned: int
    figure: int
    pence: int
    percent: Decimal | None


def variance(figures: YearFigures, closed: bool) -> Explained[Variance | None]:
    """How far a year is from its plan: by the actual once it is closed, by the forecast until then.

    A closed year without an actual is not judged by its forecast, nor an open one by what has been spent so far.
    """
    against = "actual" if closed else "forecast"
    figure = figures.actual if closed else figures.forecast
    if figures.planned is None:
        return Explained(None, "No planned value is recorded.")
    if figure is None:
        return Explained(None, f"No {against} is recorded.")
    lines = (
        Reason(f"Planned: {show_money(figures.planned)}."),
        Reason(f"{against.capitalize()}: {show_money(figure)}."),
    )
    return _set_against(against, figures.planned, figure, lines)


def variances(
    years: Mapping[int, YearFigures], today: date
) -> tuple[tuple[int, Explained[Variance | None]], ...]:
    """The variance of each financial year in order; those before that of `today` are closed."""
    now = financial_year(today)
    return tuple((year, variance(figures, closed=year < now)) for year, figures in sorted(years.items()))


def variance_together(
    years: Iterable[tuple[int, Explained[Variance | None]]],
) -> Explained[Variance | None]:
    """All years that have a variance taken together; the years that have none are named."""
    each = [(year, found.value) for year, found in years]
    known = [(year, one) for year, one in each if one is not None]
    without = [financial_year_label(year) for year, one in each if one is None]
    gap = f" Not counted: {', '.join(without)}." if without else ""
    if not known:
        return Explained(None, f"No year has both a plan and a figure to set against it.{gap}")
    kinds = {one.against for _, one in known}
    against = kinds.pop() if len(kinds) == 1 else "actual and forecast"
    planned, figure = sum(one.planned for _, one in known), sum(one.figure for _, one in known)
    lines = tuple(
        Reason(
            f"{financial_year_label(year)}: {show_money(one.figure)} against {show_money(one.planned)} planned."
        )
        for year, one in known
    )
    return _set_against(against, planned, figure, lines, gap)


def _set_against(
    against: str, planned: int, figure: int, reasons: tuple[Reason, ...], gap: str = ""
) -> Explained[Variance | None]:
    """A figure beside its plan, with the difference in pence, in per cent of the plan, and in words."""
    over = figure - planned
    percent = percentage(over, abs(planned)) if planned else None
    rate = f" ({show_rate(abs(percent))})" if percent is not None and over else ""
    state = f"{show_money(abs(over))} {'over' if over > 0 else 'under'} plan{rate}" if over else "On plan"
    why = f"{state}: {against} {show_money(figure)}, planned {show_money(planned)}.{gap}"
    return Explained(Variance(against, planned, figure, over, percent), why, reasons)
