"""Reads a line typed from a filled-in form: the number of a question, and the answer after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from storage.checklists.answers import Value
from storage.checklists.parts import Kind, Part
from storage.checklists.structure import Question, Template
from storage.checklists.values import part_problem
from storage.engine.values import Unreadable, read_day, read_money

LETTERS = {"y": "yes", "p": "partly", "n": "no"}
NOT_APPLICABLE = ("a", "na", "n/a")


@dataclass(frozen=True, slots=True)
class Line:
    """What a line says: a question alone, an answer to its first part, or that it does not apply with the reason."""

    question: Question
    value: Value | None = None
    not_applicable: bool = False
    reason: str = ""

    @property
    def only_goes(self) -> bool:
        """Whether nothing is answered: the question is only looked for."""
        return self.value is None and not self.not_applicable


def read_line(template: Template, text: str, today: date) -> Line:
    """The line as an answer. Raises ValueError with words for the person who typed it."""
    number, _, rest = text.strip().partition(" ")
    rest = rest.strip()
    question = _numbered(template, number.rstrip(".):"))
    if not rest:
        return Line(question)
    key, _, reason = rest.partition(" ")
    if key.casefold() in NOT_APPLICABLE and not _chosen(question.first, rest):
        if not question.not_applicable:
            raise ValueError(f"Question {question.number} always applies.")
        return Line(question, not_applicable=True, reason=reason.strip())
    return Line(question, _value(question, rest, today))


def _numbered(template: Template, number: str) -> Question:
    plain = number.casefold().lstrip("0")
    for question in template.questions:
        if number.casefold() == question.id.casefold() or plain == question.number.casefold().lstrip("0"):
            return question
    raise ValueError(f"There is no question {number} in this checklist.")


def _value(question: Question, rest: str, today: date) -> Value:
    part = question.first
    if part.calculation:
        raise ValueError(f"Question {question.number} is worked out and cannot be typed.")
    value = _read(part, rest, today)
    problem = part_problem(part, value)
    if problem:
        raise ValueError(f"Question {question.number}: {problem}")
    return value


def _read(part: Part, rest: str, today: date) -> Value:
    """The words as the kind of answer asked for."""
    try:
        match part.kind:
            case Kind.CHOICES:
                return [_option(part, each) for each in rest.replace(",", " ").split()]
            case Kind.DATE:
                return read_day(rest, today=today).isoformat()
            case Kind.MONEY:
                return read_money(rest)
            case Kind.NUMBER | Kind.PERCENT:
                return rest.replace(",", "").removesuffix("%").strip()
            case Kind.MATRIX:
                return _score(rest)
            case Kind.ROWS | Kind.MONEY_BY_YEAR:
                raise ValueError(f"{part.label} has several lines: answer it on its card.")
    except Unreadable as error:
        raise ValueError(str(error)) from error
    return _option(part, rest) if part.options else rest


def _option(part: Part, words: str) -> str:
    chosen = _chosen(part, words)
    if chosen is None:
        offered = ", ".join(option.label for option in part.options)
        raise ValueError(f"“{words}” is none of {offered}.")
    return chosen


def _chosen(part: Part, words: str) -> str | None:
    """An option by its value, its words, its place in the list, or letters only it begins with."""
    folded = words.casefold().strip()
    if folded.isascii() and folded.isdigit() and 1 <= int(folded) <= len(part.options):
        return part.options[int(folded) - 1].value
    for option in part.options:
        if folded in (option.value.casefold(), option.label.casefold()):
            return option.value
    if LETTERS.get(folded) in part.values:
        return LETTERS[folded]
    begun = [option.value for option in part.options if option.label.casefold().startswith(folded)]
    return begun[0] if len(begun) == 1 else None


def _score(rest: str) -> dict[str, int]:
    """Likelihood and consequence: 3 4, 3x4 or 34."""
    digits = [int(each) for each in rest if each.isascii() and each.isdigit()]
    if len(digits) != 2:
        raise ValueError("Type likelihood and consequence, each from 1 to 5: 3 4.")
    return {"likelihood": digits[0], "consequence": digits[1]}
