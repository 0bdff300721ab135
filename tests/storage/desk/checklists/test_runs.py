"""A checklist from its start to its signature: what stops it, what is waived, and that it then never changes."""

from dataclasses import replace
from datetime import date

import pytest

from storage.checklists.template import read_template, shipped, shipped_text
from storage.desk.checklists.run_state import proposals, run_state
from storage.desk.checklists.runs import (
    answer,
    may_sign,
    raise_action,
    reopen,
    set_evidence,
    set_not_applicable,
    set_note,
    sign,
    start_run,
    unwaive,
    waive,
)
from storage.engine.errors import Refused, StorageError
from storage.engine.history import History
from storage.engine.opening import open_store
from storage.engine.query import Query
from storage.records.actions import Action
from storage.records.assessments import Given, Run
from storage.records.contracts import Contract, ContractService
from storage.records.services import Service
from tests.storage.desk.register import TODAY, Register, complete

HOSTILE = '=cmd|"/c calc" #panic("x") *a* $x$ <b onclick=x>b</b> \'; drop table checklist_run; -- \\ “”'


def signed_run(register: Register) -> Run:
    run = start_run(register.store, "T01", contract=register.contract)
    complete(register.store, run.key)
    return sign(register.store, run.key, name="Dr A Mehta", role="Director", decision="reshape")


def test_a_run_keeps_the_whole_template_and_says_what_it_is_about(register: Register) -> None:
    run = start_run(register.store, "T01", contract=register.contract, meeting_on=date(2026, 11, 26))
    assert run.template_text == shipped_text("T01")
    assert (run.title, run.reference, run.template) == ("Decommissioning decision", "CL-1", "T01")
    assert run.subject == "Community dermatology clinics (CD-0064)"
    assert (run.started_on, run.meeting_on) == (TODAY, date(2026, 11, 26))
    assert (run.progress, run.standing) == ("0 of 27", "In progress")
    assert register.labels()[-1] == (
        "Start CL-1 Decommissioning decision for Community dermatology clinics (CD-0064)"
    )


def test_references_go_on_from_the_highest_even_in_the_bin(register: Register) -> None:
    store = register.store
    first = start_run(store, "T02", service=register.service)
    with store.step("Bin"):
        store.save(replace(first, reference="cl-41"))
        store.bin(Run, [first.key])
    assert start_run(store, "T02", service=register.service).reference == "CL-42"


def test_a_run_is_about_one_thing_its_template_allows(register: Register) -> None:
    store = register.store
    for contract, service in ((None, None), (register.contract, register.service)):
        with pytest.raises(
            StorageError,
            match="about one record of these: contract, service, specification, pro",
        ):
            start_run(store, "T01", contract=contract, service=service)
    with pytest.raises(StorageError, match="for a contract or a service, not for a specification"):
        start_run(store, "T01", specification=1)
    with pytest.raises(StorageError, match="There is no template T99"):
        start_run(store, "T99", contract=register.contract)
    with pytest.raises(StorageError, match="Contract number 99 is not in this file"):
        start_run(store, "T01", contract=99)
    with store.step("Bin"):
        store.bin(Contract, [register.contract])
    with pytest.raises(Refused, match="in the bin"):
        start_run(store, "T01", contract=register.contract)
    assert store.ids(Run) == []


def test_an_answer_is_one_step_with_its_day_and_name(register: Register) -> None:
    store = register.store
    run = start_run(store, "T01", contract=register.contract)
    given = answer(store, run.key, "T01-03", "answer", "yes")
    assert (given.answered_by, given.answered_on) == ("Ann Lee", TODAY)
    assert register.labels()[-1] == "Answer T01-03 of CL-1 Decommissioning decision"
    assert store.get(Run, run.key).progress == "1 of 27"
    steps = len(register.labels())
    answer(store, run.key, "T01-03", "answer", "yes", by="Somebody else")
    assert len(register.labels()) == steps
    answer(store, run.key, "T01-03", "answer", "partly", by="Joy Okafor", on=date(2026, 11, 20))
    assert len(store.all(Given, Query())) == 1
    state = run_state(store, run.key)
    assert state.given["T01-03"].answered_by == "Joy Okafor"
    register.undo()
    assert run_state(store, run.key).given["T01-03"].values == {"answer": "yes"}
    cleared = answer(store, run.key, "T01-03", "answer", "")
    assert (cleared.values, cleared.answered_by, cleared.answered_on) == ({}, "", None)


