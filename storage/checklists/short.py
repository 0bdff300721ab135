"""The answers of a run in a few characters a question, so that many runs can be compared without reading them all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from storage.checklists.answers import Answer, deciding_value, is_answered, is_asked, is_not_applicable
from storage.checklists.structure import Question, Template

HIDDEN, NOT_APPLICABLE, OPEN, ANSWERED = "-", "x", "", "+"


def in_short(template: Template, answers: Mapping[str, Answer]) -> str:
    """One mark for each question, by its id: `T01-01=yes`, `-` not asked, `x` not applicable, `+` answered in words.

    A question that is open has no mark. Neither ids nor values of options hold a space or an equals sign.
    """
    return joined((question.id, mark(question, answers.get(question.id))) for question in template.questions)


def joined(marks: Iterable[tuple[str, str]]) -> str:
    """Marks by question as one text, those that are open left out."""
    return " ".join(f"{question_id}={each}" for question_id, each in marks if each)


def read_short(text: str) -> dict[str, str]:
    """The marks by question."""
    return dict(each.split("=", 1) for each in text.split(" ") if "=" in each)


def mark(question: Question, answer: Answer | None) -> str:
    """The mark of one question."""
    if not is_asked(answer):
        return HIDDEN
    if is_not_applicable(question, answer):
        return NOT_APPLICABLE
    if not is_answered(question, answer):
        return OPEN
    return deciding_value(question, answer) or ANSWERED
