"""Links between a contract and its parties, services and specifications; a link taken away lies in the bin."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from storage.desk.writing import found, held, joined_step
from storage.engine.conditions import Where
from storage.engine.errors import StorageError
from storage.engine.fields import Record
from storage.engine.query import Query
from storage.engine.store import Store
from storage.records.contracts import Contract, ContractService
from storage.records.organisations import Organisation
from storage.records.parties import ROLES, Party
from storage.records.services import Service
from storage.records.specifications import ContractSpecification, Specification

PROVIDER = "Provider"
R = TypeVar("R", bound=Record)


def parties_of_contract(store: Store, contract_id: int) -> list[Party]:
    """The parties to a contract in the order they were added."""
    return list(store.parts(found(store, Contract, contract_id)).of(Party, "parties"))


def set_provider(store: Store, contract_id: int, organisation_id: int | None) -> None:
    """Make one organisation the only provider of a contract; with none, the contract has no provider."""
    contract = held(store, Contract, contract_id)
    wanted = held(store, Organisation, organisation_id) if organisation_id is not None else None
    now = [p for p in parties_of_contract(store, contract_id) if p.role == PROVIDER]
    if [p.organisation for p in now] == ([organisation_id] if wanted else []):
        return
    words = f"Set the provider of {contract.name}" if wanted else f"Take the provider off {contract.name}"
    with joined_step(store, words):
        store.bin(Party, [p.key for p in (now[1:] if wanted else now)])
        if wanted and now:
            store.save(replace(now[0], organisation=organisation_id, share=""))
        elif wanted:
            store.save(Party(contract=contract_id, organisation=organisation_id, role=PROVIDER))


def add_party(
    store: Store, contract_id: int, organisation_id: int, role: str = PROVIDER, share: str = ""
) -> Party:
    """Name an organisation as a party to a contract; the one there is when it has that role already."""
    contract, organisation = held(store, Contract, contract_id), held(store, Organisation, organisation_id)
    if role not in ROLES:
        raise StorageError(
            f"“{role}” is no role in a contract. Nothing was changed. Choose one of {', '.join(ROLES)}."
        )
    for party in parties_of_contract(store, contract_id):
        if (party.organisation, party.role) == (organisation_id, role):
            return party
    with joined_step(store, f"Add {organisation.name} to {contract.name} as {role.lower()}"):
        return store.save(Party(contract=contract_id, organisation=organisation_id, role=role, share=share))


def remove_party(store: Store, party_id: int) -> None:
    """Take a party off its contract."""
    party = held(store, Party, party_id)
    contract = store.many(Contract, [party.contract or 0]).get(party.contract or 0)
    with joined_step(store, f"Take a party off {contract.name if contract else 'a contract'}"):
        store.bin(Party, [party_id])


def link_service(store: Store, contract_id: int, service_id: int) -> ContractService:
    """Say that a contract buys a service."""
    contract, service = held(store, Contract, contract_id), held(store, Service, service_id)
    made = ContractService(contract=contract_id, service=service_id)
    return _link(store, made, "service", f"Link {service.name} to {contract.name}")


def unlink_service(store: Store, contract_id: int, service_id: int) -> None:
    """Say that a contract does not buy a service."""
    contract = held(store, Contract, contract_id)
    _unlink(
        store, ContractService, contract_id, "service", service_id, f"Unlink a service from {contract.name}"
    )


def link_specification(store: Store, contract_id: int, specification_id: int) -> ContractSpecification:
    """Say that a contract works to a specification."""
    contract = held(store, Contract, contract_id)
    specification = held(store, Specification, specification_id)
    made = ContractSpecification(contract=contract_id, specification=specification_id)
    return _link(store, made, "specification", f"Link {specification.name} to {contract.name}")


def unlink_specification(store: Store, contract_id: int, specification_id: int) -> None:
    """Say that a contract does not work to a specification."""
    name, words = "specification", held(store, Contract, contract_id).name
    label = f"Unlink a specification from {words}"
    _unlink(store, ContractSpecification, contract_id, name, specification_id, label)


def services_of_contract(store: Store, contract_id: int) -> list[Service]:
    """The services a contract buys, those in the bin included."""
    links = store.all(ContractService, Query(where=(Where("contract", "is", (contract_id,)),)))
    named = store.many(Service, [link.service for link in links if link.service is not None])
    return list(named.values())


def specifications_of_contract(store: Store, contract_id: int) -> list[Specification]:
    """The specifications a contract works to, those in the bin included."""
    links = store.all(ContractSpecification, Query(where=(Where("contract", "is", (contract_id,)),)))
    named = store.many(
        Specification, [link.specification for link in links if link.specification is not None]
    )
    return list(named.values())


def _links(store: Store, cls: type[R], contract_id: int, name: str, number: int, *, binned: bool) -> list[R]:
    where = (Where("contract", "is", (contract_id,)), Where(name, "is", (number,)))
    return store.all(cls, Query(where=where, binned=binned))


def _link(store: Store, link: R, name: str, label: str) -> R:
    """The link that is there, one taken out of the bin again, or a new one."""
    contract, number = getattr(link, "contract"), getattr(link, name)  # noqa: B009  the record classes differ
    there = _links(store, type(link), contract, name, number, binned=False)
    if there:
        return there[0]
    earlier = _links(store, type(link), contract, name, number, binned=True)
    with joined_step(store, label):
        if not earlier:
            return store.save(link)
        store.unbin(type(link), [earlier[0].key])
        return store.get(type(link), earlier[0].key)


def _unlink(store: Store, cls: type[Record], contract_id: int, name: str, number: int, label: str) -> None:
    there = _links(store, cls, contract_id, name, number, binned=False)
    if there:
        with joined_step(store, label):
            store.bin(cls, [link.key for link in there])
