"""A new version of a template: questions side by side, answers carried, reworded ones ticked, the old run as it was."""

import pytest

from storage.checklists.editing import Place, add_question, remove, set_field
from storage.checklists.migration import Fate
from storage.desk.checklists.carrying import carry, confirm, newer, plan_move
from storage.desk.checklists.run_state import run_state
from storage.desk.checklists.runs import answer, set_note, sign, start_run, waive
from storage.desk.checklists.templates import adapt, change, draft_data, new_version, publish
from storage.engine.errors import StorageError
from storage.exchange.paper.print_checklist import checklist_paper
from storage.records.assessments import Run, template_of
from tests.storage.desk.register import Register, complete


@pytest.fixture
def moved(register: Register) -> Run:
    """A run of T01 that is answered throughout and signed, and a template adapted from T01 that is live."""
    store = register.store
    run = start_run(store, "T01", contract=register.contract)
    complete(store, run.key)
    set_note(store, run.key, "T01-03", "Counted in October.")
    waive(store, run.key, "T01-08", name="Dr A Mehta", reason="Agreed by the panel.")
    sign(store, run.key, name="Dr A Mehta", role="Director", decision="reshape")
    own = adapt(store, "T01", "Decommissioning, our way")
    data = draft_data(own)
    data = set_field(data, Place(question="T01-03"), "text", "Do we know who uses the service now?")
    data = remove(data, Place(question="T01-22"))
    data, place = add_question(data, "A", "Is there a wider review?")
    data = set_field(data, place, "guidance", "Ask the lead. Say when.")
    publish(store, change(store, own.key, data, "Change").key)
    return store.get(Run, run.key)


def test_a_run_is_carried_to_a_template_adapted_from_its_own(register: Register, moved: Run) -> None:
    store = register.store
    assert newer(store, moved) == ["L01"]
    before = checklist_paper(store, moved.key)
    move = plan_move(store, moved.key, "L01")
    assert move.words == "25 unchanged, 1 reworded, 1 new, 1 dropped"
    assert [pair.id for pair in move.to_tick] == ["T01-03"]
    assert move.to_tick[0].differs == ("the question",)
    run = carry(store, move)
    assert (run.template, run.carried_from, run.signed_on) == ("L01", moved.id, None)
    state = run_state(store, run.key)
    assert state.progress.answered == run_state(store, moved.key).progress.answered - 2
    assert any(
        "the answer to be confirmed, as it was given for another wording" in words for words in state.stops
    )
    assert state.answers["T01-03"].note == "Counted in October."
    assert state.answers["T01-08"].waiver is None
    assert checklist_paper(store, moved.key) == before


def test_a_reworded_question_counts_once_it_is_ticked_or_answered_anew(
    register: Register, moved: Run
) -> None:
    store = register.store
    move = plan_move(store, moved.key, "L01")
    ticked = carry(store, move, ticked=["T01-03"])
    assert not run_state(store, ticked.key).answers["T01-03"].to_confirm
    run = carry(store, move)
    confirm(store, run.key, "T01-03", by="Joy Okafor")
    assert not run_state(store, run.key).answers["T01-03"].to_confirm
    with pytest.raises(StorageError, match="has nothing to confirm"):
        confirm(store, run.key, "T01-03")
    other = carry(store, move)
    answer(store, other.key, "T01-03", "answer", "partly")
    assert not run_state(store, other.key).answers["T01-03"].to_confirm


def test_an_answer_the_new_question_cannot_hold_is_left_behind_and_named(register: Register) -> None:
    store = register.store
    first = publish(store, adapt(store, "T02").key)
    run = start_run(store, "L01", contract=register.contract)
    answer(store, run.key, "T02-05", template_of(run).question("T02-05").first.key, "green")
    second = new_version(store, first.key)
    data = set_field(draft_data(second), Place(question="T02-05"), "parts", None)
    data = set_field(data, Place(question="T02-05"), "kind", "number")
    publish(store, change(store, second.key, data, "Ask for a figure").key)
    assert newer(store, store.get(Run, run.key)) == ["L01"]
    (pair,) = [p for p in plan_move(store, run.key, "L01").pairs if p.id == "T02-05"]
    assert pair.fate is Fate.REWORDED
    assert pair.carried is not None
    assert pair.carried.values == {}
    assert pair.lost


def test_guidance_and_numbers_may_change_without_a_tick(register: Register) -> None:
    store = register.store
    run = start_run(store, "T03", contract=register.contract)
    own = adapt(store, "T03")
    data = set_field(draft_data(own), Place(question="T03-01"), "guidance", "Another hint. And more.")
    publish(store, change(store, own.key, data, "Change a hint").key)
    assert {pair.fate for pair in plan_move(store, run.key, "L01").pairs} == {Fate.UNCHANGED}
    with pytest.raises(StorageError, match="There is no template T99"):
        plan_move(store, run.key, "T99")
