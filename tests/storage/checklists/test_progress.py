"""Progress, score and the reasons why a run may not be completed yet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.checklists.answers import Answer
from storage.checklists.gates import GateState, gate_state
from storage.checklists.progress import GateCounts, may_complete, progress
from storage.checklists.structure import GateKind, Template
from storage.checklists.template import read_template, shipped
from tests.storage.checklists.answering import WAIVER, any_answers, passing_answer

TEMPLATES = shipped()
YES, PARTLY, NO = (Answer(values={"answer": value}) for value in ("yes", "partly", "no"))
SKIPPED = Answer(not_applicable=True, reason="Not part of this service.")


def small_template(count: int) -> Template:
    questions = "".join(
        f"""
[[sections.questions]]
id = "T90-{number:02d}"
number = "{number:02d}"
text = "Is it so?"
guidance = "Look. Ask."
trace = "Current practice"
kind = "yes_partly_no"
gate = "warn"
"""
        for number in range(1, count + 1)
    )
    return read_template(f"""
id = "T90"
version = "1.0"
title = "Small"
purpose = "For trying things."
subjects = ["contract"]
[[sections]]
letter = "A"
title = "Only section"
{questions}""")


def run_of(given_answers: list[Answer]) -> dict[str, Answer]:
    return {f"T90-{number:02d}": answer for number, answer in enumerate(given_answers, start=1)}


def test_ten_questions_with_two_not_applicable() -> None:
    answers = run_of([SKIPPED] * 2 + [YES] * 5 + [PARTLY] * 2 + [NO])
    found = progress(small_template(10), answers)
    assert (found.answered, found.applicable, found.not_applicable) == (8, 8, 2)
    assert (found.yes, found.partly, found.no) == (5, 2, 1)
    assert (found.percent, found.score_percent) == (100, 75)


@pytest.mark.parametrize(
    ("given_answers", "percent", "score"),
    [
        ([], 0, None),
        ([YES], 33, 100),
        ([YES, NO], 67, 50),
        ([YES, YES, NO], 100, 67),
        ([YES, PARTLY, PARTLY], 100, 67),
        ([SKIPPED, NO, NO], 100, 0),
        ([SKIPPED, SKIPPED, SKIPPED], 100, None),
    ],
)
def test_percentages_are_rounded_to_the_nearest(
    given_answers: list[Answer], percent: int, score: int | None
) -> None:
    found = progress(small_template(3), run_of(given_answers))
    assert (found.percent, found.score_percent) == (percent, score)


def test_a_half_is_rounded_up() -> None:
    # One yes in eight is 12.5 %.
    assert progress(small_template(8), run_of([YES] + [NO] * 7)).score_percent == 13


def test_hundred_per_cent_is_said_only_when_everything_is_answered() -> None:
    big = {f"T91-{number:03d}": YES for number in range(1, 300)}
    text = "".join(
        f'[[sections.questions]]\nid = "T91-{number:03d}"\nnumber = "{number:03d}"\ntext = "So?"\n'
        'guidance = "Look."\ntrace = "Current practice"\nkind = "yes_no"\n'
        for number in range(1, 301)
    )
    head = 'id = "T91"\nversion = "1.0"\ntitle = "Long"\npurpose = "Long."\nsubjects = ["service"]\n'
    template = read_template(f'{head}[[sections]]\nletter = "A"\ntitle = "All"\n{text}')
    assert progress(template, big).percent == 99


def test_an_answer_lacking_its_follow_up_is_in_neither_progress_nor_score() -> None:
    found = progress(TEMPLATES[0], {"T01-12": YES})
    assert (found.answered, found.yes, found.score_percent) == (0, 0, None)


def test_gates_are_counted_by_how_they_stand() -> None:
    answers = {
        "T01-03": YES,
        "T01-04": NO,
        "T01-11": Answer(values={"answer": "no"}, waiver=WAIVER),
        "T01-16": SKIPPED,
        "T01-02": YES,
        "T01-08": NO,
    }
    found = progress(TEMPLATES[0], answers)
    assert found.gates == GateCounts(open=3, waived=1, closed=1, waiting=14)
    assert "T01-02" in found.warnings
    assert found.blocked


def test_a_high_score_leaves_its_gate_open_and_warns() -> None:
    found = progress(TEMPLATES[3], {"T04-07": Answer(values={"score": {"likelihood": 3, "consequence": 4}})})
    assert found.gates.open == 1
    assert "T04-07" in found.warnings


def test_sections_carry_their_own_counts() -> None:
    found = progress(TEMPLATES[0], {"T01-03": YES, "T01-04": SKIPPED, "T01-08": YES})
    counts = [(one.letter, one.answered, one.applicable, one.not_applicable) for one in found.sections]
    assert counts == [("A", 1, 5, 1), ("B", 1, 5, 0), ("C", 0, 6, 0), ("D", 0, 5, 0), ("E", 0, 5, 0)]


def test_an_answer_to_a_question_the_template_does_not_have_changes_nothing() -> None:
    assert progress(TEMPLATES[0], {"T99-01": YES}) == progress(TEMPLATES[0], {})


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.id)
def test_open_questions_without_a_gate_do_not_stop_completion(template: Template) -> None:
    gated = [one for one in template.questions if one.gate and one.gate.kind is GateKind.GATE]
    answers = {question.id: passing_answer(question) for question in gated}
    assert may_complete(template, answers) == []
    assert not progress(template, answers).blocked
    for question in gated:
        reasons = may_complete(template, {key: value for key, value in answers.items() if key != question.id})
        assert [reason.partition(".")[0] for reason in reasons] == [f"Question {question.number}"]


def test_the_reason_names_the_question_and_what_would_open_it() -> None:
    answers = {question.id: passing_answer(question) for question in TEMPLATES[0].questions}
    closed = {**answers, "T01-03": NO}
    assert may_complete(TEMPLATES[0], closed) == ["Question 03. Gate closed: needs Yes or a waiver"]
    waived = {**answers, "T01-03": Answer(values=NO.values, waiver=WAIVER)}
    assert may_complete(TEMPLATES[0], waived) == []


@st.composite
def runs(draw: st.DrawFn) -> tuple[Template, dict[str, Answer]]:
    template = draw(st.sampled_from(TEMPLATES))
    answers = {one.id: draw(any_answers(one)) for one in template.questions if draw(st.booleans())}
    return template, answers


@given(runs())
def test_counts_stay_within_bounds_and_agree_with_one_another(
    run: tuple[Template, dict[str, Answer]],
) -> None:
    template, answers = run
    found = progress(template, answers)
    assert 0 <= found.answered <= found.applicable
    assert found.applicable + found.not_applicable == len(template.questions)
    assert found.yes + found.partly + found.no <= found.answered
    assert 0 <= found.percent <= 100
    assert (found.percent == 100) == (found.answered == found.applicable)
    assert found.score_percent is None or 0 <= found.score_percent <= 100
    gates = found.gates
    assert gates.open + gates.waived + gates.closed + gates.waiting == sum(
        1 for one in template.questions if one.gate and one.gate.kind is GateKind.GATE
    )
    assert found.blocked == bool(may_complete(template, answers)) == (gates.closed + gates.waiting > 0)


@given(runs())
def test_waiving_every_gate_that_stops_lets_the_run_be_completed(
    run: tuple[Template, dict[str, Answer]],
) -> None:
    template, answers = run
    waived = {
        one.id: Answer(values=answers[one.id].values if one.id in answers else {}, waiver=WAIVER)
        for one in template.questions
        if gate_state(one, answers.get(one.id)).blocks
    }
    merged = {**answers, **waived}
    assert may_complete(template, merged) == []
    assert progress(template, merged).answered >= progress(template, answers).answered
    assert all(gate_state(one, merged.get(one.id)) is not GateState.WAITING for one in template.questions)
