"""The procurement pipeline: what is to be bought again, by when it has to begin, and what has to be announced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from storage.desk.limits import limits
from storage.engine.conditions import Where
from storage.engine.query import Query
from storage.engine.reading import Reader
from storage.engine.values import long_day, show_money_short
from storage.records.contract_ends import NOTICE_SERVED
from storage.records.contracts import Contract
from storage.records.planning import LeadTime
from storage.rules.money import financial_year
from storage.rules.months import add_months
from storage.rules.procurement.notices import organisation_notices
from storage.rules.procurement.regimes import LIGHT_TOUCH, NONE, PA23, PCR2015, Regime, regime_called
from storage.rules.procurement.thresholds import NotInForce, Threshold, pence_of

USUAL_YEARS = 3
ANNOUNCED_MONTHS = 18  # of the financial year on: Procurement Act 2023, section 93(2)
YES, NO, NOT_KNOWN = "Yes", "No", "Not known"
_LEFT_OUT = ("Draft", "Terminated", "Cancelled")
_FIELDS = (
    "reference", "title", "provider_name", "directorate", "contract_manager", "regime", "route", "stage", "ends",
    "start_by", "extend_by", "value_with_options", "current_value", "cpv_code",
)  # fmt: skip
_ACT = (PA23, LIGHT_TOUCH)
_NOT_AGAIN = (PCR2015, NONE)  # under these nothing is begun any more


@dataclass(frozen=True, slots=True)
class Planned:
    """One contract to be bought again. `value` is in pence, of the contract that runs now, with every option.

    `announced` says whether the pipeline notice of the financial year names it; `why` is the reason.
    """

    contract: int
    reference: str
    title: str
    provider: str
    directorate: str
    manager: str
    regime: str
    route: str
    begin_by: date | None
    extend_by: date | None
    starts: date | None  # the new contract, the day after the old one ends
    value: int | None
    cpv: str
    announced: str
    why: str


@dataclass(frozen=True, slots=True)
class Pipeline:
    """What is to be bought again between two days, by the day it has to begin; what has no such day is last."""

    first: date
    last: date
    planned: tuple[Planned, ...]
    notice: str  # when the pipeline notice is due, in a sentence; empty where the law has none


def pipeline(reader: Reader, years: int = USUAL_YEARS) -> Pipeline:
    """What has to begin, or ends, within so many years of today. Drafts and what is over are left out.

    Raises `StorageError` when the file cannot be read.
    """
    today = reader.today()
    last = add_months(today, 12 * years)
    routes = {each.key: each for each in reader.all(LeadTime)}
    known = limits(reader)
    query = Query((Where("stage", "is not", _LEFT_OUT), Where("ends", "on or after", (today,))))
    rows = [
        _planned(number, dict(zip(_FIELDS, held, strict=True)), routes, today, known)
        for number, held in reader.values(Contract, _FIELDS, query)
    ]
    within = [r for r in rows if min(d for d in (r.begin_by, r.starts, date.max) if d) <= last]
    within.sort(key=lambda r: (r.begin_by or r.starts or date.max, r.title.casefold(), r.contract))
    return Pipeline(today, last, tuple(within), _notice(today, known))


def _planned(
    number: int,
    row: Mapping[str, object],
    routes: Mapping[int, LeadTime],
    today: date,
    known: tuple[Threshold, ...],
) -> Planned:
    begin = None if row["stage"] == NOTICE_SERVED else _day(row["start_by"])
    value = _pence(row["value_with_options"])
    value = _pence(row["current_value"]) if value is None else value
    route, ends = routes.get(cast("int", row["route"] or 0)), _day(row["ends"])
    regime = _next_regime(str(row["regime"] or ""), route)
    announced, why = _announced(regime, value, begin, today, known)
    return Planned(
        contract=number,
        reference=str(row["reference"] or ""),
        title=str(row["title"] or ""),
        provider=str(row["provider_name"] or ""),
        directorate=str(row["directorate"] or ""),
        manager=str(row["contract_manager"] or ""),
        regime=regime.title if regime else "",
        route=route.title if route else "",
        begin_by=begin,
        extend_by=_day(row["extend_by"]),
        starts=ends + timedelta(days=1) if ends else None,
        value=value,
        cpv=str(row["cpv_code"] or ""),
        announced=announced,
        why=why,
    )


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _pence(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _next_regime(now: str, route: LeadTime | None) -> Regime | None:
    """The rules the next procurement falls under: those of its route, else those of the contract while they go on."""
    found = regime_called(route.regime) if route is not None and route.regime else regime_called(now)
    return None if found is None or found.code in _NOT_AGAIN else found


def _announced(
    regime: Regime | None, value: int | None, begin: date | None, today: date, known: tuple[Threshold, ...]
) -> tuple[str, str]:
    """Whether a pipeline notice names it: more than the limit, to be tendered within 18 months of the year’s start.

    Procurement Act 2023, section 93. Whether a notice is owed at all depends on what is spent, which is not known here.
    """
    if regime is None:
        return NOT_KNOWN, "The rules of the next procurement are not known: choose a route."
    if regime.code not in _ACT:
        return NO, f"{regime.title}: it has no pipeline notice."
    try:
        least, _ = pence_of("pa23_pipeline_value", today, known)
    except NotInForce as error:
        return NO, str(error)
    if value is None:
        return NOT_KNOWN, "No value is recorded."
    if value <= least:
        return NO, f"Not more than {show_money_short(least)}."
    until = add_months(date(financial_year(today), 4, 1), ANNOUNCED_MONTHS)
    if begin is None:
        return NOT_KNOWN, "No day to begin is known: choose a route."
    if begin >= until:
        return NO, f"It need not begin before {long_day(until)}."
    return YES, f"More than {show_money_short(least)}, and to begin before {long_day(until)}."


def _notice(today: date, known: tuple[Threshold, ...]) -> str:
    """When the next pipeline notice is due, for a body that spends enough to owe one."""
    for year in (financial_year(today), financial_year(today) + 1):
        for notice in organisation_notices(year, known):
            if notice.code == "UK1" and notice.due.value and notice.due.value >= today:
                spend, _ = pence_of("pa23_pipeline_spend", notice.due.value, known)
                return (
                    f"A body that expects to pay more than {show_money_short(spend)} in the financial year publishes "
                    f"its pipeline notice by {long_day(notice.due.value)}."
                )
    return ""
