"""A checklist carried to another version of its template: a new run with the answers that still fit."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from storage.checklists.data import pinned_text
from storage.checklists.migration import Fate, Pair, counted, side_by_side
from storage.checklists.structure import Template
from storage.checklists.template import read_template
from storage.checklists.toml_table import TemplateError
from storage.desk.checklists.run_state import SUBJECTS, run_state
from storage.desk.checklists.runs import LETTERS
from storage.desk.checklists.templates import lists_of, live_text, own_templates
from storage.desk.office import who
from storage.desk.writing import held, joined_step, next_reference
from storage.engine.errors import StorageError
from storage.engine.store import Store
from storage.records.assessments import Given, Run, answers_of, template_of
from storage.records.templates import LIVE


@dataclass(frozen=True, slots=True)
class Move:
    """What carrying a run to another template would do: every question in both, side by side."""

    run: Run
    text: str
    template: Template
    pairs: tuple[Pair, ...]

    @property
    def words(self) -> str:
        """How many questions there are of each sort: 41 unchanged, 6 reworded, 3 new, 2 dropped."""
        return ", ".join(f"{number} {fate.lower()}" for fate, number in counted(self.pairs).items())

    @property
    def to_tick(self) -> tuple[Pair, ...]:
        """The reworded questions whose answer is to be confirmed or given anew."""
        return tuple(p for p in self.pairs if p.fate is Fate.REWORDED and p.carried is not None)


def newer(store: Store, run: Run) -> list[str]:
    """The ids of templates a run can be carried to: a later version of its own, or live ones adapted from it."""
    found = []
    own = [t for t in own_templates(store) if t.state == LIVE]
    for template in own:
        same = template.code == run.template and template.version != run.template_version
        if same or template.adapted_from == run.template:
            found.append(template.code)
    try:
        shipped = live_text(store, run.template)
    except TemplateError:
        return found
    if run.template not in found and read_template(shipped).version != run.template_version:
        found.append(run.template)
    return found


def plan_move(store: Store, run_id: int, template_id: str) -> Move:
    """What would become of each question. Raises `StorageError` when there is no such template."""
    state = run_state(store, run_id)
    try:
        text = pinned_text(live_text(store, template_id), lists_of(store))
        template = read_template(text)
    except TemplateError as error:
        raise StorageError(f"{error} Nothing was changed.") from error
    answers = answers_of(state.given.values())
    return Move(state.run, text, template, side_by_side(state.template, template, answers))


def carry(store: Store, move: Move, *, ticked: Collection[str] = (), again: bool = False) -> Run:
    """Start the run on the new version. Answers to reworded questions that are not ticked wait to be confirmed.

    With `again`, for another year, every answer does.
    Notes, evidence and mitigations go along; waivers, actions and the signature stay with the old run.
    """
    old = move.run
    run = Run(
        title=move.template.title if old.title == old_title(old) else old.title,
        reference=next_reference(store, Run, LETTERS),
        template=move.template.id,
        template_version=move.template.version,
        template_text=move.text,
        subject=old.subject,
        started_on=store.today(),
        carried_from=old.id,
        **{name: getattr(old, name) for name in SUBJECTS},
    )
    given = {g.question: g for g in store.parts(old).of(Given, "answers")}
    with joined_step(store, f"Carry {old.reference} to {move.template.id} version {move.template.version}"):
        run = store.save(run)
        made = [
            _carried(run, pair, given[pair.id], waits=again or _waits(pair, ticked))
            for pair in move.pairs
            if pair.carried is not None and pair.id in given
        ]
        store.save_many(made)
    return store.get(Run, run.key)


def next_year(store: Store, run_id: int) -> Run:
    """Start the same checklist again: every answer goes along and waits to be confirmed or given anew.

    It takes the version of the template that is live now, or its own where there is none any more.
    """
    run = held(store, Run, run_id)
    try:
        move = plan_move(store, run_id, run.template)
    except StorageError:
        template = template_of(run)
        answers = answers_of(store.parts(run).of(Given, "answers"))
        move = Move(run, run.template_text, template, side_by_side(template, template, answers))
    return carry(store, move, again=True)


def confirm(store: Store, run_id: int, question_id: str, *, by: str = "") -> Given:
    """Say that an answer given to an earlier wording still holds."""
    run = held(store, Run, run_id)
    for given in store.parts(run).of(Given, "answers"):
        if given.question == question_id and given.to_confirm:
            confirmed = replace(given, to_confirm=None, answered_by=who(store, by), answered_on=store.today())
            with joined_step(store, f"Confirm {question_id} of {run.reference} {run.title}"):
                return store.save(confirmed)
    raise StorageError(f"Question {question_id} has nothing to confirm. Nothing was changed.")


def old_title(run: Run) -> str:
    """The title a run has when nobody gave it another."""
    return read_template(run.template_text).title


def _waits(pair: Pair, ticked: Collection[str]) -> bool:
    return pair.fate is Fate.REWORDED and pair.id not in ticked


def _carried(run: Run, pair: Pair, before: Given, *, waits: bool) -> Given:
    answer = pair.carried
    assert answer is not None  # noqa: S101 - asked by the caller
    return Given(
        run=run.id,
        question=pair.id,
        values=dict(answer.values),
        not_applicable=answer.not_applicable or None,
        reason=before.reason if answer.not_applicable else "",
        note=before.note,
        evidence=before.evidence,
        mitigation=before.mitigation,
        answered_on=before.answered_on,
        answered_by=before.answered_by,
        to_confirm=waits or None,
    )
