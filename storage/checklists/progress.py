"""Counts progress, score and gates of a run, and says why it may not be completed yet."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from storage.checklists.answers import Answer, deciding_value, is_answered, is_not_applicable
from storage.checklists.gates import GateState, gate_state, gate_words
from storage.checklists.parts import Kind
from storage.checklists.structure import GateKind, Question, Section, Template

Answers = Mapping[str, Answer]
"""Answers by question id; an id the template does not have is ignored."""


@dataclass(frozen=True, slots=True)
class SectionProgress:
    """Questions answered in one section; those that do not apply are outside both other counts."""

    letter: str
    title: str
    answered: int
    applicable: int
    not_applicable: int


@dataclass(frozen=True, slots=True)
class GateCounts:
    """How many gates stand in each way; warning questions are not gates."""

    open: int
    waived: int
    closed: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come. Counts are in questions; those that do not apply are in neither side.

    `percent` is answered of applicable, rounded half up, but never 100 while a question is open.
    `score_percent` is (yes + half of partly) of the three together, rounded half up; None without any.
    Yes, partly and no are counted over fully answered questions that offer them.
    `warnings` are the ids of questions that warn.
    """

    answered: int
    applicable: int
    not_applicable: int
    yes: int
    partly: int
    no: int
    percent: int
    score_percent: int | None
    gates: GateCounts
    warnings: tuple[str, ...]
    blocked: bool
    sections: tuple[SectionProgress, ...]


def progress(template: Template, answers: Answers) -> Progress:
    """Count everything about a run: progress, score, gates and warnings."""
    sections = tuple(_section(section, answers) for section in template.sections)
    answered = sum(section.answered for section in sections)
    applicable = sum(section.applicable for section in sections)
    given = Counter(_scored_answers(template.questions, answers))
    states = [(question, gate_state(question, answers.get(question.id))) for question in template.questions]
    return Progress(
        answered=answered,
        applicable=applicable,
        not_applicable=sum(section.not_applicable for section in sections),
        yes=given["yes"],
        partly=given["partly"],
        no=given["no"],
        percent=_percent(answered, applicable),
        score_percent=_score(given["yes"], given["partly"], given["no"]),
        gates=_gate_counts(states),
        warnings=tuple(question.id for question, state in states if state is GateState.WARNING),
        blocked=any(state.blocks for _, state in states),
        sections=sections,
    )


def may_complete(template: Template, answers: Answers) -> list[str]:
    """Why the run may not be completed, one line for each gate that stops it; empty when it may."""
    return [
        f"Question {question.number}. {gate_words(question, answers.get(question.id))}"
        for question in template.questions
        if gate_state(question, answers.get(question.id)).blocks
    ]


def _section(section: Section, answers: Answers) -> SectionProgress:
    skipped = sum(is_not_applicable(question, answers.get(question.id)) for question in section.questions)
    return SectionProgress(
        letter=section.letter,
        title=section.title,
        answered=sum(is_answered(question, answers.get(question.id)) for question in section.questions),
        applicable=len(section.questions) - skipped,
        not_applicable=skipped,
    )


def _scored_answers(questions: Iterable[Question], answers: Answers) -> list[str]:
    """The yes, partly and no of every fully answered question that asks for one."""
    found = []
    for question in questions:
        answer = answers.get(question.id)
        chosen = deciding_value(question, answer)
        if (
            question.first.kind in (Kind.YES_PARTLY_NO, Kind.YES_NO)
            and chosen
            and is_answered(question, answer)
        ):
            found.append(chosen)
    return found


def _gate_counts(states: list[tuple[Question, GateState]]) -> GateCounts:
    counts = Counter(
        state
        for question, state in states
        if question.gate is not None and question.gate.kind is GateKind.GATE
    )
    return GateCounts(
        # A gate that is open with a warning about its score is open.
        open=counts[GateState.OPEN] + counts[GateState.WARNING],
        waived=counts[GateState.WAIVED],
        closed=counts[GateState.CLOSED],
        waiting=counts[GateState.WAITING],
    )


def _percent(answered: int, applicable: int) -> int:
    if answered == applicable:
        return 100
    return min(99, _rounded(100 * answered, applicable))


def _score(yes: int, partly: int, no: int) -> int | None:
    counted = yes + partly + no
    return _rounded(100 * (2 * yes + partly), 2 * counted) if counted else None


def _rounded(top: int, bottom: int) -> int:
    """A fraction to the nearest whole number, halves up, without passing through a float."""
    return (2 * top + bottom) // (2 * bottom)
