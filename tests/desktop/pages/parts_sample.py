"""Parts of a contract that exist for tests only: measures with their readings, and amounts by year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.pages.part_list import PartColumn, PartCommand, PartList
from desktop.pages.record_detail import RecordDetail, Tab
from desktop.session import Session
from storage.engine.conditions import Where
from storage.engine.fields import (
    RECORDS,
    Kind,
    Record,
    Value,
    choice,
    day,
    derived,
    link,
    money,
    note,
    record,
    text,
)
from storage.engine.parts import Parts, Reason
from storage.engine.query import Order, Query
from storage.engine.reading import Reader
from storage.engine.values import show_money
from storage.records.contracts import Contract
from widgets.form import Group
from widgets.table_model import Cell
from widgets.worked import WorkedValue

_BEFORE = dict(RECORDS)
RATINGS = ("Green", "Amber", "Red", "Not rated")


@dataclass(frozen=True)
class Told:
    """A worked-out value with its sentence."""

    value: object
    why: str
    reasons: tuple[Reason, ...] = ()


def _left(amount: Amount, parts: Parts) -> Told:
    left = (amount.planned or 0) - (amount.spent or 0)
    return Told(
        left, f"{show_money(amount.planned or 0)} planned less {show_money(amount.spent or 0)} spent."
    )


@record("try_measure", "Measure", named_by=("title",))
class Measure(Record):
    """What is measured."""

    contract: int | None = link("Contract", "contract")
    title: str = text("Measure", required=True, width=300)
    target: str = text("Target")
    due: date | None = day("Next due")
    rating: str = choice("Rating", RATINGS)
    agreed_with: int | None = link("Agreed with", "organisation")
    closed: date | None = day("Closed on")
    notes: str = note("Notes")


@record("try_reading", "Reading", named_by=("period",))
class Reading(Record):
    """What a measure came to."""

    measure: int | None = link("Measure", "try_measure")
    period: str = text("Period", required=True)
    came_to: str = text("Result")
    rating: str = choice("Rating", RATINGS)


@record("try_amount", "Amount", named_by=("year",), sealed_by="agreed_on")
class Amount(Record):
    """What is planned and spent in a year."""

    contract: int | None = link("Contract", "contract")
    year: str = text("Year", required=True)
    planned: int | None = money("Planned")
    spent: int | None = money("Spent")
    left: int | None = derived("Left", Kind.MONEY, rule=_left)
    measure: int | None = link("Paid for", "try_measure")
    agreed_on: date | None = day("Agreed on")


TRIED = {table: cls for table, cls in RECORDS.items() if table not in _BEFORE}
for _table in TRIED:
    del RECORDS[_table]


@contextmanager
def with_parts() -> Iterator[None]:
    """Let files hold these records too."""
    RECORDS.update(TRIED)
    try:
        yield
    finally:
        for table in TRIED:
            del RECORDS[table]


def next_reading(
    _reader: Reader, _parent: Record, parts: Sequence[Reading], _today: date
) -> Mapping[str, Value]:
    """The number after the last."""
    return {"period": f"Period {len(parts) + 1}"}


def planned(_reader: Reader, _parent: Record, parts: Sequence[Amount], _today: date) -> str:
    """What is planned altogether."""
    return f"{show_money(sum(a.planned or 0 for a in parts))} planned in all"


def _due(measure: Measure, today: date) -> Cell:
    if measure.due is None:
        return Cell()
    days = (measure.due - today).days
    return Cell(f"{measure.due:%-d %b %Y}", "amber" if 0 <= days < 60 else "")


def _readings(reader: Reader, measure: int) -> list[Reading]:
    asked = Query((Where("measure", "is", (measure,)),), (Order("period"),))
    return reader.all(Reading, asked)


def latest(reader: Reader, measures: Sequence[Measure], _today: date) -> Mapping[int, Cell]:
    """The last reading of each measure."""
    found = {m.key: _readings(reader, m.key) for m in measures}
    return {number: Cell(readings[-1].came_to) for number, readings in found.items() if readings}


def standing(reader: Reader, measure: Measure, _today: date) -> Sequence[WorkedValue]:
    """How a measure stands by its readings."""
    readings = _readings(reader, measure.key)
    if not readings:
        return ()
    last = readings[-1]
    why = f"{last.rating}: {last.came_to} in {last.period} against {measure.target}."
    return (WorkedValue("standing", "Stands at", last.rating, why, mark=last.rating.lower()),)


def mark_green(_widget: QWidget, session: Session, measure: Measure) -> None:
    """Rate a measure green."""
    session.change(Measure, measure.key, {"rating": "Green"})


READINGS = PartList[Reading](
    cls=Reading,
    link="measure",
    title="Readings",
    columns=("period", "came_to", "rating"),
    order=(Order("period"),),
    add="Add a reading",
    none="No readings yet.",
    defaults=next_reading,
)
MEASURES = PartList[Measure](
    cls=Measure,
    link="contract",
    title="Measures",
    columns=(
        "title",
        "target",
        "agreed_with",
        PartColumn("due", "Due", _due),
        PartColumn("latest", "Latest", cells=latest),
        "rating",
    ),
    worked=standing,
    groups=(Group("", ("title", "target", "due", "rating", "agreed_with", "closed", "notes")),),
    under=("agreed_with", "target"),
    order=(Order("title"),),
    add="Add a measure",
    none="Nothing is measured yet.",
    tone=lambda m, _today: "soft" if m.closed else "",
    children=(READINGS,),
    actions=(PartCommand("Rate green", mark_green, "check", when=lambda m, _today: m.rating != "Green"),),
)
AMOUNTS = PartList[Amount](
    cls=Amount,
    link="contract",
    title="By year",
    columns=(
        "year",
        "planned",
        "spent",
        "left",
        PartColumn("agreed", "Agreed", lambda a, _today: _agreed(a)),
    ),
    order=(Order("year"),),
    add="Add a year",
    none="No years yet.",
    summary=planned,
)


def _agreed(amount: Amount) -> Cell:
    return Cell("Agreed", "green", pill=True) if amount.agreed_on else Cell()


class TriedDetail(RecordDetail[Contract]):
    """A contract with its parts on two tabs."""

    cls = Contract
    tabs = (
        Tab("summary", "Summary", (Group("", ("title", "reference")),)),
        Tab("run", "Running it", parts=(MEASURES,)),
        Tab("money", "Money", (Group("", ("current_value", "annualised")),), parts=(AMOUNTS, MEASURES)),
    )


def contract_of(session: Session, number: int = 1) -> Contract:
    """One contract as it is saved."""
    return session.store.get(Contract, number)
