"""What fills the places of a letter: the contract and what the letter is about, with dates from the rules only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from storage.desk.contract.links import parties_of_contract, services_of_contract
from storage.desk.contract.performing import holidays
from storage.desk.office import office, who
from storage.desk.procurement.procuring import Case, standstill
from storage.desk.writing import found
from storage.engine.conditions import Where
from storage.engine.fields import Record
from storage.engine.query import Query
from storage.engine.store import Store
from storage.engine.values import long_day, show_money_short
from storage.records.contract_ends import AVAILABLE, notice_terms, options_of, term_of
from storage.records.contracts import Contract
from storage.records.organisations import Organisation
from storage.records.procurements import Procurement
from storage.records.running import PerformanceNotice, Variation
from storage.rules import performance
from storage.rules.options import Extendable, Option, OptionDates, option_dates
from storage.rules.wording import clause_name

SUBJECTS: Mapping[str, type[Record]] = {
    "Variation cover": Variation,
    "Performance notice": PerformanceNotice,
    "Performance meeting": PerformanceNotice,
    "Award": Procurement,
    "Unsuccessful bidder": Procurement,
}
"""What letters of a kind are about, besides the contract."""


@dataclass(frozen=True, slots=True)
class NextOption:
    """The next option that is still open: how long, what it adds, where it leads, by when to decide."""

    length: str
    value: int | None
    end: date | None
    decide_by: date | None


def subjects(store: Store, contract_id: int, kind: str) -> list[Record]:
    """What a letter of a kind can be about, the latest first; empty when it is about the contract alone."""
    cls = SUBJECTS.get(kind)
    if cls is None:
        return []
    held = store.all(cls, Query(where=(Where("contract", "is", (contract_id,)),)))
    return sorted(held, key=lambda record: record.key, reverse=True)


def values_of(store: Store, contract_id: int, on: date, about: Record | None = None) -> dict[str, str]:
    """Every place with its words, for a letter of a day; a place the file holds nothing for is left blank."""
    contract = found(store, Contract, contract_id)
    made = _office_values(store, on) | _provider_values(store, contract) | _contract_values(store, contract)
    made |= _option_values(next_option(store, contract, on))
    if isinstance(about, Variation):
        made |= _variation_values(about)
    elif isinstance(about, PerformanceNotice):
        made |= _performance_values(store, about, on)
    elif isinstance(about, Procurement):
        made |= _procurement_values(store, about, on)
    return made


def provider_of(store: Store, contract: Contract) -> Organisation | None:
    """The first provider of a contract."""
    ids = [
        p.organisation
        for p in parties_of_contract(store, contract.key)
        if p.role == "Provider" and p.organisation
    ]
    return store.many(Organisation, ids).get(ids[0]) if ids else None


def next_option(store: Store, contract: Contract, today: date) -> NextOption | None:
    """The next option that is open on a day, by the rules of options."""
    kept = options_of(contract, store.parts(contract))
    term = term_of(contract).value
    rules = tuple(Option(o.length, o.status, o.decide_by, o.title) for o in kept if o.length is not None)
    whole = Extendable(
        contract.start, term.core if term else None, rules, contract.initial_end or contract.agreed_end
    )
    dates = option_dates(whole, notice_terms(contract, "commissioner"), None, today)
    for option, found_dates in zip(kept, dates, strict=True):
        if found_dates.standing.value == AVAILABLE:
            return NextOption(str(option.length), option.value, *_leads(found_dates))
    return None


def _leads(dates: OptionDates) -> tuple[date | None, date | None]:
    return dates.end.value, dates.decide_by.value


def _office_values(store: Store, on: date) -> dict[str, str]:
    desk = office(store)
    return {
        "our organisation": desk.organisation,
        "our address": ", ".join(line.strip() for line in desk.address.splitlines() if line.strip()),
        "my name": who(store),
        "my role": desk.role,
        "today": long_day(on),
    }


def _provider_values(store: Store, contract: Contract) -> dict[str, str]:
    provider = provider_of(store, contract)
    address = provider.address if provider else ""
    return {
        "provider": contract.provider_name,
        "provider address": ", ".join(line.strip() for line in address.splitlines() if line.strip()),
    }


def _contract_values(store: Store, contract: Contract) -> dict[str, str]:
    yearly = contract.annual_value if contract.annual_value is not None else contract.annualised
    period = contract.notice_commissioner
    return {
        "contract": contract.title,
        "reference": contract.reference,
        "services": "; ".join(s.name for s in services_of_contract(store, contract.key) if not s.binned),
        "start": _day(contract.start),
        "current end": _day(contract.ends),
        "maximum end": _day(contract.max_end or contract.max_by_term),
        "value": _money(contract.current_value),
        "annual value": _money(yearly),
        "clause": clause_name(contract.notice_clause),
        "notice period": str(period) if period is not None else "",
        "notice by": _day(contract.notice_by),
        "serve by": _day(contract.serve_by),
    }


def _option_values(option: NextOption | None) -> dict[str, str]:
    if option is None:
        return {}
    return {
        "option length": option.length,
        "option value": _money(option.value),
        "new end": _day(option.end),
        "decide by": _day(option.decide_by),
    }


def _variation_values(variation: Variation) -> dict[str, str]:
    return {
        "variation": variation.title,
        "variation number": variation.number,
        "variation from": _day(variation.effective_on),
        "variation value": _money(variation.value_change),
    }


def _performance_values(store: Store, notice: PerformanceNotice, on: date) -> dict[str, str]:
    served = notice.served_on or on
    path = performance.notice_path(performance.NoticeFacts(served_on=served), on, holidays(store))
    meeting = next((step.due for step in path.value if step.title == "Meeting"), None)
    return {
        "breach": notice.title,
        "performance clause": clause_name(notice.clause),
        "notice served on": _day(notice.served_on),
        "meeting by": _day(meeting),
    }


def _procurement_values(store: Store, decision: Procurement, on: date) -> dict[str, str]:
    """What a decision says, else its contract; the standstill by the count of its regime."""
    case = Case(store, decision, on)
    lasts = standstill(case).value
    return {
        "procurement": decision.title,
        "regime": decision.regime or case.contract.regime,
        "process": decision.process or case.contract.process,
        "award date": _day(decision.decided_on),
        "lifetime value": _money(case.value),
        "standstill ends": _day(lasts.last_day if lasts else None),
    }


def _day(day: date | None) -> str:
    return long_day(day) if day else ""


def _money(pence: int | None) -> str:
    return show_money_short(pence) if pence is not None else ""
