"""What a checklist template is made of: sections, questions and their gates."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from storage.checklists.parts import Option, Part


class GateKind(StrEnum):
    """GATE stops sign-off until it passes or is waived; WARN only says so."""

    GATE = "gate"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Gate:
    """What a question asks before sign-off.

    `passes` names the answers of the question's first part that pass; empty means any complete answer.
    """

    kind: GateKind
    passes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `id` never changes; `number` is what people see on screen and paper."""

    id: str
    number: str
    text: str
    guidance: str
    trace: str
    parts: tuple[Part, ...]
    gate: Gate | None = None
    not_applicable: bool = False
    needs_note: bool = False

    @property
    def first(self) -> Part:
        """The part that decides gates, score and which other parts are asked."""
        return self.parts[0]

    def part(self, key: str) -> Part:
        """The part with this key. Raises KeyError."""
        for part in self.parts:
            if part.key == key:
                return part
        raise KeyError(key)


@dataclass(frozen=True, slots=True)
class Section:
    """A lettered group of questions."""

    letter: str
    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A whole checklist. `sources` explains the document numbers used in each question's trace."""

    id: str
    version: str
    title: str
    purpose: str
    subjects: tuple[str, ...]
    outcomes: tuple[Option, ...]
    sources: tuple[Option, ...]
    sections: tuple[Section, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question in the order shown."""
        return tuple(self._walk())

    def question(self, question_id: str) -> Question:
        """The question with this id. Raises KeyError."""
        for question in self._walk():
            if question.id == question_id:
                return question
        raise KeyError(question_id)

    def _walk(self) -> Iterator[Question]:
        for section in self.sections:
            yield from section.questions
