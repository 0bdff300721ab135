"""What lies ahead by quarter of the financial year: how many decisions, and how much money ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from storage.desk.put_right.register import Register
from storage.desk.today.deciding import next_decision
from storage.records.contracts import Contract
from storage.rules.kpi_periods import QUARTERLY, ReportPeriod, periods
from storage.rules.money import financial_year, financial_year_label
from storage.rules.months import add_months

QUARTERS = 8


@dataclass(frozen=True, slots=True)
class Quarter:
    """One quarter: decisions due in it, contracts ending in it, and what those are worth a year, in pence.

    `ending_pence` is what ends for certain, `open_pence` what ends unless an option is taken up; `unknown` counts
    contracts that end without a known value.
    """

    year: str
    label: str
    first: date
    decisions: int = 0
    ending: int = 0
    ending_pence: int = 0
    open_pence: int = 0
    unknown: int = 0


def quarters_ahead(register: Register) -> tuple[Quarter, ...]:
    """The quarters from the one today lies in."""
    today = register.today
    spans = periods(QUARTERLY, today.replace(day=1), add_months(today, 3 * QUARTERS))[:QUARTERS]
    held = {c.key: c for c in register.rows(Contract, "annual_value", "annualised")}
    decided: dict[str, int] = {}
    ending: dict[str, list[tuple[int | None, bool]]] = {}
    for c in register.running:
        worth = held[c.key].annual_value if held[c.key].annual_value is not None else held[c.key].annualised
        if (day := next_decision(c, register)) is not None and (span := _span(spans, day)):
            decided[span.label] = decided.get(span.label, 0) + 1
        if c.ends is not None and (span := _span(spans, c.ends)):
            ending.setdefault(span.label, []).append((worth, c.extend_by is not None))
    return tuple(_quarter(span, decided.get(span.label, 0), ending.get(span.label, [])) for span in spans)


def _span(spans: Sequence[ReportPeriod], day: date) -> ReportPeriod | None:
    return next((span for span in spans if span.first <= day <= span.last), None)


def _quarter(span: ReportPeriod, decisions: int, ending: Sequence[tuple[int | None, bool]]) -> Quarter:
    return Quarter(
        financial_year_label(financial_year(span.first)),
        span.label.split()[0],
        span.first,
        decisions,
        len(ending),
        sum(worth for worth, is_open in ending if worth is not None and not is_open),
        sum(worth for worth, is_open in ending if worth is not None and is_open),
        sum(worth is None for worth, _ in ending),
    )
