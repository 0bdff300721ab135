"""A checklist about a provider or a procurement decision: facts, what the file proposes, actions, the next year."""

from __future__ import annotations

import pytest

from storage.checklists.template import shipped
from storage.desk.checklists.carrying import next_year
from storage.desk.checklists.run_state import (
    SUBJECTS,
    contract_of,
    proposals,
    run_state,
    subject_facts,
    subject_of,
)
from storage.desk.checklists.runs import raise_action, sign, start_run
from storage.engine.errors import StorageError
from storage.exchange.paper.print_checklist import checklist_paper
from storage.records.actions import Action
from storage.records.assessments import Run
from storage.records.contracts import Contract
from storage.records.organisations import Organisation
from storage.records.parties import Party
from storage.records.procurements import Procurement
from tests.storage.desk.register import Register
from tests.storage.desk.run_samples import EVERYTHING, start_everything


@pytest.fixture
def bought(register: Register) -> int:
    """A decision on the contract of the register."""
    with register.store.step("Buy"):
        made = register.store.save(
            Procurement(contract=register.contract, title="Award of dermatology", lifetime_value=250_000_00)
        )
    return made.key


def test_every_record_a_checklist_can_be_about_is_offered_some(register: Register) -> None:
    offered = {subject for template in shipped() for subject in template.subjects}
    assert offered == set(SUBJECTS) == {"contract", "service", "specification", "provider", "procurement"}


def test_a_checklist_about_a_provider_uses_what_is_known_of_it(register: Register) -> None:
    store = register.store
    run = start_run(store, "T06", provider=register.provider)
    assert (run.subject, run.provider, run.contract) == ("Millbrook Health CIC", register.provider, None)
    held = contract_of(store, run)
    assert held is not None and held.key == register.contract  # the only one it provides
    found = {each.words: each.source for each in proposals(store, run).values()}
    assert found["100%"] == "provider" and "contract" in found.values()
    facts = dict(subject_facts(store, store.get(Organisation, register.provider)))
    assert facts["Contracts"] == "1"
    paper = checklist_paper(store, run.key)
    assert paper.subject == "Millbrook Health CIC"


def test_contracts_in_which_it_is_no_provider_or_several_propose_nothing(register: Register) -> None:
    store = register.store
    with store.step("More"):
        other = store.save(Contract(title="Other")).key
        store.save(Party(contract=other, organisation=register.provider, role="Lead commissioner"))
    run = start_run(store, "T06", provider=register.provider)
    held = contract_of(store, run)
    assert held is not None and held.key == register.contract
    with store.step("Another it provides"):
        store.save(Party(contract=other, organisation=register.provider, role="Provider"))
    assert contract_of(store, run) is None
    assert {each.source for each in proposals(store, run).values()} == {"provider"}


def test_a_checklist_about_a_procurement_takes_its_value_and_its_contract(
    register: Register, bought: int
) -> None:
    store = register.store
    run = start_run(store, "T25", procurement=bought)
    (value,) = [each for each in proposals(store, run).values() if each.source == "procurement decision"]
    assert (value.words, value.why) == ("£250,000.00", "The lifetime value of the decision.")
    subject = subject_of(store, run)
    assert isinstance(subject, Procurement)
    assert subject_facts(store, subject)[0] == ("Contract", "Community dermatology clinics (CD-0064)")
    question = run_state(store, run.key).template.questions[0]
    raise_action(store, run.key, question.id, "Publish the notice")
    (action,) = store.all(Action)
    assert (action.contract, action.run) == (register.contract, run.key)


def test_what_it_is_about_goes_along_to_the_next_year_and_is_signed_with_it(
    register: Register, bought: int
) -> None:
    store = register.store
    text = EVERYTHING.replace('["contract"]', '["procurement"]').replace('gate = "gate"\n', "")
    run = start_everything(store, register.contract, text)
    store.change(Run, run.key, {"contract": None, "procurement": bought})
    assert next_year(store, run.key).procurement == bought
    signed = sign(store, run.key, name="Dr A Mehta", role="Director", decision="go")
    assert signed.subject == "Award of dermatology"
    assert ["Contract", "Community dermatology clinics (CD-0064)"] in signed.as_signed["facts"]  # type: ignore[operator]


def test_a_template_says_what_it_may_be_about(register: Register, bought: int) -> None:
    with pytest.raises(StorageError, match="not for a procurement"):
        start_run(register.store, "T11", procurement=bought)
    with pytest.raises(StorageError, match="about one record of these"):
        start_run(register.store, "T05", procurement=bought, provider=register.provider)
