"""What a checklist template is made of: sections, questions and their gates."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from storage.checklists.parts import SCORED_KINDS, STANDARD_SCORES, Option, Part
from storage.rules.risks import Scales, scales

if TYPE_CHECKING:
    from storage.checklists.language.logic import Logic


class GateKind(StrEnum):
    """GATE stops sign-off until it passes or is waived; WARN only says so."""

    GATE = "gate"
    WARN = "warn"


class Demand(StrEnum):
    """What an answer can require beside itself."""

    NOTE = "note"
    EVIDENCE = "evidence"
    ACTION = "action"
    MITIGATION = "mitigation"


@dataclass(frozen=True, slots=True)
class Gate:
    """What a question asks before sign-off.

    `passes` names the answers of the question's first part that pass; empty means any complete answer.
    `passes_if` is an expression that must hold as well; empty for none. `words` say it in English, and are made
    when the template is read.
    """

    kind: GateKind
    passes: tuple[str, ...] = ()
    passes_if: str = ""
    words: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Need:
    """What one answer of the first part requires. `answer` is an option's value, or "any" for every answer."""

    answer: str
    demands: tuple[Demand, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `id` never changes; `number` is what people see on screen and paper.

    `name` is what expressions call it beside its id. `relevant` is the expression that must hold for it to be asked.
    `weight` is how much it counts in the score; 0 leaves it out.
    """

    id: str
    number: str
    text: str
    guidance: str
    trace: str
    parts: tuple[Part, ...]
    gate: Gate | None = None
    not_applicable: bool = False
    needs_note: bool = False
    name: str = ""
    relevant: str = ""
    weight: int = 1
    needs: tuple[Need, ...] = ()

    @property
    def first(self) -> Part:
        """The part that decides gates, score and which other parts are asked."""
        return self.parts[0]

    @property
    def follows_up(self) -> bool:
        """Whether some part is asked only after certain answers."""
        return any(part.when for part in self.parts)

    @property
    def is_to_answer(self) -> bool:
        """Whether there is anything to fill in: not all of it is worked out."""
        return not all(part.calculation for part in self.parts)

    @property
    def is_scored(self) -> bool:
        """Whether its answer counts in the score."""
        return self.weight > 0 and (bool(self.first.scores) or self.first.kind in SCORED_KINDS)

    @property
    def may_mitigate(self) -> bool:
        """Whether some answer to it requires a mitigation."""
        return any(Demand.MITIGATION in need.demands for need in self.needs)

    def points(self, value: str) -> int:
        """Per cent that an answer of the first part scores, where the question is scored."""
        return (dict(self.first.scores) or STANDARD_SCORES).get(value, 0)

    def part(self, key: str) -> Part:
        """The part with this key. Raises KeyError."""
        for part in self.parts:
            if part.key == key:
                return part
        raise KeyError(key)


@dataclass(frozen=True, slots=True)
class Section:
    """A lettered group of questions, asked when its expression `relevant` holds, or always."""

    letter: str
    title: str
    questions: tuple[Question, ...]
    relevant: str = ""
    guidance: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """A whole checklist. `sources` explains the document numbers used in each question's trace.

    `adapted_from` is the template it was copied from, whose questions keep their ids, so that answers carry over.
    `group` says what it is for: to decide, assess, plan, assure or review; empty for one that does not say.
    """

    id: str
    version: str
    title: str
    purpose: str
    subjects: tuple[str, ...]
    outcomes: tuple[Option, ...]
    sources: tuple[Option, ...]
    sections: tuple[Section, ...]
    adapted_from: str = ""
    group: str = ""
    # read once, and kept here
    logic: "Logic | None" = field(default=None, init=False, compare=False, repr=False)

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question in the order shown."""
        return tuple(self._walk())

    @property
    def scales(self) -> Scales:
        """The words and bands of its five-by-five scores."""
        parts = (
            part for question in self._walk() for each in question.parts for part in (each, *each.columns)
        )
        return next((part.matrix for part in parts if part.matrix is not None), scales())

    def question(self, question_id: str) -> Question:
        """The question with this id. Raises KeyError."""
        for question in self._walk():
            if question.id == question_id:
                return question
        raise KeyError(question_id)

    def _walk(self) -> Iterator[Question]:
        for section in self.sections:
            yield from section.questions
