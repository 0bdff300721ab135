"""Adding and taking away the links of a contract, each as one step."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop.dialogs.pick import PickDialog, Picked
from desktop.session import Session
from storage.engine.fields import Record
from storage.engine.query import Order, Query
from storage.records.contracts import Contract, ContractService
from storage.records.organisations import Organisation
from storage.records.parties import ROLES, Party
from storage.records.services import Service
from storage.records.specifications import ContractSpecification, Specification


@dataclass(frozen=True, slots=True)
class _Linking:
    link: type[Record]  # the record that links
    target: type[Record]
    title: str
    add: str  # words that offer a new target; none when it needs more than a name


_KINDS = {
    "party": _Linking(Party, Organisation, "Add a party", "Add the organisation"),
    "service": _Linking(ContractService, Service, "Link a service", "Add the service"),
    "specification": _Linking(ContractSpecification, Specification, "Link a specification", ""),
}


def add_link(parent: QWidget, session: Session, contract: Contract, group: str) -> None:
    """Ask what to link, and link it."""
    kind = _KINDS[group]
    options = [
        (r.key, r.name) for r in session.store.all(kind.target, Query(order=(Order("title"),))) if _offered(r)
    ]
    roles = ROLES if group == "party" else ()
    dialog = PickDialog(parent, kind.title, options, may_add=kind.add, roles=roles)
    picked = dialog.picked() if dialog.exec() else None
    dialog.deleteLater()
    if picked is not None:
        session.attempt(lambda: _link(session, contract, group, picked))


def _offered(record: Record) -> bool:
    return not getattr(record, "retired", False)


def _link(session: Session, contract: Contract, group: str, picked: Picked) -> None:
    kind, store = _KINDS[group], session.store
    with store.step(f"{kind.title} to {contract.name}"):
        target = picked.id
        if not target:
            target = store.save(_new(kind.target, picked.new_name)).key
        if group == "party":
            store.save(Party(contract=contract.key, organisation=target, role=picked.role))
        elif group == "service":
            store.save(ContractService(contract=contract.key, service=target))
        else:
            store.save(ContractSpecification(contract=contract.key, specification=target))


def _new(cls: type[Record], name: str) -> Record:
    return Organisation(title=name) if cls is Organisation else Service(title=name)


def remove_link(session: Session, contract: Contract, group: str, number: int) -> None:
    """Take one link away; Undo brings it back."""

    def remove() -> None:
        with session.store.step(f"Unlink from {contract.name}"):
            session.store.bin(_KINDS[group].link, [number])

    session.attempt(remove)
