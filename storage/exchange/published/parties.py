"""Organisations as Open Contracting names them: identifiers under the scheme of the register each number is from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from storage.records.contracts import Contract
from storage.records.organisations import Organisation

Json = dict[str, object]
_COMPANY = re.compile(r"\d{1,8}|[A-Z]{2}\d{1,6}|[A-Z]{2}\d{5}[A-Z]")
_CHARITY = (
    ("GB-SC", re.compile(r"SC\d{5,6}")),
    ("GB-NIC", re.compile(r"NIC\d{6}")),
    ("GB-CHC", re.compile(r"\d{6,7}")),
)
_ODS = re.compile(r"[A-Z0-9]{3,10}")
_PPON = re.compile(r"[A-Z]{4}-\d{4}-[A-Z]{4}")
_COUNCIL = re.compile(r"[A-Z]{3}")
_BOARD = re.compile(r"Q[A-Z0-9]{2}")  # integrated care boards


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number under its scheme; together they are the id of a party."""

    scheme: str
    number: str

    @property
    def id(self) -> str:
        """The id of the party: GB-COH-01234567."""
        return f"{self.scheme}-{self.number}"

    @property
    def json(self) -> Json:
        """The identifier as a release has it."""
        return {"scheme": self.scheme, "id": self.number}


def company(words: str) -> Identifier | None:
    """A company number of Companies House, its digits padded to eight characters in all; None for what is none."""
    number = "".join(words.split()).upper()
    if not _COMPANY.fullmatch(number) or not number.strip("0"):
        return None
    if number[:2].isalpha():
        return Identifier("GB-COH", number[:2] + number[2:].zfill(6))
    return Identifier("GB-COH", number.zfill(8))


def charity(words: str) -> Identifier | None:
    """A charity number of England and Wales, Scotland or Northern Ireland; None for what is none."""
    number = "".join(words.split()).upper()
    return next((Identifier(scheme, number) for scheme, form in _CHARITY if form.fullmatch(number)), None)


def nhs(words: str) -> Identifier | None:
    """A code of the NHS’s Organisation Data Service; None for what is none."""
    number = words.strip().upper()
    return Identifier("GB-NHS", number) if _ODS.fullmatch(number) else None


def ppon(words: str) -> Identifier | None:
    """A public procurement organisation number; None for what is none."""
    number = words.strip().upper().removeprefix("GB-PPON-")
    return Identifier("GB-PPON", number) if _PPON.fullmatch(number) else None


def office_identifier(code: str, council: bool | None) -> Identifier | None:
    """My organisation by its code: an ODS code of an NHS body, three letters of a council.

    While it is not known which of them it is, only a code of an integrated care board is told.
    """
    number = code.strip().upper()
    if council is True:
        return Identifier("GB-LAE", number) if _COUNCIL.fullmatch(number) else None
    if council is None and not _BOARD.fullmatch(number):
        return None
    return nhs(number)


def identifiers(organisation: Organisation | None, contract: Contract | None = None) -> list[Identifier]:
    """The numbers of an organisation, the best first; a contract gives those recorded on it for its one supplier."""
    companies = [
        contract.supplier_company_number if contract else "",
        organisation.company_number if organisation else "",
    ]
    charities = [
        contract.supplier_charity_number if contract else "",
        organisation.charity_number if organisation else "",
    ]
    found = [
        next(filter(None, map(company, companies)), None),
        next(filter(None, map(charity, charities)), None),
    ]
    if organisation is not None:
        found += [nhs(organisation.ods_code), ppon(organisation.ppon)]
    return [each for each in found if each is not None]


def party(name: str, known: Iterable[Identifier], otherwise: str, role: str) -> Json:
    """A party of a release: its id is that of its first identifier, `otherwise` when it has none. No address."""
    numbers = list(known)
    made: Json = {"id": numbers[0].id if numbers else otherwise, "name": name, "roles": [role]}
    if numbers:
        made["identifier"] = {**numbers[0].json, "legalName": name}
    if numbers[1:]:
        made["additionalIdentifiers"] = [each.json for each in numbers[1:]]
    return made


def put_party(parties: list[Json], added: Json) -> Json:
    """Enter a party, or give the one of that id the further role; what refers to it: its id and name."""
    found = next((each for each in parties if each["id"] == added["id"]), None)
    if found is None:
        parties.append(added)
        found = added
    else:
        roles = (*_words(found["roles"]), *_words(added["roles"]))
        found["roles"] = list(dict.fromkeys(roles))
    return {"id": found["id"], "name": found["name"]}


def _words(roles: object) -> tuple[str, ...]:
    return tuple(map(str, roles)) if isinstance(roles, list) else ()
