"""Puts a checklist into words for paper: blank, part-filled or signed; a signed one reads the same for ever."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import cast

from storage.checklists.answers import Answer, is_answered, is_asked, is_blank, is_not_applicable
from storage.checklists.directions import directions
from storage.checklists.logic import asked_if
from storage.checklists.structure import Question, Section, Template
from storage.checklists.template import TemplateError, read_template, shipped_text
from storage.desk.checklists.last_review import LastReview, last_review
from storage.desk.checklists.risk_board import board_of_state
from storage.desk.checklists.run_evidence import fact_words
from storage.desk.checklists.run_links import linked_names
from storage.desk.checklists.run_state import RunState, run_state, subject_facts, subject_of, subject_words
from storage.desk.checklists.templates import live_text
from storage.desk.writing import found
from storage.engine.errors import StorageError
from storage.engine.store import Store
from storage.engine.values import long_day, show_day
from storage.exchange.paper.papers import (
    ActionPaper,
    BoardPaper,
    ChecklistPaper,
    ChecklistState,
    Fact,
    Option,
    QuestionPaper,
    SectionPaper,
    SignOff,
)
from storage.exchange.paper.print_answers import PartWriter, gate_paper, needs_on_paper, room_to_mitigate
from storage.exchange.paper.print_cells import Names, is_of_people
from storage.exchange.paper.print_data import day_words, imprint_of
from storage.exchange.paper.print_risks import board_paper
from storage.records.assessments import Given, Run, SectionReview
from storage.records.contracts import Contract

NOT_ASKED = "Not asked."
NOT_ASKED_NOW = "Not asked. What was answered before is kept in the file."


@dataclass(frozen=True, slots=True)
class _Action:
    """An action as the page shows it, from the record or as it was at signing."""

    question: str
    title: str
    owner: str
    due: str
    status: str

    @property
    def words(self) -> str:
        """Title, and what became of it when it is not open."""
        return self.title if self.status == "Open" else f"{self.title} ({self.status.lower()})"

    @property
    def line(self) -> str:
        """All of it in one line, for the place beside its question."""
        return ", ".join(
            part for part in (self.words, self.owner, f"by {self.due}" if self.due else "") if part
        )


@dataclass(frozen=True)
class _Sheet:
    """What the questions of one paper are filled from."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    given: Mapping[str, Given] = field(default_factory=dict)
    actions: tuple[_Action, ...] = ()
    bands: Mapping[str, str] | None = None  # names of score bands, as they were at signing
    complete: bool = False
    names: Names = field(default_factory=dict)  # of the records that answers point to
    cited: tuple[tuple[str, str], ...] = ()  # question and fact, of the shelf of evidence
    reviews: Mapping[str, SectionReview] = field(default_factory=dict)
    last: LastReview | None = None  # with which the risks are compared

    @property
    def several_people(self) -> bool:
        """Whether more than one person answered, so that each answer names its own."""
        return len({g.answered_by for g in self.given.values() if g.answered_by}) > 1


def checklist_paper(
    store: Store, run_id: int, today: date | None = None, *, guidance: bool = True, only_open: bool = False
) -> ChecklistPaper:
    """A run as it stands: part-filled while it is open, complete once it is signed.

    `only_open` leaves out what is answered, does not apply or is not asked, and sections with nothing left.
    """
    state = run_state(store, run_id)
    run, template = state.run, state.template
    sheet = _sheet(store, state)
    sections = _sections(template, sheet)
    return ChecklistPaper(
        imprint=imprint_of(store, today or store.today()),
        template=template.id,
        version=template.version,
        title=run.title,
        status=_status(state),
        status_words=_status_words(state),
        sections=_open(sections) if only_open else sections,
        purpose=template.purpose,
        subject=_subject(store, run),
        facts=tuple(_facts(store, state)),
        progress=_progress(state),
        score=_score(state),
        gates=_gates(state),
        actions=tuple(ActionPaper(a.words, a.owner, a.due) for a in sheet.actions),
        sign_off=_sign_off(template, run),
        guidance=guidance,
        board=None if only_open else _board(store, state),
    )


def _board(store: Store, state: RunState) -> BoardPaper | None:
    """All scores on one matrix; a single one has its picture beside it."""
    board = board_of_state(store, state)
    return board_paper(board) if len(board.risks) > 1 else None


