"""The shipped checklists: how many questions, where each comes from, and that honest answers pass."""

import re
from dataclasses import replace

import pytest

from storage.checklists.answers import Answer, Value
from storage.checklists.gates import GateState, gate_state
from storage.checklists.logic import logic_of
from storage.checklists.parts import Kind
from storage.checklists.progress import may_complete
from storage.checklists.reading import GROUPS
from storage.checklists.structure import GateKind, Question, Template
from storage.checklists.template import by_group, shipped, shipped_ids
from tests.storage.checklists.answering import whole_answer
from tests.storage.checklists.answering_runs import standing_run

TEMPLATES = shipped()
QUESTIONS = [question for template in TEMPLATES for question in template.questions]
COUNTS = {
    "T01": 27, "T02": 21, "T03": 28, "T04": 20, "T05": 11, "T06": 15, "T07": 20, "T08": 26, "T09": 39, "T10": 32,
    "T11": 15, "T12": 18, "T13": 11, "T14": 13, "T15": 10, "T16": 10, "T17": 14, "T18": 16, "T19": 20, "T20": 16,
    "T21": 20, "T22": 13, "T23": 16, "T24": 14, "T25": 22,
}  # fmt: skip

YES_ALONE = (
    *(f"T01-{number}" for number in ("03", "04", "11", "16", "18", "21", "24", "25", "26")),
    *("T02-14", "T04-16", "T06-04", "T06-08"),
    *(f"T07-{number}" for number in ("04", "05", "06", "07", "08", "09", "10", "13", "14", "16")),
    *("T08-23", "T08-24", "T14-08", "T18-08", "T25-12", "T25-16"),
)
REFUSED = {
    "T01-19": {"applies_not_met"},
    "T01-20": {"yes_to_do"},
    "T03-20": {"yes"},
    "T21-14": {"without_basis"},
    **{number: {"partly", "no"} for number in YES_ALONE},
    **{number: {"no"} for number in ("T01-12", "T01-13", "T01-14", "T22-06")},
}
"""Every answer that a gate refuses: something the commissioner must put right, or have waived, before signing.

What merely is found, in a review or an assurance, is never refused, however bad."""


def test_each_checklist_has_all_its_questions() -> None:
    assert {template.id: len(template.questions) for template in TEMPLATES} == COUNTS
    assert shipped_ids() == list(COUNTS)


def test_every_checklist_is_in_a_group_and_named_once() -> None:
    assert {template.group for template in TEMPLATES} == set(GROUPS)
    assert sum(len(members) for _, members in by_group(TEMPLATES)) == len(TEMPLATES)
    assert len({template.title for template in TEMPLATES}) == len(TEMPLATES)


def test_questions_are_numbered_from_one_in_the_order_asked() -> None:
    for template in TEMPLATES:
        numbers = [question.number for question in template.questions]
        assert numbers == [f"{place:02d}" for place in range(1, len(numbers) + 1)]
        assert [question.id for question in template.questions] == [f"{template.id}-{n}" for n in numbers]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.id)
def test_every_trace_names_a_source_that_is_explained_and_used(template: Template) -> None:
    known = {source.value for source in template.sources}
    used: set[str] = set()
    for question in template.questions:
        for where in re.split(r";\s*", question.trace):
            source = where.split()[0]
            assert source in known or where.casefold() == "current practice", f"{question.id}: {where}"
            used |= {source} & known
    assert used == known


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.id)
def test_words_are_of_a_length_that_is_read(template: Template) -> None:
    for question in template.questions:
        assert 60 <= len(question.guidance) <= 420, question.id
        assert len(question.text) <= 190, question.id


def one_of(question: Question, value: str) -> Value:
    """An option of the first part, as it is kept."""
    return [value] if question.first.kind is Kind.CHOICES else value


def full_answer(question: Question, first: Value | None) -> Answer:
    """An answer with all that it may require beside itself."""
    whole = whole_answer(question, first, "Seen.")
    return replace(whole, evidence="Panel pack", mitigation="A second nurse", actions=1)


def refused(question: Question) -> set[str]:
    """The answers of the first part that close the gate although everything else is given."""
    return {
        value
        for value in question.first.values
        if gate_state(question, full_answer(question, one_of(question, value))) is GateState.CLOSED
    }


def test_a_gate_refuses_only_what_must_be_put_right_first() -> None:
    gated = [q for q in QUESTIONS if q.gate is not None and q.gate.kind is GateKind.GATE]
    assert {q.id: refused(q) for q in gated if refused(q)} == REFUSED


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_what_the_guidance_promises_holds(question: Question) -> None:
    if re.search(r"\bNot\s+applicable\b", question.guidance):
        assert question.not_applicable
    elif question.first.kind is not Kind.YES_PARTLY_NO and question.id >= "T05":
        assert not question.not_applicable, "it allows Not applicable and does not say when"
    if re.search(r"\bAny (answer|rating|score|choice) passes\b", question.guidance):
        assert question.gate is not None
        assert not refused(question)
    if "does not stop sign-off" in question.guidance or "without stopping sign-off" in question.guidance:
        assert question.gate is not None
        assert question.gate.kind is GateKind.WARN
    if question.needs_note:
        assert "note" in question.guidance


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_every_gate_opens_to_an_answer_somebody_could_give(question: Question) -> None:
    if question.gate is None or question.gate.kind is GateKind.WARN:
        return
    open_to = [value for value in question.first.values if value not in refused(question)]
    answers = [full_answer(question, one_of(question, value)) for value in open_to]
    for answer in answers or [full_answer(question, None)]:
        assert gate_state(question, answer) is GateState.OPEN
    if question.not_applicable:
        aside = Answer(not_applicable=True, reason="There is none here.")
        assert gate_state(question, aside) is GateState.OPEN


DECIDING = [
    (template, question, value)
    for template in TEMPLATES
    for question in template.questions
    if question.id in logic_of(template).dependents and question.first.kind is not Kind.CHOICES
    for value in question.first.values
    if value not in REFUSED.get(question.id, ())
]


@pytest.mark.parametrize(
    ("template", "question", "value"), DECIDING, ids=[f"{q.id} {value}" for _, q, value in DECIDING]
)
def test_a_run_can_be_signed_whatever_the_answers_are_that_others_rest_on(
    template: Template, question: Question, value: str
) -> None:
    answers = standing_run(template, {question.id: value})
    asked = answers[question.id].effects.asked and not answers[question.id].effects.refused
    assert may_complete(template, answers) == [] or not asked
