"""Counts progress, score and gates of a run, and says why it may not be completed yet."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from storage.checklists.answers import Answer, deciding_value, is_answered, is_asked, is_not_applicable
from storage.checklists.gates import GateState, demand_words, gate_state, gate_words
from storage.checklists.parts import SCORED_KINDS
from storage.checklists.short import joined, mark
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
    """How far a run has come. Counts are in questions; those that do not apply or are not asked are in neither side.

    `percent` is answered of applicable, rounded half up, but never 100 while a question is open.
    `score_percent` is the mean of what the answers score (yes 100, partly 50, no 0, or as the template says), each
    counted as often as its question weighs, rounded half up; None without any. With weights 1 it is
    (yes + half of partly) of the three together.
    Yes, partly and no are counted over fully answered questions that offer them.
    `warnings` are the ids of questions that warn. `hidden` counts questions no condition asks.
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
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """What counts of one question: asked, not applicable, answered, the option chosen, what stops, mark and score."""

    asked: bool
    aside: bool
    answered: bool
    chosen: str | None
    gate: GateState
    stops: str
    mark: str
    to_answer: bool
    weight: int  # in the score; 0 while nothing of it counts there
    points: int  # per cent that the answer scores


Known = dict[str, tuple[Answer | None, Standing]]
"""What was counted before, by question, with the answer it was counted for."""


def progress(template: Template, answers: Answers, known: Known | None = None) -> Progress:
    """Count everything about a run: progress, score, gates and warnings. `answers` are those with their effects.

    `known` keeps what was counted, so that the next time only what has changed is counted anew.
    """
    known = {} if known is None else known
    found = [
        (question, _standing(question, answers.get(question.id), known)) for question in template.questions
    ]
    asked = [(question, standing) for question, standing in found if standing.asked]
    sections = tuple(_section(section, known) for section in template.sections)
    answered = sum(section.answered for section in sections)
    applicable = sum(section.applicable for section in sections)
    scored = [(question, standing.chosen) for question, standing in asked if standing.chosen is not None]
    given = Counter(chosen for question, chosen in scored if question.first.kind in SCORED_KINDS)
    return Progress(
        answered=answered,
        applicable=applicable,
        not_applicable=sum(section.not_applicable for section in sections),
        yes=given["yes"],
        partly=given["partly"],
        no=given["no"],
        percent=_percent(answered, applicable),
        score_percent=_score(standing for _, standing in asked),
        gates=_gate_counts(asked),
        warnings=tuple(question.id for question, each in asked if each.gate is GateState.WARNING),
        blocked=any(standing.stops for _, standing in asked),
        sections=sections,
        hidden=len(found) - len(asked),
    )


def _standing(question: Question, answer: Answer | None, known: Known) -> Standing:
    held = known.get(question.id)
    if held is not None and held[0] is answer:
        return held[1]
    answered = is_answered(question, answer)
    counts = bool(question.first.scores) or question.first.kind in SCORED_KINDS
    chosen = deciding_value(question, answer) if answered and counts else None
    made = Standing(
        asked=is_asked(answer),
        aside=is_not_applicable(question, answer),
        answered=answered,
        chosen=chosen,
        gate=gate_state(question, answer),
        stops=_stop(question, answer),
        mark=mark(question, answer),
        to_answer=question.is_to_answer,
        weight=question.weight if chosen is not None and question.is_scored else 0,
        points=question.points(chosen) if chosen is not None else 0,
    )
    known[question.id] = answer, made
    return made


def may_complete(template: Template, answers: Answers, known: Known | None = None) -> list[str]:
    """Why the run may not be completed, one line for each gate and each demand that stops it; empty when it may."""
    known = {} if known is None else known
    stops = ((each, _standing(each, answers.get(each.id), known).stops) for each in template.questions)
    return [f"Question {question.number}. {words}" for question, words in stops if words]


def marks(template: Template, answers: Answers, known: Known | None = None) -> str:
    """The answers in short, as `short.in_short` says, from what was counted before where that still holds."""
    known = {} if known is None else known
    return joined((each.id, _standing(each, answers.get(each.id), known).mark) for each in template.questions)


def _stop(question: Question, answer: Answer | None) -> str:
    """What of one question stops completion, in words; empty when nothing does."""
    if question.gate is not None:
        return gate_words(question, answer) if gate_state(question, answer).blocks else ""
    return demand_words(question, answer)


def _section(section: Section, known: Known) -> SectionProgress:
    counted = [known[question.id][1] for question in section.questions]
    asked = [standing for standing in counted if standing.asked and standing.to_answer]
    skipped = sum(standing.aside for standing in asked)
    return SectionProgress(
        letter=section.letter,
        title=section.title,
        answered=sum(standing.answered for standing in asked),
        applicable=len(asked) - skipped,
        not_applicable=skipped,
    )


def _gate_counts(asked: list[tuple[Question, Standing]]) -> GateCounts:
    counts = Counter(
        standing.gate
        for question, standing in asked
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


def _score(asked: Iterable[Standing]) -> int | None:
    """The weighted mean of what the answers score. Two yes/no questions of weights 1 and 3: the heavy one 75."""
    points = weights = 0
    for standing in asked:
        points += standing.weight * standing.points
        weights += standing.weight
    return _rounded(points, weights) if weights else None


def _rounded(top: int, bottom: int) -> int:
    """A fraction to the nearest whole number, halves up, without passing through a float."""
    return (2 * top + bottom) // (2 * bottom)