def blank_checklist(
    template_id: str,
    today: date,
    *,
    store: Store | None = None,
    contract: int | None = None,
    guidance: bool = True,
) -> ChecklistPaper:
    """A template to fill in by hand. A file gives its organisation, and a contract of it the facts at the head."""
    try:
        template = read_template(
            shipped_text(template_id) if store is None else live_text(store, template_id)
        )
    except TemplateError as error:
        raise StorageError(f"{error} Nothing was printed.") from error
    about = found(store, Contract, contract) if store is not None and contract is not None else None
    facts = [Fact(*fact) for fact in subject_facts(store, about)] if store is not None and about else []
    if about is None:
        facts = [Fact(f"About ({' or '.join(template.subjects)})"), Fact("Reference"), Fact("Provider")]
    return ChecklistPaper(
        imprint=imprint_of(store, today),
        template=template.id,
        version=template.version,
        title=template.title,
        status="blank",
        status_words="Blank form",
        sections=_sections(template, _Sheet()),
        purpose=template.purpose,
        subject=subject_words(about) if about else "",
        facts=(*facts, Fact("Date of the meeting"), Fact("Completed by")),
        sign_off=_sign_off(template, None),
        guidance=guidance,
    )


def _open(sections: tuple[SectionPaper, ...]) -> tuple[SectionPaper, ...]:
    """What is still to answer."""
    left = (replace(s, questions=tuple(q for q in s.questions if _is_open(q))) for s in sections)
    return tuple(section for section in left if section.questions)


def _is_open(question: QuestionPaper) -> bool:
    return not (question.answered or question.not_applicable or question.not_asked)


def _sheet(store: Store, state: RunState) -> _Sheet:
    """The answers and actions of a run; of a signed one as they were when it was signed."""
    kept = state.run.as_signed
    if state.run.signed_on and kept:
        rows = cast("list[list[str]]", kept["actions"])
        actions = [_Action(q, t, o, _due(due), s) for q, t, o, due, s in rows]
        bands = cast("Mapping[str, str]", kept["bands"])
    else:
        actions = [
            _Action(a.question, a.title, a.owner, _due(a.due.isoformat() if a.due else ""), a.status)
            for a in state.actions
        ]
        bands = None
    cited = tuple((citation.question, fact_words(fact)) for citation, fact in state.cited)
    if state.run.signed_on and kept:
        facts = cast("list[list[str]]", kept.get("evidence", []))
        cited = tuple((question, words) for question, words in facts)
    names = linked_names(store, state.template, state.answers)
    signed = bool(state.run.signed_on)
    last = last_review(store, state.run)
    return _Sheet(
        state.answers, state.given, tuple(actions), bands, signed, names, cited, state.reviews, last
    )


def _due(day: str) -> str:
    return show_day(date.fromisoformat(day)) if day else ""


def _status(state: RunState) -> ChecklistState:
    if state.run.signed_on:
        return "complete"
    return "part" if state.given else "blank"


def _status_words(state: RunState) -> str:
    run = state.run
    if run.signed_on:
        return f"Signed by {run.signed_by}, {run.signed_role}, {long_day(run.signed_on)}"
    if not state.given:
        return "Nothing answered yet"
    return "Part-filled, not signed" if state.progress.blocked else "Ready to sign, not signed yet"


def _subject(store: Store, run: Run) -> str:
    """What the run is about: as it is called now while the run is open, as it was called once it is signed."""
    record = None if run.signed_on else subject_of(store, run)
    if record is None:
        return run.subject
    return f"{subject_words(record)}, in the bin" if record.binned else subject_words(record)


def _facts(store: Store, state: RunState) -> list[Fact]:
    run = state.run
    if run.signed_on and run.as_signed:
        kept = cast("list[list[str]]", run.as_signed["facts"])
        about = [(label, words) for label, words in kept]
    else:
        subject = subject_of(store, run)
        about = subject_facts(store, subject) if subject else []
    names = {g.answered_by for g in state.given.values() if g.answered_by}
    by = run.completed_by or (next(iter(names)) if len(names) == 1 else "")
    facts = [
        ("Checklist", run.reference),
        *about,
        ("Started", day_words(run.started_on)),
        ("Date of the meeting", day_words(run.meeting_on)),
        ("Completed by", by),
        *([("Reopened", run.reopened)] if run.reopened else []),
    ]
    return [Fact(label, words) for label, words in facts if words or not run.signed_on]


def _progress(state: RunState) -> str:
    done = state.progress
    words = f"{done.answered} of {done.applicable} questions answered"
    return (
        f"{words}; {done.not_applicable} not applicable, left out of the count"
        if done.not_applicable
        else words
    )


