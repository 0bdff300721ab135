"""The life of a specification: which way it can go from where it is, who moved it on, when and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from storage.desk.office import who
from storage.desk.specification.specifications import versions_of
from storage.desk.writing import held, joined_step, not_after_today
from storage.engine.conditions import Where
from storage.engine.errors import Refused, StorageError
from storage.engine.query import Order, Query
from storage.engine.reading import Reader
from storage.engine.store import Store
from storage.records.specification_parts import LifeEvent
from storage.records.specifications import (
    APPROVED,
    CONSULTATION,
    DRAFT,
    IN_CONTRACT,
    SUPERSEDED,
    UNDER_REVIEW,
    WITHDRAWN,
    Specification,
)

WAYS: Mapping[str, Sequence[str]] = {
    DRAFT: (CONSULTATION, WITHDRAWN),
    CONSULTATION: (DRAFT, WITHDRAWN),
    APPROVED: (IN_CONTRACT, UNDER_REVIEW, SUPERSEDED, WITHDRAWN),
    IN_CONTRACT: (UNDER_REVIEW, SUPERSEDED, WITHDRAWN),
    UNDER_REVIEW: (CONSULTATION, APPROVED, IN_CONTRACT, SUPERSEDED, WITHDRAWN),
    SUPERSEDED: (UNDER_REVIEW,),
    WITHDRAWN: (DRAFT,),
}
"""Where it can go by somebody’s word; to Approved for the first time only by issuing a version."""
OVER = (SUPERSEDED, WITHDRAWN)
_NEEDS_REASON = (*OVER, DRAFT)


def ways(store: Reader, specification: Specification) -> tuple[str, ...]:
    """Where it can go from here; back to approved or into a contract only when a version was issued."""
    issued = bool(versions_of(store, specification.key))  # type: ignore[arg-type]
    known = WAYS.get(specification.status, (DRAFT,))
    return tuple(w for w in known if issued or w not in (APPROVED, IN_CONTRACT, SUPERSEDED))


def move_on(
    store: Store, specification_id: int, status: str, *, by: str = "", on: date | None = None, why: str = ""
) -> LifeEvent:
    """Move a specification on, and note who did it, when and why.

    Raises `Refused` for a way there is not, or one that needs a reason; `StorageError` for a day to come.
    """
    specification = held(store, Specification, specification_id)
    if status not in ways(store, specification):
        offered, at = ", ".join(ways(store, specification)) or "nowhere", specification.status
        raise Refused(
            f"{specification.name} is at {at}; from there it can go to: {offered}. Nothing was changed."
        )
    if status in _NEEDS_REASON and not why.strip():
        raise Refused(f"Moving to {status} needs a reason. Nothing was changed. Say why.")
    day = not_after_today(store, on or store.today(), "The day it moved on")
    if day < (last := _last_day(store, specification_id)):
        raise StorageError(
            f"It moved on last on {last:%-d %B %Y}; an earlier day cannot be. Nothing was changed."
        )
    with joined_step(store, f"Move {specification.name} to {status}"):
        event = note_move(store, specification, status, by=by, on=day, why=why)
        store.save(replace(specification, status=status))
    return event


def note_move(
    store: Store, specification: Specification, status: str, *, by: str, on: date, why: str = ""
) -> LifeEvent:
    """Write down that it moves on, inside the open step; the specification itself is saved by the caller."""
    event = LifeEvent(specification=specification.key, before=specification.status, status=status, on=on)
    return store.save(replace(event, by=who(store, by), why=why.strip()))


def events(store: Reader, specification_id: int) -> list[LifeEvent]:
    """The steps of its life, the first one first."""
    query = Query((Where("specification", "is", (specification_id,)),), (Order("on"), Order("id")))
    return store.all(LifeEvent, query)


def _last_day(store: Reader, specification_id: int) -> date:
    return max((e.on for e in events(store, specification_id) if e.on), default=date.min)
