"""One contract as a release of the Open Contracting Data Standard: parties, tender, award and contract."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date

from storage.engine.conditions import Value
from storage.exchange.published.choice import Finding, Item
from storage.exchange.published.lga_values import is_address, remark_on_value
from storage.exchange.published.parties import Identifier, Json, identifiers, party, put_party
from storage.records.contracts import Contract
from storage.rules.position import AWARDED, EXPIRED, TERMINATED

PLACEHOLDER = "ocds-zzzzzz"
"""Stands where a registered prefix would: no number is made up under a prefix that belongs to somebody."""
NO_REGIME = "None"
_OCID = re.compile(r"ocds-[a-z0-9]{6}-\S+")
_OVER = (EXPIRED, TERMINATED)


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes: its name, its number where that is known, and the UUID of the file."""

    name: str
    identifier: Identifier | None
    file: str


class Release:
    """Makes the release of one contract; what a reader should know of it is in `findings` afterwards."""

    def __init__(self, item: Item, publisher: Publisher, today: date) -> None:
        """`today` tells what has ended from what still runs."""
        self._item, self._contract, self._publisher = item, item.contract, publisher
        self._position = str(Contract.FIELDS["position"].value_of(item.contract, today))
        self._parties: list[Json] = []
        self.findings: list[Finding] = []

    def json(self, moment: str) -> Json:
        """The release as published at a moment. Its id follows from its content: what is unchanged keeps its id."""
        content: Json = {
            "ocid": self._ocid(),
            "language": "en",
            "tag": ["award", "contract"],
            "initiationType": "tender",
            "parties": self._parties,
        }
        if buyer := self._buyer():
            content["buyer"] = buyer
        if tender := self._tender():
            content["tender"] = tender
        content["awards"] = [self._award()]
        content["contracts"] = [self._agreement()]
        if remark := remark_on_value(self._item):
            self._say("value", remark)
        if not self._parties:
            del content["parties"]
        digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode("utf-8", "replace")).hexdigest()
        return {"id": f"{self._contract.uuid}-{digest[:16]}", "date": moment} | content

    def _say(self, column: str, reason: str, *, blank: bool = False) -> None:
        self.findings.append(Finding(column, self._item.reference, reason, blank))

    def _value(self, name: str) -> Value:
        """What may be published of a field: its value, or the token of a withheld text; nothing of other kinds."""
        value: Value = getattr(self._contract, name)
        if token := self._item.withheld.get(name):
            return token if Contract.FIELDS[name].kind.is_words else None
        return value

    def _words(self, name: str) -> str:
        return str(self._value(name) or "").strip()

    def _ocid(self) -> str:
        typed = "" if "ocid" in self._item.withheld else self._contract.ocid.strip()
        if _OCID.fullmatch(typed):
            return typed
        why = (
            "The number recorded is no Open Contracting ID" if typed else "No Open Contracting ID is recorded"
        )
        self._say("ocid", f"{why}; a placeholder that is registered to nobody stands in its place.")
        return f"{PLACEHOLDER}-{self._publisher.file}-{self._contract.uuid}"

    def _buyer(self) -> Json:
        """My organisation, unless the contract names another one."""
        ours, named = self._publisher.name, self._words("organisation_name")
        others = [o for o in self._item.commissioners if o.title.strip()]
        known: list[Identifier] = [self._publisher.identifier] if self._publisher.identifier else []
        name, otherwise = ours, f"local-{self._publisher.file}"
        if named and named.casefold() != ours.casefold():
            match = next((o for o in others if o.title.strip().casefold() == named.casefold()), None)
            name, known, otherwise = named, identifiers(match), f"local-buyer-{self._contract.uuid}"
        elif not named and others and ours.casefold() not in [o.title.strip().casefold() for o in others]:
            name, known, otherwise = (
                others[0].title.strip(),
                identifiers(others[0]),
                f"local-{others[0].uuid}",
            )
        if not name:
            self._say("buyer", "Neither the contract nor My organisation and me says who buys.", blank=True)
            return {}
        if name != ours:
            self._say(
                "buyer", "The contract names another buyer than My organisation and me; that one is given."
            )
        made = party(name, known, otherwise, "buyer")
        contact = {"name": self._words("contact_name"), "email": self._words("contact_email")}
        if is_address(url := self._words("contact_url")):
            contact["url"] = url
        if filled := {key: words for key, words in contact.items() if words}:
            made["contactPoint"] = filled
        return put_party(self._parties, made)

    def _suppliers(self) -> list[Json]:
        if token := self._item.withheld.get("provider_name"):
            made: Json = {"id": "withheld-supplier", "name": token, "roles": ["supplier"]}
            return [put_party(self._parties, made)]
        found = [o for o in self._item.providers if o.title.strip()]
        if not found:
            self._say("suppliers", "No organisation has the role of provider.", blank=True)
        numbers = ("supplier_company_number", "supplier_charity_number")
        open_numbers = not any(name in self._item.withheld for name in numbers)
        placed, unnumbered = [], False
        for each in found:
            recorded = self._contract if len(found) == 1 else None
            known = identifiers(each, recorded) if open_numbers else []
            unnumbered |= not known and open_numbers
            placed.append(
                put_party(self._parties, party(each.title.strip(), known, f"local-{each.uuid}", "supplier"))
            )
        if unnumbered:
            why = "No company, charity or NHS number of the supplier is recorded."
            self._say("parties.identifier", why, blank=True)
        return list({str(each["id"]): each for each in placed}.values())

    def _tender(self) -> Json:
        """How it was bought, as far as that is recorded."""
        regime = self._words("regime")
        how = ": ".join(filter(None, ("" if regime == NO_REGIME else regime, self._words("process"))))
        how = how or self._words("procurement_route") or self._words("process_type")
        if not how:
            return {}
        made: Json = {"id": self._contract.uuid, "status": "complete", "procurementMethodDetails": how}
        if documents := self._documents("tender_document_url", "biddingDocuments"):
            made["documents"] = documents
        return made

    def _award(self) -> Json:
        pending = self._position == AWARDED
        made: Json = {"id": "1", "title": self._words("title"), "status": "pending" if pending else "active"}
        if isinstance(day := self._value("award_date"), date):
            made["date"] = _begins(day)
        if value := self._money("award_value", "current_value"):
            made["value"] = value
        if suppliers := self._suppliers():
            made["suppliers"] = suppliers
        if documents := self._documents("award_notice_url", "awardNotice"):
            made["documents"] = documents
        return made

    def _agreement(self) -> Json:
        made: Json = {"id": "1", "awardID": "1", "title": self._words("title"), "status": self._status()}
        if words := self._words("description"):
            made["description"] = words
        if period := self._period():
            made["period"] = period
        if value := self._money("current_value", "award_value"):
            made["value"] = value
        elif "current_value" not in self._item.withheld:
            self._say("contracts.value", "No value is recorded.", blank=True)
        if isinstance(day := self._value("signed_on"), date):
            made["dateSigned"] = _begins(day)
        if code := self._words("cpv_code"):
            classified = {"scheme": "CPV", "id": code, "description": self._words("cpv_label")}
            made["items"] = [{"id": "1", "classification": {k: v for k, v in classified.items() if v}}]
        if documents := self._documents("contract_document_url", "contractSigned"):
            made["documents"] = documents
        if documents := self._documents("performance_url", "physicalProgressReport"):
            made["implementation"] = {"documents": documents}
        return made

    def _status(self) -> str:
        """The standard’s word: what has ended in whatever way is terminated there."""
        if self._position in _OVER:
            return "terminated"
        return "pending" if self._position == AWARDED else "active"

    def _period(self) -> Json:
        held, end, start = self._item.withheld, self._contract.agreed_end, self._value("start")
        latest = self._contract.max_end or self._contract.max_by_term
        made: Json = {}
        if isinstance(start, date):
            made["startDate"] = _begins(start)
        if end is not None and "current_end" not in held:
            made["endDate"] = _ends(end)
        if latest is not None and "max_end" not in held and not (end and latest < end):
            made["maxExtentDate"] = _ends(latest)
        return made

    def _money(self, first: str, second: str) -> Json:
        pence = self._value(first)
        pence = self._value(second) if pence is None else pence
        if not isinstance(pence, int):
            return {}
        return {"amount": pence // 100 if pence % 100 == 0 else pence / 100, "currency": "GBP"}

    def _documents(self, name: str, sort: str) -> list[Json]:
        url = self._words(name)
        return [{"id": name, "documentType": sort, "url": url}] if is_address(url) else []


def _begins(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _ends(day: date) -> str:
    return f"{day.isoformat()}T23:59:59Z"
