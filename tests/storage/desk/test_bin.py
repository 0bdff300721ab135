"""The bin takes a record with its parts and gives it back the same."""

import pytest

from storage.desk.bin import move_to_bin, take_from_bin
from storage.desk.runs import set_note, sign, start_run
from storage.desk.sections import edit_section, remove_section, sections_of
from storage.desk.specifications import start_specification
from storage.engine.errors import Refused
from storage.records.assessments import Run
from storage.records.contracts import Contract
from storage.records.specifications import Section, Specification
from tests.storage.desk.register import Register, complete


def test_a_specification_goes_with_its_sections_and_comes_back_as_it_was(register: Register) -> None:
    store = register.store
    made = start_specification(store, "council", "Home care")
    first, second, *rest = sections_of(store, made.key)
    edit_section(store, second.key, {"body": "Zebra crossing"})
    remove_section(store, first.key)
    move_to_bin(store, Specification, [made.key])
    assert sections_of(store, made.key) == []
    assert store.find("zebra") == []
    take_from_bin(store, Specification, [made.key])
    assert [s.key for s in sections_of(store, made.key)] == [second.key, *(s.key for s in rest)]
    assert store.get(Section, first.key).binned
    assert [hit.id for hit in store.find("zebra")] == [second.key]


def test_a_run_goes_with_its_answers_and_a_signed_one_stays(register: Register) -> None:
    store = register.store
    run = start_run(store, "T01", contract=register.contract)
    set_note(store, run.key, "T01-03", "Zebra")
    move_to_bin(store, Run, [run.key])
    assert store.find("zebra") == []
    with pytest.raises(Refused, match="in the bin"):
        set_note(store, run.key, "T01-03", "More")
    take_from_bin(store, Run, [run.key])
    assert len(store.find("zebra")) == 1
    complete(store, run.key)
    sign(store, run.key, name="Ann", role="Lead", decision="reshape")
    with pytest.raises(Refused, match="does not change"):
        move_to_bin(store, Run, [run.key])


def test_several_records_are_one_step_with_plain_words(register: Register) -> None:
    store = register.store
    with store.step("Two"):
        two = [c.key for c in store.save_many([Contract(title="A"), Contract(title="B")])]
    move_to_bin(store, Contract, [*two, 999])
    assert register.labels()[-1] == "Move 2 contracts to the bin"
    steps = len(register.labels())
    move_to_bin(store, Contract, two)
    assert len(register.labels()) == steps
    take_from_bin(store, Contract, two)
    assert register.labels()[-1] == "Take 2 contracts out of the bin"
    take_from_bin(store, Contract, two)
    register.undo()
    assert store.ids(Contract) == [register.contract]
