"""The bin: records go into it with what belongs to them, and come out of it the same way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from storage.desk.people.organisations import refuse_while_named
from storage.desk.writing import joined_step
from storage.engine.conditions import Where
from storage.engine.fields import Record
from storage.engine.query import Query
from storage.engine.store import Store
from storage.records.assessments import Given, Run
from storage.records.contracts import Contract
from storage.records.finance import Contribution, PriceStep, ValueYear
from storage.records.measures import Kpi, KpiResult
from storage.records.meetings import Attendance, ReviewMeeting
from storage.records.organisations import Organisation
from storage.records.planning import Reminder
from storage.records.procurements import Procurement, PublishedNotice, Representation
from storage.records.running import (
    ImprovementPlan,
    Milestone,
    Notice,
    PerformanceNotice,
    Risk,
    Variation,
)
from storage.records.scenarios import Scenario
from storage.records.specifications import Section, Specification
from storage.records.terms import BreakPoint, Extension

_OF_CONTRACT = (
    Extension, BreakPoint, ValueYear, Contribution, PriceStep, Variation, Notice, PerformanceNotice,
    ImprovementPlan, Risk, Kpi, ReviewMeeting, Procurement, Reminder, Scenario,
)  # fmt: skip
_PARTS: Mapping[type[Record], tuple[tuple[type[Record], str], ...]] = {
    Specification: ((Section, "specification"),),
    Run: ((Given, "run"),),
    Contract: tuple((cls, "contract") for cls in _OF_CONTRACT),
    Kpi: ((KpiResult, "kpi"),),
    ImprovementPlan: ((Milestone, "plan"),),
    ReviewMeeting: ((Attendance, "meeting"),),
    Procurement: ((PublishedNotice, "procurement"), (Representation, "procurement")),
}
"""Records made of rows that have no life of their own, and the field by which the rows name them."""
_WHOLES = {part: (whole, link) for whole, parts in _PARTS.items() for part, link in parts}
_AT_ONCE = 500  # records whose parts are asked for together


def move_to_bin(store: Store, cls: type[Record], ids: Sequence[int]) -> None:
    """Move records to the bin as one step. Raises `Refused` for a provider with contracts and for what is signed."""
    found = store.many(cls, ids)
    live = [number for number in ids if number in found and not found[number].binned]
    if not live:
        return
    if cls is Organisation:
        refuse_while_named(store, live)
    with joined_step(store, f"Move {_called(cls, [found[i] for i in live])} to the bin"):
        mark = datetime.now(UTC).isoformat(timespec="microseconds")  # so fine that it is nobody else's
        store.save_many([replace(found[i], binned=mark) for i in live])
        _mark_parts(store, cls, dict.fromkeys(live, ""), mark)


def take_from_bin(store: Store, cls: type[Record], ids: Sequence[int]) -> None:
    """Take records out of the bin as one step, with the parts that went into it with them."""
    found = store.many(cls, ids)
    binned = [number for number in ids if number in found and found[number].binned]
    if not binned:
        return
    with joined_step(store, f"Take {_called(cls, [found[i] for i in binned])} out of the bin"):
        store.unbin(cls, binned)
        _mark_parts(store, cls, {number: found[number].binned for number in binned}, "")


def without_parts(records: Iterable[Record]) -> list[Record]:
    """Records from the bin without the parts that went into it with what they belong to, and come back with it."""
    every = list(records)
    marks = {(type(record), record.key): record.binned for record in every}
    return [r for r in every if not (r.binned and r.binned == marks.get(_whole_of(r), ""))]


def _whole_of(record: Record) -> tuple[type[Record], int]:
    """Which record a part belongs to; of what has a life of its own, none that there is."""
    if type(record) not in _WHOLES:
        return Record, 0
    cls, link = _WHOLES[type(record)]
    return cls, getattr(record, link) or 0


def _mark_parts(store: Store, cls: type[Record], was: Mapping[int, str], now: str) -> None:
    """Give the parts of records, and the parts of these, another mark of the bin; `was` is the mark of each record.

    Only parts that carry the mark of their record follow it: one thrown away by itself stays where it is.
    """
    numbers, binned = list(was), any(was.values())
    for part, link in _PARTS.get(cls, ()):
        for first in range(0, len(numbers), _AT_ONCE):
            asked = Query((Where(link, "any of", tuple(numbers[first : first + _AT_ONCE])),), binned=binned)
            found = [p for p in store.all(part, asked) if p.binned == was[getattr(p, link)]]
            store.save_many([replace(p, binned=now) for p in found])
            _mark_parts(store, part, {p.key: p.binned for p in found}, now)


def _called(cls: type[Record], records: Sequence[Record]) -> str:
    if len(records) == 1:
        return records[0].name
    return f"{len(records):,} {cls.PLURAL.lower()}"
