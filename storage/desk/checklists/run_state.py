"""A checklist run as it stands: template, answers, progress, what it is about and what the record can propose."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from storage.checklists.answers import Answer, Value
from storage.checklists.live import Live
from storage.checklists.progress import Progress
from storage.checklists.stand import Stand
from storage.checklists.structure import Template
from storage.desk.checklists.run_proposals import SOURCES, proposed_of
from storage.desk.contract.links import PROVIDER
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
from storage.records.organisations import Organisation
from storage.records.parties import Party
from storage.records.procurements import Procurement
from storage.records.services import Service
from storage.records.specifications import ContractSpecification, Specification

SUBJECTS: Mapping[str, type[Record]] = {
    "contract": Contract,
    "service": Service,
    "specification": Specification,
    "provider": Organisation,
    "procurement": Procurement,
}
"""What a run can be about: the field of the run, and the record it names."""

_FACTS = {
    "contract": ("provider_name", "start", "current_end", "notice_by", "current_value"),
    "service": ("programme", "setting", "lead"),
    "specification": ("owner", "issued_as", "review_date"),
    "organisation": ("kind", "contracts_held", "value_held", "company_number", "ods_code"),
    "procurement": ("kind", "regime", "process", "decided_on", "lifetime_value"),
}


_LINKS: tuple[tuple[str, type[Record], str], ...] = (
    ("service", ContractService, "service"),
    ("specification", ContractSpecification, "specification"),
    ("provider", Party, "organisation"),
)


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
    source: str = "contract"  # or the provider, or the procurement decision


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


def after_answers(store: Store, before: RunState, numbers: Collection[int]) -> RunState:
    """A run after a step that changed these answers and nothing else, read whole only where that does not suffice.

    Raises `StorageError` when there is no such run any more.
    """
    run, changed = found(store, Run, before.run.key), store.many(Given, sorted(numbers))
    if len(changed) < len(numbers) or before.today != store.today():
        return run_state(store, run.key)
    given = dict(before.given)
    for each in changed.values():
        if each.run == run.key and each.binned:
            given.pop(each.question, None)
        elif each.run == run.key:
            given[each.question] = each
    return replace(before, run=run, given=given)


def subject_of(store: Store, run: Run) -> Record | None:
    """What a run is about, the bin included."""
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
    facts = [(field.label, words) for field, value in shown if (words := in_words(field, value))]
    if isinstance(record, Procurement) and record.contract is not None:
        contract = store.many(Contract, [record.contract]).get(record.contract)
        facts[:0] = [("Contract", subject_words(contract))] if contract else []
    return facts


def arising_from(store: Store, run: Run, action: Action) -> Action:
    """An action linked to its run and to what that is about; of a procurement decision, to its contract."""
    held = store.many(Procurement, [run.procurement]).get(run.procurement) if run.procurement else None
    contract = held.contract if held else run.contract
    return replace(
        action, run=run.key, contract=contract, service=run.service, specification=run.specification
    )


def contract_of(store: Store, run: Run) -> Contract | None:
    """The contract whose dates a run can use: its own, or the only one linked to what it is about."""
    numbers = [run.contract] if run.contract is not None else _linked_contracts(store, run)
    live = [contract for contract in store.many(Contract, numbers).values() if not contract.binned]
    return live[0] if len(live) == 1 else None


def _linked_contracts(store: Store, run: Run) -> list[int]:
    """The contracts of what a run is about, where it is no contract itself."""
    held: list[Record] = []
    if run.procurement is not None:
        held += store.many(Procurement, [run.procurement]).values()
    for name, cls, link in _LINKS:
        if (number := getattr(run, name)) is not None:
            held += store.all(cls, Query(where=(Where(link, "is", (number,)),)))
    if run.provider is not None:
        held = [party for party in held if isinstance(party, Party) and party.role == PROVIDER]
    return [number for each in held if isinstance(number := getattr(each, "contract"), int)]  # noqa: B009


def proposals(store: Store, run: Run) -> dict[tuple[str, str], Proposal]:
    """What the file suggests, by question and part; nothing once the run is signed."""
    if run.signed_on or all(getattr(run, name) is None for name in SUBJECTS):
        return {}
    asked = [(q.id, part.key, part.auto) for q in template_of(run).questions for part in q.parts if part.auto]
    sources = [record for record in _sources(store, run) if not record.binned] if asked else []
    made = {}
    for question, part, auto in asked:
        for record in sources:
            worked = proposed_of(store, record, auto)
            if worked is not None:
                made[question, part] = Proposal(question, part, *worked, SOURCES[record.TABLE])
                break
    return made


def _sources(store: Store, run: Run) -> list[Record]:
    """The records that can propose answers: a provider or procurement decision itself, then the contract."""
    subject = subject_of(store, run) if run.provider is not None or run.procurement is not None else None
    contract = contract_of(store, run)
    return [record for record in (subject, contract) if record is not None]
