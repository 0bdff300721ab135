"""The KPIs of a contract: each with its rating, target, last result and trend, its results by period inside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.pages.part_list import PartColumn, PartCommand, PartList
from desktop.pages.tab_extra import WorkedExtra
from desktop.session import Session
from desktop.words import count_words
from storage.desk.contract.kpis import (
    begins,
    gaps,
    late,
    next_period,
    period_words,
    result_rating,
    target_of,
    value_words,
)
from storage.engine.conditions import Where
from storage.engine.fields import Record, Value
from storage.engine.query import Order, Query
from storage.engine.reading import Reader
from storage.engine.values import show_day
from storage.records.contracts import Contract
from storage.records.measures import Kpi, KpiResult
from storage.rules.kpis import IMPROVING, MILESTONE, NOT_ENOUGH, STEADY, UNRATED, WORSENING, show_number
from widgets.form import Group
from widgets.table_model import Cell
from widgets.worked import WorkedValue

ARROWS = {IMPROVING: "↗", STEADY: "→", WORSENING: "↘"}
TABLES = ("kpi", "kpi_result")


def whole(session: Session) -> WorkedExtra:
    """What the KPIs make of the contract as a whole, above them."""
    return WorkedExtra(session, "", _of_contract, ("contract", *TABLES))


def _of_contract(_reader: Reader, record: Record, _today: date) -> Sequence[WorkedValue]:
    word = record.kpi_rating if isinstance(record, Contract) else ""
    if word in ("", UNRATED):
        return ()
    return (WorkedValue("kpi_rating", "The contract as a whole", word, mark=word.casefold()),)


def _results(reader: Reader, kpis: Sequence[Kpi]) -> dict[int, list[KpiResult]]:
    """The results of each KPI, read with one question to the file."""
    found: dict[int, list[KpiResult]] = {k.key: [] for k in kpis}
    asked = Query((Where("kpi", "any of", tuple(found)),), (Order("period_start"),))
    for result in reader.all(KpiResult, asked) if kpis else ():
        found[result.kpi or 0].append(result)
    return found


def _target(kpi: Kpi, _today: date) -> Cell:
    if kpi.better == MILESTONE:
        return Cell(f"by {show_day(kpi.due_on)}" if kpi.due_on else "")
    return Cell(target_of(kpi))


def _rating(kpi: Kpi, _today: date) -> Cell:
    word = kpi.rating or UNRATED
    return Cell(word, mark=word.casefold())


def _latest(kpi: Kpi, _today: date) -> Cell:
    if kpi.latest is None:
        return Cell(
            f"reached {show_day(kpi.reached_on)}" if kpi.better == MILESTONE and kpi.reached_on else ""
        )
    return Cell(show_number(kpi.latest, kpi.unit), note=kpi.latest_period)


def _trend(kpi: Kpi, _today: date) -> Cell:
    words = f"{ARROWS[kpi.trend]} {kpi.trend}" if kpi.trend in ARROWS else ""
    if kpi.over:
        return Cell("Over-performing", "blue", pill=True, note=words)
    return Cell(words)


def _summary(reader: Reader, _contract: Record, kpis: Sequence[Kpi], today: date) -> str:
    ratings = [k.rating or UNRATED for k in kpis]
    counts = ((word, ratings.count(word)) for word in ("Red", "Amber", "Green", UNRATED))
    said = [f"{count} {word.lower()}" for word, count in counts if count]
    results = _results(reader, kpis)
    waiting = sum(len(late(k, begins(reader, k), results[k.key], today).value) for k in kpis)
    return ", ".join(said) + (f"; {count_words(waiting, 'result')} missing" if waiting else "")


def _next_place(_reader: Reader, _contract: Record, kpis: Sequence[Kpi], _today: date) -> Mapping[str, Value]:
    return {"position": max((k.position or 0 for k in kpis), default=0) + 1}


def _worked(reader: Reader, kpi: Kpi, today: date) -> Sequence[WorkedValue]:
    """How it stands, what is missing, and what it lacks to be measured at all."""
    said = [_field(reader, kpi, "rating", "Rating", kpi.rating, kpi.rating.casefold())]
    if kpi.trend not in ("", NOT_ENOUGH):
        said.append(_field(reader, kpi, "trend", "Trend", f"{ARROWS[kpi.trend]} {kpi.trend}"))
    if kpi.over:
        said.append(_field(reader, kpi, "over", "Far past its target", "Over-performing: ask why"))
    waiting = late(kpi, begins(reader, kpi), _results(reader, [kpi])[kpi.key], today)
    if waiting.value:
        labels = ", ".join(one.label for one in waiting.value[-3:])
        earlier = len(waiting.value) - 3
        words = f"{labels} and {earlier} earlier" if earlier > 0 else labels
        said.append(WorkedValue("late", "Results missing", words, waiting.why, waiting.reasons))
    smart = gaps(kpi)
    missing = f"{count_words(len(smart.value), 'thing')} missing" if smart.value else "Nothing missing"
    return (*said, WorkedValue("smart", "SMART check", missing, smart.why, smart.reasons))


def _field(reader: Reader, kpi: Kpi, name: str, label: str, value: str, mark: str = "") -> WorkedValue:
    return WorkedValue(name, label, value, reader.why(kpi, name), reader.reasons(kpi, name), mark)


# ---- results


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


def _result_ratings(reader: Reader, results: Sequence[KpiResult], _today: date) -> Mapping[int, Cell]:
    kpi = _kpi_of(reader, results)
    rated = {r.key: result_rating(kpi, r).value for r in results} if kpi else {}
    return {number: Cell(word, mark=word.casefold()) for number, word in rated.items()}


def _result_worked(reader: Reader, result: KpiResult, _today: date) -> Sequence[WorkedValue]:
    kpi = _kpi_of(reader, [result])
    if kpi is None:
        return ()
    rated = result_rating(kpi, result)
    return (WorkedValue("rating", "Rating", rated.value, rated.why, rated.reasons, rated.value.casefold()),)


def _next_result(
    reader: Reader, kpi: Record, results: Sequence[KpiResult], today: date
) -> Mapping[str, Value]:
    if not isinstance(kpi, Kpi):
        return {}
    return {"period_start": next_period(kpi, begins(reader, kpi), results, today)}


def _take_measures(over: QWidget, session: Session, contract: Contract) -> None:
    from desktop.dialogs.take_measures import take_measures_dialog

    take_measures_dialog(over, session, contract)


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
        PartColumn("rating", "Rating", _rating),
        PartColumn("target", "Target", _target, right=False),
        PartColumn("latest", "Last result", _latest, right=True),
        PartColumn("trend", "Trend", _trend),
    ),
    groups=(
        Group(
            "",
            ("title", "aspect", "better", "unit", "target", "target_high", "tolerance", "tolerance_of",
             "frequency", "begins", "ends", "due_on", "reached_on", "baseline", "over_by", "position"),
        ),
        Group("Method and consequence", ("method", "source", "owner", "consequence", "framework", "notes")),
    ),
    order=(Order("position"), Order("title")),
    under=("target", "latest", "trend"),
    none="No KPIs yet.",
    add="Add a KPI",
    defaults=_next_place,
    summary=_summary,
    worked=_worked,
    children=(RESULTS,),
    children_first=True,
    commands=(PartCommand("Take from the specification…", _take_measures, "file-text"),),
)  # fmt: skip
