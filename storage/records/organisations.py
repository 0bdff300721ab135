"""Organisations and the people who work in them."""

from __future__ import annotations

from datetime import date

from storage.engine.fields import Kind, Record, choice, day, derived, link, note, record, text, yesno
from storage.engine.parts import Parts, Reads
from storage.rules.explained import Explained

KINDS = (
    "Integrated care board", "NHS England region", "Council", "NHS trust", "NHS foundation trust",
    "Independent provider", "Voluntary or community sector", "General practice", "Police",
    "Government department", "Other",
)  # fmt: skip
VCSE_TYPES = (
    "Voluntary sector", "Community sector", "Companies House", "Charity or CIO", "Community Interest Company",
    "Industrial and Provident Society", "Housing Association", "Other", "Not known",
)  # fmt: skip


def _contracts_held(organisation: Organisation, parts: Parts) -> Explained[int]:
    held = _provided(organisation, parts)
    return Explained(len(held), f"{len(held)} contracts name {organisation.name} as a provider.")


def _value_held(organisation: Organisation, parts: Parts) -> Explained[int]:
    amounts = [
        v for c in _provided(organisation, parts) if (v := getattr(c, "current_value", None)) is not None
    ]
    words = f"The current values of {len(amounts)} contracts added up; contracts without a value count as nothing."
    return Explained(sum(amounts), words)


def _provided(organisation: Organisation, parts: Parts) -> list[Record]:
    """The contracts, bin left out, in which the organisation is a provider."""
    ids = {
        getattr(p, "contract", None)
        for p in parts.of(Record, "parties")
        if getattr(p, "role", "") == "Provider"
    }
    found = {c.id: c for c in parts.of(Record, "contracts") if c.id in ids and not c.binned}
    return list(found.values())


@record(
    "organisation",
    "Organisation",
    named_by=("title",),
    reads=(
        Reads("parties", "contract_party", link="organisation", fields=("organisation", "contract", "role")),
        Reads("contracts", "contract", link="contract", through="parties", fields=("current_value",)),
    ),
)
class Organisation(Record):
    """A provider, a commissioner, a funder: any body a contract names."""

    title: str = text("Name", required=True, width=280, shown=True)
    short_name: str = text("Short name")
    kind: str = choice("Kind", KINDS, width=170, shown=True)
    contracts_held: int | None = derived("Contracts", Kind.WHOLE, rule=_contracts_held, width=90, shown=True)
    value_held: int | None = derived("Current value", Kind.MONEY, rule=_value_held, width=128, shown=True)
    ods_code: str = text("ODS code", group="Numbers", width=90)
    ppon: str = text("Procurement number (PPON)", group="Numbers")
    company_number: str = text("Company number", group="Numbers", shown=True)
    charity_number: str = text("Charity number", group="Numbers")
    other_id: str = text("Other number", group="Numbers")
    sme: bool | None = yesno("Small or medium-sized enterprise", group="Kind of supplier")
    vcse: bool | None = yesno("Voluntary, community or social enterprise", group="Kind of supplier")
    vcse_type: str = choice("Type of voluntary sector body", VCSE_TYPES, group="Kind of supplier")
    address: str = note("Address", group="Reaching them")
    email: str = text("Email", address=True, group="Reaching them")
    phone: str = text("Telephone", group="Reaching them")
    retired: bool | None = yesno("Retired", help="Kept for its contracts, no longer offered for new ones.")
    merged_into: int | None = link("Merged into", "organisation")
    notes: str = note("Notes")


@record("other_name", "Other name", named_by=("title",))
class OtherName(Record):
    """Another name an organisation, a person or a service is known by, so that an import finds it."""

    title: str = text("Also known as", required=True, shown=True, width=260)
    organisation: int | None = link("Organisation", "organisation")
    person: int | None = link("Person", "person")
    service: int | None = link("Service", "service")
    source: str = text("Where it came from", shown=True)


@record("succession", "Succession", "Predecessors and successors", searched=False)
class Succession(Record):
    """That one organisation took over from another."""

    predecessor: int | None = link("Before", "organisation", required=True, shown=True, width=220)
    successor: int | None = link("After", "organisation", required=True, shown=True, width=220)
    on: date | None = day("From", shown=True)
    notes: str = note("Notes")


@record("site", "Site", named_by=("title",))
class Site(Record):
    """A place from which an organisation provides services."""

    organisation: int | None = link("Organisation", "organisation")
    title: str = text("Name", required=True, shown=True, width=220)
    address: str = note("Address")
    code: str = text("Site code", shown=True)
    notes: str = note("Notes")


@record("person", "Person", "People", named_by=("title",))
class Person(Record):
    """Somebody a commissioner deals with."""

    title: str = text("Name", required=True, shown=True)
    role: str = text("Role", shown=True)
    organisation: int | None = link("Organisation", "organisation")
    email: str = text("Email", address=True, shown=True)
    phone: str = text("Telephone")
    notes: str = note("Notes")
