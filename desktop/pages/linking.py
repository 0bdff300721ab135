"""Adding and taking away the links of a contract, from what its page offers."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.dialogs.pick import PickDialog, Picked
from desktop.session import Session
from storage.desk.contract import links
from storage.desk.people.organisations import find_or_make
from storage.desk.writing import joined_step
from storage.engine.fields import Record
from storage.engine.query import Order, Query
from storage.records.contracts import Contract
from storage.records.organisations import Organisation
from storage.records.parties import ROLES
from storage.records.services import Service
from storage.records.specifications import Specification

TITLES = {"party": "Add a party", "service": "Link a service", "specification": "Link a specification"}
_TARGETS: dict[str, type[Record]] = {
    "party": Organisation,
    "service": Service,
    "specification": Specification,
}
_MAY_ADD = {"party": "Add the organisation", "service": "Add the service", "specification": ""}


def add_link(parent: QWidget, session: Session, contract: Contract, group: str) -> None:
    """Ask what to link, and link it."""
    every = session.store.all(_TARGETS[group], Query(order=(Order("title"),)))
    options = [(r.key, r.name) for r in every if not getattr(r, "retired", False)]
    roles = ROLES if group == "party" else ()
    dialog = PickDialog(parent, TITLES[group], options, may_add=_MAY_ADD[group], roles=roles)
    picked = dialog.picked() if dialog.exec() else None
    dialog.deleteLater()
    if picked is not None:
        session.attempt(partial(_link, session, contract, group, picked))


def _link(session: Session, contract: Contract, group: str, picked: Picked) -> None:
    store = session.store
    with joined_step(store, f"{TITLES[group]} to {contract.name}"):
        if group == "party":
            target = picked.id or find_or_make(store, picked.new_name).key
            links.add_party(store, contract.key, target, picked.role)
        elif group == "service":
            target = picked.id or store.save(Service(title=picked.new_name)).key
            links.link_service(store, contract.key, target)
        else:
            links.link_specification(store, contract.key, picked.id)


def remove_link(session: Session, contract: Contract, group: str, number: int) -> None:
    """Take one link away; Undo brings it back. For a party `number` is the party, else what is linked."""
    remove = {
        "party": partial(links.remove_party, session.store, number),
        "service": partial(links.unlink_service, session.store, contract.key, number),
        "specification": partial(links.unlink_specification, session.store, contract.key, number),
    }
    session.attempt(remove[group])
