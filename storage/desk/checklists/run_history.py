"""A checklist as its answers stood after an earlier step, and the way back to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from storage.desk.writing import held
from storage.engine.errors import Refused
from storage.engine.history import Change, History, Step
from storage.engine.store import Store
from storage.records.assessments import Given, Run

KEPT = ("uuid", "run", "question")  # what an answer is; the rest is what it says


@dataclass(frozen=True, slots=True)
class Stand:
    """The answers of a run as they stood after a step, with how many were given by then."""

    step: Step
    answered: int


def stands(store: Store, run_id: int, most: int = 200) -> list[Stand]:
    """The steps that changed the answers of a run, the newest first, without the last, which is how it stands now."""
    changes = [(given, History(store).of(Given.TABLE, given.key)) for given in _given(store, run_id)]
    steps = {change.step.id: change.step for _, found in changes for change in found}
    ids = sorted(steps, reverse=True)[1 : most + 1]
    return [Stand(steps[each], sum(_answered(_as_at(given, found, each, store)) for given, found in changes))
            for each in ids]  # fmt: skip


def restore(store: Store, run_id: int, step: int) -> int:
    """Put all answers of a run back as they stood after a step, in one step; gives how many differ.

    Raises `Refused` for a signed run.
    """
    run = held(store, Run, run_id)
    if run.signed_on:
        raise Refused(
            f"{run.reference} {run.title} is signed and does not change. Reopen it first, with a reason."
        )
    changed = []
    for given in _given(store, run_id):
        former = _as_at(given, History(store).of(Given.TABLE, given.key), step, store)
        if former != given:
            changed.append(former)
    if changed:
        with store.step(f"Put the answers of {run.reference} {run.title} back as they were"):
            store.save_many(changed)
    return len(changed)


def _given(store: Store, run_id: int) -> list[Given]:
    return list(store.parts(held(store, Run, run_id)).of(Given, "answers"))


def _as_at(given: Given, changes: Iterable[Change], step: int, store: Store) -> Given:
    """An answer as it stood after a step; blank when it was not given yet."""
    fields = store.fields(Given)
    blank = Given(run=given.run, question=given.question)
    former: dict[str, object] = {}
    for change in changes:  # the newest first
        if change.step.id <= step:
            break
        if change.old is None:
            return replace(blank, **{name: getattr(given, name) for name in ("id", "uuid")})
        former.update(change.old)
    values = {n: fields[n].from_sql(v) for n, v in former.items() if n in fields and n not in KEPT}
    return replace(given, **values)  # type: ignore[arg-type]


def _answered(given: Given) -> bool:
    return bool(given.values or given.not_applicable)
