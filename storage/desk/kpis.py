"""The KPIs of a contract with what their results come to: rating, trend, and results far past their target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from storage.engine.conditions import Where
from storage.engine.query import Order, Query
from storage.engine.reading import Reader
from storage.records.measures import TOLERANCES, Kpi, KpiResult
from storage.rules.explained import Explained
from storage.rules.kpi_periods import FREQUENCIES, ONCE, period_label, periods
from storage.rules.kpis import (
    MILESTONE,
    OVER_BY_PERCENT,
    milestone_rating,
    over_performance,
    rating,
    show_number,
    so_far,
    trend,
)
from storage.rules.kpis import Kpi as Aim


@dataclass(frozen=True, slots=True)
class Score:
    """One KPI with its results, oldest first, and what the rules make of them."""

    kpi: Kpi
    results: tuple[KpiResult, ...]
    rating: Explained[str]  # of the latest result
    trend: Explained[str]
    over: Explained[bool]

    @property
    def latest(self) -> KpiResult | None:
        """The result of the last period that has one; a period that is only opened is waiting for it."""
        return next((r for r in reversed(self.results) if r.value is not None), None)


def aim_of(kpi: Kpi) -> Aim:
    """What results are measured against, as the rules take it; a milestone is due on its last day."""
    return Aim(
        kpi.better,
        kpi.target,
        kpi.target_high,
        kpi.tolerance,
        kpi.tolerance_of == TOLERANCES[1],
        kpi.unit,
        kpi.ends,
    )


def scores(reader: Reader, kpis: Sequence[Kpi], today: date) -> dict[int, Score]:
    """The score of each KPI by its id, read with one question to the file."""
    asked = Query((Where("kpi", "any of", tuple(k.key for k in kpis)),), (Order("period_start"),))
    found: dict[int, list[KpiResult]] = {k.key: [] for k in kpis}
    for result in reader.all(KpiResult, asked) if kpis else ():
        found[result.kpi or 0].append(result)
    return {kpi.key: _score(kpi, tuple(found[kpi.key]), today) for kpi in kpis}


def _score(kpi: Kpi, results: tuple[KpiResult, ...], today: date) -> Score:
    aim, numbers = aim_of(kpi), so_far([r.value for r in results])
    latest = numbers[-1] if numbers else None
    rated = rating(latest, aim)
    if kpi.better == MILESTONE:
        reached = min((r.period_start for r in results if r.period_start), default=None)
        rated = milestone_rating(reached, aim, today)
    margin = kpi.over_by if kpi.over_by is not None and kpi.over_by >= 0 else OVER_BY_PERCENT
    return Score(kpi, results, rated, trend(numbers, aim), over_performance(latest, aim, margin))


def result_rating(kpi: Kpi, result: KpiResult, today: date) -> Explained[str]:
    """How one result stands against the target."""
    if kpi.better == MILESTONE:
        return milestone_rating(result.period_start, aim_of(kpi), today)
    return rating(result.value, aim_of(kpi))


def value_words(kpi: Kpi, result: KpiResult) -> str:
    """A result with the unit of its KPI; nothing when there is none."""
    return show_number(result.value, kpi.unit) if result.value is not None else ""


def period_words(kpi: Kpi, result: KpiResult) -> str:
    """The period a result is for, as it is called: `Q1 2026/27`; of what is measured once nothing."""
    if result.period_start is None or kpi.frequency not in FREQUENCIES or kpi.frequency == ONCE:
        return ""
    return period_label(kpi.frequency, result.period_start)


def next_period(kpi: Kpi, results: Sequence[KpiResult], today: date) -> date | None:
    """The first day of the earliest period that has begun and has no result; None when that cannot be told."""
    if kpi.begins is None or kpi.frequency not in FREQUENCIES:
        return None
    have = {period_words(kpi, r) for r in results}
    every = periods(kpi.frequency, kpi.begins, today, kpi.ends)
    return next((one.first for one in every if one.label not in have), None)
