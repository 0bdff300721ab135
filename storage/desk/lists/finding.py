"""Finds a record as people name it: by its reference, or by the number shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

from storage.engine.conditions import Where
from storage.engine.errors import StorageError
from storage.engine.fields import Record
from storage.engine.query import Query
from storage.engine.store import Store
from storage.records.assessments import Run
from storage.records.contracts import Contract
from storage.records.services import Service
from storage.records.specifications import Specification

R = TypeVar("R", bound=Record)
MOST_LISTED = 8
_NUMBER = re.compile(r"#?(\d{1,15})", re.ASCII)


def find_contract(store: Store, words: str) -> Contract:
    """The contract of a reference or number. Raises `StorageError` when there is none or more than one."""
    return _find(store, Contract, words)


def find_run(store: Store, words: str) -> Run:
    """The checklist of a reference or number. Raises `StorageError` when there is none or more than one."""
    return _find(store, Run, words)


def find_specification(store: Store, words: str) -> Specification:
    """The specification of a reference or number. Raises `StorageError` when there is none or more than one."""
    return _find(store, Specification, words)


def find_service(store: Store, words: str) -> Service:
    """The service of a reference or number. Raises `StorageError` when there is none or more than one."""
    return _find(store, Service, words)


def _find(store: Store, cls: type[R], words: str) -> R:
    """A reference counts before a number; # before a number says that it is one."""
    wanted = _folded(words)
    what = cls.LABEL.lower()
    if not wanted:
        raise StorageError(f"Name the {what} by its reference or number.")
    same = _of_reference(store, cls, wanted)
    if len(same) > 1:
        raise StorageError(
            f"{len(same):,} {cls.PLURAL.lower()} have the reference {words.strip()}. "
            f"Use the number of one of them instead: {_listed(store, cls, same)}."
        )
    number = _NUMBER.fullmatch(wanted)
    if not same and number:
        same = [int(number[1])] if int(number[1]) in store.many(cls, [int(number[1])]) else []
    if not same:
        raise StorageError(
            f"No {what} has the reference or number {words.strip()}.{_hint(store, cls, words)}"
        )
    found = store.get(cls, same[0])
    if found.binned:
        raise StorageError(f"{found.name} is in the bin. Take it out of the bin first.")
    return found


def _of_reference(store: Store, cls: type[Record], wanted: str) -> list[int]:
    """The numbers of the records with a reference, the bin left out."""
    numbers: set[int] = set()
    for reference, count, total in store.tally(cls, "reference", "id"):
        if _folded(str(reference)) == wanted:
            asked = Query(where=(Where("reference", "is", (reference,)),))
            numbers |= {total} if count == 1 else set(store.ids(cls, asked))
    return sorted(numbers)


def _listed(store: Store, cls: type[Record], ids: Sequence[int]) -> str:
    found = store.many(cls, ids[:MOST_LISTED])
    listed = ", ".join(f"#{number} ({found[number].name})" for number in ids[:MOST_LISTED])
    return listed if len(ids) <= MOST_LISTED else f"{listed} and {len(ids) - MOST_LISTED:,} more"


def _hint(store: Store, cls: type[Record], words: str) -> str:
    """What is called something like it, to choose from."""
    hits = store.find(words, limit=3, tables=(cls.TABLE,))
    return f" Did you mean {_listed(store, cls, [hit.id for hit in hits])}?" if hits else ""


def _folded(words: str) -> str:
    return " ".join(words.split()).casefold()
