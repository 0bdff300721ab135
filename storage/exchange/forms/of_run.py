"""What a checklist sent out as a form says: its head, its sections and questions, the answers as they are sent."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from storage.checklists.answers import is_complete
from storage.checklists.logic import asked_if
from storage.checklists.structure import Question, Section, Template
from storage.checklists.values import Value
from storage.desk.checklists.run_links import linked_names
from storage.desk.checklists.run_state import RunState, run_state, subject_of, subject_words
from storage.engine.errors import Refused, StorageError
from storage.engine.store import Store
from storage.exchange.forms.lines import EVIDENCE, MITIGATION, NOTE, REASON, Held, Line, lines_of
from storage.exchange.paper.print_answers import needs_on_paper
from storage.exchange.paper.print_cells import Names, is_of_people, kept_back
from storage.exchange.workbooks.readme import Imprint, imprint
from storage.records.assessments import Run


@dataclass(frozen=True, slots=True)
class FormQuestion:
    """One question as it is sent: its lines with what they hold, and what is said beside the answer."""

    question: Question
    words: str  # guidance, when it is asked, what it needs
    lines: tuple[tuple[Line, Held], ...]
    reason: str
    note: str
    evidence: str
    mitigation: str

    @property
    def mitigates(self) -> bool:
        """Whether a mitigation is asked for, by some answer, or stands there already."""
        return self.question.may_mitigate or bool(self.mitigation)

    def sent(self) -> Iterator[tuple[str, Held]]:
        """Everything that is sent, by the id of its cell."""
        yield from ((line.key, held) for line, held in self.lines)
        for kind, words in ((REASON, self.reason), (NOTE, self.note), (EVIDENCE, self.evidence)):
            yield f"{self.question.id}{kind}", words or None
        if self.mitigates:
            yield f"{self.question.id}{MITIGATION}", self.mitigation or None


@dataclass(frozen=True, slots=True)
class Form:
    """A checklist, or some of its sections, as it is sent."""

    run: Run
    about: str
    template: Template
    whose: Imprint
    names: Names
    sections: tuple[tuple[Section, tuple[FormQuestion, ...]], ...]

    @property
    def questions(self) -> tuple[FormQuestion, ...]:
        """Every question that is sent, in its order."""
        return tuple(question for _, questions in self.sections for question in questions)


def form_of(store: Store, run_id: int, *, letters: Collection[str] = (), unanswered: bool = False) -> Form:
    """A run as it is sent: the sections of these letters, all where none is named, or only what is unanswered.

    Raises `Refused` for a signed run, `StorageError` for a letter there is not, or where nothing is left to send.
    """
    state = run_state(store, run_id)
    run, template = state.run, state.template
    if run.signed_on:
        raise Refused(
            f"{run.reference} {run.title} is signed, so nothing can be filled in. Reopen it, or print it."
        )
    known = {section.letter: section for section in template.sections}
    if strange := sorted(set(letters) - known.keys()):
        raise StorageError(
            f"{run.title} has no section {', '.join(strange)}. Nothing was written. It has {', '.join(known)}."
        )
    names = linked_names(store, template, state.answers)
    found = tuple(
        (section, tuple(_question(state, section, question) for question in section.questions
                        if question.is_to_answer and not (unanswered and _is_settled(state, question))))
        for section in template.sections if not letters or section.letter in letters
    )  # fmt: skip
    sections = tuple((section, questions) for section, questions in found if questions)
    if not sections:
        raise StorageError("Every question is answered, so there is nothing to send. Nothing was written.")
    subject = subject_of(store, run)
    about = subject_words(subject) if subject else run.subject
    return Form(run, about, template, imprint(store), names, sections)


def _is_settled(state: RunState, question: Question) -> bool:
    answer = state.answers.get(question.id)
    return is_complete(question, answer) or (answer is not None and not answer.effects.asked)


def _question(state: RunState, section: Section, question: Question) -> FormQuestion:
    given = state.given.get(question.id)
    values = cast("Mapping[str, Value]", given.values) if given else {}
    conditions = [asked_if(state.template, each) for each in (section, question)]
    conditions += [
        f"{part.label}: {words}" for part in question.parts if (words := asked_if(state.template, part))
    ]
    said = [_sentence(words) for words in conditions if words]
    day = state.run.started_on or state.today
    return FormQuestion(
        question,
        "\n".join(words for words in (question.guidance, *said, needs_on_paper(question)) if words),
        tuple((line, _sent(state, line, line.held(values))) for line in lines_of(question, values, day)),
        given.reason if given and given.not_applicable else "",
        given.note.strip() if given else "",
        given.evidence.strip() if given else "",
        given.mitigation.strip() if given else "",
    )


def _sent(state: RunState, line: Line, held: Held) -> Held:
    """What is sent of an answer: small numbers of people are kept back, so that nobody can be known by them."""
    return cast("Held", kept_back(line.part, held)) if is_of_people(state.template) else held


def lines_now(state: RunState, question: Question) -> Mapping[str, Line]:
    """The lines of a question as the run stands, by their id."""
    given = state.given.get(question.id)
    day = state.run.started_on or state.today
    values = cast("Mapping[str, Value]", given.values) if given else {}
    return {line.key: line for line in lines_of(question, values, day)}


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."


def letters_in(words: str) -> tuple[str, ...]:
    """The letters of sections that are written as A, C or A C; none for nothing."""
    return tuple(dict.fromkeys(words.upper().replace(",", " ").replace(";", " ").split()))
