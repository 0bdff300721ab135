"""Reviews of sections, earlier answers put back, the same checklist for another year, and two compared."""

from __future__ import annotations

import pytest

from storage.desk.checklists import runs
from storage.desk.checklists.carrying import confirm, next_year
from storage.desk.checklists.run_history import restore, stands
from storage.desk.checklists.run_reviews import review_section, take_back_review
from storage.desk.checklists.run_state import run_state
from storage.engine.errors import Refused, StorageError
from storage.engine.history import History
from storage.exchange.paper.run_compare import comparable, side_by_side
from storage.records.assessments import Run
from tests.storage.desk.register import Register, complete
from tests.storage.desk.run_samples import start_everything


@pytest.fixture
def run(register: Register) -> Run:
    run = start_everything(register.store, register.contract)
    runs.answer(register.store, run.key, "T90-01", "answer", "no")
    return run


def test_a_section_returned_with_a_comment_stops_signing_until_it_is_accepted(
    register: Register, run: Run
) -> None:
    store = register.store
    assert store.get(Run, run.key).standing == "Ready to sign"
    with pytest.raises(StorageError, match="Return needs a comment"):
        review_section(store, run.key, "B", "Return")
    review_section(store, run.key, "B", "Return", "Say where the figures come from.", by="Joy Okafor")
    assert store.get(Run, run.key).standing == "In progress"
    [stop] = runs.may_sign(store, run.key)
    assert stop == "Section B was returned by Joy Okafor: Say where the figures come from."
    with pytest.raises(Refused, match="Section B was returned"):
        runs.sign(store, run.key, name="A", role="B", decision="go")
    review_section(store, run.key, "B", "Improve", "Round the figures.", by="Joy Okafor")
    assert store.get(Run, run.key).standing == "Ready to sign"
    take_back_review(store, run.key, "B")
    assert run_state(store, run.key).reviews == {}
    with pytest.raises(StorageError, match="has no section Z"):
        review_section(store, run.key, "Z", "Accept")


def test_a_signed_checklist_takes_no_review_and_keeps_those_it_has(register: Register, run: Run) -> None:
    store = register.store
    review_section(store, run.key, "A", "Accept", by="Joy Okafor")
    runs.sign(store, run.key, name="Dr A Mehta", role="Director", decision="go")
    with pytest.raises(Refused, match="is signed"):
        review_section(store, run.key, "A", "Return", "Again.")
    with pytest.raises(Refused, match="is signed"):
        restore(store, run.key, 1)
    assert run_state(store, run.key).reviews["A"].reviewed_by == "Joy Okafor"


def test_all_answers_go_back_to_an_earlier_stand_in_one_step_that_undo_takes_back(
    register: Register, run: Run
) -> None:
    store = register.store
    runs.answer(store, run.key, "T90-03", "said", "First")
    before = History(store).latest(1)[0].id
    runs.answer(store, run.key, "T90-03", "said", "Second")
    runs.set_note(store, run.key, "T90-01", "Asked everybody")
    runs.answer(store, run.key, "T90-04", "before", {"likelihood": 3, "consequence": 4})
    found = stands(store, run.key)
    assert before in [stand.step.id for stand in found]
    assert [stand.answered for stand in found if stand.step.id == before] == [2]
    assert restore(store, run.key, before) == 3
    given = run_state(store, run.key).given
    assert given["T90-03"].values == {"said": "First"}
    assert (given["T90-01"].note, given["T90-04"].values) == ("", {})
    list(History(store).undo())
    assert run_state(store, run.key).given["T90-03"].values == {"said": "Second"}
    assert restore(store, run.key, History(store).latest(1)[0].id) == 0


def test_another_year_takes_every_answer_along_and_waits_for_each(register: Register) -> None:
    store = register.store
    old = runs.start_run(store, "T01", contract=register.contract)
    complete(store, old.key)
    runs.sign(store, old.key, name="Dr A Mehta", role="Director", decision="reshape")
    new = next_year(store, old.key)
    state = run_state(store, new.key)
    assert (new.carried_from, new.standing, state.progress.answered) == (old.key, "In progress", 0)
    assert all(given.to_confirm for given in state.given.values())
    confirm(store, new.key, "T01-03")
    assert run_state(store, new.key).progress.answered == 1
    assert "earlier year" in runs.may_sign(store, new.key)[0]


def test_a_template_that_is_there_no_more_still_serves_for_another_year(register: Register, run: Run) -> None:
    new = next_year(register.store, run.key)
    assert new.template_text == run.template_text
    assert run_state(register.store, new.key).given["T90-01"].to_confirm


def test_two_checklists_stand_side_by_side_in_words(register: Register, run: Run) -> None:
    store = register.store
    other = start_everything(store, register.contract)
    assert [each.key for each in comparable(store, run)] == [other.key]
    runs.answer(store, other.key, "T90-01", "answer", "yes")
    rows = [{"row": "1", "group": "Carers", "people": "4"}]
    runs.answer(store, other.key, "T90-02", "rows", rows)  # type: ignore[arg-type]
    runs.answer(store, other.key, "T90-03", "money", {"2026/27": 1_250_00})
    runs.set_not_applicable(store, other.key, "T90-04", "No risk")
    lines = {line.number: line for line in side_by_side(store, run.key, other.key)}
    assert (lines["01"].left, lines["01"].right) == ("No", "Yes")
    assert (lines["02"].left, lines["02"].right) == ("Not asked", "Carers, 4\nIn all: 4")
    assert lines["03"].right == "Cost: 2026/27 £1,250.00"
    assert (lines["04"].left, lines["04"].right) == ("No answer", "Not applicable: No risk")
    assert all(line.differs for line in lines.values())
