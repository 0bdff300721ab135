"""The short lists kept of a service, each over the same kind of record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from desktop.pages.part_list import PartColumn, PartList
from desktop.words import days_words
from storage.engine.fields import Record, Value
from storage.engine.query import Order
from storage.engine.reading import Reader
from storage.engine.values import show_day
from storage.records import service_records as kinds
from storage.records.service_records import GAP, STATES, ServiceRecord
from widgets.form import Group
from widgets.table_model import Cell


def _state(part: ServiceRecord, _today: date) -> Cell:
    return Cell(part.state, "red" if part.state == GAP else "")


def _review(part: ServiceRecord, today: date) -> Cell:
    day = part.review_date
    if day is None:
        return Cell()
    return Cell(show_day(day), "red" if day < today else "", note=days_words(day, today))


def _summary(_reader: Reader, _parent: Record, parts: Sequence[ServiceRecord], _today: date) -> str:
    """How many there are in each state."""
    found = Counter(p.state for p in parts if p.state)
    return ", ".join(f"{found[s]:,} {s[0].lower()}{s[1:]}" for s in STATES if found[s])


_COLUMNS = {
    "state": PartColumn("state", "State", _state),
    "review": PartColumn("review", "Review by", _review),
}


def _list(
    kind: str, title: str, columns: tuple[str, ...], fields: tuple[str, ...], none: str, add: str
) -> PartList[ServiceRecord]:
    def defaults(
        _reader: Reader, _parent: Record, _parts: Sequence[ServiceRecord], _today: date
    ) -> Mapping[str, Value]:
        return {"kind": kind}

    shown = tuple(_COLUMNS.get(name, name) for name in columns)
    return PartList[ServiceRecord](
        cls=ServiceRecord,
        link="service",
        title=title,
        columns=shown,
        groups=(Group("", fields),),
        order=(Order("area"), Order("id")),
        none=none,
        add=add,
        defaults=defaults,
        summary=_summary if "state" in columns else None,
        where=lambda part: part.kind == kind,
    )


COVERAGE = _list(
    kinds.COVERAGE, "Provision by area", ("title", "area", "state"),
    ("title", "area", "state", "who", "said", "review_date"),
    "Nothing says which areas have the service, share it, use a neighbour’s, or have none.", "Add an area",
)  # fmt: skip
LEADS = _list(
    kinds.LEAD, "Lead commissioners", ("title", "area", "who"), ("title", "area", "who", "said", "review_date"),
    "No lead is named.", "Add a lead",
)  # fmt: skip
DECIDES = _list(
    kinds.DECIDES, "Who decides what", ("title", "who", "area"), ("title", "who", "area", "said", "review_date"),
    "Nothing says who decides, and at what level.", "Add a decision right",
)  # fmt: skip
GROUPS = _list(
    kinds.GROUP, "Boards and groups", ("title", "who", "review"),
    ("title", "who", "area", "said", "review_date", "address"),
    "No group is named.", "Add a group",
)  # fmt: skip
CLINICAL = _list(
    kinds.CLINICAL, "Clinical leaders", ("title", "who", "area"), ("title", "who", "area", "said"),
    "No clinical leader is named.", "Add a leader",
)  # fmt: skip
PROCEDURES = _list(
    kinds.PROCEDURE, "Operating procedures", ("title", "who", "review"),
    ("title", "who", "on", "review_date", "said", "address"),
    "No procedure is listed.", "Add a procedure",
)  # fmt: skip
RECOMMENDATIONS = _list(
    kinds.RECOMMENDATION, "Recommendations", ("title", "source", "state"),
    ("title", "source", "on", "said", "state", "answer", "who", "review_date"),
    "No recommendation is tracked.", "Add a recommendation",
)  # fmt: skip
INTERFACES = _list(
    kinds.INTERFACE, "Interfaces", ("title", "who", "state"),
    ("title", "who", "said", "state", "answer", "review_date"),
    "No interface with other commissioners is written down.", "Add an interface",
)  # fmt: skip
BEFORE_AFTER = _list(
    kinds.BEFORE_AFTER, "Before and after", ("title", "on"), ("title", "on", "said", "answer", "source"),
    "Nothing is compared.", "Add a comparison",
)  # fmt: skip
MARKET = _list(
    kinds.MARKET, "Market testing", ("title", "who", "on"), ("title", "who", "on", "said", "answer"),
    "Nobody in the market was asked.", "Add a market test",
)  # fmt: skip
HORIZON = _list(
    kinds.HORIZON, "On the horizon", ("title", "state", "review"),
    ("title", "source", "on", "said", "state", "answer", "review_date"),
    "Nothing new is watched.", "Add what is coming",
)  # fmt: skip
ENGAGEMENT = _list(
    kinds.ENGAGEMENT, "Engagement", ("title", "who", "on"), ("title", "who", "on", "said", "answer"),
    "Nobody has been asked about this service.", "Add an engagement",
)  # fmt: skip
PLANS = _list(
    kinds.PLAN, "Providers’ plans", ("title", "who", "review"),
    ("title", "who", "on", "said", "state", "review_date", "address"),
    "No provider’s plan is kept.", "Add a plan",
)  # fmt: skip
INDIVIDUAL = _list(
    kinds.INDIVIDUAL, "Requests outside policy", ("title", "on", "state"),
    ("title", "on", "said", "state", "answer", "who"),
    "No request is recorded. Write no name of a patient here.", "Add a request",
)  # fmt: skip
