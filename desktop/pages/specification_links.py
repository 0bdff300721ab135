"""What a specification is linked to: its service, contracts, checklists, actions and versions."""

from __future__ import annotations

from desktop.pages.links_panel import LinkGroup, LinkRow
from desktop.pages.page import Place
from storage.engine.conditions import Where
from storage.engine.fields import Record
from storage.engine.query import Order, Query
from storage.engine.store import Store
from storage.engine.values import show_day
from storage.records.actions import Action
from storage.records.assessments import Run
from storage.records.contracts import Contract
from storage.records.services import Service
from storage.records.specifications import ContractSpecification, Specification


def contracts_of(store: Store, specification: Specification) -> list[Contract]:
    """The contracts that work to it, those in the bin left out."""
    links = store.all(ContractSpecification, _of(specification))
    held = store.many(Contract, [x.contract for x in links if x.contract])
    return [c for c in held.values() if not c.binned]


def specification_links(store: Store, specification: Specification) -> list[LinkGroup]:
    """Service, contracts, checklists and open actions, each a way on."""
    service = store.many(Service, [specification.service or 0]).get(specification.service or 0)
    services = (_row("services", service, service.programme),) if service else ()
    contracts = tuple(_row("contracts", c, c.reference) for c in contracts_of(store, specification))
    runs = store.all(Run, _of(specification, Order("started_on", True)))
    actions = store.all(Action, _of(specification, Order("due")))
    return [
        LinkGroup("service", "Service", services),
        LinkGroup("contract", "Contracts", contracts, none="No contract works to it yet"),
        LinkGroup("run", "Checklists", tuple(_row("checklists", r, f"{r.standing}, {r.progress}") for r in runs),
                  "Start a checklist"),
        LinkGroup("action", "Actions", tuple(_row("actions", a, _due(a)) for a in actions if a.status == "Open")),
    ]  # fmt: skip


def _of(specification: Specification, *order: Order) -> Query:
    return Query((Where("specification", "is", (specification.key,)),), order)


def _row(page: str, record: Record, note: str) -> LinkRow:
    place = None if record.binned else Place(page, record.key)
    return LinkRow(f"{record.name} (in the bin)" if record.binned else record.name, note, place)


def _due(action: Action) -> str:
    return " · ".join(w for w in (action.owner, show_day(action.due) if action.due else "") if w)
