"""Not now: a finding put aside until a day, with the reason, and brought back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from storage.desk.put_right.finding import Finding
from storage.desk.writing import joined_step
from storage.engine.conditions import Where
from storage.engine.errors import StorageError
from storage.engine.query import Query
from storage.engine.reading import Reader
from storage.engine.store import Store
from storage.engine.values import show_day
from storage.records.put_right import PutAside


def set_aside(reader: Reader) -> dict[str, PutAside]:
    """What is put aside today, by the key of its finding; without a day it stays aside."""
    today = reader.today()
    return {a.finding: a for a in reader.all(PutAside) if a.until is None or a.until > today}


def put_aside(store: Store, finding: Finding, reason: str, until: date | None) -> PutAside:
    """Leave a finding out of the list until a day. Raises `StorageError` without a reason or with a day gone by."""
    why = " ".join(reason.split())
    if not why:
        raise StorageError("Say why it can wait. Nothing was changed.")
    if until is not None and until <= store.today():
        raise StorageError(
            f"{show_day(until)} is not in the future. Nothing was changed. Choose a later day."
        )
    before = _kept(store, finding.key)
    title = f"{finding.subject}: {finding.words}"
    made = replace(before or PutAside(finding=finding.key), title=title, reason=why, until=until)
    with joined_step(store, f"Put aside: {finding.kind.title}, {finding.subject}"):
        return store.save(made)


def bring_back(store: Store, finding: Finding) -> None:
    """Show a finding again that was put aside; nothing happens when it was not."""
    before = _kept(store, finding.key)
    if before is not None:
        with joined_step(store, f"Bring back: {finding.kind.title}, {finding.subject}"):
            store.bin(PutAside, [before.key])


def _kept(store: Store, key: str) -> PutAside | None:
    held = store.all(PutAside, Query(where=(Where("finding", "is", (key,)),)))
    return held[0] if held else None
