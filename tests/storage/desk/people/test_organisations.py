"""Organisations are found, retired and merged without a contract losing its provider."""

from dataclasses import replace

import pytest

from storage.desk.bin import move_to_bin, take_from_bin
from storage.desk.contract.links import add_party, parties_of_contract
from storage.desk.people.organisations import (
    bring_back,
    candidates,
    find_by_name,
    find_or_make,
    merge,
    parties_of,
    retire,
)
from storage.engine.errors import Refused, StorageError
from storage.records.contracts import Contract
from storage.records.organisations import Organisation, Person
from storage.records.parties import Party
from tests.storage.desk.register import Register


def add(register: Register, title: str) -> int:
    with register.store.step(f"Add {title}"):
        return register.store.save(Organisation(title=title)).key


def test_a_name_is_found_whatever_its_capitals_and_spaces(register: Register) -> None:
    store = register.store
    assert find_or_make(store, " MILLBROOK  health cic ").id == register.provider
    made = find_or_make(store, "  St  Anne’s Hospice ")
    assert made.title == "St Anne’s Hospice"
    assert find_or_make(store, "ST ANNE’S HOSPICE") == made
    assert find_by_name(store, "  ") is None
    with pytest.raises(StorageError, match="needs a name"):
        find_or_make(store, " ")


@pytest.mark.parametrize("name", ["Acme Limited", "ACME", "The Acme Company Ltd.", "acme, PLC"])
def test_names_alike_in_all_but_form_are_candidates_and_not_the_same(register: Register, name: str) -> None:
    acme = add(register, "Acme Ltd")
    add(register, "Acme Care Ltd")
    assert [o.id for o in candidates(register.store, name)] == [acme]
    assert find_by_name(register.store, name) is None
    assert candidates(register.store, "acme ltd") == []
    assert candidates(register.store, "Limited") == []


def test_a_provider_with_contracts_is_not_binned_but_retired_or_merged(register: Register) -> None:
    store = register.store
    with pytest.raises(Refused, match=r"1 contract names Millbrook Health CIC.*Retire it .* or merge it"):
        move_to_bin(store, Organisation, [register.provider])
    assert store.get(Organisation, register.provider).binned == ""
    assert retire(store, register.provider).retired
    assert register.labels()[-1] == "Retire Millbrook Health CIC"
    assert bring_back(store, register.provider).retired is None
    move_to_bin(store, Contract, [register.contract])
    move_to_bin(store, Organisation, [register.provider])
    assert store.get(Contract, register.contract).provider_name == "Millbrook Health CIC (in the bin)"
    take_from_bin(store, Organisation, [register.provider])
    assert store.get(Contract, register.contract).provider_name == "Millbrook Health CIC"


def test_a_merge_points_every_contract_to_the_new_one_in_one_step(register: Register) -> None:
    store = register.store
    into = add(register, "Millbrook Group")
    with store.step("More"):
        person = store.save(Person(title="Joy", organisation=register.provider))
        second = store.save(Contract(title="Second"))
    add_party(store, second.key, register.provider, "Host")
    steps = len(register.labels())
    assert merge(store, register.provider, into) == 2
    assert len(register.labels()) == steps + 1
    old = store.get(Organisation, register.provider)
    assert (old.retired, old.merged_into, old.contracts_held) == (True, into, 0)
    assert store.get(Contract, register.contract).provider_name == "Millbrook Group"
    assert store.get(Organisation, into).contracts_held == 1
    assert store.get(Person, person.key).organisation == into
    found = find_by_name(store, "Millbrook Health CIC")
    assert found is not None
    assert found.id == into
    with pytest.raises(StorageError, match="was merged into another"):
        bring_back(store, register.provider)
    register.undo()
    assert store.get(Contract, register.contract).provider_name == "Millbrook Health CIC"
    assert store.get(Organisation, register.provider).merged_into is None


def test_a_contract_that_names_both_keeps_the_new_one_once(register: Register) -> None:
    store = register.store
    into = add(register, "Millbrook Group")
    add_party(store, register.contract, into)
    add_party(store, register.contract, register.provider, "Host")
    merge(store, register.provider, into)
    held = [(p.organisation, p.role) for p in parties_of_contract(store, register.contract)]
    assert held == [(into, "Provider"), (into, "Host")]
    assert parties_of(store, register.provider) == []


def test_merges_follow_on_and_do_not_go_round(register: Register) -> None:
    store = register.store
    second, third = add(register, "Second"), add(register, "Third")
    merge(store, register.provider, second)
    merge(store, second, third)
    assert store.get(Organisation, register.provider).merged_into == third
    with pytest.raises(StorageError, match="into itself"):
        merge(store, third, third)
    with pytest.raises(StorageError, match="was itself merged"):
        merge(store, third, second)
    with store.step("A knot no page could tie"):
        store.save(replace(store.get(Organisation, third), merged_into=second))
        store.save(replace(store.get(Organisation, second), merged_into=third))
    assert find_by_name(store, "Second") is not None


def test_every_contract_keeps_a_live_party_after_a_merge(register: Register) -> None:
    store = register.store
    into = add(register, "Group")
    with store.step("Many"):
        contracts = store.save_many([Contract(title=f"C{n}") for n in range(30)])
        store.save_many([Party(contract=c.id, organisation=register.provider) for c in contracts])
    merge(store, register.provider, into)
    assert {store.get(Contract, c.key).provider_name for c in contracts} == {"Group"}
