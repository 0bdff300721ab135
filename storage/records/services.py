"""Services: what is bought for whom, apart from the contracts that buy it."""

from __future__ import annotations

from storage.engine.fields import Kind, Record, choice, derived, note, record, text
from storage.engine.parts import Parts, Reads
from storage.rules.explained import Explained

PROGRAMMES = (
    "Sexual assault and abuse", "Health and justice", "High secure", "Specialised", "Children and families",
    "Community", "Mental health", "Public health", "Other",
)  # fmt: skip
SETTINGS = ("Community", "Hospital", "Prison or secure setting", "School", "Home", "Digital", "Several")


def _contracts(service: Service, parts: Parts) -> Explained[int]:
    held = _held(parts)
    return Explained(len(held), f"{len(held)} contracts are linked to {service.name}.")


def _value(service: Service, parts: Parts) -> Explained[int]:
    amounts = [v for c in _held(parts) if (v := getattr(c, "current_value", None)) is not None]
    words = f"The current values of {len(amounts)} linked contracts; one that buys several services counts in each."
    return Explained(sum(amounts), words)


def _held(parts: Parts) -> list[Record]:
    return [c for c in parts.of(Record, "contracts") if not c.binned]


@record(
    "service",
    "Service",
    named_by=("title",),
    own_fields=True,
    reads=(
        Reads("links", "contract_service", link="service"),
        Reads("contracts", "contract", link="contract", through="links", fields=("current_value",)),
    ),
)
class Service(Record):
    """A health or care service that people use."""

    title: str = text("Name", required=True, width=280, shown=True)
    reference: str = text("Reference", width=90, shown=True)
    programme: str = choice("Programme", PROGRAMMES, width=190, shown=True)
    setting: str = choice("Setting", SETTINGS, width=176, shown=True)
    contracts_held: int | None = derived("Contracts", Kind.WHOLE, rule=_contracts, width=90, shown=True)
    value_held: int | None = derived("Current value", Kind.MONEY, rule=_value, width=128, shown=True)
    population: str = text("People served", group="Who it is for")
    age_range: str = text("Ages", group="Who it is for")
    area: str = text("Area served", group="Who it is for")
    need: str = note("Need and evidence", group="Who it is for")
    lead: str = text("Lead commissioner", group="Who looks after it")
    legal_basis: str = text("Legal basis", group="Who looks after it")
    notes: str = note("Notes", group="Who looks after it")
