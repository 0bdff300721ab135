"""Which contracts are published, which of their values are withheld, and what has to be said about the rest."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from storage.engine.errors import StorageError
from storage.engine.reading import Reader
from storage.records.contracts import Contract, Party
from storage.records.organisations import Organisation
from storage.rules.position import CANCELLED, DRAFT

PERSONAL = "REDACTED PERSONAL DATA"
COMMERCIAL = "REDACTED COMMERCIAL CONFIDENTIALITY"
"""What stands in the place of a withheld value (LGA guidance on the Transparency Code, 2015)."""

# What would give a withheld value away is withheld with it.
_WITH = {
    "provider_name": ("supplier_company_number", "supplier_charity_number", "supplier_other_id"),
    "current_value": ("award_value", "irrecoverable_vat"),
    "award_value": ("current_value", "irrecoverable_vat"),
    "contact_name": ("contact_email",),
    "contact_email": ("contact_name",),
    "agreed_end": ("current_end",),
    "ends": ("current_end",),
    "max_by_term": ("max_end",),
}
_ALSO = {
    "supplier": "provider_name",
    "supplier name": "provider_name",
    "contact": "contact_name",
    "end": "current_end",
}


class PublishError(StorageError):
    """What is published could not be written; the message says why and that an earlier file is as it was."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is to be known about one value of one contract: a blank with its reason, or a remark."""

    column: str
    reference: str
    reason: str
    blank: bool = True


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A contract that is not published, and why."""

    reference: str
    reason: str


@dataclass(frozen=True, slots=True)
class Item:
    """A contract to be published: its providers in their order, and by field the token that takes a value's place."""

    contract: Contract
    providers: tuple[Organisation, ...]
    commissioners: tuple[Organisation, ...]
    withheld: Mapping[str, str]

    @property
    def reference(self) -> str:
        """What to call the contract towards the person who publishes."""
        return _called(self.contract)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is published and what is not."""

    items: tuple[Item, ...]
    left_out: tuple[LeftOut, ...]


def choose(reader: Reader) -> Chosen:
    """Every contract that is not in the bin, but drafts, cancelled ones and those marked not to be published.

    A contract whose withheld fields cannot all be understood is left out, since a value might go out that must not.
    """
    providers, commissioners = _parties(reader)
    items: list[Item] = []
    left: list[LeftOut] = []
    for contract in reader.all(Contract):
        withheld, unknown = _withheld(contract)
        if why := _kept_back(contract, unknown):
            left.append(LeftOut(_called(contract), why))
        else:
            ours = commissioners.get(contract.key, ())
            items.append(Item(contract, providers.get(contract.key, ()), ours, withheld))
    return Chosen(tuple(items), tuple(left))


def _called(contract: Contract) -> str:
    return contract.reference or contract.name


def _kept_back(contract: Contract, unknown: Sequence[str]) -> str:
    if contract.stage in (DRAFT, CANCELLED):
        return f"Its status is {contract.stage.lower()}."
    if contract.do_not_publish:
        return "It is marked not to be published."
    if unknown:
        return (
            f"“{unknown[0]}”, to be withheld, is not the name of a field. Write it as on the contract’s page."
        )
    return ""


def _fields_by_words() -> dict[str, str]:
    found = dict(_ALSO)
    for name, field in Contract.FIELDS.items():
        for words in filter(None, (name, field.label, field.brief, field.lga)):
            found.setdefault(words.casefold(), name)
    return found


def _withheld(contract: Contract) -> tuple[dict[str, str], list[str]]:
    """By field the token to write in its place; and the words that name no field."""
    held: dict[str, str] = {}
    unknown: list[str] = []
    # Personal data comes last, since it is the graver reason where a field is named under both.
    for words, token in ((contract.redact_commercial, COMMERCIAL), (contract.redact_personal, PERSONAL)):
        known = _fields_by_words() if words else {}
        for word in filter(None, (" ".join(w.split()) for w in re.split(r"[,;\r\n]", words))):
            name = known.get(word.casefold())
            if name is None:
                unknown.append(word)
            else:
                held.update(dict.fromkeys((name, *_WITH.get(name, ())), token))
    return held, unknown


def _parties(
    reader: Reader,
) -> tuple[dict[int, tuple[Organisation, ...]], dict[int, tuple[Organisation, ...]]]:
    """Providers and commissioners by contract, each once and in the order they were added."""
    parties = sorted(reader.all(Party), key=lambda each: each.key)
    named = reader.many(Organisation, sorted({p.organisation for p in parties if p.organisation}))
    providers: dict[int, tuple[Organisation, ...]] = {}
    commissioners: dict[int, tuple[Organisation, ...]] = {}
    for party in parties:
        organisation = named.get(party.organisation or 0)
        into = {"Provider": providers, "Commissioner": commissioners,
                "Co-ordinating commissioner": commissioners}.get(party.role)  # fmt: skip
        if into is not None and organisation is not None and party.contract is not None:
            so_far = into.get(party.contract, ())
            if all(each.key != organisation.key for each in so_far):
                into[party.contract] = (*so_far, organisation)
    return providers, commissioners


@dataclass(frozen=True, slots=True)
class Published:
    """A file in its place: how many contracts it holds, those left out, and blanks and remarks with their reasons."""

    path: Path
    contracts: int
    left_out: tuple[LeftOut, ...]
    findings: tuple[Finding, ...]
