"""The fields a register is read into, as the tests of reading need them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from storage.engine.fields import Field, Kind
from storage.engine.parts import Explained
from storage.exchange.importing.synonyms import SYNONYMS
from tests.prepared import blank_files

__all__ = ["blank_files"]

_DAYS = {
    *("effective_date", "signed_on", "award_date", "start", "initial_end", "current_end", "max_end"),
    "review_date",
}
_KINDS = {
    **dict.fromkeys(_DAYS, Kind.DAY),
    **dict.fromkeys(("award_value", "current_value", "annual_value", "irrecoverable_vat"), Kind.MONEY),
    **dict.fromkeys(("extendable", "extended", "supplier_sme", "supplier_vcse"), Kind.YESNO),
    **dict.fromkeys(("notice_commissioner", "notice_provider"), Kind.PERIOD),
    **dict.fromkeys(("description", "notes"), Kind.NOTE),
    **dict.fromkeys(("contract_type", "fixed_cost"), Kind.CHOICE),
}
_LABELS = {
    "provider_name": "Provider",
    "stage": "Status",
    "max_end": "Maximum end",
    "notice_commissioner": "Notice period (commissioner)",
    "notice_provider": "Notice period (provider)",
}
_TYPES = ("Single award contract", "Framework agreement", "Grant agreement", "Other")


@pytest.fixture(scope="session")
def register_fields() -> dict[str, Field]:
    """Every field that has synonyms, and one that is worked out."""
    fields = {
        name: Field(_LABELS.get(name, name.replace("_", " ").capitalize()), _KINDS.get(name, Kind.TEXT), name)
        for name in SYNONYMS
    }
    fields["contract_type"] = replace(fields["contract_type"], choices=_TYPES)
    fields["fixed_cost"] = replace(fields["fixed_cost"], choices=("Fixed", "Estimated"))
    fields["last_notice"] = Field("Last day to give notice", Kind.DAY, "last_notice", rule=_no_rule)
    return fields


def _no_rule(*_: object) -> Explained:
    raise AssertionError("reading a file works nothing out")


@pytest.fixture(scope="session")
def registers() -> Path:
    """Where the real registers are."""
    return Path(__file__).parents[2] / "files" / "registers"
