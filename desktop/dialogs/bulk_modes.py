"""What can be done to many records of one sort, as data: what is asked for, and the change it makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from storage.desk.contract.bulk_contracts import close, extend, finish, give_to, move_due
from storage.desk.lists.bulk import Change
from storage.engine.fields import Field, Kind, Period, Record, Value
from storage.engine.reading import Reader
from storage.records.actions import Action
from storage.records.contracts import Contract
from storage.records.organisations import Organisation
from storage.records.services import Service

Given = Mapping[str, Value]
Make = Callable[[Reader, Given], Change | None]  # no change while something is missing
WIDE = 300  # a field of this width has a row of its own


@dataclass(frozen=True, slots=True)
class Mode:
    """One thing that can be done. Without `make`, one field is set: which, the user picks."""

    key: str
    words: str
    about: str
    asked: tuple[Field, ...] = ()
    make: Make | None = None
    today: tuple[str, ...] = ()  # the days that begin as today


def _extend(reader: Reader, given: Given) -> Change | None:
    to, by = given["to"], given["by"]
    if (to is None) == (by is None):
        return None
    return extend(reader, cast("date | None", to), cast("Period | None", by))


def _give(_reader: Reader, given: Given) -> Change | None:
    lead, manager = str(given["lead_commissioner"]), str(given["contract_manager"])
    return give_to(lead, manager) if lead.strip() or manager.strip() else None


def _close(_reader: Reader, given: Given) -> Change | None:
    return close(given["on"], str(given["words"])) if isinstance(given["on"], date) else None


def _move(_reader: Reader, given: Given) -> Change | None:
    return move_due(given["by"]) if isinstance(given["by"], Period) else None


def _finish(_reader: Reader, given: Given) -> Change | None:
    return finish(given["on"]) if isinstance(given["on"], date) else None


FIELD = Mode("field", "Set a field", "Every one of them gets the same value.")
CONTRACTS = (
    FIELD,
    Mode(
        "extend",
        "Extend",
        "Give a new end or a length, not both. Notice periods stay as they are; a maximum end that is passed moves "
        "along, and the days that follow from the end are worked out again.",
        (Field("New current end", Kind.DAY, name="to"), Field("Longer by", Kind.PERIOD, name="by")),
        _extend,
    ),
    Mode(
        "give",
        "Who looks after them",
        "A name left blank stays as it is.",
        (Contract.FIELDS["lead_commissioner"], Contract.FIELDS["contract_manager"]),
        _give,
    ),
    Mode(
        "close",
        "Close",
        "Their status becomes Terminated; the day and the reason are added to their notes. Dates stay as they are.",
        (
            Field("Terminated on", Kind.DAY, name="on"),
            Field("Reason, for the notes", Kind.TEXT, name="words", width=120),
        ),
        _close,
        ("on",),
    ),
)
ACTIONS = (
    FIELD,
    Mode(
        "move",
        "Move the due date",
        "Each is due so much later; those done or without a day stay as they are.",
        (Field("Later by", Kind.PERIOD, name="by"),),
        _move,
    ),
    Mode(
        "done",
        "Mark done",
        "Those that are open become done.",
        (Field("Done on", Kind.DAY, name="on"),),
        _finish,
        ("on",),
    ),
)
MODES: Mapping[type[Record], tuple[Mode, ...]] = {
    Contract: CONTRACTS,
    Action: ACTIONS,
    Organisation: (FIELD,),
    Service: (FIELD,),
}  # specifications and checklists are changed one by one: what is issued or signed stays
