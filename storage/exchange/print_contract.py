"""Puts a contract on a page: parties, dates and sums with their why, notice, what belongs to it, what is open."""

from __future__ import annotations

from datetime import date, timedelta

from storage.desk.findings import findings
from storage.desk.links import (
    parties_of_contract,
    services_of_contract,
    specifications_of_contract,
)
from storage.desk.words import in_words
from storage.desk.writing import found
from storage.engine.conditions import Value, Where
from storage.engine.fields import Field
from storage.engine.query import Query
from storage.engine.store import Store
from storage.engine.values import long_day, show_day
from storage.exchange.papers import ContractPaper, Explained, Fact, LinkedPaper, PartyPaper
from storage.exchange.print_data import action_paper, imprint_of, open_actions
from storage.records.actions import Action
from storage.records.assessments import Run
from storage.records.contracts import Contract
from storage.records.organisations import Organisation
from storage.rules.explained import Explained as Reasoned
from storage.rules.position import CANCELLED, EXPIRED, TERMINATED, position

SOON = timedelta(days=90)  # how long before a day of action the page draws attention to it
_FACTS = (
    "directorate", "lead_commissioner", "contract_manager", "tier", "contract_type", "contract_form",
    "procurement_route", "cost_centre", "service_category",
)  # fmt: skip
_DATES = {
    "award_date": "As recorded.",
    "signed_on": "As recorded.",
    "start": "The first day of the contract.",
    "initial_end": "The end of the first term, without extensions.",
    "current_end": "With the extensions taken up so far.",
    "max_end": "If every extension is taken up.",
    "review_date": "As recorded.",
}
_VALUES = {
    "current_value": "To the current end, extensions taken up included.",
    "annual_value": "As recorded.",
    "award_value": "With every extension taken up.",
    "irrecoverable_vat": "As recorded.",
}


def contract_paper(store: Store, contract_id: int, today: date | None = None) -> ContractPaper:
    """A contract on a page, as the file holds it today."""
    contract = found(store, Contract, contract_id)
    day = today or store.today()
    actions = open_actions(store, "contract", contract_id)
    return ContractPaper(
        imprint=imprint_of(store, day),
        title=contract.title or contract.name,
        reference=contract.reference or f"number {contract.id}",
        status=_status(contract, day),
        facts=tuple(_facts(store, contract)),
        parties=tuple(_parties(store, contract)),
        dates=tuple(_explained(contract, _DATES)),
        values=tuple(_values(store, contract)),
        notice=tuple(_notice(store, contract)),
        specifications=tuple(_specifications(store, contract_id)),
        checklists=tuple(_checklists(store, contract_id)),
        own_fields=tuple(_own_fields(store, contract)),
        actions=tuple(action_paper(action) for action in actions),
        needs_attention=tuple(_attention(store, contract, actions, day)),
    )


def _stands(contract: Contract, day: date) -> Reasoned[str]:
    runs_on = bool(contract.runs_on)
    return position(contract.stage, contract.start, contract.agreed_end, day, runs_on, contract.renewal)


def _status(contract: Contract, day: date) -> str:
    stands = _stands(contract, day)
    words = stands.why.rstrip(".")
    said = contract.stage and contract.stage.casefold() != stands.value.casefold()
    words = f"{contract.stage}. {words}" if said else words
    return f"In the bin. {words}" if contract.binned else words


def _facts(store: Store, contract: Contract) -> list[Fact]:
    services = "; ".join(
        f"{s.name} (in the bin)" if s.binned else s.name for s in services_of_contract(store, contract.key)
    )
    facts = [Fact("Services", services)] if services else []
    for name in _FACTS:
        field = contract.FIELDS[name]
        if words := in_words(field, getattr(contract, name)):
            facts.append(Fact(field.label, words))
    return facts


def _parties(store: Store, contract: Contract) -> list[PartyPaper]:
    parties = parties_of_contract(store, contract.key)
    named = store.many(Organisation, [p.organisation for p in parties if p.organisation is not None])
    made = []
    for party in parties:
        organisation = named.get(party.organisation or 0)
        if organisation is None:
            continue
        name = f"{organisation.name} (in the bin)" if organisation.binned else organisation.name
        made.append(PartyPaper(party.role, name, party.share))
    return made


