"""A register made in code, of any size, filled as published registers are."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from storage.engine.fields import Period, Value
from storage.engine.opening import new_store
from storage.engine.own_fields import OwnField
from storage.engine.store import Store, with_values
from storage.records.contracts import Contract, Party
from storage.records.organisations import Organisation

TODAY = date(2026, 10, 3)
_SERVICES = (
    "Community nursing",
    "Supported living",
    "Home care",
    "School transport",
    "Sexual health",
    "Highways",
)
_PLACES = ("Northmarsh", "Eastwold", "Harrow Fen", "Saltby", "Upper Dale")
_TEAMS = ("Adult social care", "Public health", "Children", "Environment", "Corporate", "Primary care")


def made_register(path: Path, contracts: int) -> Store:
    """A new store with this many contracts, a provider for every twelve, and three fields of its own."""
    store = new_store(path, who="Bench", today=lambda: TODAY)
    with store.step("Make a register"):
        for position, (code, label, kind) in enumerate(
            (("lot", "Lot", "text"), ("spend", "Spend last year", "money"), ("checked", "Checked on", "date"))
        ):
            store.save(OwnField(table="contract", code=code, label=label, kind=kind, position=position))
        providers = store.save_many(
            [Organisation(title=f"{_PLACES[i % 5]} Provider {i}") for i in range(max(1, contracts // 12))]
        )
        saved = store.save_many([_contract(i) for i in range(contracts)])
        store.save_many(
            [
                Party(contract=contract.id, organisation=providers[i * 7 % len(providers)].id)
                for i, contract in enumerate(saved)
            ]
        )
    return store


def _contract(i: int) -> Contract:
    """One contract; the fields filled are those that published registers fill."""
    start = date(2022, 4, 1) + timedelta(days=i % 1500)
    end = start + timedelta(days=365 * (1 + i % 5))
    service, place = _SERVICES[i % 6], _PLACES[i % 5]
    contract = Contract(
        reference=f"NM-{i:05d}",
        title=f"{service} in {place}, lot {i % 40}",
        description=f"{service} for the people of {place}: assessment, delivery and review, number {i}.",
        stage=("Signed", "Signed", "Awarded", "Notice served", "Draft")[i % 5],
        start=start,
        current_end=end,
        initial_end=end,
        max_end=end + timedelta(days=365) if i % 3 else None,
        notice_commissioner=Period(3 + i % 10, "m") if i % 4 else None,
        notice_provider=Period(6, "m") if i % 4 else None,
        review_date=end - timedelta(days=180),
        runs_on=i % 9 == 0,
        extendable=i % 3 != 0,
        current_value=1_234_567 * (1 + i % 300) + i,
        annual_value=1_000_000 + i * 37,
        award_value=1_234_567 * (1 + i % 300),
        value_basis="Excluding VAT",
        irrecoverable_vat=0,
        fixed_cost=("Fixed", "Estimated")[i % 2],
        contract_type="Single award contract",
        directorate=_TEAMS[i % 6],
        lead_commissioner=f"Commissioner {i % 25}",
        contract_manager=f"Manager {i % 60}",
    )
    own = {"own:lot": f"Lot {i % 40}", "own:spend": 900_000 + i, "own:checked": TODAY}
    return with_values(contract, _published(i) | own)


def _published(i: int) -> dict[str, Value]:
    """What a register that is published says besides."""
    return {
        "organisation_name": "Northmarsh Council",
        "organisation_code": "https://example.org/id/northmarsh",
        "contact_name": f"Contact {i % 60}",
        "contact_email": f"contact{i % 60}@example.org",
        "procurement_category": f"Category {i % 30}",
        "cpv_code": str(85_000_000 + i % 900),
        "procurement_route": ("Open", "Restricted", "Direct award")[i % 3],
        "procurement_year": f"20{15 + i % 10}/{16 + i % 10}",
        "process_type": "Published invitation to tender",
        "supplier_company_number": f"{1_000_000 + i * 13:08d}",
        "supplier_sme": i % 2 == 0,
        "supplier_vcse": i % 7 == 0,
        "award_notice_url": f"https://example.org/notice/{i}",
        "notes": f"Reviewed with the provider; see minute {i}." if i % 3 == 0 else "",
    }
