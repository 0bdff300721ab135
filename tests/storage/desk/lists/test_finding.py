"""Records are found by the reference or number a person types, and doubts are told."""

import pytest

from storage.desk.bin import move_to_bin
from storage.desk.checklists.runs import start_run
from storage.desk.lists.finding import find_contract, find_run, find_specification
from storage.desk.specification.specifications import start_specification
from storage.engine.errors import StorageError
from storage.records.contracts import Contract
from tests.storage.desk.register import Register


@pytest.mark.parametrize("words", ["CD-0064", " cd-0064 ", "1", "#1", "# 1".replace(" ", "")])
def test_a_contract_is_found_by_reference_or_number(register: Register, words: str) -> None:
    assert find_contract(register.store, words).id == register.contract


def test_runs_and_specifications_are_found_by_their_short_references(register: Register) -> None:
    run = start_run(register.store, "T01", contract=register.contract)
    specification = start_specification(register.store, "council", "Home care")
    assert find_run(register.store, "cl-1").id == run.id
    assert find_specification(register.store, "SP-1").id == specification.id


def test_a_reference_counts_before_a_number(register: Register) -> None:
    store = register.store
    with store.step("A number as reference"):
        other = store.save(Contract(title="Other", reference="1"))
    assert find_contract(store, "1").id == other.id
    assert find_contract(store, "#1").id == register.contract


def test_repeated_references_are_listed_with_their_numbers(register: Register) -> None:
    store = register.store
    with store.step("Doubles"):
        store.save_many([Contract(title="Second", reference="cd-0064")])
        store.save_many([Contract(title="Third", reference="CD-0064"), Contract(title="No reference")])
    with pytest.raises(StorageError, match=r"3 contracts have the reference CD-0064") as told:
        find_contract(store, "CD-0064")
    assert "#1 (Community dermatology clinics), #2 (Second), #3 (Third)" in str(told.value)
    with store.step("Many"):
        store.save_many([Contract(title="More", reference="CD-0064") for _ in range(20)])
    with pytest.raises(StorageError, match="and 15 more"):
        find_contract(store, "CD-0064")


def test_what_is_not_there_is_told_with_what_is_like_it(register: Register) -> None:
    with pytest.raises(
        StorageError, match=r"No contract has the reference or number derma\. Did you mean #1"
    ):
        find_contract(register.store, "derma")
    for words in ("CD-9999", "99", "#99", "'; drop table contract; --", "٣"):
        with pytest.raises(StorageError, match="No contract has the reference or number"):
            find_contract(register.store, words)
    with pytest.raises(StorageError, match="Name the checklist"):
        find_run(register.store, " ")


def test_what_lies_in_the_bin_says_so(register: Register) -> None:
    move_to_bin(register.store, Contract, [register.contract])
    with pytest.raises(StorageError, match="is in the bin"):
        find_contract(register.store, "1")
    with pytest.raises(StorageError, match="No contract"):
        find_contract(register.store, "CD-0064")