def test_several_choices_are_kept_in_the_order_of_the_template(register: Register) -> None:
    run = start_run(register.store, "T01", contract=register.contract)
    given = answer(register.store, run.key, "T01-01", "answer", ["other", "poor_value", "low_demand"])
    assert given.values == {"answer": ["low_demand", "poor_value", "other"]}


def test_an_answer_that_cannot_be_kept_is_refused_in_words(register: Register) -> None:
    store = register.store
    run = start_run(store, "T01", contract=register.contract)
    for question, part, value, words in (
        ("T01-03", "answer", "perhaps", "choose one of Yes, Partly, No"),
        ("T01-06", "saving", "lots", "must be an amount of money"),
        ("T01-07", "last_day", "31/12/2027", "must be a date"),
        ("T01-99", "answer", "yes", "has no question T01-99"),
        ("T01-03", "other", "yes", "has no part other"),
    ):
        with pytest.raises(StorageError, match=words):
            answer(store, run.key, question, part, value)
    assert store.ids(Given) == []


def test_not_applicable_with_its_reason_and_back(register: Register) -> None:
    store = register.store
    run = start_run(store, "T01", contract=register.contract)
    answer(store, run.key, "T01-03", "answer", "no")
    given = set_not_applicable(store, run.key, "T01-03", "Nobody uses it")
    assert given.not_applicable
    assert given.values == {"answer": "no"}
    assert run_state(store, run.key).progress.not_applicable == 1
    assert not set_not_applicable(store, run.key, "T01-03", applies=True).not_applicable
    set_not_applicable(store, run.key, "T01-03", "Nobody uses it")
    again = answer(store, run.key, "T01-03", "answer", "yes")
    assert (again.not_applicable, again.reason) == (None, "")
    with pytest.raises(StorageError, match="Question 01 always applies"):
        set_not_applicable(store, run.key, "T01-01", "No")


def test_hostile_words_stay_words(register: Register) -> None:
    store = register.store
    with store.step("Rename"):
        store.save(replace(store.get(Contract, register.contract), title=HOSTILE))
    run = start_run(store, "T01", contract=register.contract, title=HOSTILE)
    answer(store, run.key, "T01-05", "answer", HOSTILE, by=HOSTILE)
    set_note(store, run.key, "T01-05", HOSTILE)
    set_evidence(store, run.key, "T01-05", f"{HOSTILE}\nPanel pack")
    raise_action(store, run.key, "T01-05", HOSTILE, owner=HOSTILE)
    state = run_state(store, run.key)
    assert state.answers["T01-05"].values == {"answer": HOSTILE}
    assert state.given["T01-05"].evidence == f"{HOSTILE}\nPanel pack"
    assert state.actions[0].title == HOSTILE
    assert History(store).first_broken() is None


def test_a_gate_stops_signing_until_it_is_waived(register: Register) -> None:
    store = register.store
    run = start_run(store, "T01", contract=register.contract)
    complete(store, run.key, leave_out=("T01-11",))
    answer(store, run.key, "T01-16", "answer", "no")
    assert [words[:12] for words in may_sign(store, run.key)] == ["Question 11.", "Question 16."]
    with pytest.raises(Refused, match=r"cannot be signed yet\. Question 11\. .* Question 16\. Gate closed"):
        sign(store, run.key, name="Dr A Mehta", role="Director", decision="reshape")
    waive(store, run.key, "T01-11", name="Dr A Mehta", reason="The board has agreed", on=TODAY)
    waive(store, run.key, "T01-16", name="Dr A Mehta", reason="Partners meet in May", on=TODAY)
    assert may_sign(store, run.key) == []
    assert store.get(Run, run.key).standing == "Ready to sign"
    unwaive(store, run.key, "T01-16")
    assert len(may_sign(store, run.key)) == 1


