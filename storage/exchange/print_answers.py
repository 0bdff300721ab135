"""Puts the parts of a checklist question into words for paper: tick boxes, lines, dates, sums and gates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from storage.checklists.answers import Answer, Value, asked_parts, deciding_value, is_blank, is_not_applicable
from storage.checklists.gates import GateState, gate_state, gate_words, part_score
from storage.checklists.parts import Kind
from storage.checklists.parts import Part as Asked
from storage.checklists.structure import GateKind, Question
from storage.engine.values import long_day, show_money
from storage.exchange.papers import Choices, Entry, GateWords, Matrix, Option, Part, Written
from storage.rules.risks import scales

_HINTS = {
    Kind.DATE: "day, month, year",
    Kind.MONEY: "in pounds and pence",
    Kind.PERCENT: "per cent",
    Kind.PERSON: "name and role",
    Kind.LINK: "what it is called and where it is kept",
}
LINES = 2  # empty lines for an answer in sentences


def parts_on_paper(
    question: Question, answer: Answer | None, bands: Mapping[str, str] | None, *, complete: bool
) -> tuple[Part, ...]:
    """The parts of a question with their answers; those made idle by another answer are left out."""
    decided = deciding_value(question, answer) is not None or is_not_applicable(question, answer)
    if not decided and not complete:
        return tuple(_on_paper(_conditional(question, part), part, answer, bands) for part in question.parts)
    asked = [
        p for p in asked_parts(question, answer) if not (complete and p.optional and _left_blank(p, answer))
    ]
    return tuple(_on_paper(_label(question, part), part, answer, bands) for part in asked)


def gate_paper(question: Question, answer: Answer | None) -> GateWords | None:
    """The words of a gate. A waived one says what it needed, since the waiver stands beside it."""
    if question.gate is None:
        return None
    advice = question.gate.kind is GateKind.WARN
    if answer is None and advice:
        return GateWords("Warns, does not stop sign-off", "advice")
    if answer is not None and gate_state(question, answer) is GateState.WAIVED:
        answer = replace(answer, waiver=None)
    words = gate_words(question, answer)
    return GateWords(words, "advice" if advice else "gate") if words else None


def _left_blank(part: Asked, answer: Answer | None) -> bool:
    return answer is None or is_blank(answer.values.get(part.key))


def _on_paper(label: str, part: Asked, answer: Answer | None, bands: Mapping[str, str] | None) -> Part:
    value = answer.values.get(part.key) if answer is not None else None
    match part.kind:
        case Kind.YES_PARTLY_NO | Kind.YES_NO | Kind.RATING | Kind.CHOICE | Kind.CHOICES:
            chosen = value if isinstance(value, list) else [value]
            options = tuple(Option(option.label, option.value in chosen) for option in part.options)
            return Choices(options, label, several=part.kind is Kind.CHOICES)
        case Kind.MATRIX:
            return _matrix(part, answer, label, bands)
        case Kind.TEXT:
            return Written(label, value if isinstance(value, str) else "", LINES)
        case _:
            return Entry(label, _words(part.kind, value), _HINTS.get(part.kind, ""))


def _label(question: Question, part: Asked) -> str:
    """The label of a part; none for the only part of a plain question."""
    return "" if len(question.parts) == 1 and part.key == "answer" and part.label == "Answer" else part.label


def _conditional(question: Question, part: Asked) -> str:
    """The label with the answers the part waits for, as long as nothing is decided."""
    label = _label(question, part)
    if part.when:
        label += f" (if {' or '.join(question.first.words(value) for value in part.when)})"
    return f"{label} (may stay empty)" if part.optional else label


def _matrix(part: Asked, answer: Answer | None, label: str, bands: Mapping[str, str] | None) -> Matrix:
    points = part_score(part, answer)
    value = answer.values.get(part.key) if answer is not None else None
    if points is None or not isinstance(value, dict):
        return Matrix(label)
    band = bands.get(str(points)) if bands is not None else None
    return Matrix(
        label, value["likelihood"], value["consequence"], str(points), band or scales().band(points).name
    )


def _words(kind: Kind, value: Value | None) -> str:
    """A short answer as it reads on paper; what cannot be read is shown as it is kept."""
    if value is None:
        return ""
    if kind is Kind.MONEY and isinstance(value, int):
        return show_money(value)
    if kind is Kind.DATE and isinstance(value, str):
        try:
            return long_day(date.fromisoformat(value))
        except ValueError:
            return value
    return f"{value}%" if kind is Kind.PERCENT else str(value)
