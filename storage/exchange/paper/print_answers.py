"""Puts the parts of a checklist question into words for paper: tick boxes, lines, dates, sums, rows and gates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import cast

from storage.checklists.answers import (
    Answer,
    Value,
    asked_parts,
    deciding_value,
    is_answered,
    is_blank,
    is_not_applicable,
    missing_demands,
)
from storage.checklists.gates import GateState, gate_state, gate_words, part_score
from storage.checklists.logic import asked_if
from storage.checklists.parts import Kind
from storage.checklists.parts import Part as Asked
from storage.checklists.risks import Key
from storage.checklists.structure import Demand, GateKind, Question, Template
from storage.exchange.paper.papers import Choices, Entry, GateWords, Matrix, Option, Part, Written
from storage.exchange.paper.print_cells import Names, in_words, kept_back, rows_paper, years_paper
from storage.rules.risk_movement import Movement

_HINTS = {
    Kind.DATE: "day, month, year",
    Kind.MONEY: "in pounds and pence",
    Kind.PERCENT: "per cent",
    Kind.PERSON: "name and role",
    Kind.LINK: "what it is called and where it is kept",
    Kind.FILE: "what it is called and where it is kept",
}
_DEMANDED = {
    Demand.NOTE: "a note",
    Demand.EVIDENCE: "evidence",
    Demand.ACTION: "an action",
    Demand.MITIGATION: "a mitigation",
}
LINES = 2  # empty lines for an answer in sentences
WORKED_OUT = "worked out"


@dataclass(frozen=True)
class PartWriter:
    """Writes the parts of one template's questions. `bands` are the names of score bands as they were at signing.

    Without a template nothing is said of what a part waits for. `moved` is how each score has moved `since` the last
    review.
    """

    template: Template | None = None
    bands: Mapping[str, str] | None = None
    names: Names = field(default_factory=dict)
    complete: bool = False
    small: bool = False  # whether numbers from 1 to 4 are kept back, as people could be known by them
    moved: Mapping[Key, Movement] = field(default_factory=dict)
    since: str = ""

    def parts(self, question: Question, answer: Answer | None) -> tuple[Part, ...]:
        """The parts of a question with their answers; those made idle by another answer are left out."""
        decided = deciding_value(question, answer) is not None or is_not_applicable(question, answer)
        if not decided and not self.complete:
            return tuple(
                self._on_paper(question, self._conditional(question, p), p, answer) for p in question.parts
            )
        asked = [
            part
            for part in asked_parts(question, answer)
            if not (self.complete and (part.optional or part.calculation) and _left_blank(part, answer))
        ]
        return tuple(self._on_paper(question, _label(question, part), part, answer) for part in asked)

    def _on_paper(self, question: Question, label: str, part: Asked, answer: Answer | None) -> Part:
        value = answer.values.get(part.key) if answer is not None else None
        if self.small:
            value = cast("Value | None", kept_back(part, value))
        match part.kind:
            case Kind.YES_PARTLY_NO | Kind.YES_NO | Kind.RATING | Kind.CHOICE | Kind.CHOICES:
                chosen = value if isinstance(value, list) else [value]
                options = tuple(Option(option.label, option.value in chosen) for option in part.options)
                return Choices(options, label, several=part.kind is Kind.CHOICES)
            case Kind.MATRIX:
                return self._matrix(question, part, answer, label)
            case Kind.TEXT if not part.calculation:
                return Written(label, value if isinstance(value, str) else "", LINES)
            case Kind.ROWS:
                moved = {
                    (row, column): movement.short
                    for (asked, key, row, column), movement in self.moved.items()
                    if (asked, key) == (question.id, part.key)
                }
                return rows_paper(label, part, value, self.names, complete=self.complete, moved=moved)
            case Kind.MONEY_BY_YEAR:
                return years_paper(label, part, value)
        hint = WORKED_OUT if part.calculation else _HINTS.get(part.kind, "")
        return Entry(label, in_words(part, value, self.names), hint)

    def _conditional(self, question: Question, part: Asked) -> str:
        """The label with what the part waits for, as long as nothing is decided."""
        label = _label(question, part)
        if part.when:
            label += f" (if {' or '.join(question.first.words(value) for value in part.when)})"
        if part.relevant and self.template is not None:
            label += f" ({asked_if(self.template, part)})"
        return f"{label} (may stay empty)" if part.optional else label

    def _matrix(self, question: Question, part: Asked, answer: Answer | None, label: str) -> Matrix:
        points = part_score(part, answer)
        value = answer.values.get(part.key) if answer is not None else None
        if points is None or not isinstance(value, dict):
            return Matrix(label)
        band = self.bands.get(str(points)) if self.bands is not None else None
        steps = value["likelihood"], value["consequence"]
        name = band or part.scales.band(points).name
        movement = self.moved.get((question.id, part.key, "", ""))
        if movement is None:
            return Matrix(label, *steps, str(points), name)
        before = movement.before.steps if movement.before else None
        return Matrix(label, *steps, str(points), name, before, movement.sentence(self.since))


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


def needs_on_paper(question: Question) -> str:
    """What some answers require beside themselves: No needs an action. Empty when none does."""
    said = []
    for need in question.needs:
        demands = " and ".join(_DEMANDED[demand] for demand in need.demands)
        said.append(f"{_NEEDING.get(need.answer) or question.first.words(need.answer)} needs {demands}.")
    return " ".join(said)


def room_to_mitigate(question: Question, answer: Answer | None) -> bool:
    """Whether a form leaves lines for a mitigation: some answer needs one, and none is given or ruled out yet."""
    if not question.may_mitigate or (answer is not None and answer.mitigation.strip()):
        return False
    return not is_answered(question, answer) or Demand.MITIGATION in missing_demands(question, answer)


_NEEDING = {"any": "Any answer", "not_applicable": "Not applicable"}


def _left_blank(part: Asked, answer: Answer | None) -> bool:
    return answer is None or is_blank(answer.values.get(part.key))


def _label(question: Question, part: Asked) -> str:
    """The label of a part; none for the only part of a plain question, nor for its only rows."""
    plain = part.kind is Kind.ROWS or (part.key == "answer" and part.label == "Answer")
    return "" if len(question.parts) == 1 and plain else part.label
