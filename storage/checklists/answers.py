"""Answers as they are kept, and when an answer counts as given."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from storage.checklists.parts import Part
from storage.checklists.reading_questions import ANY, NOT_APPLICABLE
from storage.checklists.structure import Demand, Question
from storage.checklists.values import MOST_PENCE, Cell, Row, Value, is_blank, is_settled, part_problem

__all__ = [
    "MOST_PENCE",
    "Answer",
    "Cell",
    "Effects",
    "Row",
    "Value",
    "Waiver",
    "asked_parts",
    "deciding_value",
    "is_answered",
    "is_asked",
    "is_blank",
    "is_complete",
    "is_not_applicable",
    "missing_demands",
    "missing_parts",
    "part_problem",
]


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
class Effects:
    """What the conditions of the template make of a question, given all answers.

    `asked` is False for a question that is hidden: its answer is kept but counts nowhere. `waits` then says whether
    that is only because an earlier question is open. `hidden` are the parts not asked, `calculated` those that were
    worked out (their values are in the answer). `refused` are parts with a value their constraint does not allow,
    with the words that say so. `passes` is the state of the gate's own condition: None while it is not known.
    """

    asked: bool = True
    waits: bool = False
    hidden: frozenset[str] = frozenset()
    calculated: frozenset[str] = frozenset()
    refused: Mapping[str, str] = field(default_factory=dict)
    passes: bool | None = None


NO_EFFECTS = Effects()


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to one question: values by part key, or not applicable with its reason.

    `actions` is how many actions were raised from it, `cited` how many facts of the shelf are cited for it.
    `to_confirm`: it was given to another wording of the question, and counts once a person has looked at it.
    `effects` are what the template's conditions make of it.
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    not_applicable: bool = False
    reason: str = ""
    note: str = ""
    evidence: str = ""
    waiver: Waiver | None = None
    mitigation: str = ""
    actions: int = 0
    cited: int = 0
    to_confirm: bool = False
    effects: Effects = NO_EFFECTS


def deciding_value(question: Question, answer: Answer | None) -> str | None:
    """The option chosen in the question's first part, or None when there is none or it does not apply."""
    if answer is None or is_not_applicable(question, answer):
        return None
    value = answer.values.get(question.first.key)
    return value if isinstance(value, str) and value in question.first.values else None


def is_asked(answer: Answer | None) -> bool:
    """Whether the question is asked at all: no condition hides it."""
    return answer is None or answer.effects.asked


def is_not_applicable(question: Question, answer: Answer | None) -> bool:
    """Whether the answer is Not applicable, on a question that allows it."""
    return answer is not None and answer.not_applicable and question.not_applicable


def asked_parts(question: Question, answer: Answer | None) -> tuple[Part, ...]:
    """The parts that are asked, given what was chosen in the first one and what the conditions hide."""
    hidden = answer.effects.hidden if answer is not None else frozenset()
    if not hidden and not question.follows_up:
        return question.parts
    chosen = deciding_value(question, answer)
    return tuple(
        part for part in question.parts if (not part.when or chosen in part.when) and part.key not in hidden
    )


def missing_parts(question: Question, answer: Answer | None) -> tuple[Part, ...]:
    """The asked parts that still need a value, or hold one that cannot be right.

    What is calculated is nobody's to fill in: what it rests on is asked elsewhere.
    """
    values: Mapping[str, Value] = answer.values if answer is not None else {}
    refused: Mapping[str, str] = answer.effects.refused if answer is not None else {}
    return tuple(
        part
        for part in asked_parts(question, answer)
        if part.key in refused or not (part.calculation or is_settled(part, values.get(part.key)))
    )


def missing_demands(question: Question, answer: Answer | None) -> tuple[Demand, ...]:
    """What the answer given requires beside itself and does not have: note, evidence, action or mitigation."""
    if answer is None or not question.needs:
        return ()
    keys = {NOT_APPLICABLE if is_not_applicable(question, answer) else deciding_value(question, answer)}
    if is_answered(question, answer):
        keys.add(ANY)
    wanted = {demand for need in question.needs if need.answer in keys for demand in need.demands}
    return tuple(demand for demand in Demand if demand in wanted and not _has(answer, demand))


def is_answered(question: Question, answer: Answer | None) -> bool:
    """Whether the question counts as answered: it applies, and every part that is asked is given."""
    if answer is None or answer.to_confirm or is_not_applicable(question, answer):
        return False
    return not missing_parts(question, answer)


def is_complete(question: Question, answer: Answer | None) -> bool:
    """Whether nothing is missing: answered, with all it needs; or not applicable with a reason."""
    if answer is None or answer.to_confirm or missing_demands(question, answer):
        return False
    if is_not_applicable(question, answer):
        return not is_blank(answer.reason)
    return is_answered(question, answer) and not (question.needs_note and is_blank(answer.note))


def _has(answer: Answer, demand: Demand) -> bool:
    match demand:
        case Demand.NOTE:
            return not is_blank(answer.note)
        case Demand.EVIDENCE:
            return answer.cited > 0 or not is_blank(answer.evidence)
        case Demand.MITIGATION:
            return not is_blank(answer.mitigation)
        case Demand.ACTION:
            return answer.actions > 0
