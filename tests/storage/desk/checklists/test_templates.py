"""Templates of one's own: adapted, drafted, published, followed by a version, given away, and run."""

from dataclasses import replace

import pytest

from storage.checklists.data import questions_in, read_data, template_text
from storage.checklists.editing import Place, add_question, set_field
from storage.checklists.template import read_template, shipped_text
from storage.desk.beginning.reference_lists import add_lists
from storage.desk.checklists.run_state import run_state
from storage.desk.checklists.runs import answer, start_run
from storage.desk.checklists.templates import (
    adapt,
    change,
    check,
    discard,
    draft_data,
    lists_of,
    new_template,
    new_version,
    offered,
    own_templates,
    publish,
    retire,
    take_in,
)
from storage.engine.errors import Refused, StorageError
from storage.engine.query import Query
from storage.engine.store import Store
from storage.records.templates import DRAFT, LIVE, REPLACED, RETIRED, ListItem, OwnTemplate
from tests.storage.desk.register import Register


def with_questions(store: Store, own: OwnTemplate) -> OwnTemplate:
    """A draft with two further questions, the second asked only after Yes."""
    data, first = add_question(draft_data(own), "B", "Do children use the service?", after="T03-03")
    data, second = add_question(data, "B", "Which ages?", after=first.question, kind="text")
    for place in (first, second):
        data = set_field(data, place, "guidance", "Look at the register. Say where it is from.")
    data = set_field(data, second, "relevant", f"${{{first.question}}} = 'yes'")
    return change(store, own.key, data, "Add two questions")


def test_the_equality_template_is_adapted_published_and_run(register: Register) -> None:
    store = register.store
    own = with_questions(store, adapt(store, "T03", "Equality, our way"))
    assert (own.code, own.version, own.state, own.adapted_from) == ("L01", "1.0", DRAFT, "T03")
    assert check(store, own.key) == ()
    published = publish(store, own.key, changes="Two questions on children", by="Joy Okafor")
    assert (published.state, published.published_by) == (LIVE, "Joy Okafor")
    assert [each.template.id for each in offered(store)][:2] == ["L01", "T01"]
    run = start_run(store, "L01", contract=register.contract)
    answer(store, run.key, "L01-01", "answer", "no")
    answered_no = run_state(store, run.key)
    assert not answered_no.answers["L01-02"].effects.asked
    assert answered_no.progress.answered == 1
    answer(store, run.key, "L01-01", "answer", "yes")
    answered_yes = run_state(store, run.key)
    assert answered_yes.progress.hidden == answered_no.progress.hidden - 1


def test_a_draft_with_mistakes_is_kept_and_cannot_be_published(register: Register) -> None:
    store = register.store
    own = adapt(store, "T03")
    broken = set_field(draft_data(own), Place(question="T03-05"), "relevant", "$T03-04 = 'negative'")
    own = change(store, own.key, broken, "Change a condition")
    (problem,) = check(store, own.key)
    assert "write ${T03-04} instead of $T03-04" in problem.mistake
    with pytest.raises(Refused, match="T03-05: relevant: write"):
        publish(store, own.key)


def test_a_published_version_never_changes_and_is_followed_by_another(register: Register) -> None:
    store = register.store
    first = publish(store, adapt(store, "T03").key)
    with pytest.raises(Refused, match="is live and does not change"):
        change(store, first.key, draft_data(first), "Change")
    second = new_version(store, first.key)
    assert (second.version, second.state) == ("1.1", DRAFT)
    with pytest.raises(Refused, match="There is a draft of L01 already"):
        new_version(store, first.key)
    publish(store, second.key)
    assert [(t.version, t.state) for t in own_templates(store)] == [("1.1", LIVE), ("1.0", REPLACED)]
    retire(store, second.key)
    assert own_templates(store)[0].state == RETIRED
    with pytest.raises(Refused, match="is not live"):
        retire(store, second.key)
    with pytest.raises(StorageError, match="There is no template L01"):
        start_run(store, "L01", contract=register.contract)


def test_a_template_from_a_colleague_becomes_a_draft_here(register: Register) -> None:
    store = register.store
    mine = publish(store, with_questions(store, adapt(store, "T03")).key)
    again = take_in(store, mine.template_text)
    assert (again.code, again.version) == ("L01", "1.1")
    assert take_in(store, mine.template_text).id == again.id
    other = take_in(store, mine.template_text, as_new=True)
    assert other.code == "L02"
    ids = [str(question["id"]) for question in questions_in(draft_data(other))]
    assert ids[3:5] == ["L02-01", "L02-02"]
    assert "${L02-01} = 'yes'" in other.template_text
    assert check(store, other.key) == ()
    stranger = {
        **draft_data(mine),
        "title": "A stranger",
        "sections": draft_data(new_template(store, "X"))["sections"],
    }
    assert take_in(store, template_text(stranger)).code == "L04"
    shipped_one = take_in(store, shipped_text("T01"))
    assert (shipped_one.code, shipped_one.adapted_from) == ("L05", "T01")
    with pytest.raises(StorageError, match="Nothing was taken in"):
        take_in(store, "not a template")


def test_a_new_template_begins_empty_and_a_draft_can_be_thrown_away(register: Register) -> None:
    store = register.store
    own = new_template(store, "Site visit")
    assert {problem.key for problem in check(store, own.key)} >= {"text"}
    discard(store, own.key)
    assert own_templates(store) == []
    assert new_template(store, "Another").code == "L02"
    with pytest.raises(StorageError, match="needs a title"):
        new_template(store, " ")


def test_lists_of_the_file_are_used_and_a_run_keeps_what_they_said(register: Register) -> None:
    store = register.store
    with store.step("Lists"):
        add_lists(store)
    assert lists_of(store).limit("quality_detail") == 8
    own = adapt(store, "T04")
    part = {"key": "answer", "kind": "matrix", "label": "Score", "warn_above": "quality_detail"}
    data, place = add_question(draft_data(own), "A", "What is the score?")
    data = set_field(data, place, "guidance", "Count. Multiply.")
    data = set_field(
        set_field(set_field(data, place, "kind", None), place, "parts", [part]), place, "gate", "gate"
    )
    publish(store, change(store, own.key, data, "Add a score").key)
    run = start_run(store, "L01", contract=register.contract)
    (limit,) = [item for item in store.all(ListItem, Query()) if item.value == "quality_detail"]
    with store.step("Change a limit"):
        store.save(replace(limit, number=9))
    kept = read_template(store.get(type(run), run.key).template_text).question(place.question)
    assert kept.first.warn_above == 8
    later = start_run(store, "L01", contract=register.contract)
    assert read_template(later.template_text).question(place.question).first.warn_above == 9
    assert read_data(run.template_text) != read_data(later.template_text)
