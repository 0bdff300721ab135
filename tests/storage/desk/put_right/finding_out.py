"""A contract with nothing to put right, changed one thing at a time, and what is then found."""

from __future__ import annotations

from datetime import date

from storage.desk.put_right.finding import Finding
from storage.desk.put_right.listing import put_right
from storage.engine.fields import Period, Record
from storage.engine.store import Store
from storage.records.contracts import Contract
from storage.records.organisations import Organisation
from storage.records.parties import Party
from storage.records.planning import LeadTime
from storage.records.reference import Desk

TODAY = date(2026, 11, 29)  # a Sunday


def sound(store: Store, **given: object) -> Contract:
    """A contract of which nothing is to be put right, but for what is given otherwise."""
    values: dict[str, object] = {
        "reference": f"C-{store.next_id(Contract)}", "title": "Night shelter", "stage": "Signed",
        "start": date(2026, 4, 1), "current_end": date(2030, 3, 31), "notice_commissioner": Period(6, "m"),
        "current_value": 400_000_00, "contract_manager": "Joy Okafor",
    }  # fmt: skip
    with store.step("Add a contract"):
        if not store.ids(Desk):
            store.save(Desk(default_route=store.ids(LeadTime)[0]))
        if not store.ids(Organisation):
            store.save(Organisation(title="Millbrook Health CIC"))
        made = store.save(Contract(**(values | given)))  # type: ignore[arg-type]
        store.save(Party(contract=made.id, organisation=store.ids(Organisation)[0]))
    return store.get(Contract, made.key)


def save(store: Store, *records: Record) -> None:
    """Add records in a step."""
    with store.step("Add"):
        for record in records:
            store.save(record)


def found(store: Store) -> dict[str, Finding]:
    """What is to be put right, by kind; the last of several."""
    return {f.kind.key: f for f in put_right(store).findings}


def words(store: Store, kind: str) -> str:
    """What is said of one kind, or nothing."""
    finding = found(store).get(kind)
    return finding.words if finding else ""
