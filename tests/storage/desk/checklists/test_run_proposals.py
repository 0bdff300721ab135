"""What a contract proposes as answers: dates, values, the provider and its share, each with its source."""

import pytest

from storage.checklists.answers import part_problem
from storage.checklists.parts import AUTOMATIC, Part
from storage.desk.checklists.run_proposals import proposed
from storage.records.contracts import Contract
from tests.storage.desk.register import Register


@pytest.mark.parametrize("name", sorted(AUTOMATIC))
def test_what_is_proposed_fits_its_part_and_says_its_source(register: Register, name: str) -> None:
    contract = register.store.get(Contract, register.contract)
    found = proposed(register.store, contract, name)
    if found is None:
        assert name == "decide_by"
        return
    value, words, why = found
    assert part_problem(Part("answer", AUTOMATIC[name], "Answer"), value) is None
    assert words
    assert why.endswith(".")


def test_a_record_that_does_not_know_proposes_nothing(register: Register) -> None:
    assert [name for name in AUTOMATIC if proposed(register.store, Contract(title="Empty", id=0), name)] == []
