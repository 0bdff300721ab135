"""Adding records from a command: made with a working name, shown at once, named by typing over it."""

from __future__ import annotations

from desktop.pages.page import Place
from desktop.session import Session
from storage.engine.fields import Record, Value
from storage.engine.store import with_values
from storage.records.actions import Action
from storage.records.contracts import Contract
from storage.records.organisations import Organisation
from storage.records.services import Service

NEW: dict[str, tuple[type[Record], str]] = {
    "new.contract": (Contract, "contracts"),
    "new.service": (Service, "services"),
    "new.provider": (Organisation, "providers"),
    "new.action": (Action, "actions"),
}
LINKED = {
    "contracts": "contract",
    "services": "service",
    "checklists": "run",
    "specifications": "specification",
}


def add_record(session: Session, key: str, here: Place) -> Place | None:
    """Add a record of the kind a command names; an action keeps where it arose."""
    cls, page = NEW[key]
    values: dict[str, Value] = {"title": f"New {cls.LABEL.lower()}"}
    if cls is Action and here.record and here.page in LINKED:
        values[LINKED[here.page]] = here.record
    made: list[Record] = []

    def add() -> None:
        with session.store.step(f"Add {cls.LABEL.lower()}"):
            made.append(session.store.save(with_values(cls(), values)))

    return Place(page, made[0].key) if session.attempt(add) and made else None
