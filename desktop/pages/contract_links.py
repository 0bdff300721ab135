"""What a contract is linked to, read from the store as groups of links."""

from __future__ import annotations

from desktop.pages.links_panel import LinkGroup, LinkRow
from desktop.pages.page import Place
from desktop.pages.run_subjects import run_row, run_rows, runs_about
from storage.engine.conditions import Where
from storage.engine.fields import Record
from storage.engine.query import Order, Query
from storage.engine.reading import Reader
from storage.engine.values import show_day
from storage.records.actions import Action
from storage.records.contracts import Contract, ContractService
from storage.records.organisations import Organisation
from storage.records.parties import Party
from storage.records.procurements import Procurement
from storage.records.services import Service
from storage.records.specifications import ContractSpecification, Specification


def contract_links(reader: Reader, contract: Contract) -> list[LinkGroup]:
    """Parties, services, specifications, checklists and actions of a contract."""
    return [
        LinkGroup("party", "Parties", _parties(reader, contract), "Add a party"),
        LinkGroup("service", "Services", _services(reader, contract), "Link a service"),
        LinkGroup(
            "specification", "Specifications", _specifications(reader, contract), "Link a specification"
        ),
        LinkGroup("run", "Checklists", _runs(reader, contract), "Start a checklist"),
        LinkGroup("action", "Actions", _actions(reader, contract), "Add an action"),
    ]


def _of(contract: Contract, *order: Order) -> Query:
    return Query((Where("contract", "is", (contract.key,)),), order)


def _named(record: Record | None, what: str) -> str:
    """The name of a linked record; a link to the bin stays and says so."""
    if record is None:
        return f"A {what} that is no longer in this file"
    return f"{record.name} (in the bin)" if record.binned else record.name


def _place(page: str, record: Record | None) -> Place | None:
    return Place(page, record.key) if record is not None and not record.binned else None


def _parties(reader: Reader, contract: Contract) -> tuple[LinkRow, ...]:
    parties = reader.all(Party, _of(contract))
    held = reader.many(Organisation, [p.organisation for p in parties if p.organisation])
    rows = []
    for party in parties:
        organisation = held.get(party.organisation or 0)
        note = " · ".join(w for w in (party.role, party.share) if w)
        rows.append(
            LinkRow(_named(organisation, "organisation"), note, _place("providers", organisation), party.key)
        )
    return tuple(rows)


def _services(reader: Reader, contract: Contract) -> tuple[LinkRow, ...]:
    links = reader.all(ContractService, _of(contract))
    held = reader.many(Service, [x.service for x in links if x.service])
    return tuple(
        LinkRow(_named(s, "service"), s.programme if s else "", _place("services", s), x.service or 0)
        for x in links
        for s in (held.get(x.service or 0),)
    )


def _specifications(reader: Reader, contract: Contract) -> tuple[LinkRow, ...]:
    links = reader.all(ContractSpecification, _of(contract))
    held = reader.many(Specification, [x.specification for x in links if x.specification])
    return tuple(
        LinkRow(_named(s, "specification"), _issued(s), _place("specifications", s), x.specification or 0)
        for x in links
        for s in (held.get(x.specification or 0),)
    )


def _issued(specification: Specification | None) -> str:
    if specification is None:
        return ""
    return f"version {specification.issued_as}" if specification.issued_as else "draft"


def _runs(reader: Reader, contract: Contract) -> tuple[LinkRow, ...]:
    """Those about the contract, then those about how it was bought or changed."""
    decisions = {made.key: made.name for made in reader.all(Procurement, _of(contract))}
    bought = runs_about(reader, "procurement", *decisions)
    return (
        *run_rows(reader, "contract", contract.key),
        *(run_row(run, f"for {decisions[run.procurement or 0]}") for run in bought),
    )


def _actions(reader: Reader, contract: Contract) -> tuple[LinkRow, ...]:
    actions = reader.all(Action, _of(contract, Order("due")))
    return tuple(
        LinkRow(a.name, " · ".join(w for w in (a.owner, show_day(a.due) if a.due else "", a.status) if w),
                Place("actions", a.key))
        for a in actions
    )  # fmt: skip