def _score(state: RunState) -> str:
    done = state.progress
    if done.score_percent is None:
        return ""
    return f"Score {done.score_percent}%: {done.yes} yes, {done.partly} partly, {done.no} no"


def _gates(state: RunState) -> str:
    gates = state.progress.gates
    return f"Gates: {gates.open} open, {gates.waived} waived, {gates.closed} closed, {gates.waiting} waiting"


def _sections(template: Template, sheet: _Sheet) -> tuple[SectionPaper, ...]:
    writer = _Writer(template, sheet)
    return tuple(
        SectionPaper(
            section.letter,
            section.title,
            tuple(writer.question(question) for question in section.questions),
            writer.guidance(section),
            review_words(sheet.reviews.get(section.letter)),
        )
        for section in template.sections
    )


class _Writer:
    """Writes the questions of a template with the answers of one sheet."""

    def __init__(self, template: Template, sheet: _Sheet) -> None:
        self._template, self._sheet = template, sheet
        last = sheet.last
        self._parts = PartWriter(
            template, sheet.bands, sheet.names, sheet.complete, is_of_people(template),
            last.moved(template, sheet.answers) if last else {}, last.since if last else "",
        )  # fmt: skip
        self._directions = {} if sheet.complete else directions(template)

    def guidance(self, section: Section) -> str:
        """The words under the title of a section: when it is asked, and what it says of itself."""
        condition = asked_if(self._template, section)
        return " ".join(words for words in (_said(condition), section.guidance) if words)

    def question(self, question: Question) -> QuestionPaper:
        """One question with all that belongs to its answer."""
        sheet, answer = self._sheet, self._sheet.answers.get(question.id)
        if answer is not None and not is_asked(answer) and (sheet.complete or not answer.effects.waits):
            words = NOT_ASKED_NOW if question.id in sheet.given else NOT_ASKED
            return QuestionPaper(question.number, question.id, question.text, (), not_asked=words)
        given, aside = sheet.given.get(question.id), is_not_applicable(question, answer)
        reason = answer.reason if answer is not None and aside else ""
        answered = is_answered(question, answer) or not is_blank(reason)
        return QuestionPaper(
            number=question.number,
            id=question.id,
            text=question.text,
            parts=self._parts.parts(question, answer),
            guidance=question.guidance,
            gate=gate_paper(question, answer),
            answered=answered,
            may_be_not_applicable=question.not_applicable,
            not_applicable=aside,
            reason=reason,
            note=given.note.strip() if given else "",
            evidence=(*_facts_of(sheet, question), *(_lines(given.evidence) if given else ())),
            mitigation=given.mitigation.strip() if given else "",
            room_to_mitigate=not sheet.complete and room_to_mitigate(question, answer),
            actions=tuple(a.line for a in sheet.actions if a.question == question.id),
            waiver=_waiver(given) if given else "",
            go_to="" if answered else _said(self._directions.get(question.id, "")),
            asked_if="" if sheet.complete or answered else _said(asked_if(self._template, question)),
            needs="" if sheet.complete else needs_on_paper(question),
            answered_by=_answered_by(given) if given and sheet.several_people else "",
        )


def _facts_of(sheet: _Sheet, question: Question) -> list[str]:
    return [words for asked, words in sheet.cited if asked == question.id]


def review_words(review: SectionReview | None) -> str:
    """What a reviewer says of a section, in one line; empty while nobody has."""
    if review is None:
        return ""
    said = f": {review.comment}" if review.comment else ""
    return f"{review.verdict}, {review.reviewed_by}, {day_words(review.reviewed_on)}{said}"


def _said(words: str) -> str:
    """A condition or a direction as a sentence."""
    return f"{words[0].upper()}{words[1:]}." if words else ""


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _waiver(given: Given) -> str:
    if not given.waived_by:
        return ""
    return f"{given.waived_by}, {day_words(given.waived_on)}: {given.waived_because}"


def _answered_by(given: Given) -> str:
    return ", ".join(words for words in (given.answered_by, day_words(given.answered_on)) if words)


def _sign_off(template: Template, run: Run | None) -> SignOff:
    taken = run.decision if run else ""
    decisions = tuple(Option(o.label, o.label == taken) for o in template.outcomes)
    if run is None or not run.signed_on:
        return SignOff(decisions=decisions, review=day_words(run.next_review) if run else "")
    return SignOff(
        name=run.signed_by,
        role=run.signed_role,
        date=long_day(run.signed_on),
        decision=taken,
        conditions=run.conditions,
        decisions=decisions,
        signed=f"On screen, by {run.signed_by}",
        review=day_words(run.next_review),
    )
