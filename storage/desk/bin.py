"""The bin: records go into it with what belongs to them, and come out of it the same way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from storage.desk.organisations import refuse_while_named
from storage.desk.writing import joined_step
from storage.engine.conditions import Where
from storage.engine.fields import Record
from storage.engine.query import Query
from storage.engine.store import Store
from storage.records.assessments import Given, Run
from storage.records.measures import Kpi, KpiResult
from storage.records.organisations import Organisation
from storage.records.specifications import Section, Specification

_PARTS: dict[type[Record], tuple[type[Record], str]] = {
    Specification: (Section, "specification"),
    Run: (Given, "run"),
    Kpi: (KpiResult, "kpi"),
}
"""Records made of rows that have no life of their own, and the field by which the rows name them."""


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
        for number in live:
            _mark_parts(store, found[number], "", mark)


def take_from_bin(store: Store, cls: type[Record], ids: Sequence[int]) -> None:
    """Take records out of the bin as one step, with the parts that went into it with them."""
    found = store.many(cls, ids)
    binned = [number for number in ids if number in found and found[number].binned]
    if not binned:
        return
    with joined_step(store, f"Take {_called(cls, [found[i] for i in binned])} out of the bin"):
        store.unbin(cls, binned)
        for number in binned:
            _mark_parts(store, found[number], found[number].binned, "")


def _mark_parts(store: Store, record: Record, was: str, now: str) -> None:
    """Give the parts of a record that carry one mark of the bin another."""
    if type(record) not in _PARTS:
        return
    cls, link = _PARTS[type(record)]
    asked = Query(where=(Where(link, "is", (record.key,)),), binned=bool(was))
    store.save_many([replace(p, binned=now) for p in store.all(cls, asked) if p.binned == was])


def _called(cls: type[Record], records: Sequence[Record]) -> str:
    if len(records) == 1:
        return records[0].name
    return f"{len(records):,} {cls.PLURAL.lower()}"
