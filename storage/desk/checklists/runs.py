"""Working through a checklist: start, answer, waive, sign, reopen; each act one step that says what it did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from storage.checklists.answers import Value, is_blank, part_problem
from storage.checklists.data import pinned_text
from storage.checklists.parts import Kind, Part
from storage.checklists.structure import GateKind, Question, Template
from storage.checklists.template import TemplateError, read_template
from storage.desk.checklists.last_review import last_review
from storage.desk.checklists.run_evidence import fact_words
from storage.desk.checklists.run_state import (
    SUBJECTS,
    RunState,
    arising_from,
    run_state,
    subject_facts,
    subject_of,
    subject_words,
)
from storage.desk.checklists.templates import lists_of, live_text
from storage.desk.office import who
from storage.desk.writing import held, joined_step, next_reference, not_after_today
from storage.engine.conditions import Where
from storage.engine.errors import Refused, StorageError
from storage.engine.fields import Record
from storage.engine.query import Query
from storage.engine.steps import REOPEN, SEAL
from storage.engine.store import Store, with_values
from storage.engine.values import long_day
from storage.records.actions import Action
from storage.records.assessments import Given, Run, template_of
from storage.rules.risks import possible_scores

LETTERS = "CL"  # what the short reference of a run begins with


def start_run(
    store: Store,
    template_id: str,
    *,
    contract: int | None = None,
    service: int | None = None,
    specification: int | None = None,
    provider: int | None = None,
    procurement: int | None = None,
    title: str = "",
    meeting_on: date | None = None,
) -> Run:
    """Begin a checklist about one record, named by what it is; the run keeps the whole template text."""
    text, template = _live(store, template_id)
    about = {
        "contract": contract, "service": service, "specification": specification, "provider": provider,
        "procurement": procurement,
    }  # fmt: skip
    subject = _subject(store, template, about)
    made = Run(
        title=title.strip() or template.title,
        reference=next_reference(store, Run, LETTERS),
        template=template.id,
        template_version=template.version,
        template_text=text,
        subject=subject_words(subject),
        started_on=store.today(),
        meeting_on=meeting_on,
    )
    run = with_values(made, about)
    with joined_step(store, f"Start {_called(run)} for {run.subject}"):
        run = store.save(run)
    return store.get(Run, run.key)


def _live(store: Store, template_id: str) -> tuple[str, Template]:
    """A template as it holds today, with the text a run keeps. Raises `StorageError` when there is none."""
    try:
        text = pinned_text(live_text(store, template_id), lists_of(store))
        return text, read_template(text)
    except TemplateError as error:
        raise StorageError(f"{error} Nothing was changed.") from error


def _subject(store: Store, template: Template, about: dict[str, int | None]) -> Record:
    chosen = [(name, number) for name, number in about.items() if number is not None]
    if len(chosen) != 1:
        raise StorageError(
            f"A checklist is about one record of these: {', '.join(SUBJECTS)}. Nothing was changed. Choose one."
        )
    name, number = chosen[0]
    if name not in template.subjects:
        raise StorageError(
            f"{template.title} is for a {' or a '.join(template.subjects)}, not for a {name}. Nothing was changed."
        )
    return held(store, SUBJECTS[name], number)


def answer(
    store: Store,
    run_id: int,
    question_id: str,
    part_key: str,
    value: Value | None,
    *,
    by: str = "",
    on: date | None = None,
    origin: object = None,
) -> Given:
    """Answer one part of a question, or clear it with a blank. Raises `StorageError` for a value it cannot hold."""
    run, question = _asked(store, run_id, question_id)
    part = _part(question, part_key)
    if part.calculation:
        raise StorageError(f"{part.label} is worked out and cannot be typed. Nothing was changed.")
    if problem := part_problem(part, value):
        raise StorageError(f"{problem} Nothing was changed.")

    def answered(given: Given) -> Given:
        values = {key: held for key, held in given.values.items() if key != part.key}
        if value is not None and not is_blank(value):
            values[part.key] = _in_order(part, value)
        return replace(given, values=values, not_applicable=None, reason="")

    return _edit(store, run, question, "Answer", _dated(store, answered, by, on), origin)


def set_not_applicable(
    store: Store,
    run_id: int,
    question_id: str,
    reason: str = "",
    *,
    applies: bool = False,
    by: str = "",
    on: date | None = None,
    origin: object = None,
) -> Given:
    """Say that a question does not apply, and why; `applies` takes that back. Earlier answers are kept beside it."""
    run, question = _asked(store, run_id, question_id)
    if not applies and not question.not_applicable:
        raise StorageError(
            f"Question {question.number} always applies, so it needs an answer. Nothing was changed."
        )

    def settled(given: Given) -> Given:
        return replace(given, not_applicable=None if applies else True, reason="" if applies else reason)

    return _edit(store, run, question, "Answer", _dated(store, settled, by, on), origin)


def set_note(store: Store, run_id: int, question_id: str, words: str, *, origin: object = None) -> Given:
    """Write the note beside a question."""
    run, question = _asked(store, run_id, question_id)
    return _edit(store, run, question, "Change the note on", lambda g: replace(g, note=words), origin)


def set_evidence(store: Store, run_id: int, question_id: str, words: str, *, origin: object = None) -> Given:
    """Name the evidence for an answer, one reference a line."""
    run, question = _asked(store, run_id, question_id)
    return _edit(
        store, run, question, "Change the evidence for", lambda g: replace(g, evidence=words), origin
    )


def set_mitigation(
    store: Store, run_id: int, question_id: str, words: str, *, origin: object = None
) -> Given:
    """Say what is done about the answer to a question."""
    run, question = _asked(store, run_id, question_id)
    return _edit(
        store, run, question, "Change the mitigation of", lambda g: replace(g, mitigation=words), origin
    )


def waive(
    store: Store, run_id: int, question_id: str, *, name: str, reason: str, on: date | None = None
) -> Given:
    """Let a gate be passed over, by name, with the reason and the day."""
    run, question = _asked(store, run_id, question_id)
    if question.gate is None or question.gate.kind is not GateKind.GATE:
        raise StorageError(f"Question {question.number} has no gate to waive. Nothing was changed.")
    if is_blank(name) or is_blank(reason):
        raise StorageError("A waiver needs a name and a reason. Nothing was changed.")
    day = not_after_today(store, on or store.today(), "The date of a waiver")

    def waived(given: Given) -> Given:
        return replace(given, waived_by=name.strip(), waived_because=reason.strip(), waived_on=day)

    return _edit(store, run, question, "Waive", waived)


def unwaive(store: Store, run_id: int, question_id: str) -> Given:
    """Take a waiver back."""
    run, question = _asked(store, run_id, question_id)

    def unwaived(given: Given) -> Given:
        return replace(given, waived_by="", waived_because="", waived_on=None)

    return _edit(store, run, question, "Take back the waiver of", unwaived)


def raise_action(
    store: Store, run_id: int, question_id: str, title: str, *, owner: str = "", due: date | None = None
) -> Action:
    """Add an action that arises from a question; it is linked to what the run is about."""
    run, question = _asked(store, run_id, question_id)
    if is_blank(title):
        raise StorageError("Say what is to be done. Nothing was changed.")
    action = arising_from(
        store, run, Action(title=title.strip(), owner=owner.strip(), due=due, question=question.id)
    )
    with joined_step(store, f"Add an action to {question.id} of {_called(run)}"):
        return store.save(action)


def may_sign(store: Store, run_id: int) -> list[str]:
    """Why a run may not be signed yet, a line for each gate that stops it; empty when it may."""
    return run_state(store, run_id).stops


def sign(
    store: Store,
    run_id: int,
    *,
    name: str,
    role: str,
    decision: str,
    conditions: str = "",
    on: date | None = None,
    next_review: date | None = None,
) -> Run:
    """Sign a run: from then on it never changes. `decision` is one of the template's outcomes, by value or words.

    Raises `Refused` with every gate that stops it, `StorageError` for a missing name, role or decision.
    """
    state = _ready(store, run_id)
    if is_blank(name) or is_blank(role):
        raise StorageError("Signing needs a name and a role. Nothing was signed.")
    words = _decision(state.template, decision)
    signed = replace(
        _as_it_stands(store, state),
        signed_by=name.strip(),
        signed_role=role.strip(),
        decision=words,
        outcome=words,
        conditions=conditions.strip(),
        next_review=next_review or state.run.next_review,
        signed_on=not_after_today(store, on or store.today(), "The date of signing"),
    )
    with store.step(f"Sign {_called(state.run)}", SEAL):
        store.save(signed)
    return store.get(Run, run_id)


def reopen(store: Store, run_id: int, *, reason: str, by: str = "", on: date | None = None) -> Run:
    """Open a signed run again, in a step of its own; who signed it, when and why it was reopened stays on it."""
    run = held(store, Run, run_id)
    if run.signed_on is None:
        raise StorageError(f"{_called(run)} is not signed, so it can be changed as it is.")
    if is_blank(reason):
        raise StorageError("Reopening needs a reason. Nothing was changed.")
    day, name = on or store.today(), who(store, by)
    words = (
        f"Reopened on {long_day(day)}{f' by {name}' if name else ''}: {reason.strip()} It had been signed by "
        f"{run.signed_by} ({run.signed_role}) on {long_day(run.signed_on)} with the decision {run.decision}."
    )
    opened = replace(
        run,
        signed_by="", signed_role="", decision="", conditions="", outcome="", signed_on=None, as_signed={},
        reopened="\n".join(line for line in (run.reopened, words) if line),
    )  # fmt: skip
    with store.step(f"Reopen {_called(run)}: {reason.strip()}", REOPEN):
        store.save(opened)
    return store.get(Run, run_id)


def _ready(store: Store, run_id: int) -> RunState:
    """A run that may be signed. Raises `Refused` with every gate that stops it."""
    _open(store, run_id)
    state = run_state(store, run_id)
    if state.stops:
        stops = " ".join(_sentence(words) for words in state.stops)
        raise Refused(f"{_called(state.run)} cannot be signed yet. {stops}")
    return state


def _as_it_stands(store: Store, state: RunState) -> Run:
    """The run with all that its page takes from other records, so that it prints the same for ever."""
    subject, review = subject_of(store, state.run), last_review(store, state.run)
    kept: dict[str, object] = {
        "facts": [list(fact) for fact in subject_facts(store, subject)] if subject else [],
        "actions": [
            [a.question, a.title, a.owner, a.due.isoformat() if a.due else "", a.status]
            for a in state.actions
        ],
        "evidence": [[citation.question, fact_words(fact)] for citation, fact in state.cited],
        "bands": {
            str(points): state.template.scales.band(points).name for points in sorted(possible_scores())
        },
        "review": review.kept if review else {},
    }
    words = subject_words(subject) if subject else state.run.subject
    return replace(state.run, subject=words, as_signed=kept)


def _decision(template: Template, words: str) -> str:
    """The label of an outcome. Raises `StorageError` when the template does not offer it."""
    folded = words.strip().casefold()
    for outcome in template.outcomes:
        if folded in (outcome.value.casefold(), outcome.label.casefold()):
            return outcome.label
    if template.outcomes:
        offered = ", ".join(outcome.label for outcome in template.outcomes)
        raise StorageError(f"Choose the decision: {offered}. Nothing was signed.")
    if is_blank(words):
        raise StorageError("Signing needs a decision. Nothing was signed.")
    return words.strip()


def _open(store: Store, run_id: int) -> Run:
    """A run that may be changed. Raises `Refused` when it is signed or in the bin."""
    run = held(store, Run, run_id)
    if run.signed_on:
        raise Refused(
            f"{_called(run)} was signed by {run.signed_by} on {long_day(run.signed_on)} and does not change. "
            "Reopen it first, with a reason."
        )
    return run


def _asked(store: Store, run_id: int, question_id: str) -> tuple[Run, Question]:
    """An open run and one of its questions."""
    run = _open(store, run_id)
    try:
        return run, template_of(run).question(question_id)
    except KeyError:
        raise StorageError(f"{run.title} has no question {question_id}. Nothing was changed.") from None


def _part(question: Question, key: str) -> Part:
    try:
        return question.part(key)
    except KeyError:
        raise StorageError(f"{question.id} has no part {key}. Nothing was changed.") from None


def _edit(
    store: Store,
    run: Run,
    question: Question,
    doing: str,
    change: Callable[[Given], Given],
    origin: object = None,
) -> Given:
    """Change the one row of a question, made when it is first answered; nothing is written when nothing differs."""
    one = Query(where=(Where("run", "is", (run.key,)), Where("question", "is", (question.id,))))
    before = next(iter(store.all(Given, one)), Given(run=run.id, question=question.id))
    after = change(before)
    if after == before:
        return before
    with joined_step(store, f"{doing} {question.id} of {_called(run)}", origin=origin):
        return store.save(after)


def _dated(
    store: Store, change: Callable[[Given], Given], by: str, on: date | None
) -> Callable[[Given], Given]:
    """A change of answer that also says by whom and when, or that nobody has answered any more."""

    def dated(given: Given) -> Given:
        after = replace(change(given), to_confirm=None)
        if after == given:
            return given
        if not after.values and not after.not_applicable:
            return replace(after, answered_by="", answered_on=None)
        return replace(after, answered_by=who(store, by), answered_on=on or store.today())

    return dated


def _in_order(part: Part, value: Value) -> Value:
    """Several choices in the order of the template, so that the same answer is always kept the same way."""
    if part.kind is Kind.CHOICES and isinstance(value, list):
        chosen = [each for each in value if isinstance(each, str)]
        return sorted(chosen, key=part.values.index)
    return value


def _called(run: Run) -> str:
    """A run as steps and messages name it: CL-3 Decommissioning decision."""
    return " ".join(words for words in (run.reference, run.title) if words)


def _sentence(words: str) -> str:
    return words if words.endswith(".") else f"{words}."
