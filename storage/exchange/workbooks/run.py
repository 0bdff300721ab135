"""A checklist as a tidy workbook: its questions with answers in words, its rows, its actions and its score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from storage.checklists.answers import Answer, is_answered, is_asked, is_not_applicable
from storage.checklists.gates import gate_words
from storage.checklists.parts import Kind, Part
from storage.checklists.structure import Question, Section
from storage.checklists.values import ROW, rows_of
from storage.desk.checklists.risk_board import board_of_state
from storage.desk.checklists.run_links import Names, linked_names
from storage.desk.checklists.run_state import RunState, run_state, subject_of, subject_words
from storage.engine.fields import Kind as Of
from storage.engine.store import Store
from storage.engine.values import show_day
from storage.exchange.paper.print_cells import in_words, is_of_people, kept_back
from storage.exchange.paper.run_compare import part_words
from storage.exchange.workbooks.list import Sheets
from storage.exchange.workbooks.table import Table, TableColumn
from storage.exchange.workbooks.text import clean, fits

_CUT = " … (longer than a cell holds; the whole text is in the program)"
_COLUMNS = (
    ("Section", 60), ("No.", 50), ("Question", 320), ("What", 150), ("State", 110), ("Answer", 280), ("Note", 220),
    ("Evidence", 200), ("Mitigation", 160), ("Waiver", 160), ("Gate", 160), ("Answered by", 120), ("Answered on", 90),
)  # fmt: skip
_ROWS = (("No.", 50), ("Question", 300), ("Part", 160), ("Row", 140), ("Column", 180), ("Answer", 320))
_ACTIONS = (("No.", 50), ("Action", 360), ("Owner", 160), ("Due", 100), ("State", 100))
_REVIEWS = (("Section", 80), ("Verdict", 100), ("Comment", 400), ("By", 160), ("On", 100))
_RISKS = (
    ("No.", 50), ("Risk", 320), ("Place and band", 150), ("At the last review", 150), ("Moved", 120),
    ("Last review", 240),
)  # fmt: skip
_PRINTED = 8  # columns
Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class _Gathered:
    """A run with what its links are called."""

    state: RunState
    names: Names

    def shown(self, part: Part, answer: Answer | None) -> object:
        """What a part holds; of people counted by what the law protects, small numbers are kept back."""
        value = answer.values.get(part.key) if answer is not None else None
        return kept_back(part, value) if is_of_people(self.state.template) else value


def run_sheets(store: Store, run_id: int) -> Sheets:
    """The sheets of a checklist as it stands; of a signed one as it was signed."""
    state = run_state(store, run_id)
    run = state.run
    held = _Gathered(state, linked_names(store, state.template, state.answers))
    answers, rows = list(_answers(held)), list(_rows(held))
    numbers = {question.id: question.number for question in state.template.questions}
    actions = [
        (numbers.get(a.question, ""), a.title, a.owner, show_day(a.due) if a.due else "", a.status)
        for a in state.actions
    ]
    reviews = [
        (r.section, r.verdict, r.comment, r.reviewed_by, show_day(r.reviewed_on) if r.reviewed_on else "")
        for r in state.reviews.values()
    ]
    tables = [_table("Answers", f"{len(state.template.questions)} questions", _COLUMNS, answers)]
    for title, columns, found in (
        ("Rows", _ROWS, rows),
        ("Risks", _RISKS, list(_risks(store, state))),
        ("Actions", _ACTIONS, actions),
        ("Reviews", _REVIEWS, reviews),
    ):
        if found:
            tables.append(_table(title, f"{len(found):,} in all", columns, found))
    return Sheets(f"{run.reference} {run.title}".strip(), run.subject, tables, _facts(store, state))


def _facts(store: Store, state: RunState) -> list[tuple[str, str]]:
    """What stands on the sheet about the workbook."""
    run, done = state.run, state.progress
    subject = None if run.signed_on else subject_of(store, run)
    signed = (
        f"Signed by {run.signed_by}, {run.signed_role}, on {show_day(run.signed_on)}"
        if run.signed_on
        else "DRAFT"
    )
    facts = [
        ("Template", f"{run.template}, version {run.template_version}"),
        ("About", subject_words(subject) if subject else run.subject),
        ("State", signed if run.signed_on else f"{signed}, not signed. {run.standing}."),
        ("Decision", run.decision),
        ("Conditions", run.conditions),
        ("Answered", f"{done.answered} of {done.applicable}; {done.not_applicable} not applicable"),
        ("Score", "" if done.score_percent is None else
         f"{done.score_percent}%: {done.yes} yes, {done.partly} partly, {done.no} no"),
        ("Reopened", run.reopened),
    ]  # fmt: skip
    return [(label, clean(words)) for label, words in facts if words]


def _answers(held: _Gathered) -> Iterator[Row]:
    """A row for each part of each question; what is said beside an answer stands in the first of them."""
    for section in held.state.template.sections:
        for question in section.questions:
            yield from _of_question(held, section, question)


def _of_question(held: _Gathered, section: Section, question: Question) -> Iterator[Row]:
    answer, given = held.state.answers.get(question.id), held.state.given.get(question.id)
    state = _state(question, answer)
    waiver = f"{given.waived_by}, {given.waived_because}" if given and given.waived_by else ""
    beside: Row = ("",) * 7
    if given is not None:
        day = show_day(given.answered_on) if given.answered_on else ""
        gate = gate_words(question, answer) if question.gate else ""
        beside = (given.note, given.evidence, given.mitigation, waiver, gate, given.answered_by, day)
    for place, part in enumerate(question.parts):
        words = part_words(part, held.shown(part, answer), held.names)
        if place == 0 and given is not None and given.not_applicable:
            words = given.reason
        lead = (section.letter, question.number, question.text, part.label, state, words)
        yield (*lead, *(beside if place == 0 else ("",) * 7))


def _state(question: Question, answer: Answer | None) -> str:
    if not is_asked(answer):
        return "Not asked"
    if is_not_applicable(question, answer):
        return "Not applicable"
    return "Answered" if is_answered(question, answer) else "Open"


def _rows(held: _Gathered) -> Iterator[Row]:
    """Each cell of each row of the answers in rows, one below the other, so that it can be filtered and counted."""
    for question in held.state.template.questions:
        answer = held.state.answers.get(question.id)
        for part in question.parts:
            if part.kind is Kind.ROWS and answer is not None:
                called = {option.value: option.label for option in part.fixed}
                for place, row in enumerate(rows_of(held.shown(part, answer)), start=1):
                    name = called.get(str(row[ROW]), f"Row {place}")
                    for column in part.columns:
                        if words := in_words(column, row.get(column.key), held.names):
                            yield question.number, question.text, part.label, name, column.label, words


def _risks(store: Store, state: RunState) -> Iterator[Row]:
    """Each score with its place on the matrix, and how it has moved since the last review."""
    board = board_of_state(store, state)
    for risk in board.risks:
        before = risk.movement.before.words if risk.movement and risk.movement.before else ""
        moved = risk.movement.short if risk.movement else ""
        yield (
            risk.number, risk.words, risk.place.words, before, moved,
            board.since if moved else "",
        )  # fmt: skip


def _table(title: str, words: str, columns: Sequence[tuple[str, int]], rows: Sequence[Row]) -> Table:
    made = [
        TableColumn(heading, Of.NOTE, width, [_whole(row[place]) for row in rows])
        for place, (heading, width) in enumerate(columns)
    ]
    return Table(title, title, words, title, made, printed=_PRINTED)


def _whole(words: str) -> str | None:
    said = clean(words)
    if not said:
        return None
    return said if fits(said) else f"{said[:16_000]}{_CUT}"
