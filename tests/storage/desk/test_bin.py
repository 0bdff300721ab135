"""The bin takes a record with its parts and gives it back the same."""

from datetime import date

import pytest

from storage.desk.bin import move_to_bin, take_from_bin, without_parts
from storage.desk.checklists.runs import set_note, sign, start_run
from storage.desk.specification.sections import edit_section, remove_section, sections_of
from storage.desk.specification.specifications import start_specification
from storage.engine.errors import Refused
from storage.engine.query import Query
from storage.records.assessments import Run
from storage.records.contracts import Contract
from storage.records.finance import ValueYear
from storage.records.measures import Kpi, KpiResult
from storage.records.meetings import Attendance, ReviewMeeting
from storage.records.procurements import Procurement, PublishedNotice, Representation
from storage.records.running import ImprovementPlan, Milestone, Risk
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


def test_a_contract_goes_with_its_parts_and_their_parts_and_all_come_back(register: Register) -> None:
    store, contract = register.store, register.contract
    with store.step("Parts"):
        [plan] = store.save_many([ImprovementPlan(contract=contract, title="Plan")])
        [meeting] = store.save_many([ReviewMeeting(contract=contract, title="Review")])
        [procurement] = store.save_many([Procurement(contract=contract, title="Award")])
        [kpi] = store.save_many([Kpi(contract=contract, title="Waits")])
        steps = store.save_many([Milestone(plan=plan.id, title="One"), Milestone(plan=plan.id, title="Two")])
        store.save(ValueYear(contract=contract, year=2026, planned=100))
        store.save(Attendance(meeting=meeting.id, title="Ann"))
        store.save(PublishedNotice(procurement=procurement.id, title="Award notice"))
        store.save(Representation(procurement=procurement.id, title="Why not us"))
        store.save(KpiResult(kpi=kpi.id, period_start=date(2026, 4, 1)))
    move_to_bin(store, Milestone, [steps[0].key])
    classes = (ImprovementPlan, ReviewMeeting, Procurement, Kpi, Milestone, ValueYear, Attendance,
               PublishedNotice, Representation, KpiResult)  # fmt: skip
    before = {cls: store.ids(cls) for cls in classes}
    assert all(before.values())
    move_to_bin(store, Contract, [contract])
    assert not any(store.ids(cls) for cls in classes)
    take_from_bin(store, Contract, [contract])
    assert {cls: store.ids(cls) for cls in classes} == before  # what was thrown away by itself stays there
    assert store.get(Milestone, steps[0].key).binned


def test_a_plan_goes_with_its_milestones_alone(register: Register) -> None:
    store = register.store
    with store.step("Parts"):
        one, two = store.save_many(
            [ImprovementPlan(contract=register.contract, title=t) for t in ("One", "Two")]
        )
        store.save_many([Milestone(plan=one.id, title="First"), Milestone(plan=two.id, title="Second")])
    move_to_bin(store, ImprovementPlan, [one.key])
    assert [m.title for m in store.all(Milestone)] == ["Second"]
    register.undo()
    assert len(store.all(Milestone)) == 2


def test_the_list_of_the_bin_names_a_record_and_not_what_comes_back_with_it(register: Register) -> None:
    store, contract = register.store, register.contract
    with store.step("Parts"):
        alone, _ = store.save_many([Risk(contract=contract, title=t) for t in ("Alone", "Along")])
    move_to_bin(store, Risk, [alone.key])
    move_to_bin(store, Contract, [contract])
    asked = Query(binned=True)
    shown = without_parts([*store.all(Contract, asked), *store.all(Risk, asked)])
    assert [(type(r), r.key) for r in shown] == [(Contract, contract), (Risk, alone.key)]
