"""What every act on the desk shares: the step it is written in, the record it starts from, the next reference."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TypeVar

from storage.engine.conditions import Where
from storage.engine.errors import Refused, StorageError
from storage.engine.fields import Record
from storage.engine.query import Query
from storage.engine.store import Store

R = TypeVar("R", bound=Record)


@contextmanager
def joined_step(store: Store, label: str, *, origin: object = None) -> Iterator[None]:
    """Write as part of the step that is open, so that several acts can be one; otherwise in a step of its own."""
    if store.steps.busy:
        yield
        return
    with store.step(label, origin=origin):
        yield


def held(store: Store, cls: type[R], number: int) -> R:
    """A record that is to be changed. Raises `StorageError` when there is none, `Refused` when it is in the bin."""
    record = found(store, cls, number)
    if record.binned:
        raise Refused(f"{record.name} is in the bin, so nothing was changed. Take it out of the bin first.")
    return record


def found(store: Store, cls: type[R], number: int) -> R:
    """A record by its number, the bin included. Raises `StorageError` when there is none."""
    record = store.many(cls, [number]).get(number)
    if record is None:
        raise StorageError(f"{cls.LABEL} number {number} is not in this file. Nothing was changed.")
    return record


def next_reference(store: Store, cls: type[Record], letters: str) -> str:
    """The next short reference, such as CL-4 after CL-3; one that lies in the bin is not used again."""
    pattern = re.compile(rf"{re.escape(letters)}-(\d{{1,9}})", re.IGNORECASE | re.ASCII)
    where = (Where("reference", "contains", (f"{letters}-",)),)
    highest = 0
    for binned in (False, True):
        for reference, _, _ in store.tally(cls, "reference", "id", Query(where=where, binned=binned)):
            match = pattern.fullmatch(str(reference).strip())
            highest = max(highest, int(match[1]) if match else 0)
    return f"{letters}-{highest + 1}"


def not_after_today(store: Store, day: date, what: str) -> date:
    """The day itself. Raises `StorageError` when it has not come yet."""
    if day > store.today():
        raise StorageError(f"{what} cannot lie in the future. Nothing was changed.")
    return day
