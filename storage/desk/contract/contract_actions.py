"""The actions of one contract under numbers that stay: on paper, in a meeting, and when they are entered afterwards."""

from __future__ import annotations

from datetime import date

from storage.engine.conditions import Where
from storage.engine.query import Query
from storage.engine.reading import Reader
from storage.records.actions import Action
from storage.records.meetings import ReviewMeeting


def meetings_of(store: Reader, contract_id: int) -> list[ReviewMeeting]:
    """The meetings on a contract, the latest first; those without a day come last."""
    where = (Where("contract", "is", (contract_id,)),)
    held = store.all(ReviewMeeting, Query(where=where))
    return sorted(held, key=lambda m: (m.on or date.min, m.key), reverse=True)


def last_meeting(store: Reader, contract_id: int, before: date) -> ReviewMeeting | None:
    """The last meeting held before a day."""
    return next((m for m in meetings_of(store, contract_id) if m.on and m.on < before), None)


def numbered_actions(store: Reader, contract_id: int) -> dict[int, Action]:
    """All actions of a contract by number, done and dropped ones included.

    An action keeps its number: it counts those added before it, and one that lies in the bin still counts.
    """
    where = (Where("contract", "is", (contract_id,)),)
    every = [
        action for binned in (False, True) for action in store.all(Action, Query(where=where, binned=binned))
    ]
    every.sort(key=lambda action: action.key)
    return {number: action for number, action in enumerate(every, 1) if not action.binned}


def open_numbered(store: Reader, contract_id: int) -> dict[int, Action]:
    """The open actions of a contract by number."""
    return {n: a for n, a in numbered_actions(store, contract_id).items() if a.status == "Open"}