def _explained(contract: Contract, whys: dict[str, str]) -> list[Explained]:
    """The fields that hold something, each with the words that say what it is."""
    made = []
    for name, why in whys.items():
        field = contract.FIELDS[name]
        if words := _brief(field, getattr(contract, name)):
            made.append(Explained(field.label, words, why))
    return made


def _brief(field: Field, value: Value) -> str:
    """A value in full, but a date as tables show it."""
    return show_day(value) if isinstance(value, date) else in_words(field, value)


def _worked_out(field: Field, words: str, why: str) -> Explained:
    """A value with its reckoning, which need not repeat the result that stands beside it."""
    reckoning = why.removeprefix(f"{words} = ") if words else why
    return Explained(field.label, words, reckoning[:1].upper() + reckoning[1:])


def _values(store: Store, contract: Contract) -> list[Explained]:
    made = _explained(contract, _VALUES)
    field = contract.FIELDS["annualised"]
    if contract.annualised is not None:
        made.append(
            _worked_out(field, in_words(field, contract.annualised), store.why(contract, "annualised"))
        )
    if not made or not contract.value_basis:
        return made
    basis = Explained(
        "VAT basis", contract.value_basis, "For every amount above that does not say otherwise."
    )
    return [*made, basis]


def _notice(store: Store, contract: Contract) -> list[Explained]:
    clause = contract.notice_clause or "No clause is recorded."
    clause = f"Clause {clause}" if clause[0].isdigit() else clause
    made = [
        Explained(contract.FIELDS[name].label, str(term), clause)
        for name in ("notice_commissioner", "notice_provider")
        if (term := getattr(contract, name)) is not None
    ]
    for name in ("notice_by", "serve_by", "provider_notice_by"):
        field, value = contract.FIELDS[name], getattr(contract, name)
        if value is not None or name == "notice_by":
            made.append(_worked_out(field, _brief(field, value), store.why(contract, name)))
    return made


def _specifications(store: Store, contract_id: int) -> list[LinkedPaper]:
    made = []
    for specification in specifications_of_contract(store, contract_id):
        version = f"version {specification.issued_as}" if specification.issued_as else "not issued yet"
        words = (specification.reference, version, "in the bin" if specification.binned else "")
        made.append(LinkedPaper(specification.name, ", ".join(w for w in words if w)))
    return made


def _checklists(store: Store, contract_id: int) -> list[LinkedPaper]:
    made = []
    for run in store.all(Run, Query(where=(Where("contract", "is", (contract_id,)),))):
        if run.signed_on:
            words = f"signed {long_day(run.signed_on)} by {run.signed_by}: {run.decision}"
        else:
            words = f"{run.standing.lower()}, {run.progress} questions answered"
        made.append(LinkedPaper(" ".join(w for w in (run.reference, run.title) if w), words))
    return made


def _own_fields(store: Store, contract: Contract) -> list[Fact]:
    fields = store.own_fields().get(Contract.TABLE, [])
    shown = ((f.label, in_words(f, f.value_of(contract))) for f in fields)
    return [Fact(label, words) for label, words in shown if words]


def _attention(store: Store, contract: Contract, actions: list[Action], day: date) -> list[str]:
    """What a reader should act on: days that are near or past, late actions, then what may want mending."""
    said = _about_days(contract, day)
    late = sum(action.due is not None and action.due < day for action in actions)
    if late:
        said.append(f"{late} action{' is' if late == 1 else 's are'} overdue.")
    if contract.unread:
        said.append("Some cells of the imported row could not be read; the record keeps them word for word.")
    return said + list(findings(store, contract).values())


def _about_days(contract: Contract, day: date) -> list[str]:
    stands = _stands(contract, day)
    if stands.value in (EXPIRED, TERMINATED, CANCELLED) or contract.stage in ("Draft", "Notice served"):
        return []
    last, ready = contract.notice_by, contract.serve_by
    if last is not None and last < day:
        return [f"The last day to give notice, {long_day(last)}, has passed."]
    if ready is not None and ready < day:
        return [
            f"Notice should have been served by {long_day(ready)}; the last day is {long_day(last or ready)}."
        ]
    if ready is not None and ready - day <= SOON:
        return [f"Notice, if it is to be given, is to be served by {long_day(ready)}."]
    return []
