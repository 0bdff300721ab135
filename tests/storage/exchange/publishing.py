"""A small register to publish, and the way back from what is published."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from storage.engine.opening import new_store
from storage.engine.store import Store
from storage.records.contracts import Contract, Party
from storage.records.organisations import Organisation
from storage.records.reference import Desk

TODAY = date(2026, 11, 29)


def full(**more: object) -> Contract:
    """A contract with everything a published row has to have."""
    values: dict[str, object] = {
        "reference": "C-1", "title": "Community paediatrics", "stage": "Signed", "description": "Clinics, and visits",
        "directorate": "Children", "start": date(2025, 10, 1), "current_end": date(2028, 9, 30),
        "max_end": date(2030, 9, 30), "review_date": date(2027, 6, 1), "current_value": 125_123_00,
        "value_basis": "Excluding VAT", "irrecoverable_vat": 0, "fixed_cost": "Estimated",
        "contract_type": "Single award contract", "process_type": "Invitation to quote",
        "supplier_company_number": "1234567", "supplier_charity_number": "1012345", "supplier_sme": True,
        "supplier_vcse": True, "supplier_vcse_type": "Charity or CIO", "effective_date": date(2026, 9, 30),
    }  # fmt: skip
    return Contract(**(values | more))  # type: ignore[arg-type]


def store_of(folder: Path, contracts: Sequence[Contract], provider: Organisation | None = None) -> Store:
    """A file of these contracts, all with one provider, kept by an integrated care board."""
    store = new_store(folder / "register.desk", who="Ann", today=lambda: TODAY)
    with store.step("Fill"):
        store.save(Desk(organisation="Example ICB", code="QXX"))
        theirs = store.save(provider or Organisation(title="Example Care Ltd", address="1 Secret Street"))
        for saved in store.save_many(list(contracts)):
            store.save(Party(contract=saved.id, organisation=theirs.id))
    return store


def unguarded(text: str) -> str:
    """Text of a published CSV as it was kept: one apostrophe taken from before what looks like a formula."""
    return text[1:] if re.match(r"'+[=+\-@\t\r\n＝＋－＠]", text) else text
