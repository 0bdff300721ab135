"""The KPIs of a contract and their results by period: what a period is called, which comes next, which are late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from storage.engine.reading import Reader
from storage.records.contracts import Contract
from storage.records.measure_rules import rule_of
from storage.records.measures import Kpi, KpiResult
from storage.rules.explained import Explained
from storage.rules.kpi_periods import (
    FREQUENCIES,
    ONCE,
    ReportPeriod,
    missing_periods,
    period_label,
    periods,
    periods_due,
)
from storage.rules.kpis import MILESTONE, rating, show_number, target_words
from storage.rules.smart import KpiFields, smart_gaps


def target_of(kpi: Kpi) -> str:
    """What is to be reached, in words with its unit; nothing while no target is set."""
    words = target_words(rule_of(kpi))
    return "" if words.startswith("no ") else words


def result_rating(kpi: Kpi, result: KpiResult) -> Explained[str]:
    """How one result stands against the target."""
    return rating(result.value, rule_of(kpi))


def value_words(kpi: Kpi, result: KpiResult) -> str:
    """A result with the unit of its KPI; nothing when there is none."""
    return show_number(result.value, kpi.unit) if result.value is not None else ""


def period_words(kpi: Kpi, result: KpiResult) -> str:
    """The period a result is for, as it is called: `Q1 2026/27`; of what is measured once nothing."""
    if result.period_start is None or kpi.frequency not in FREQUENCIES or kpi.frequency == ONCE:
        return ""
    return period_label(kpi.frequency, result.period_start)


def begins(reader: Reader, kpi: Kpi) -> date | None:
    """The day the first period begins: as recorded, else the start of the contract."""
    if kpi.begins is not None or kpi.contract is None:
        return kpi.begins
    contract = reader.many(Contract, [kpi.contract]).get(kpi.contract)
    return contract.start if contract else None


def next_period(kpi: Kpi, since: date | None, results: Sequence[KpiResult], today: date) -> date | None:
    """The first day of the earliest period that has begun and has no result; None when that cannot be told."""
    if since is None or kpi.frequency not in FREQUENCIES or kpi.better == MILESTONE:
        return None
    have = {period_words(kpi, r) for r in results}
    every = periods(kpi.frequency, since, today, kpi.ends)
    return next((one.first for one in every if one.label not in have), None)


def late(
    kpi: Kpi, since: date | None, results: Sequence[KpiResult], today: date
) -> Explained[tuple[ReportPeriod, ...]]:
    """The periods that are over and have no result; a milestone has none."""
    if kpi.better == MILESTONE:
        return Explained((), "A milestone has no results by period.")
    due = periods_due(kpi.frequency, since, today, kpi.ends)
    recorded = [r.period_start for r in results if r.period_start is not None and r.value is not None]
    return missing_periods(kpi.frequency, due.value, recorded, today) if due.value else due


def gaps(kpi: Kpi) -> Explained[tuple[str, ...]]:
    """What a KPI lacks before it can be measured at all."""
    return smart_gaps(
        KpiFields(
            measure=kpi.title,
            direction=kpi.better,
            target=kpi.target,
            upper=kpi.target_high,
            tolerance=kpi.tolerance,
            method=kpi.method or kpi.source,
            frequency=kpi.frequency,
            owner=kpi.owner,
            by=kpi.due_on or kpi.ends,
        )
    )
