"""The day a result counts from: the first of the month, quarter, half or year in which a return dates it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise

from storage.engine.fields import Value
from storage.records.measures import Kpi
from storage.rules.kpi_periods import HALF_YEARLY, MONTHLY, QUARTERLY, YEARLY
from storage.rules.months import add_months

_MONTHS = {MONTHLY: 1, QUARTERLY: 3, HALF_YEARLY: 6, YEARLY: 12}


def settle(values: Mapping[str, Value], kpis: Mapping[int, Kpi]) -> Mapping[str, Value]:
    """The values of a result with its day moved to the first of its period, so that 30 April and April are one.

    A KPI that begins within a period has its first result from that day on.
    """
    number, said = values.get("kpi"), values.get("period_start")
    kpi = kpis.get(number) if isinstance(number, int) else None
    if not isinstance(said, date) or (kpi is not None and kpi.frequency not in _MONTHS):
        return values
    if kpi is None:
        return {**values, "period_start": said.replace(day=1)}
    return {**values, "period_start": first_day(kpi.frequency, said, kpi.begins)}


def first_day(frequency: str, said: date, begins: date | None = None) -> date:
    """The first day of the period a day lies in, of a KPI that begins on a day. Raises KeyError for other words."""
    length = _MONTHS[frequency]
    first = add_months(said.replace(day=1), -((said.month - 4) % length))
    following = add_months(first, length)
    return begins if begins is not None and first < begins < following else first


def frequency_of(days: Iterable[date]) -> str:
    """How often something is measured, by the days from which its results count; monthly where one tells nothing."""
    months = sorted({day.year * 12 + day.month for day in days})
    gap = min((later - earlier for earlier, later in pairwise(months)), default=1)
    return next(words for words, length in reversed(_MONTHS.items()) if length <= gap)
