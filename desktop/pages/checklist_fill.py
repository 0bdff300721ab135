"""Turns a checklist run into what the checklist view draws: questions, gates, progress and why it may not be signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import cast

from desktop.pages.checklist_known import Drawn, Fixed
from desktop.pages.checklist_moves import moved_of
from desktop.words import count_words
from storage.checklists.answers import (
    Answer,
    Value,
    asked_parts,
    is_answered,
    is_asked,
    is_not_applicable,
    missing_demands,
    part_problem,
)
from storage.checklists.gates import GateState as Stored
from storage.checklists.gates import demand_words, gate_state, gate_words
from storage.checklists.logic import asked_if, worked_out
from storage.checklists.parts import Kind, Part
from storage.checklists.structure import GateKind, Question, Section
from storage.checklists.values import LINKED, ROW, Row, rows_of
from storage.desk.checklists.last_review import LastReview
from storage.desk.checklists.run_evidence import fact_words, is_stale
from storage.desk.checklists.run_state import Proposal, RunState
from storage.engine.values import show_day
from storage.exchange.paper.print_cells import Names, in_words
from storage.records.actions import Action
from storage.records.assessments import ACCEPT, IMPROVE, RETURN, Given
from storage.records.evidence import Evidence
from storage.rules.risks import Scales
from widgets.checklist_data import (
    NOT_MOVED,
    ActionData,
    Band,
    ChecklistData,
    GateCounts,
    GateData,
    GateState,
    MatrixWords,
    Option,
    PartData,
    PartKind,
    QuestionData,
    SectionData,
    SummaryData,
)

TONES = {"orange": "amber", "red": "red"}  # bands of the matrix that want attention
_STATES = {
    Stored.OPEN: GateState.OPEN,
    Stored.CLOSED: GateState.CLOSED,
    Stored.WAITING: GateState.WAITING,
    Stored.WAIVED: GateState.WAIVED,
    Stored.WARNING: GateState.WARNS,
    Stored.NONE: GateState.NONE,
}
_VERDICTS = {ACCEPT: "Accepted by", IMPROVE: "To be improved, says", RETURN: "Returned by"}
_VERDICT_TONES = {ACCEPT: "green", IMPROVE: "amber", RETURN: "red"}
PartId = tuple[str, str]  # question and part


@dataclass(frozen=True, slots=True)
class Unkept:
    """An answer that could not be kept: what was given, and why not."""

    value: Value
    problem: str


@dataclass(frozen=True, slots=True)
class Beside:
    """What the page knows besides the run: proposals, answers that could not be kept, names to suggest."""

    proposals: Mapping[PartId, Proposal]
    unkept: Mapping[PartId, Unkept]
    people: Sequence[str] = ()
    names: Names = field(default_factory=dict)  # of the records that answers point to
    drawn: Drawn = field(default_factory=Drawn)  # as before
    review: LastReview | None = None  # with which the risks are compared


def checklist_data(state: RunState, beside: Beside, *, read_only: bool) -> ChecklistData:
    """The run as the view shows it. A signed run is read-only."""
    done, own = {s.letter: s for s in state.progress.sections}, _own(state, beside)
    beside.drawn.begin((beside.people, beside.names, beside.review, state.today))
    sections = tuple(
        SectionData(
            section.letter,
            section.title,
            done[section.letter].answered,
            done[section.letter].applicable,
            _questions(state, beside, section, own),
            *_review(state, section),
        )
        for section in state.template.sections
    )
    fixed = read_only or bool(state.run.signed_on)
    return ChecklistData(state.run.title, sections, summary(state), fixed)


def _review(state: RunState, section: Section) -> tuple[str, str]:
    """What a reviewer says of a section, and the tone of it; empty while nobody has."""
    review = state.reviews.get(section.letter)
    if review is None:
        return "", ""
    on = f", {show_day(review.reviewed_on)}" if review.reviewed_on else ""
    said = f": {review.comment}" if review.comment else ""
    return f"{_VERDICTS[review.verdict]} {review.reviewed_by}{on}{said}", _VERDICT_TONES[review.verdict]


def _own(state: RunState, beside: Beside) -> Mapping[str, list[object]]:
    """What a question is drawn from besides its answer, for the few that have any."""
    found: dict[str, list[object]] = {}
    for (question, part), refused in beside.unkept.items():
        found.setdefault(question, []).append((part, refused))
    for (question, part), proposal in beside.proposals.items():
        found.setdefault(question, []).append((part, proposal))
    for action in state.actions:
        found.setdefault(action.question, []).append(action.title)
    for citation, fact in state.cited:
        found.setdefault(citation.question, []).append(fact)
    return found


def _questions(
    state: RunState, beside: Beside, section: Section, own: Mapping[str, list[object]]
) -> tuple[QuestionData, ...]:
    answers, given, drawn = state.answers, state.given, beside.drawn
    return tuple(
        drawn.of(
            question.id,
            (answers.get(question.id), given.get(question.id), own.get(question.id)),
            partial(_question, state, beside, section, question),
        )
        for question in section.questions
    )


def _question(state: RunState, beside: Beside, section: Section, question: Question) -> QuestionData:
    answer = state.answers.get(question.id)
    given = state.given.get(question.id)
    asked = asked_parts(question, answer)
    return QuestionData(
        id=question.id,
        number=question.number,
        text=question.text,
        parts=tuple(_part(state, beside, question, part, shown=part in asked) for part in question.parts),
        guidance=question.guidance,
        gate=_gate(question, answer, given),
        may_be_not_applicable=question.not_applicable,
        not_applicable=is_not_applicable(question, answer),
        reason=answer.reason if answer else "",
        note=answer.note if answer else "",
        evidence=answer.evidence if answer else "",
        actions=tuple(a.title for a in state.actions if a.question == question.id),
        answered=is_answered(question, answer) or not is_asked(answer),
        not_asked="" if is_asked(answer) else _not_asked(state, section, question),
        cited=tuple(_fact(state, fact) for citation, fact in state.cited if citation.question == question.id),
        condition=_sentence(asked_if(state.template, question)) if is_asked(answer) else "",
        mitigation=answer.mitigation if answer else "",
        may_mitigate=question.may_mitigate,
        lacks=tuple(each.value for each in missing_demands(question, answer)) if is_asked(answer) else (),
        needs=demand_words(question, answer),
        to_confirm=answer is not None and answer.to_confirm,
    )


def _fact(state: RunState, fact: Evidence) -> str:
    """A fact on its chip, with a word of warning where it is stale."""
    on = state.run.signed_on or state.today
    return f"Stale: {fact_words(fact)}" if is_stale(fact, on) else fact_words(fact)


def _not_asked(state: RunState, section: Section, question: Question) -> str:
    """When a question would be asked, by its own condition or that of its section."""
    template = state.template
    said = asked_if(template, question) or asked_if(template, section)
    kept = " What was answered before is kept." if question.id in state.given else ""
    return _sentence(said) + kept


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}." if words else ""


def _part(state: RunState, beside: Beside, question: Question, part: Part, *, shown: bool) -> PartData:
    key, answer = (question.id, part.key), state.answers.get(question.id)
    refused = answer.effects.refused.get(part.key, "") if answer else ""
    held = answer.values.get(part.key) if answer else None
    unkept, proposal = beside.unkept.get(key), beside.proposals.get(key)
    moved = moved_of(beside.review, question, part, answer)
    fixed = beside.drawn.fixed(part, partial(_fixed, beside))
    return PartData(
        key=part.key,
        kind=fixed.kind,
        label=part.label,
        options=fixed.options,
        value=unkept.value if unkept else held,
        proposal=_worked_out(state, question, part) or _proposal_words(proposal),
        proposed=proposal.value if proposal else None,
        problem=unkept.problem if unkept else part_problem(part, held) or refused,
        matrix=fixed.matrix,
        shown=shown,
        columns=fixed.columns,
        rows=fixed.rows,
        least=part.least,
        worked_out=bool(part.calculation),
        words=in_words(part, held, beside.names) if _points(held) else "",
        rows_words=_rows_words(beside, part, held),
        moved=moved.get(("", ""), NOT_MOVED),
        rows_moved=moved,
    )


def _fixed(beside: Beside, part: Part) -> Fixed:
    names = beside.people if part.kind is Kind.PERSON else ()
    return Fixed(
        PartKind(part.kind.value),
        tuple(Option(o.value, o.label) for o in part.options) or tuple(Option(n, n) for n in names),
        matrix_words(part.scales) if part.kind is Kind.MATRIX else MatrixWords(),
        tuple(_column(beside, column) for column in part.columns),
        tuple(Option(o.value, o.label) for o in part.fixed),
    )


def _column(beside: Beside, part: Part) -> PartData:
    """One column of rows, without a value."""
    fixed = _fixed(beside, part)
    return PartData(part.key, fixed.kind, part.label, fixed.options, matrix=fixed.matrix)


def _points(value: object) -> bool:
    """Whether an answer is a record of the file."""
    return isinstance(value, dict) and len(value) == 1 and next(iter(value)) in LINKED


def _rows_words(beside: Beside, part: Part, value: Value | None) -> dict[tuple[str, str], str]:
    """What the records are called that fields of rows point to, by row and column."""
    return {
        (str(row.get(ROW)), column.key): in_words(column, row[column.key], beside.names)
        for row in (rows_of(value) if part.kind is Kind.ROWS else ())
        for column in part.columns
        if _points(row.get(column.key))
    }


def _worked_out(state: RunState, question: Question, part: Part) -> str:
    """How a part is worked out, in words; empty when a person types it."""
    said = worked_out(state.template, part).replace(f" in question {question.number}", "")
    return _sentence(said)


def _proposal_words(proposal: Proposal | None) -> str:
    """The value worked out with the sentence behind it, which may begin with the value itself."""
    if proposal is None:
        return ""
    said = proposal.why if proposal.why.startswith(proposal.words) else f"{proposal.words}. {proposal.why}"
    return f"From the {proposal.source}: {said.strip()}"


def matrix_words(words: Scales) -> MatrixWords:
    """The words of the five-by-five matrix."""
    bands = tuple(Band(b.lowest, b.name, TONES.get(b.colour, "")) for b in words.bands)
    return MatrixWords(words.likelihood, words.consequence, bands)


def _gate(question: Question, answer: Answer | None, given: Given | None) -> GateData:
    state = gate_state(question, answer)
    if question.gate is None or state is Stored.NONE:
        return GateData()
    waived = state is Stored.WAIVED
    return GateData(
        state=_STATES[state],
        words=gate_words(question, answer),
        may_waive=question.gate.kind is GateKind.GATE and (state.blocks or waived),
        waiver=_waiver(given) if waived and given else "",
    )


def _waiver(given: Given) -> str:
    on = f", {show_day(given.waived_on)}" if given.waived_on else ""
    return f"Waived by {given.waived_by}{on}: {given.waived_because}"


# ---- the right-hand side


def summary(state: RunState) -> SummaryData:
    """Progress, score, gates, actions, and whether it may be signed."""
    done, gates = state.progress, state.progress.gates
    return SummaryData(
        answered=done.answered,
        applicable=done.applicable,
        not_applicable=done.not_applicable,
        hidden=done.hidden,
        score=f"{done.score_percent}%" if done.score_percent is not None else "",
        score_words=f"{done.yes} yes, {done.partly} partly, {done.no} no"
        if done.score_percent is not None
        else "",
        gates=GateCounts(gates.open, gates.waived, gates.closed, gates.waiting),
        actions=tuple(ActionData(a.title, _action_words(a)) for a in state.actions),
        may_sign=not state.stops,
        sign_reason=sign_reason(state),
        signed=signed_words(state),
    )


def sign_reason(state: RunState) -> str:
    """Why the run cannot be signed yet; empty when it can."""
    gates = state.progress.gates
    said = []
    if gates.closed:
        said.append(f"{count_words(gates.closed, 'gate is', 'gates are')} closed")
    if gates.waiting:
        said.append(f"{count_words(gates.waiting, 'gate waits', 'gates wait')} for an answer")
    returned = sum(review.verdict == RETURN for review in state.reviews.values())
    lacking = len(state.stops) - gates.closed - gates.waiting - returned
    if returned:
        said.append(f"{count_words(returned, 'section is', 'sections are')} returned")
    if lacking:
        said.append(f"{count_words(lacking, 'answer lacks', 'answers lack')} what it requires")
    return f"Sign-off is not open yet: {' and '.join(said)}." if said else ""


def signed_words(state: RunState) -> str:
    """Who signed, in what role, when, and the decision; empty while nobody has."""
    run = state.run
    if not run.signed_on:
        return ""
    role = f" ({run.signed_role})" if run.signed_role else ""
    decision = f": {run.decision}" if run.decision else ""
    return f"Signed by {run.signed_by}{role}, {show_day(run.signed_on)}{decision}"


def score_why(state: RunState) -> str:
    """The sentence behind the score."""
    done = state.progress
    return (
        f"{done.score_percent}% = {done.yes} yes and half of {done.partly} partly, out of the "
        f"{done.yes + done.partly + done.no} yes, partly and no answers given. Questions that do not apply, "
        "are not finished or are answered in another way are left out."
    )


def _action_words(action: Action) -> str:
    due = show_day(action.due) if action.due else ""
    state = "" if action.status == "Open" else action.status
    return " · ".join(w for w in (action.owner, due, state) if w) or "No owner or date yet"


def as_kept(part: Part, value: Value) -> Value:
    """A typed answer in the form it is kept in: figures without their thousands commas, spaces or per cent sign."""
    if part.kind is Kind.ROWS:
        return [_row_as_kept(part, row) for row in rows_of(value)]
    if part.kind in (Kind.NUMBER, Kind.PERCENT) and isinstance(value, str):
        return value.replace(",", "").replace(" ", "").removesuffix("%")
    return value


def _row_as_kept(part: Part, row: Row) -> Row:
    columns = {column.key: column for column in part.columns}
    kept = {key: as_kept(columns[key], cell) if key in columns else cell for key, cell in row.items()}
    return cast("Row", kept)


def problem_of(part: Part, value: Value) -> str:
    """Why an answer cannot be kept; half of a matrix answer is only unfinished, which is no problem to name."""
    problem = part_problem(part, value) or ""
    if problem and part.kind is Kind.MATRIX and isinstance(value, Mapping) and len(value) == 1:
        return ""
    return f"{problem} Not kept yet." if problem else ""
