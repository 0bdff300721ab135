"""Taking over what somebody else filled in: answers, notes, evidence, mitigations and comments, in one step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from storage.checklists.answers import Value
from storage.desk.office import who
from storage.desk.writing import held
from storage.engine.errors import Refused
from storage.engine.steps import Progress
from storage.engine.store import Store
from storage.records.assessments import Given, Run

_DOING = "Taking the answers over"
_SLICE = 20  # answers written between two turns of the event loop


@dataclass(frozen=True, slots=True)
class Taken:
    """What one question takes over. None leaves a thing as it is; an empty reason means that it applies after all.

    `values` are all the values of the answer, already checked against its parts. `by` is who filled it in.
    """

    question: str
    values: Mapping[str, Value] | None
    reason: str | None
    note: str | None
    evidence: str | None
    by: str = ""
    mitigation: str | None = None


def with_comment(note: str, comment: str, by: str) -> str:
    """A note with a comment below it, by name; the note itself where it already has that comment."""
    words = comment.strip()
    said = f"Comment by {by}: {words}" if by else f"Comment: {words}"
    if not words or said in note:
        return note
    return f"{note.rstrip()}\n{said}".strip()


def taking(store: Store, run_id: int, chosen: Sequence[Taken]) -> Iterator[Progress]:
    """Write what was chosen, a few answers at a time, inside a step that is open.

    Raises `Refused` for a signed run or one in the bin.
    """
    run = held(store, Run, run_id)
    if run.signed_on:
        raise Refused(
            f"{run.reference} {run.title} is signed and does not change. Reopen it first, with a reason."
        )
    before = {given.question: given for given in store.parts(run).of(Given, "answers")}
    for start in range(0, len(chosen), _SLICE):
        some = chosen[start : start + _SLICE]
        blank = (before.get(each.question) or Given(run=run_id, question=each.question) for each in some)
        store.save_many([_after(given, each, store) for given, each in zip(blank, some, strict=True)])
        yield Progress(start + len(some), len(chosen), _DOING)


def _after(given: Given, taken: Taken, store: Store) -> Given:
    made = given
    if taken.values is not None:
        made = replace(made, values=taken.values)
    if taken.reason is not None:
        made = replace(made, not_applicable=bool(taken.reason) or None, reason=taken.reason)
    if taken.values is not None or taken.reason is not None:
        made = _dated(replace(made, to_confirm=None), taken.by or who(store), store.today())
    if taken.note is not None:
        made = replace(made, note=taken.note)
    if taken.mitigation is not None:
        made = replace(made, mitigation=taken.mitigation)
    return made if taken.evidence is None else replace(made, evidence=taken.evidence)


def _dated(given: Given, by: str, today: date) -> Given:
    if not given.values and not given.not_applicable:
        return replace(given, answered_by="", answered_on=None)
    return replace(given, answered_by=by, answered_on=today)