def test_a_waiver_needs_a_gate_a_name_a_reason_and_a_day_that_has_come(register: Register) -> None:
    store = register.store
    run = start_run(store, "T01", contract=register.contract)
    for name, reason in (("", "Why"), ("Ann", " "), ("\u200b", "Why")):
        with pytest.raises(StorageError, match="needs a name and a reason"):
            waive(store, run.key, "T01-11", name=name, reason=reason)
    with pytest.raises(StorageError, match="has no gate to waive"):
        waive(store, run.key, "T01-10", name="Ann", reason="It only warns")
    with pytest.raises(StorageError, match="cannot lie in the future"):
        waive(store, run.key, "T01-11", name="Ann", reason="Why", on=date(2026, 11, 24))


@pytest.mark.parametrize("template_id", [template.id for template in shipped()])
def test_every_template_can_be_answered_signed_and_reopened(register: Register, template_id: str) -> None:
    store = register.store
    fits = "contract" in read_template(shipped_text(template_id)).subjects
    run = start_run(
        store,
        template_id,
        contract=register.contract if fits else None,
        service=None if fits else register.service,
    )
    complete(store, run.key)
    outcomes = run_state(store, run.key).template.outcomes
    decision = outcomes[0].label if outcomes else "Go on as planned"
    with pytest.raises(StorageError, match="decision"):
        sign(store, run.key, name="Dr A Mehta", role="Director", decision=" ")
    signed = sign(store, run.key, name="Dr A Mehta", role="Director", decision=decision, conditions="None")
    assert (signed.standing, signed.decision, signed.outcome) == ("Signed", decision, decision)
    assert (signed.signed_by, signed.signed_role, signed.signed_on) == ("Dr A Mehta", "Director", TODAY)


def test_signing_needs_name_role_and_a_decision_on_offer(register: Register) -> None:
    store = register.store
    run = start_run(store, "T01", contract=register.contract)
    complete(store, run.key)
    with pytest.raises(StorageError, match="needs a name and a role"):
        sign(store, run.key, name=" ", role="Director", decision="reshape")
    with pytest.raises(StorageError, match="Choose the decision: Not proceeding, Re-shape"):
        sign(store, run.key, name="Ann", role="Director", decision="whatever")
    with pytest.raises(StorageError, match="cannot lie in the future"):
        sign(store, run.key, name="Ann", role="Director", decision="reshape", on=date(2027, 1, 1))
    assert store.get(Run, run.key).signed_on is None


def test_a_signed_run_never_changes(register: Register) -> None:
    store = register.store
    run = signed_run(register)
    for change in (
        lambda: answer(store, run.key, "T01-03", "answer", "no"),
        lambda: set_note(store, run.key, "T01-03", "Later thought"),
        lambda: waive(store, run.key, "T01-03", name="Ann", reason="Why"),
        lambda: raise_action(store, run.key, "T01-03", "Later thought"),
        lambda: sign(store, run.key, name="Ann", role="Lead", decision="reshape"),
    ):
        with pytest.raises(Refused, match="signed by Dr A Mehta on 23 November 2026 and does not change"):
            change()
    with pytest.raises(Refused):
        store.change(Run, run.key, {"title": "Another"})
    with pytest.raises(Refused):
        store.change(Given, run_state(store, run.key).given["T01-03"].key, {"note": "Another"})
    assert store.get(Run, run.key) == run


def test_undo_stops_at_the_signature_and_says_so(register: Register) -> None:
    signed_run(register)
    with pytest.raises(Refused, match="Undo stops here: “Sign CL-1 Decommissioning decision”"):
        History(register.store).undo()


