"""What a checklist is shown with besides its own answers: its subject, what that proposes, the names to suggest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.pages.checklist_fill import PartId
from storage.desk.checklists.last_review import LastReview, LastReviews
from storage.desk.checklists.run_state import SUBJECTS, Proposal, RunState, proposals, subject_of
from storage.desk.office import office
from storage.engine.fields import Record
from storage.engine.query import Order, Query
from storage.engine.steps import Changes
from storage.engine.store import Store
from storage.records.assessments import Given, Run
from storage.records.organisations import Person

OWN = frozenset({Run.TABLE, Given.TABLE})  # an answer changes nothing else


@dataclass(frozen=True, slots=True)
class Aside:
    """Read from other records, once for many answers."""

    subject: Record | None
    proposals: Mapping[PartId, Proposal]
    people: tuple[str, ...]
    review: LastReview | None


class Asides:
    """Keeps what was read last until something else than an answer has changed."""

    def __init__(self) -> None:
        self._reviews = LastReviews()
        self._read_for: tuple[object, ...] = ()
        self._held: Aside | None = None

    def hear(self, changes: Changes | None) -> bool:
        """Take in what was changed, None when that is not known; whether it was answers alone."""
        alone = changes is not None and OWN.issuperset(changes.rows)
        if not alone:
            self._held = None
        return alone

    def clear(self) -> None:
        """Another checklist is shown."""
        self._held, self._reviews = None, LastReviews()

    def of(self, store: Store, state: RunState) -> Aside:
        """What goes with a run as it is now."""
        run = state.run
        subject = tuple(getattr(run, name) for name in SUBJECTS)
        wanted = run.uuid, run.signed_on, run.reopened, run.carried_from, subject, state.today
        if self._held is None or wanted != self._read_for:
            people = [person.name for person in store.all(Person, Query(order=(Order("title"),)))]
            named = tuple(dict.fromkeys(name for name in (office(store).person, *people) if name))
            review = self._reviews.of(store, run)
            self._held = Aside(subject_of(store, run), proposals(store, run), named, review)
            self._read_for = wanted
        return self._held
