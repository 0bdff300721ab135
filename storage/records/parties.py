"""Who takes part in a contract, and in which role."""

from __future__ import annotations

from storage.engine.fields import Record, choice, link, record, text

ROLES = (
    "Provider", "Sub-contractor", "Commissioner", "Co-ordinating commissioner", "Associate commissioner",
    "Funder", "Host",
)  # fmt: skip


@record(
    "contract_party",
    "Party to a contract",
    "Parties to contracts",
    searched=False,
    one_per=("contract", "organisation", "role"),
)
class Party(Record):
    """An organisation’s part in a contract."""

    contract: int | None = link("Contract", "contract")
    organisation: int | None = link("Organisation", "organisation")
    role: str = choice("Role", ROLES, default="Provider")
    share: str = text("Share or lot")
