"""Gates: which answers pass each one, what the words say, and what a waiver does."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.checklists.answers import Answer, Value, Waiver, is_answered
from storage.checklists.gates import GateState, gate_state, gate_words, part_score
from storage.checklists.structure import GateKind, Question
from storage.checklists.template import shipped
from tests.storage.checklists.answering import WAIVER, any_answers, whole_answer

QUESTIONS = {question.id: question for template in shipped() for question in template.questions}
# Those of the first four, by table; the others are proved open to an honest answer in test_shipped.py.
GATED = [
    question
    for question in QUESTIONS.values()
    if question.id < "T05" and question.gate and question.gate.kind is GateKind.GATE
]
OPEN, CLOSED, WAITING = GateState.OPEN, GateState.CLOSED, GateState.WAITING

PASS_ON_YES = [
    *(f"T01-{number}" for number in ("03", "04", "11", "12", "13", "14", "16", "18", "21", "24", "25", "26")),
    "T02-14",
    "T04-16",
]
PASS_ON_ANY = [
    *(f"T01-{number}" for number in ("08", "15")),
    *(f"T02-{number}" for number in ("02", "05", "07", "18", "19", "21")),
    *(f"T03-{number}" for number in ("23", "26")),
    *(f"T04-{number:02d}" for number in range(1, 7)),
    "T04-17",
]
PASS_ON_LISTED = {
    "T01-19": {"applies_met", "does_not_apply"},
    "T01-20": {"no", "yes_done"},
    "T03-20": {"no"},
}
PASS_WHEN_COMPLETE = [
    "T01-01",
    "T01-07",
    "T01-23",
    "T03-02",
    *(f"T03-{number:02d}" for number in range(3, 12)),
    *(f"T03-{number}" for number in ("25", "28")),
    *(f"T04-{number}" for number in ("13", "15", "18", "19")),
]
SCORED = [*(f"T04-{number:02d}" for number in range(7, 13)), "T04-14"]


def state_for(question_id: str, first: Value, note: str = "Seen.") -> GateState:
    question = QUESTIONS[question_id]
    return gate_state(question, whole_answer(question, first, note))


def test_the_tables_above_name_every_gate() -> None:
    named = [*PASS_ON_YES, *PASS_ON_ANY, *PASS_ON_LISTED, *PASS_WHEN_COMPLETE, *SCORED]
    assert sorted(named) == sorted(question.id for question in GATED)


@pytest.mark.parametrize("question_id", PASS_ON_YES)
def test_passes_on_yes_alone(question_id: str) -> None:
    values = QUESTIONS[question_id].first.values
    assert {value for value in values if state_for(question_id, value) is OPEN} == {"yes"}
    assert {value for value in values if state_for(question_id, value) is CLOSED} == set(values) - {"yes"}


@pytest.mark.parametrize("question_id", PASS_ON_ANY)
def test_passes_on_any_answer(question_id: str) -> None:
    for value in QUESTIONS[question_id].first.values:
        assert state_for(question_id, value) is OPEN


@pytest.mark.parametrize(("question_id", "passing"), PASS_ON_LISTED.items())
def test_passes_on_the_answers_it_lists(question_id: str, passing: set[str]) -> None:
    values = QUESTIONS[question_id].first.values
    assert {value for value in values if state_for(question_id, value) is OPEN} == passing
    assert {value for value in values if state_for(question_id, value) is CLOSED} == set(values) - passing


@pytest.mark.parametrize("question_id", PASS_WHEN_COMPLETE)
def test_passes_when_every_part_is_given(question_id: str) -> None:
    question = QUESTIONS[question_id]
    whole = whole_answer(question)
    assert gate_state(question, whole) is OPEN
    for part in question.parts:
        if not part.when:
            without = {key: value for key, value in whole.values.items() if key != part.key}
            assert gate_state(question, Answer(values=without)) is WAITING


@pytest.mark.parametrize("question_id", SCORED)
@pytest.mark.parametrize("likelihood", range(1, 6))
@pytest.mark.parametrize("consequence", range(1, 6))
def test_a_score_passes_below_fifteen(question_id: str, likelihood: int, consequence: int) -> None:
    state = state_for(question_id, {"likelihood": likelihood, "consequence": consequence})
    points = likelihood * consequence
    high = GateState.WARNING if question_id != "T04-14" else OPEN
    assert state is (CLOSED if points >= 15 else high if points > 8 else OPEN)


@pytest.mark.parametrize("question_id", ["T04-06", "T04-17"])
def test_two_quality_questions_need_a_note(question_id: str) -> None:
    question = QUESTIONS[question_id]
    answer = whole_answer(question, note=" ")
    assert gate_state(question, answer) is WAITING
    assert is_answered(question, answer)
    assert gate_words(question, answer) == "Gate: needs a note or a waiver"


@pytest.mark.parametrize("question", GATED, ids=lambda question: question.id)
def test_not_applicable_passes_with_a_reason_where_the_question_allows_it(question: Question) -> None:
    bare = Answer(not_applicable=True)
    reasoned = Answer(not_applicable=True, reason="The provider is leaving by its own choice.")
    assert gate_state(question, None) is WAITING
    assert gate_state(question, bare) is WAITING
    assert gate_state(question, reasoned) is (OPEN if question.not_applicable else WAITING)


def test_not_applicable_hides_a_score_given_before() -> None:
    question = QUESTIONS["T04-07"]
    worst = {"likelihood": 5, "consequence": 5}
    answer = Answer(values={"score": worst}, not_applicable=True, reason="The effect is positive.")
    assert gate_state(question, answer) is OPEN


WORDS = [
    ("T01-03", Answer(values={"answer": "yes"}), "Gate open"),
    ("T01-03", Answer(values={"answer": "no"}), "Gate closed: needs Yes or a waiver"),
    ("T01-03", None, "Gate: needs Yes or a waiver"),
    ("T01-03", Answer(values={"answer": "no"}, waiver=WAIVER), "Gate waived by Dr A Mehta"),
    ("T01-03", Answer(not_applicable=True), "Gate: needs the reason why it does not apply or a waiver"),
    ("T01-03", Answer(not_applicable=True, reason="No users"), "Gate open: not applicable"),
    ("T01-05", None, ""),
    ("T01-07", None, "Gate: needs an answer or a waiver"),
    ("T01-07", Answer(values={"clause": "17.2"}), "Gate: needs “Last day to give notice” or a waiver"),
    ("T01-08", None, "Gate: needs an answer or a waiver"),
    (
        "T01-12",
        Answer(values={"answer": "yes"}),
        "Gate: needs “Where the assessment is” or a waiver",
    ),
    (
        "T01-19",
        Answer(values={"answer": "applies_not_met"}),
        "Gate closed: needs “Applies – met”, “Does not apply” or a waiver",
    ),
    ("T04-07", None, "Gate: needs a score below 15 or a waiver"),
    (
        "T04-07",
        Answer(values={"score": {"likelihood": 4, "consequence": 4}}),
        "Gate closed: score 16 (Extreme), needs a score below 15 or a waiver",
    ),
    (
        "T04-07",
        Answer(values={"score": {"likelihood": 4, "consequence": 3}}),
        "Gate open, with a warning: score 12 (High) is above 8",
    ),
    ("T04-17", None, "Gate: needs an answer and a note or a waiver"),
    ("T01-02", None, "Warns, does not stop sign-off: not answered yet"),
    ("T01-02", Answer(values={"answer": "yes"}), "Warns, does not stop sign-off: the answer is not No"),
    ("T01-02", Answer(values={"answer": "no"}), ""),
    ("T01-27", Answer(values={"who": "Joy Okafor"}), "Warns, does not stop sign-off: needs “When”"),
]


@pytest.mark.parametrize(("question_id", "answer", "words"), WORDS)
def test_the_words_say_what_would_open_the_gate(question_id: str, answer: Answer | None, words: str) -> None:
    assert gate_words(QUESTIONS[question_id], answer) == words


@pytest.mark.parametrize("question_id", ["T01-02", "T01-09", "T01-10", "T02-08", "T03-12", "T04-20"])
def test_a_warning_never_blocks(question_id: str) -> None:
    question = QUESTIONS[question_id]
    answers = [None, *(whole_answer(question, value) for value in question.first.values)]
    assert not any(gate_state(question, answer).blocks for answer in answers)
    assert gate_state(question, None) is GateState.WARNING


@pytest.mark.parametrize(
    "waiver", [Waiver("", "Why", date(2026, 1, 1)), Waiver("Who", "\u200b", date(2026, 1, 1))]
)
def test_a_waiver_without_name_or_reason_opens_nothing(waiver: Waiver) -> None:
    answer = Answer(values={"answer": "no"}, waiver=waiver)
    assert gate_state(QUESTIONS["T01-03"], answer) is CLOSED


def test_a_waiver_that_is_not_needed_is_not_counted() -> None:
    answer = Answer(values={"answer": "yes"}, waiver=WAIVER)
    assert gate_state(QUESTIONS["T01-03"], answer) is OPEN


@given(st.data(), st.sampled_from(GATED))
def test_a_whole_waiver_always_unblocks(data: st.DataObject, question: Question) -> None:
    answer = data.draw(any_answers(question, WAIVER))
    assert not gate_state(question, answer).blocks


@given(st.data(), st.sampled_from(list(QUESTIONS.values())))
def test_words_and_state_never_disagree(data: st.DataObject, question: Question) -> None:
    answer = data.draw(st.none() | any_answers(question))
    state, words = gate_state(question, answer), gate_words(question, answer)
    assert (state is GateState.NONE) == (words == "")
    assert state.blocks == words.endswith("or a waiver")


def test_a_part_without_a_whole_score_has_none() -> None:
    part = QUESTIONS["T04-07"].first
    assert part_score(part, None) is None
    assert part_score(part, Answer(values={"score": {"likelihood": 3}})) is None
    assert part_score(part, Answer(values={"score": {"likelihood": 3, "consequence": 4}})) == 12
    assert part_score(QUESTIONS["T01-05"].first, Answer(values={"answer": "Text"})) is None
