"""Measures: what keeps a KPI from being measured, results that are late, and the indicators the law asks for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from storage.desk.put_right.finding import Finding, Kind, Severity
from storage.desk.put_right.register import Register, code_of, grouped
from storage.records.contracts import Contract
from storage.records.measures import Kpi, KpiResult
from storage.rules.kpi_periods import FREQUENCIES, missing_periods, periods_due
from storage.rules.kpis import MILESTONE
from storage.rules.procurement.procurement_act import kpis_owed
from storage.rules.procurement.regimes import PA23
from storage.rules.procurement.thresholds import NotInForce, count_of
from storage.rules.smart import KpiFields, smart_gaps

_GROUP = "Measures"
MUST, SHOULD, COULD = Severity.MUST, Severity.SHOULD, Severity.COULD
DAYS_TO_REPORT = 30  # after a period ends, before its result counts as late

NOT_SMART = Kind("kpi_not_smart", SHOULD, _GROUP, "KPI not fit to be measured", "{0}: {1}", "target")
RESULT_LATE = Kind("kpi_result_late", SHOULD, _GROUP, "KPI result missing", "{0}: {1}", "latest")
MILESTONE_LATE = Kind("kpi_milestone_late", SHOULD, _GROUP, "Milestone not reached",
    "{0}: it was to be reached by {1}.", "reached_on")  # fmt: skip
DUTY = Kind("kpi_duty", MUST, _GROUP, "Indicators the law asks for",
    "{0} It has {1}.", "kpi_exempt")  # fmt: skip
_FIELDS = (
    "title", "better", "unit", "target", "target_high", "tolerance", "method", "source", "frequency", "owner",
    "due_on", "reached_on", "begins", "ends",
)  # fmt: skip
_MENDS = (
    ("not say what", "title"), ("owner", "owner"), ("which way", "better"), ("target number", "target"),
    ("upper end", "target_high"), ("threshold", "tolerance"), ("method", "method"), ("how often", "frequency"),
    ("no day", "due_on"),
)  # fmt: skip


def measures(register: Register) -> Iterator[Finding]:
    """Every KPI of a contract that is not over."""
    kpis = register.of_active(Kpi, *_FIELDS)
    results = grouped(register.rows(KpiResult, "kpi", "period_start", "value"), "kpi") if kpis else {}
    for contract, kpi in kpis:
        yield from _gaps(register, contract, kpi)
        if kpi.better == MILESTONE:
            if kpi.reached_on is None and kpi.due_on is not None and kpi.due_on < register.today:
                yield register.found(MILESTONE_LATE, contract, kpi.name, kpi.due_on, at=kpi)
        elif kpi.frequency in FREQUENCIES:
            yield from _late(register, contract, kpi, results.get(kpi.key, []))


def _gaps(register: Register, contract: Contract, kpi: Kpi) -> Iterator[Finding]:
    if kpi.reached_on is not None:
        return
    fields = KpiFields(kpi.title, kpi.better, kpi.target, kpi.target_high, kpi.tolerance, kpi.method or kpi.source,
                       kpi.frequency, kpi.owner, kpi.due_on or kpi.ends)  # fmt: skip
    gaps = smart_gaps(fields).value
    if gaps:
        field = next((name for words, name in _MENDS if words in gaps[0]), "target")
        yield register.found(
            NOT_SMART, contract, kpi.name, " ".join(map(_without_letter, gaps)), at=kpi, field=field
        )


def _without_letter(gap: str) -> str:
    """A gap without the word of the acronym before it."""
    words = gap.partition(": ")[2] or gap
    return words[0].upper() + words[1:]


def _late(register: Register, contract: Contract, kpi: Kpi, results: list[KpiResult]) -> Iterator[Finding]:
    """Results of this and the last financial year that are missing; older ones are history."""
    begins, today = kpi.begins or contract.start, register.today
    if begins is None or begins > today:
        return
    since = date(today.year - (1 if today.month >= 4 else 2), 4, 1)
    due = periods_due(kpi.frequency, max(begins, since), today, kpi.ends or contract.ends, DAYS_TO_REPORT)
    have = [r.period_start for r in results if r.period_start is not None and r.value is not None]
    missing = missing_periods(kpi.frequency, due.value, have, today)
    if missing.value:
        yield register.found(RESULT_LATE, contract, kpi.name, missing.why, at=kpi)


def duty(register: Register) -> Iterator[Finding]:
    """Contracts that owe key performance indicators under the Procurement Act 2023, section 52, and have too few."""
    bound = [c for c in register.active if c.regime and code_of(c.regime) == PA23]
    held = grouped(register.rows(Kpi, "contract"), "contract") if bound else {}
    for c in register.more(bound).values():
        if c.kpi_exempt:
            continue
        value, on = (
            c.award_value or c.value_with_options or c.current_value,
            c.signed_on or c.award_date or c.start,
        )
        owed = kpis_owed(PA23, value, on, register.limits, framework="ramework" in c.contract_type)
        if not owed.value:
            continue
        try:
            least, _ = count_of("pa23_kpi_count", on, register.limits)
        except NotInForce:
            continue
        if (has := len(held.get(c.key, []))) < least:
            yield register.found(DUTY, c, owed.why, "none" if not has else f"only {has}")
