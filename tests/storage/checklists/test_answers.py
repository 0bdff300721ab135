"""Answers: what can be kept in each kind of part, and when nothing was said."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.checklists.answers import (
    Answer,
    Value,
    asked_parts,
    deciding_value,
    is_answered,
    is_blank,
    is_complete,
    part_problem,
)
from storage.checklists.parts import STANDARD_OPTIONS, Kind, Option, Part
from storage.checklists.structure import Question
from storage.checklists.template import shipped
from tests.storage.checklists.answering import any_answers, whole_answer

QUESTIONS = [question for template in shipped() for question in template.questions]
CHOICES = (Option("low_demand", "Too little demand"), Option("breach", "Serious breach"))


def part_of(kind: Kind) -> Part:
    options = CHOICES if kind in (Kind.CHOICE, Kind.CHOICES) else STANDARD_OPTIONS.get(kind, ())
    return Part("answer", kind, "Answer", options)


GOOD: list[tuple[Kind, Value]] = [
    (Kind.YES_PARTLY_NO, "partly"),
    (Kind.YES_NO, "no"),
    (Kind.RATING, "amber"),
    (Kind.MATRIX, {"likelihood": 1, "consequence": 5}),
    (Kind.TEXT, "=SUM(A1) is only text"),
    (Kind.DATE, "2028-02-29"),
    (Kind.NUMBER, "-45"),
    (Kind.NUMBER, "0"),
    (Kind.MONEY, 0),
    (Kind.MONEY, -372_800),
    (Kind.PERCENT, "103.25"),
    (Kind.CHOICE, "breach"),
    (Kind.CHOICES, ["breach", "low_demand"]),
    (Kind.PERSON, "Joy Okafor"),
    (Kind.LINK, "Panel pack"),
]
BAD: list[tuple[Kind, Value]] = [
    (Kind.YES_PARTLY_NO, "Yes"),
    (Kind.YES_NO, "partly"),
    (Kind.RATING, 1),
    (Kind.MATRIX, {"likelihood": 0, "consequence": 5}),
    (Kind.MATRIX, {"likelihood": 6, "consequence": 5}),
    (Kind.MATRIX, {"likelihood": 3}),
    (Kind.MATRIX, {"likelihood": True, "consequence": 2}),
    (Kind.MATRIX, "12"),
    (Kind.DATE, "2027-02-29"),
    (Kind.DATE, "20270331"),
    (Kind.DATE, "31/03/2027"),
    (Kind.DATE, 20270331),
    (Kind.NUMBER, "1e5"),
    (Kind.NUMBER, "١٢"),
    (Kind.NUMBER, 12),
    (Kind.PERCENT, "12%"),
    (Kind.MONEY, "12.50"),
    (Kind.MONEY, True),
    (Kind.MONEY, 10**15 + 1),
    (Kind.CHOICE, "other"),
    (Kind.CHOICE, ["breach"]),
    (Kind.CHOICES, "breach"),
    (Kind.CHOICES, ["breach", "breach"]),
    (Kind.CHOICES, ["breach", "other"]),
    (Kind.TEXT, 5),
]


@pytest.mark.parametrize(("kind", "value"), GOOD)
def test_a_right_value_is_kept_and_survives_json(kind: Kind, value: Value) -> None:
    assert part_problem(part_of(kind), value) is None
    assert part_problem(part_of(kind), json.loads(json.dumps(value))) is None


@pytest.mark.parametrize(("kind", "value"), BAD)
def test_a_wrong_value_is_refused_in_words(kind: Kind, value: Value) -> None:
    problem = part_problem(part_of(kind), value)
    assert problem is not None
    assert problem.startswith("Answer")
    assert problem.endswith(".")


@pytest.mark.parametrize("value", [None, "", "  \n\t", "\u00a0", "\u200b\ufeff", [], {}])
def test_blank_is_no_answer_and_no_mistake(value: Value | None) -> None:
    assert is_blank(value)
    assert [part_problem(part_of(kind), value) for kind in Kind] == [None] * len(Kind)


@pytest.mark.parametrize("value", [0, "0", "-", [""], {"likelihood": 1}])
def test_zero_and_a_dash_are_something(value: Value) -> None:
    assert not is_blank(value)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_blank_parts_do_not_make_an_answer(question: Question) -> None:
    assert not is_answered(question, None)
    assert not is_answered(question, Answer())
    assert not is_answered(question, Answer(values={part.key: " " for part in question.parts}))
    assert is_answered(question, whole_answer(question))


def test_a_follow_up_part_is_asked_only_after_its_answers() -> None:
    penalties = shipped()[0].question("T01-09")
    assert [part.key for part in asked_parts(penalties, Answer(values={"answer": "no"}))] == ["answer"]
    assert [part.key for part in asked_parts(penalties, Answer(values={"answer": "yes"}))] == [
        "answer",
        "amount",
    ]
    assert [part.key for part in asked_parts(penalties, None)] == ["answer"]


def test_an_optional_part_may_be_blank_but_not_wrong() -> None:
    cost = shipped()[1].question("T02-09")
    whole: dict[str, Value] = {"cost": 5_000, "rating": "green"}
    assert is_answered(cost, Answer(values=whole))
    assert not is_answered(cost, Answer(values={**whole, "comparator": "cheap"}))


def test_an_answer_that_does_not_apply_decides_nothing() -> None:
    need = shipped()[0].question("T01-03")
    answer = Answer(values={"answer": "no"}, not_applicable=True, reason="Nobody uses it")
    assert deciding_value(need, answer) is None
    assert not is_answered(need, answer)
    assert is_complete(need, answer)


def test_not_applicable_is_ignored_where_the_question_does_not_allow_it() -> None:
    breach = shipped()[0].question("T01-02")
    assert deciding_value(breach, Answer(values={"answer": "yes"}, not_applicable=True)) == "yes"


@given(st.data(), st.sampled_from(QUESTIONS))
def test_what_counts_as_answered_holds_only_values_that_can_be_kept(
    data: st.DataObject, question: Question
) -> None:
    answer = data.draw(any_answers(question))
    if is_answered(question, answer):
        for part in asked_parts(question, answer):
            assert part_problem(part, answer.values.get(part.key)) is None
            assert part.optional or not is_blank(answer.values.get(part.key))
