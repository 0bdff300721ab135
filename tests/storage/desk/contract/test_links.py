"""Links between a contract and what belongs to it: made once, taken away, and back again."""

import pytest

from storage.desk.contract.links import (
    add_party,
    link_service,
    link_specification,
    parties_of_contract,
    remove_party,
    services_of_contract,
    set_provider,
    specifications_of_contract,
    unlink_service,
    unlink_specification,
)
from storage.desk.specification.specifications import start_specification
from storage.engine.errors import StorageError
from storage.records.contracts import Contract
from storage.records.organisations import Organisation
from storage.records.services import Service
from tests.storage.desk.register import Register


def test_the_provider_is_set_changed_and_taken_off(register: Register) -> None:
    store = register.store
    with store.step("Another"):
        other = store.save(Organisation(title="Other")).key
    add_party(store, register.contract, other, "Provider", share="Lot 2")
    assert store.get(Contract, register.contract).provider_name == "Millbrook Health CIC; Other"
    set_provider(store, register.contract, other)
    assert store.get(Contract, register.contract).provider_name == "Other"
    steps = len(register.labels())
    set_provider(store, register.contract, other)
    assert len(register.labels()) == steps
    set_provider(store, register.contract, None)
    assert store.get(Contract, register.contract).provider_name == ""
    set_provider(store, register.contract, register.provider)
    assert store.get(Contract, register.contract).provider_name == "Millbrook Health CIC"
    register.undo()
    assert store.get(Contract, register.contract).provider_name == ""


def test_a_party_has_each_role_once_and_only_a_known_one(register: Register) -> None:
    store = register.store
    first = add_party(store, register.contract, register.provider, "Host")
    assert add_party(store, register.contract, register.provider, "Host") == first
    with pytest.raises(StorageError, match="“Friend” is no role"):
        add_party(store, register.contract, register.provider, "Friend")
    remove_party(store, first.key)
    assert [p.role for p in parties_of_contract(store, register.contract)] == ["Provider"]


def test_services_and_specifications_are_linked_once_and_come_back(register: Register) -> None:
    store = register.store
    specification = start_specification(store, "council", "Dermatology")
    link = link_specification(store, register.contract, specification.key)
    assert link_specification(store, register.contract, specification.key) == link
    assert specifications_of_contract(store, register.contract) == [specification]
    unlink_specification(store, register.contract, specification.key)
    assert specifications_of_contract(store, register.contract) == []
    assert link_specification(store, register.contract, specification.key).id == link.id
    unlink_service(store, register.contract, register.service)
    assert services_of_contract(store, register.contract) == []
    assert store.get(Service, register.service).contracts_held == 0
    link_service(store, register.contract, register.service)
    assert store.get(Service, register.service).contracts_held == 1
    steps = len(register.labels())
    unlink_service(store, register.contract, 99)
    assert len(register.labels()) == steps
