"""The shipped templates: they load, their ids stay, and each question can be answered by an honest person."""

from pathlib import Path

import pytest

from storage.checklists.answers import Answer, missing_parts, part_problem
from storage.checklists.gates import GateState, gate_state
from storage.checklists.parts import DECIDING_KINDS, Kind
from storage.checklists.progress import may_complete, progress
from storage.checklists.structure import Question, Template
from storage.checklists.template import TemplateError, read_template, shipped, shipped_text
from tests.storage.checklists.answering import passing_answer, plain_value, whole_answer
from tests.storage.checklists.answering_runs import standing_run

KEPT_IDS = Path(__file__).with_name("kept_ids.txt")
TEMPLATES = shipped()
QUESTIONS = [question for template in TEMPLATES for question in template.questions]


def by_id(question: Question) -> str:
    return question.id


def frozen(question: Question) -> str:
    """What a kept answer relies on: the id, and the key, kind and option values of each part."""
    parts = [":".join((part.key, part.kind, "/".join(part.values))).rstrip(":") for part in question.parts]
    return " ".join((question.id, *parts))


def test_ids_parts_and_options_that_kept_answers_rely_on_never_change() -> None:
    assert [frozen(question) for question in QUESTIONS] == KEPT_IDS.read_text(encoding="utf-8").splitlines()


def test_the_text_a_run_keeps_reads_back_as_the_same_template() -> None:
    for template in TEMPLATES:
        assert read_template(shipped_text(template.id)) == template


@pytest.mark.parametrize("wanted", ["T99", "risk_matrix", "../T01", ""])
def test_an_unknown_template_is_refused_by_name(wanted: str) -> None:
    with pytest.raises(TemplateError, match="T01, T02, T03, T04, T05"):
        shipped_text(wanted)


@pytest.mark.parametrize("question", QUESTIONS, ids=by_id)
def test_every_question_has_guidance_of_two_to_five_sentences(question: Question) -> None:
    sentences = question.guidance.count(". ") + 1
    assert 2 <= sentences <= 5
    assert question.guidance.endswith(".")
    assert question.text.endswith("?")


@pytest.mark.parametrize("question", QUESTIONS, ids=by_id)
def test_every_question_has_an_answer_that_leaves_nothing_to_do(question: Question) -> None:
    answer = passing_answer(question)
    assert not missing_parts(question, answer)
    if question.gate is not None and question.gate.passes_if:
        return  # it rests on other answers: proved with the whole run
    assert gate_state(question, answer) in (GateState.OPEN, GateState.NONE)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.id)
def test_a_run_answered_throughout_may_be_completed(template: Template) -> None:
    answers = standing_run(template)
    assert may_complete(template, answers) == []
    assert progress(template, answers).percent == 100


def test_a_range_of_groups_is_separate_questions_with_the_same_four_parts() -> None:
    grid = [question for question in TEMPLATES[2].questions if question.number in numbers(3, 19)]
    assert len({question.text for question in grid}) == 17
    assert {question.parts for question in grid} == {grid[0].parts}
    assert [part.key for part in grid[0].parts] == ["effect", "description", "evidence", "mitigation"]
    assert [question.gate.kind if question.gate else None for question in grid] == (
        ["gate"] * 9 + ["warn"] * 7 + [None]
    )


def test_quality_has_six_effects_and_six_scores() -> None:
    quality = TEMPLATES[3]
    assert [quality.question(f"T04-{number}").first.kind for number in numbers(1, 6)] == [Kind.CHOICE] * 6
    assert [quality.question(f"T04-{number}").first.kind for number in numbers(7, 12)] == [Kind.MATRIX] * 6


def test_automatic_values_are_proposed_where_the_record_knows_them() -> None:
    proposed = {(question.id, part.auto) for question in QUESTIONS for part in question.parts if part.auto}
    assert proposed == {
        ("T01-07", "notice_by"),
        ("T02-01", "days_to_end"),
        ("T02-01", "days_to_notice"),
        ("T02-18", "extension_decision_by"),
        ("T06-01", "annual_value"),
        ("T06-13", "provider_share"),
        ("T07-02", "current_end"),
        ("T25-09", "current_value"),
    }


def test_a_negative_effect_asks_for_mitigation_and_a_neutral_one_does_not() -> None:
    age = TEMPLATES[2].question("T03-03")
    told = {"description": "No difference is expected.", "evidence": "Caseload, October 2026"}
    assert not missing_parts(age, Answer(values={"effect": "neutral", **told}))
    missing = missing_parts(age, Answer(values={"effect": "negative", **told}))
    assert [part.key for part in missing] == ["mitigation"]
    unknown = Answer(values={"effect": "unknown", "description": "Nobody has asked.", "mitigation": "Survey"})
    assert not missing_parts(age, unknown)


@pytest.mark.parametrize("question", QUESTIONS, ids=by_id)
def test_every_option_that_can_be_chosen_is_a_value_that_can_be_kept(question: Question) -> None:
    for part in question.parts:
        assert part_problem(part, plain_value(part)) is None
        if part.kind in DECIDING_KINDS:
            assert [part_problem(part, value) for value in part.values] == [None] * len(part.values)
            assert all(part.words(value) != value for value in part.values)


def test_yes_without_its_follow_up_is_not_answered_yet() -> None:
    equality = TEMPLATES[0].question("T01-12")
    assert [part.key for part in missing_parts(equality, Answer(values={"answer": "yes"}))] == ["assessment"]
    assert not missing_parts(equality, Answer(values={"answer": "no"}))
    assert not missing_parts(equality, whole_answer(equality, "yes"))


def numbers(first: int, last: int) -> list[str]:
    return [f"{number:02d}" for number in range(first, last + 1)]
