"""Worked-out values that a new day changes by itself are worked out again when the file is opened for writing.

A contract that rolls over is the reason: its end and its last day for notice move on without anybody changing it.
Such values lie outside the history, so this leaves no step behind.
"""

from __future__ import annotations

from collections.abc import Iterator

from storage.engine.derive import Touched, derive
from storage.engine.fields import RECORDS
from storage.engine.query import Query
from storage.engine.reading import Reader
from storage.engine.steps import Progress
from storage.engine.store import Store


def overtaken(reader: Reader) -> Touched:
    """The records, by table, whose worked-out values a new day has made untrue."""
    found: Touched = {}
    for table, cls in RECORDS.items():
        for where in cls.DAILY(reader.today()) if cls.DAILY else ():
            found.setdefault(table, set()).update(reader.ids(cls, Query(where)))
    return {table: ids for table, ids in found.items() if ids}


def freshen(store: Store) -> int:
    """Work them out again; how many records that concerned. Raises `StorageError` when that cannot be saved."""
    found = overtaken(store)
    if found:
        for _ in store.long_step("Work out what the new day changed", _derived(store, found)):
            pass
    return sum(map(len, found.values()))


def _derived(store: Store, found: Touched) -> Iterator[Progress]:
    for _ in derive(store.conn, found, {}, store.today()):
        yield Progress(0, 0, "Working out dates and totals")