def test_a_reopened_run_changes_again_and_says_why(register: Register) -> None:
    store = register.store
    run = signed_run(register)
    with pytest.raises(StorageError, match="needs a reason"):
        reopen(store, run.key, reason=" ")
    opened = reopen(store, run.key, reason="A partner was left out.", by="Joy Okafor")
    assert (opened.signed_on, opened.signed_by, opened.decision) == (None, "", "")
    assert opened.reopened == (
        "Reopened on 23 November 2026 by Joy Okafor: A partner was left out. It had been signed by "
        "Dr A Mehta (Director) on 23 November 2026 with the decision Re-shape the service."
    )
    answer(store, run.key, "T01-03", "answer", "no")
    assert opened.standing == "Ready to sign"
    assert store.get(Run, run.key).standing == "In progress"
    register.undo()
    with pytest.raises(Refused, match="Undo stops here"):
        History(store).undo()
    with pytest.raises(StorageError, match="is not signed"):
        reopen(store, run.key, reason="Again")


def test_signing_keeps_what_the_page_takes_from_other_records(register: Register) -> None:
    store = register.store
    run = start_run(store, "T01", contract=register.contract)
    complete(store, run.key)
    store.change(Contract, register.contract, {"title": "Skin clinics"})
    action = raise_action(store, run.key, "T01-16", "Write to partners", owner="Joy", due=date(2026, 12, 4))
    signed = sign(store, run.key, name="Dr A Mehta", role="Director", decision="reshape")
    store.change(Contract, register.contract, {"title": "Something else", "current_value": 1})
    store.change(Action, action.key, {"status": "Done"})
    after = store.get(Run, run.key)
    assert after == signed
    assert after.subject == "Skin clinics (CD-0064)"
    assert ["Current value", "£125,123.00"] in after.as_signed["facts"]  # type: ignore[operator]
    assert after.as_signed["actions"] == [["T01-16", "Write to partners", "Joy", "2026-12-04", "Open"]]


def test_an_action_is_linked_to_its_question_and_to_the_contract(register: Register) -> None:
    store = register.store
    run = start_run(store, "T01", contract=register.contract)
    action = raise_action(store, run.key, "T01-16", " Write to partners ", owner="Joy")
    assert (action.title, action.run, action.question) == ("Write to partners", run.id, "T01-16")
    assert (action.contract, action.service, action.status) == (register.contract, None, "Open")
    with pytest.raises(StorageError, match="what is to be done"):
        raise_action(store, run.key, "T01-16", " ")


def test_the_contract_record_proposes_dates_and_days(register: Register) -> None:
    store = register.store
    decision = start_run(store, "T01", contract=register.contract)
    proposed = proposals(store, decision)["T01-07", "last_day"]
    assert (proposed.value, proposed.words) == ("2026-09-30", "30 Sep 2026")
    assert "6 months’ notice (clause 17.2)" in proposed.why
    review = start_run(store, "T02", service=register.service)
    found = proposals(store, review)
    assert found["T02-01", "to_end"].value == "128"
    assert found["T02-01", "to_notice"].value == "-54"
    assert found["T02-18", "decide_by"].value == store.get(Contract, register.contract).serve_by.isoformat()  # type: ignore[union-attr]
    for key, one in found.items():
        answer(store, review.key, *key, one.value)


def test_nothing_is_proposed_without_one_certain_contract(register: Register) -> None:
    store = register.store
    review = start_run(store, "T02", service=register.service)
    with store.step("Another contract for the service"):
        other = store.save(Contract(title="Second"))
        store.save(ContractService(contract=other.id, service=register.service))
    assert proposals(store, review) == {}
    blank = start_run(store, "T02", contract=other.key)
    assert proposals(store, blank) == {}
    with store.step("Service of its own"):
        lonely = store.save(Service(title="Lonely"))
    assert proposals(store, start_run(store, "T02", service=lonely.key)) == {}


def test_a_signed_run_is_the_same_after_the_file_was_closed(register: Register) -> None:
    run = signed_run(register)
    path = register.store.file.path
    register.store.close()
    register.store = open_store(path, today=lambda: TODAY)
    assert register.store.get(Run, run.key) == run
    with pytest.raises(Refused):
        answer(register.store, run.key, "T01-03", "answer", "no")
