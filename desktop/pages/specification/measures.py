"""Outcomes, standards and measures as rows, and the contracts that use them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from desktop.pages.part_list import Options, PartColumn, PartList
from storage.desk.specification.measures_taken import used_in
from storage.desk.specification.specification_rows import of
from storage.desk.specification.standards import where_used
from storage.engine.fields import Record, Value
from storage.engine.query import Order
from storage.engine.reading import Reader
from storage.records.specification_parts import MEASURE, OUTCOME, STANDARD, SpecificationMeasure
from widgets.form import Group
from widgets.table_model import Cell
from widgets.worked import WorkedValue


def _asked(measure: SpecificationMeasure, _today: date) -> Cell:
    return Cell(measure.asked)


def _shown_by(reader: Reader, outcomes: Sequence[SpecificationMeasure], _today: date) -> Mapping[int, Cell]:
    """How many measures show an outcome; one that nothing shows says so."""
    parent = outcomes[0].specification if outcomes else None
    every = of(reader, SpecificationMeasure, parent) if parent else []
    counts = {o.key: sum(m.outcome == o.key and m.sort == MEASURE for m in every) for o in outcomes}
    return {
        key: Cell(f"{count} measure{'' if count == 1 else 's'}") if count else Cell("None", "red")
        for key, count in counts.items()
    }


def _used(reader: Reader, measure: SpecificationMeasure, _today: date) -> Sequence[WorkedValue]:
    """The contracts whose KPIs were taken from it."""
    found = used_in(reader, measure.key)
    names = ", ".join(" ".join(w for w in (c.reference, c.title) if w) for c in found)
    words = f"{len(found):,} contract{'' if len(found) == 1 else 's'}"
    return (WorkedValue("used", "Used in", words, f"It is a KPI of {names}.", ()),) if found else ()


def _named(reader: Reader, standard: SpecificationMeasure, _today: date) -> Sequence[WorkedValue]:
    """The specifications and sections that name a standard."""
    found = where_used(reader, standard)
    words = f"{len(found):,} place{'' if len(found) == 1 else 's'}" if found else "Nowhere else"
    why = "; ".join(each.words for each in found)
    return (WorkedValue("named", "Where it is used", words, f"{why}." if why else "", ()),)


def _only_outcomes(reader: Reader, parent: Record, name: str) -> Options | None:
    if name != "outcome":
        return None
    found = of(reader, SpecificationMeasure, parent.key, Order("position"))
    return [(m.key, m.title) for m in found if m.sort == OUTCOME]


def _next(sort: str, parts: Sequence[SpecificationMeasure]) -> Mapping[str, Value]:
    return {"sort": sort, "position": max((p.position or 0 for p in parts), default=0) + 1}


MEASURES = PartList[SpecificationMeasure](
    cls=SpecificationMeasure,
    link="specification",
    title="Measures",
    columns=("title", PartColumn("asked", "Threshold", _asked), "frequency"),
    groups=(
        Group("", ("title", "outcome", "aspect", "threshold", "target", "unit", "better", "frequency", "method",
                   "consequence")),
        Group("More", ("domain", "source", "position", "notes")),
    ),
    order=(Order("position"), Order("id")),
    none="No measure yet: nobody can tell whether the service does what it should.",
    add="Add a measure",
    defaults=lambda _reader, _parent, parts, _today: _next(MEASURE, parts),
    where=lambda part: part.sort == MEASURE,
    options=_only_outcomes,
    worked=_used,
    also=("kpi", "contract"),
)  # fmt: skip
STANDARDS = replace(
    MEASURES,
    title="Standards",
    columns=("title", "source", PartColumn("asked", "Threshold", _asked)),
    groups=(Group("", ("title", "source", "outcome", "threshold", "consequence", "position", "notes")),),
    none="No standard is named.",
    add="Add a standard",
    defaults=lambda _reader, _parent, parts, _today: _next(STANDARD, parts),
    where=lambda part: part.sort == STANDARD,
    worked=_named,
    also=("specification_section",),
)
OUTCOMES = replace(
    MEASURES,
    title="Outcomes",
    columns=("title", "domain", PartColumn("shown", "Shown by", cells=_shown_by)),
    groups=(Group("", ("title", "domain", "source", "position", "notes")),),
    none="No outcome yet: what should be better for people because of this service?",
    add="Add an outcome",
    defaults=lambda _reader, _parent, parts, _today: _next(OUTCOME, parts),
    where=lambda part: part.sort == OUTCOME,
    options=None,
    worked=None,
)
