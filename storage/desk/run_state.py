"""A checklist run as it stands: template, answers, progress, what it is about and what the record can propose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from storage.checklists.answers import Answer, Value
from storage.checklists.live import Live
from storage.checklists.progress import Progress
from storage.checklists.stand import Stand
from storage.checklists.structure import Template
from storage.desk.run_proposals import proposed
from storage.desk.words import in_words
from storage.desk.writing import found
from storage.engine.conditions import Where
from storage.engine.fields import Record
from storage.engine.query import Order, Query
from storage.engine.store import Store
from storage.records.actions import Action
from storage.records.assessments import RETURN, Given, Run, SectionReview, stand, template_of
from storage.records.contracts import Contract, ContractService
from storage.records.evidence import Citation, Evidence
from storage.records.services import Service
from storage.records.specifications import ContractSpecification, Specification

SUBJECTS: Mapping[str, type[Record]] = {
    "contract": Contract,
    "service": Service,
    "specification": Specification,
}
"""What a run can be about: the field of the run, and the record it names."""

_FACTS = {
    "contract": ("provider_name", "start", "current_end", "notice_by", "current_value"),
    "service": ("programme", "setting", "lead"),
    "specification": ("owner", "issued_as", "review_date"),
}


@dataclass(frozen=True)
class RunState:
    """One run with everything that counts for it, read once."""

    run: Run
    given: Mapping[str, Given]  # by question
    actions: tuple[Action, ...]
    today: date
    reviews: Mapping[str, SectionReview] = field(default_factory=dict)  # by the letter of the section
    cited: Sequence[tuple[Citation, Evidence]] = ()  # facts of the shelf, in the order they were cited

    @cached_property
    def template(self) -> Template:
        """The template as it was when the run began."""
        return template_of(self.run)

    @cached_property
    def _stand(self) -> Stand:
        return stand(self.run, self.given.values(), self.actions, self.today, (c for c, _ in self.cited))

    @property
    def answers(self) -> Mapping[str, Answer]:
        """The answers by question, with what the conditions of the template make of them."""
        return self._stand.answers

    def working(self, question: str, part: str) -> str:
        """How a part was worked out, with the values it rests on; empty for one that is typed."""
        live = Live(self.template, self.answers, self.run.signed_on or self.today)
        return live.working(question, part)

    @property
    def progress(self) -> Progress:
        """How far the run has come."""
        return self._stand.progress

    @property
    def stops(self) -> list[str]:
        """Why the run may not be signed yet, a line for each gate, answer or section; empty when it may."""
        returned = [
            f"Section {letter} was returned by {review.reviewed_by or 'a reviewer'}: {review.comment}"
            for letter, review in self.reviews.items()
            if review.verdict == RETURN
        ]
        return [*self._stand.stops, *returned]


@dataclass(frozen=True, slots=True)
class Proposal:
    """An answer the contract record suggests; a person takes it or writes another."""

    question: str
    part: str
    value: Value
    words: str
    why: str


def run_state(store: Store, run_id: int) -> RunState:
    """Read a run with its answers and actions. Raises `StorageError` when there is none."""
    run = found(store, Run, run_id)
    parts = store.parts(run)
    given = parts.of(Given, "answers")
    actions = store.all(Action, Query(where=(Where("run", "is", (run_id,)),), order=(Order("due"),)))
    reviews = {r.section: r for r in parts.of(SectionReview, "reviews")}
    cited = parts.of(Citation, "citations")
    facts = store.many(Evidence, [c.evidence for c in cited if c.evidence])
    pairs = [(c, facts[c.evidence]) for c in cited if c.evidence in facts]
    return RunState(run, {g.question: g for g in given}, tuple(actions), store.today(), reviews, pairs)


def subject_of(store: Store, run: Run) -> Record | None:
    """The contract, service or specification a run is about, the bin included."""
    for name, cls in SUBJECTS.items():
        number = getattr(run, name)
        if number is not None:
            return store.many(cls, [number]).get(number)
    return None


def subject_words(record: Record) -> str:
    """A record as a page names it: title with its reference in brackets."""
    title, reference = str(getattr(record, "title", "")), str(getattr(record, "reference", ""))
    if not title or not reference:
        return record.name
    return f"{title} ({reference})"


def subject_facts(store: Store, record: Record) -> list[tuple[str, str]]:
    """The few facts that matter at the head of a checklist beside the name of its subject, blanks left out."""
    fields = store.fields(type(record))
    shown = ((fields[name], getattr(record, name)) for name in _FACTS[record.TABLE])
    return [(field.label, words) for field, value in shown if (words := in_words(field, value))]


def contract_of(store: Store, run: Run) -> Contract | None:
    """The contract whose dates a run can use: its own, or the only one linked to what it is about."""
    if run.contract is not None:
        numbers = [run.contract]
    elif run.service is not None:
        links = store.all(ContractService, Query(where=(Where("service", "is", (run.service,)),)))
        numbers = [link.contract for link in links if link.contract is not None]
    else:
        asked = Query(where=(Where("specification", "is", (run.specification,)),))
        numbers = [
            link.contract for link in store.all(ContractSpecification, asked) if link.contract is not None
        ]
    live = [contract for contract in store.many(Contract, numbers).values() if not contract.binned]
    return live[0] if len(live) == 1 else None


def proposals(store: Store, run: Run) -> dict[tuple[str, str], Proposal]:
    """What the linked contract suggests, by question and part; nothing once the run is signed."""
    contract = None if run.signed_on else contract_of(store, run)
    if contract is None:
        return {}
    made = {}
    for question in template_of(run).questions:
        for part in question.parts:
            worked = proposed(store, contract, part.auto) if part.auto else None
            if worked is not None:
                made[question.id, part.key] = Proposal(question.id, part.key, *worked)
    return made
