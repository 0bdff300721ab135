"""What the file can propose as an answer, with the words that say where it comes from."""

from __future__ import annotations

from datetime import date

from storage.checklists.answers import Value
from storage.engine.fields import Record
from storage.engine.store import Store
from storage.engine.values import show_day, show_money
from storage.records.contracts import Contract
from storage.records.organisations import Organisation
from storage.records.procurements import Procurement
from storage.rules.concentration import exposure
from storage.rules.rates import show_rate

Proposed = tuple[Value, str, str]
"""A value as an answer keeps it, as it is shown, and the sentence that says where it comes from."""

_DAYS = {"notice_by": "notice_by", "current_end": "ends", "start": "start", "decide_by": "decide_by"}
_RECORDED = {"start": "As recorded on the contract.", "current_value": "The current value of the contract."}


SOURCES = {
    Contract.TABLE: "contract",
    Organisation.TABLE: "provider",
    Procurement.TABLE: "procurement decision",
}
"""What each kind of record that proposes answers is called."""


def proposed_of(store: Store, record: Record, name: str) -> Proposed | None:
    """The value of that name, or None where the record does not know it."""
    match record:
        case Contract():
            return proposed(store, record, name)
        case Organisation() if name == "provider":
            return record.title, record.title, "Whom the checklist is about."
        case Organisation() if name == "provider_share":
            return _share(store, record.title)
        case Procurement() if name == "current_value":
            return _as_money(record.lifetime_value, "The lifetime value of the decision.")
    return None


def proposed(store: Store, contract: Contract, name: str) -> Proposed | None:
    """The value of that name for a contract, or None where the record does not know it."""
    match name:
        case "extension_decision_by":
            why = f"The day by which notice would have to be served. {store.why(contract, 'serve_by')}"
            return _as_date(contract.serve_by, why)
        case "days_to_end":
            return _as_days(contract.current_end, store.today(), "the current end")
        case "days_to_notice":
            return _as_days(contract.notice_by, store.today(), "the last day to give notice")
        case "current_value" | "annual_value":
            return _value(store, contract, name)
        case "provider":
            words = contract.provider_name
            return (words, words, "The provider of the contract.") if words else None
        case "provider_share":
            return _share(store, contract.provider_name)
        case _ if name in _DAYS:
            field = _DAYS[name]
            return _as_date(getattr(contract, field), _RECORDED.get(name) or store.why(contract, field))
    return None


def _value(store: Store, contract: Contract, name: str) -> Proposed | None:
    if name == "current_value":
        return _as_money(contract.current_value, _RECORDED[name])
    if contract.annual_value is not None:
        return _as_money(contract.annual_value, "The annual value of the contract.")
    return _as_money(contract.annualised, store.why(contract, "annualised"))


def _share(store: Store, provider: str) -> Proposed | None:
    """What per cent of the value of this register its provider holds."""
    held = store.tally(Organisation, "title", "value_held")
    found = exposure(provider, [(str(title), value) for title, _, value in held if value])
    if found.value is None:
        return None
    return format(found.value.percent, "f"), show_rate(found.value.percent), found.why


def _as_date(day: date | None, why: str) -> Proposed | None:
    return (day.isoformat(), show_day(day), why) if day else None


def _as_money(pence: int | None, why: str) -> Proposed | None:
    return None if pence is None else (pence, show_money(pence), why)


def _as_days(day: date | None, today: date, what: str) -> Proposed | None:
    if day is None:
        return None
    count = (day - today).days
    return str(count), f"{count:,}", f"From {show_day(today)} to {what}, {show_day(day)}."
