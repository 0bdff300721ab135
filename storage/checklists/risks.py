"""The five-by-five scores of a checklist: every risk with its place, and how each has moved since an earlier run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from storage.checklists.answers import Answer, asked_parts, is_asked, is_not_applicable
from storage.checklists.parts import Kind, Part
from storage.checklists.structure import Question, Template
from storage.checklists.values import ROW, Row, is_blank, part_problem, rows_of
from storage.rules.risk_movement import Movement, Place, place_of

Key = tuple[str, str, str, str]
"""Question, part, row and column; the last two are empty for a score that is a part by itself."""

ALIKE = 0.5  # how much of their words two free rows of one number share to be the same risk


@dataclass(frozen=True, slots=True)
class RunRisk:
    """One score of a run. `number` is what it is called on the matrix: its question, a letter, or a row of it.

    `named` are the words of a row that has no name of its own, by which it is known again.
    """

    key: Key
    number: str
    words: str
    place: Place
    named: str = ""


def risks_of(template: Template, answers: Mapping[str, Answer]) -> tuple[RunRisk, ...]:
    """Every score that is asked and given, in the order of the questions."""
    found: list[RunRisk] = []
    for question in template.questions:
        answer = answers.get(question.id)
        if answer is not None:
            found += risks_in(question, answer)
    return tuple(found)


def risks_in(question: Question, answer: Answer) -> Iterator[RunRisk]:
    """The scores of one question; none where it is not asked or does not apply."""
    if is_asked(answer) and not is_not_applicable(question, answer):
        yield from _of_question(question, answer)


def has_risks(template: Template) -> bool:
    """Whether a template asks for any score."""
    parts = (part for question in template.questions for part in question.parts)
    return any(each.kind is Kind.MATRIX for part in parts for each in (part, *part.columns))


def moves(now: Iterable[RunRisk], before: Iterable[RunRisk]) -> dict[Key, Movement]:
    """How each risk has moved. Free rows are known again by their words, then by their number if those are alike."""
    earlier = {risk.key: risk for risk in before}
    by_words: dict[tuple[str, ...], RunRisk] = {
        (*_column(risk), risk.named.casefold()): risk for risk in earlier.values() if risk.named
    }
    return {risk.key: Movement(risk.place, _before(risk, earlier, by_words)) for risk in now}


def _before(
    risk: RunRisk, earlier: Mapping[Key, RunRisk], by_words: Mapping[tuple[str, ...], RunRisk]
) -> Place | None:
    if risk.named and (same := by_words.get((*_column(risk), risk.named.casefold()))):
        return same.place
    held = earlier.get(risk.key)
    if held is None:
        return None
    alike = SequenceMatcher(None, held.named.casefold(), risk.named.casefold()).ratio() >= ALIKE
    return held.place if alike or held.named == risk.named else None


def _column(risk: RunRisk) -> tuple[str, str, str]:
    question, part, _, column = risk.key
    return question, part, column


def _of_question(question: Question, answer: Answer) -> Iterator[RunRisk]:
    asked = asked_parts(question, answer)
    scored = [part for part in asked if part.kind is Kind.MATRIX]
    for place, part in enumerate(scored):
        if found := _place(part, answer.values.get(part.key)):
            number = question.number + (chr(97 + place) if len(scored) > 1 else "")
            words = f"{question.text} {part.label}" if len(scored) > 1 else question.text
            yield RunRisk((question.id, part.key, "", ""), number, words, found)
    for part in asked:
        if part.kind is Kind.ROWS:
            yield from _of_rows(question, part, answer)


def _of_rows(question: Question, part: Part, answer: Answer) -> Iterator[RunRisk]:
    scored = [column for column in part.columns if column.kind is Kind.MATRIX]
    fixed = {option.value: option.label for option in part.fixed}
    for line, row in enumerate(rows_of(answer.values.get(part.key)), start=1):
        key, said = str(row.get(ROW, "")), _said(part, row)
        named = "" if key in fixed else said
        for place, column in enumerate(scored):
            if found := _place(column, row.get(column.key)):
                number = f"{question.number}.{line}" + (chr(97 + place) if len(scored) > 1 else "")
                words = f"{fixed.get(key) or said or f'Row {line}'}: {column.label}"
                yield RunRisk((question.id, part.key, key, column.key), number, words, found, named)


def _said(part: Part, row: Row) -> str:
    """The words a free row is called by: those of its first column of text."""
    texts = (row.get(column.key) for column in part.columns if column.kind is Kind.TEXT)
    return next((" ".join(words.split()) for words in texts if isinstance(words, str) and words.strip()), "")


def _place(part: Part, value: object) -> Place | None:
    if not isinstance(value, dict) or is_blank(value) or part_problem(part, value):
        return None
    return place_of(value["likelihood"], value["consequence"], part.scales)
