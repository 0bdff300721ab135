"""What answers of a checklist point to, and what an answer requires before completion."""

from __future__ import annotations

from storage.checklists.parts import Kind
from storage.desk.checklists import runs
from storage.desk.checklists.run_links import linked_names, to_choose
from storage.desk.checklists.run_state import run_state
from storage.records.documents import Document
from tests.storage.desk.register import Register
from tests.storage.desk.run_samples import start_everything


def test_a_file_is_chosen_from_the_documents_and_called_by_its_name(register: Register) -> None:
    store = register.store
    run = start_everything(store, register.contract)
    with store.step("Documents"):
        store.save(Document(title="A report of others", address="https://example.org/a"))
        own = store.save(
            Document(title="Report", contract=register.contract, address="https://example.org/b")
        )
    chosen = to_choose(store, run, Kind.FILE)
    assert [name for _, _, name in chosen] == ["Report", "A report of others"]
    assert any(name.startswith("Contract: ") for _, _, name in to_choose(store, run, Kind.LINK))
    runs.answer(store, run.key, "T90-03", "file", {"attached_document": own.key})
    state = run_state(store, run.key)
    assert linked_names(store, state.template, state.answers) == {("attached_document", own.key): "Report"}


def test_an_answer_that_requires_more_stops_completion_in_words_without_a_gate(register: Register) -> None:
    store = register.store
    run = start_everything(store, register.contract)
    runs.answer(store, run.key, "T90-01", "answer", "no")
    assert runs.may_sign(store, run.key) == []
    runs.answer(store, run.key, "T90-01", "answer", "yes")
    assert runs.may_sign(store, run.key) == [
        "Question 01. This answer needs evidence and a mitigation.",
        "Question 02. Gate: needs an answer or a waiver",
    ]
    runs.set_evidence(store, run.key, "T90-01", "Survey, 2026")
    runs.set_mitigation(store, run.key, "T90-01", "Letters in large print")
    assert len(runs.may_sign(store, run.key)) == 1
