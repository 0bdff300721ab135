"""What a measure shows: its last result, rating and trend, worked out from the results by period."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Protocol

from storage.engine.fields import Record
from storage.engine.parts import Parts
from storage.rules.explained import Explained
from storage.rules.kpi_periods import ONCE, period_label
from storage.rules.kpis import (
    MILESTONE,
    OVER_BY_PERCENT,
    Kpi,
    milestone_rating,
    over_performance,
    rating,
    so_far,
    trend,
)

_PERCENT = "% of the target"


class Measure(Protocol):
    """What these rules read of a measure."""

    @property
    def better(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def target(self) -> Decimal | None: ...
    @property
    def target_high(self) -> Decimal | None: ...
    @property
    def tolerance(self) -> Decimal | None: ...
    @property
    def tolerance_of(self) -> str: ...
    @property
    def over_by(self) -> Decimal | None: ...
    @property
    def frequency(self) -> str: ...
    @property
    def due_on(self) -> date | None: ...
    @property
    def reached_on(self) -> date | None: ...


class Result(Protocol):
    """What these rules read of a result."""

    @property
    def period_start(self) -> date | None: ...
    @property
    def value(self) -> Decimal | None: ...


def results_of(parts: Parts) -> list[Result]:
    """The results by period, the oldest first; those without a period are left out."""
    held: tuple[Record, ...] = parts.of(Record, "results")
    found: list[Result] = [r for r in held if getattr(r, "period_start", None) is not None]  # type: ignore[misc]
    return sorted(found, key=lambda r: r.period_start or date.min)


def rule_of(measure: Measure) -> Kpi:
    """A measure as the rules of rating take it."""
    return Kpi(
        direction=measure.better,
        target=measure.target,
        upper=measure.target_high,
        tolerance=measure.tolerance,
        in_percent=measure.tolerance_of == _PERCENT,
        unit=measure.unit,
        by=measure.due_on,
    )


def latest(measure: Measure, parts: Parts) -> Explained[Decimal | None]:
    """The last result there is."""
    last = _last(parts)
    if last is None:
        return Explained(None, "No result is recorded.")
    return Explained(last.value, f"The result for {_period(measure, last)}.")


def latest_period(measure: Measure, parts: Parts) -> Explained[str]:
    """The period of the last result."""
    last = _last(parts)
    return Explained(_period(measure, last) if last else "", "The last period with a result.")


def measure_rating(measure: Measure, parts: Parts) -> Explained[str]:
    """The rating of the last result, or of a milestone by its day."""
    if measure.better == MILESTONE:
        return milestone_rating(measure.reached_on, rule_of(measure), parts.today)
    last = _last(parts)
    return rating(last.value if last else None, rule_of(measure))


def measure_trend(measure: Measure, parts: Parts) -> Explained[str]:
    """Where the last results lead."""
    if measure.better == MILESTONE:
        return Explained("", "A milestone has no trend.")
    return trend(so_far([r.value for r in results_of(parts)]), rule_of(measure))


def measure_over(measure: Measure, parts: Parts) -> Explained[bool]:
    """Whether the last result is so far past its target that it should be asked about."""
    last = _last(parts)
    margin = measure.over_by if measure.over_by is not None and measure.over_by >= 0 else OVER_BY_PERCENT
    return over_performance(last.value if last else None, rule_of(measure), margin)


def _last(parts: Parts) -> Result | None:
    return next((r for r in reversed(results_of(parts)) if r.value is not None), None)


def _period(measure: Measure, result: Result) -> str:
    if result.period_start is None:
        return ""
    if measure.frequency in ("", ONCE):
        return f"{result.period_start:%b %Y}"
    return period_label(measure.frequency, result.period_start)
