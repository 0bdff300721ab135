"""Answers as they are kept, and when an answer counts as given."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from storage.checklists.parts import Kind, Part
from storage.checklists.structure import Question
from storage.rules.risks import STEPS

Value = str | int | list[str] | dict[str, int]
"""A part's value in a form JSON keeps: an option's value, a text, an ISO date, a decimal number as text,
whole pence, a list of option values, or {"likelihood": 1-5, "consequence": 1-5}."""

MOST_PENCE = 10**15
_DECIMAL = re.compile(r"-?\d{1,15}(\.\d{1,6})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Waiver:
    """A named person's decision to let a gate be passed over, with the reason and the day."""

    name: str
    reason: str
    on: date

    @property
    def is_whole(self) -> bool:
        """Whether name and reason are both really given."""
        return not is_blank(self.name) and not is_blank(self.reason)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to one question: values by part key, or not applicable with its reason."""

    values: Mapping[str, Value] = field(default_factory=dict)
    not_applicable: bool = False
    reason: str = ""
    note: str = ""
    evidence: str = ""
    waiver: Waiver | None = None


def is_blank(value: Value | None) -> bool:
    """Whether nothing was answered. Spaces and invisible characters are nothing; zero is an answer."""
    if isinstance(value, str):
        return all(unicodedata.category(character)[0] in "ZC" for character in value)
    return value is None or (not isinstance(value, int) and not value)


def part_problem(part: Part, value: Value | None) -> str | None:
    """Why a value cannot be kept for this part, in words for the user; None when it can, or is blank."""
    return None if value is None or is_blank(value) else _CHECKS[part.kind](part, value)


def deciding_value(question: Question, answer: Answer | None) -> str | None:
    """The option chosen in the question's first part, or None when there is none or it does not apply."""
    if answer is None or is_not_applicable(question, answer):
        return None
    value = answer.values.get(question.first.key)
    return value if isinstance(value, str) and value in question.first.values else None


def is_not_applicable(question: Question, answer: Answer | None) -> bool:
    """Whether the answer is Not applicable, on a question that allows it."""
    return answer is not None and answer.not_applicable and question.not_applicable


def asked_parts(question: Question, answer: Answer | None) -> tuple[Part, ...]:
    """The parts that are asked, given what was chosen in the first one."""
    chosen = deciding_value(question, answer)
    return tuple(part for part in question.parts if not part.when or chosen in part.when)


def missing_parts(question: Question, answer: Answer | None) -> tuple[Part, ...]:
    """The asked parts that still need a value, or hold one that cannot be right."""
    values: Mapping[str, Value] = answer.values if answer is not None else {}
    return tuple(
        part for part in asked_parts(question, answer) if not _is_settled(part, values.get(part.key))
    )


def is_answered(question: Question, answer: Answer | None) -> bool:
    """Whether the question counts as answered: it applies, and every part that is asked is given."""
    return (
        answer is not None and not is_not_applicable(question, answer) and not missing_parts(question, answer)
    )


def is_complete(question: Question, answer: Answer | None) -> bool:
    """Whether nothing is missing: answered, with any note it needs; or not applicable with a reason."""
    if answer is None:
        return False
    if is_not_applicable(question, answer):
        return not is_blank(answer.reason)
    return is_answered(question, answer) and not (question.needs_note and is_blank(answer.note))


def _is_settled(part: Part, value: Value | None) -> bool:
    return part.optional if is_blank(value) else part_problem(part, value) is None


def _text_problem(part: Part, value: Value) -> str | None:
    return None if isinstance(value, str) else f"{part.label} must be text."


def _option_problem(part: Part, value: Value) -> str | None:
    if isinstance(value, str) and value in part.values:
        return None
    return f"{part.label}: choose one of {', '.join(option.label for option in part.options)}."


def _choices_problem(part: Part, value: Value) -> str | None:
    if isinstance(value, list) and all(one in part.values for one in value) and len(set(value)) == len(value):
        return None
    return f"{part.label}: choose from {', '.join(option.label for option in part.options)}, each once."


def _matrix_problem(part: Part, value: Value) -> str | None:
    keys = {"likelihood", "consequence"}
    if isinstance(value, dict) and set(value) == keys and all(_is_step(step) for step in value.values()):
        return None
    return f"{part.label}: choose both a likelihood and a consequence from 1 to {STEPS}."


def _is_step(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= STEPS


def _date_problem(part: Part, value: Value) -> str | None:
    try:
        if isinstance(value, str) and date.fromisoformat(value).isoformat() == value:
            return None
    except ValueError:
        pass  # said below, as for a value that is not text at all
    return f"{part.label} must be a date, such as 31 March 2027."


def _number_problem(part: Part, value: Value) -> str | None:
    if isinstance(value, str) and _DECIMAL.fullmatch(value):
        return None
    return f"{part.label} must be a number, such as 12 or 7.5."


def _money_problem(part: Part, value: Value) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= MOST_PENCE:
        return None
    return f"{part.label} must be an amount of money, such as £1,250.00."


_CHECKS: dict[Kind, Callable[[Part, Value], str | None]] = {
    Kind.YES_PARTLY_NO: _option_problem,
    Kind.YES_NO: _option_problem,
    Kind.RATING: _option_problem,
    Kind.CHOICE: _option_problem,
    Kind.CHOICES: _choices_problem,
    Kind.MATRIX: _matrix_problem,
    Kind.DATE: _date_problem,
    Kind.NUMBER: _number_problem,
    Kind.PERCENT: _number_problem,
    Kind.MONEY: _money_problem,
    Kind.TEXT: _text_problem,
    Kind.PERSON: _text_problem,
    Kind.LINK: _text_problem,
}
