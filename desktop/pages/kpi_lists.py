"""The KPIs on a contract's tab: each with its target, its latest result and where it leads, its results inside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from desktop.pages.part_list import PartColumn, PartList
from desktop.words import count_words
from storage.desk.kpis import (
    aim_of,
    next_period,
    period_words,
    result_rating,
    scores,
    value_words,
)
from storage.engine.fields import Record, Value
from storage.engine.query import Order
from storage.engine.reading import Reader
from storage.engine.values import show_day
from storage.records.measures import Kpi, KpiResult
from storage.rules.kpis import NOT_ENOUGH, UNRATED, target_words
from storage.rules.smart import KpiFields, smart_gaps
from widgets.form import Group
from widgets.table_model import Cell
from widgets.worked import WorkedValue


def _target(kpi: Kpi, _today: date) -> Cell:
    words = target_words(aim_of(kpi))
    return Cell() if words.startswith("no ") else Cell(words)


def _latest(reader: Reader, kpis: Sequence[Kpi], today: date) -> Mapping[int, Cell]:
    found = scores(reader, kpis, today)
    return {n: Cell(value_words(s.kpi, s.latest)) for n, s in found.items() if s.latest is not None}


def _ratings(reader: Reader, kpis: Sequence[Kpi], today: date) -> Mapping[int, Cell]:
    found = scores(reader, kpis, today)
    return {n: Cell(s.rating.value, mark=s.rating.value.casefold()) for n, s in found.items()}


def _summary(reader: Reader, _contract: Record, kpis: Sequence[Kpi], today: date) -> str:
    ratings = [s.rating.value for s in scores(reader, kpis, today).values()]
    counts = ((word, ratings.count(word)) for word in ("Red", "Amber", "Green", UNRATED))
    return ", ".join(f"{count} {word.lower()}" for word, count in counts if count)


def _next_place(_reader: Reader, _contract: Record, kpis: Sequence[Kpi], _today: date) -> Mapping[str, Value]:
    return {"position": max((k.position or 0 for k in kpis), default=0) + 1}


def _worked(reader: Reader, kpi: Kpi, today: date) -> Sequence[WorkedValue]:
    score = scores(reader, [kpi], today)[kpi.key]
    rated, led = score.rating, score.trend
    said = [
        WorkedValue("rating", "Latest rating", rated.value, rated.why, rated.reasons, rated.value.casefold())
    ]
    if led.value != NOT_ENOUGH:
        said.append(WorkedValue("trend", "Trend", led.value, led.why, led.reasons))
    if score.over.value:
        said.append(
            WorkedValue("over", "Far past its target", "Look into it", score.over.why, score.over.reasons)
        )
    smart = smart_gaps(
        KpiFields(kpi.title, kpi.better, kpi.target, kpi.target_high, kpi.tolerance, kpi.method,
                  kpi.frequency, kpi.owner, kpi.ends)
    )  # fmt: skip
    missing = f"{count_words(len(smart.value), 'thing')} missing" if smart.value else "Nothing missing"
    return (*said, WorkedValue("smart", "SMART check", missing, smart.why, smart.reasons))


def _kpi_of(reader: Reader, results: Sequence[KpiResult]) -> Kpi | None:
    number = results[0].kpi if results else None
    return reader.many(Kpi, [number]).get(number) if number else None


def _periods(reader: Reader, results: Sequence[KpiResult], _today: date) -> Mapping[int, Cell]:
    kpi = _kpi_of(reader, results)
    begun = {r.key: show_day(r.period_start) if r.period_start else "" for r in results}
    return {r.key: Cell((period_words(kpi, r) if kpi else "") or begun[r.key]) for r in results}


def _values(reader: Reader, results: Sequence[KpiResult], _today: date) -> Mapping[int, Cell]:
    kpi = _kpi_of(reader, results)
    return {r.key: Cell(value_words(kpi, r)) for r in results} if kpi else {}


def _result_ratings(reader: Reader, results: Sequence[KpiResult], today: date) -> Mapping[int, Cell]:
    kpi = _kpi_of(reader, results)
    rated = {r.key: result_rating(kpi, r, today).value for r in results} if kpi else {}
    return {number: Cell(word, mark=word.casefold()) for number, word in rated.items()}


def _result_worked(reader: Reader, result: KpiResult, today: date) -> Sequence[WorkedValue]:
    kpi = _kpi_of(reader, [result])
    if kpi is None:
        return ()
    rated = result_rating(kpi, result, today)
    return (WorkedValue("rating", "Rating", rated.value, rated.why, rated.reasons, rated.value.casefold()),)


def _next_result(
    reader: Reader, kpi: Record, results: Sequence[KpiResult], today: date
) -> Mapping[str, Value]:
    return {"period_start": next_period(kpi, results, today)} if isinstance(kpi, Kpi) else {}


RESULTS = PartList[KpiResult](
    cls=KpiResult,
    link="kpi",
    title="Results",
    columns=(
        PartColumn("period", "Period", cells=_periods),
        PartColumn("value", "Result", cells=_values, right=True),
        PartColumn("rating", "Rating", cells=_result_ratings),
    ),
    groups=(Group("", ("value", "period_start", "act_rating", "reported_on", "comment")),),
    order=(Order("period_start", descending=True),),
    none="No results yet.",
    add="Add a result",
    defaults=_next_result,
    worked=_result_worked,
    also=("kpi",),
)
KPIS = PartList[Kpi](
    cls=Kpi,
    link="contract",
    title="KPIs",
    columns=(
        "title",
        PartColumn("target", "Target", _target, right=False),
        PartColumn("latest", "Latest", cells=_latest, right=True),
        PartColumn("rating", "Rating", cells=_ratings),
    ),
    groups=(
        Group(
            "",
            ("title", "aspect", "better", "unit", "target", "target_high", "tolerance", "tolerance_of",
             "frequency", "begins", "ends", "baseline", "over_by"),
        ),
        Group("How it is measured", ("method", "source", "owner", "consequence", "framework", "notes")),
    ),
    order=(Order("position"), Order("title")),
    under=("target",),
    none="No KPIs yet.",
    add="Add a KPI",
    defaults=_next_place,
    summary=_summary,
    worked=_worked,
    children=(RESULTS,),
    children_first=True,
)  # fmt: skip
