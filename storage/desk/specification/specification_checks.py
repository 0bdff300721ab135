"""What to mend in a specification: its words, its measures, and where it says otherwise than its contracts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from storage.desk.contract.links import services_of_contract
from storage.desk.specification.lineage import news
from storage.desk.specification.measures_taken import (
    differences,
    measures_of,
    outcomes_without_measure,
    waiting,
)
from storage.desk.specification.sections import sections_of
from storage.desk.specification.specification_rows import of
from storage.desk.writing import found
from storage.engine.conditions import Where
from storage.engine.query import Query
from storage.engine.store import Store
from storage.engine.values import show_day, show_money_short
from storage.records.contracts import Contract
from storage.records.organisations import Organisation
from storage.records.parties import Party
from storage.records.specification_parts import (
    EXPIRED,
    STANDARD,
    STANDINGS,
    Derogation,
    SpecificationMeasure,
)
from storage.records.specifications import ContractSpecification, Section, Specification
from storage.rules.specification_lint import UNDEFINED, abbreviations, defined, word_findings

_MONEY = re.compile(
    r"£\s?(\d[\d,]*(?:\.\d+)?)\s?(k|m|million|thousand)?\b[^.\n]{0,40}?\b(a year|per year|per annum|annually|in total)",
    re.IGNORECASE,
)
_TIMES = {"": 1, "k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000}
_NEAR = 0.01  # a figure in words is rounded: within one in a hundred it is the same
_SHORTEST_NAME = 8  # letters of an organisation’s name that can be told from a word


class Weight(StrEnum):
    """How much a finding matters."""

    MUST = "Must"
    SHOULD = "Should"
    COULD = "Could"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend: where it is, and what is wrong with it.

    The place is a section by its UUID, a row by table and number, or a field of the head; one of the three.
    """

    weight: Weight
    kind: str
    words: str
    section: str = ""
    table: str = ""
    row: int = 0
    field: str = ""


def check(store: Store, specification_id: int) -> list[Finding]:
    """Everything to mend, what matters most first. Raises `StorageError` when the specification is not there."""
    specification = found(store, Specification, specification_id)
    sections = sections_of(store, specification_id)
    every = [
        *_sections(sections),
        *_words(sections),
        *_measures(store, specification_id),
        *_departures(store, specification_id),
        *_above(store, specification_id),
        *_contracts(store, specification, sections),
    ]
    rank = list(Weight)
    return sorted(every, key=lambda f: rank.index(f.weight))


def _sections(sections: Sequence[Section]) -> Iterator[Finding]:
    """Sections without words, those apart that only head others."""
    for place, section in enumerate(sections):
        below = sections[place + 1] if place + 1 < len(sections) else None
        heads = below is not None and (below.level or 1) > (section.level or 1)
        if section.body.strip() or (heads and not section.needed):
            continue
        weight = Weight.MUST if section.needed else Weight.SHOULD
        yield Finding(weight, "Empty section", f"{_called(section)} has no words yet.", section.uuid)


def _words(sections: Sequence[Section]) -> Iterator[Finding]:
    """How it reads. An abbreviation counts as explained wherever it is explained."""
    whole = "\n\n".join(s.body for s in sections)
    known, told = defined(whole), set[str]()
    for section in sections:
        for short in abbreviations(section.body):
            if short not in known and short not in told:
                told.add(short)
                words = f"{short} is not explained: write it out where it first stands."
                yield Finding(Weight.SHOULD, UNDEFINED, words, section.uuid)
        for each in word_findings(section.body):
            said = f"“{_short(each.words)}” {each.advice}" if each.words else each.advice
            yield Finding(Weight.COULD, each.kind, said, section.uuid)


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= 90 else f"{sentence[:88].rsplit(' ', 1)[0]} …"


def _measures(store: Store, specification_id: int) -> Iterator[Finding]:
    """Outcomes nothing shows, measures nobody can take, standards without a source."""
    table = SpecificationMeasure.TABLE
    for outcome in outcomes_without_measure(store, specification_id):
        yield Finding(
            Weight.MUST, "Outcome without a measure", f"Nothing shows “{outcome.title}”: add a measure for it.",
            table=table, row=outcome.key,
        )  # fmt: skip
    for measure in measures_of(store, specification_id):
        lacking = [w for w, v in (("method", measure.method), ("frequency", measure.frequency)) if not v]
        lacking += ["threshold"] if not measure.asked else []
        if lacking:
            weight = Weight.SHOULD if "method" in lacking or "frequency" in lacking else Weight.COULD
            words = f"“{measure.title}” has no {' and no '.join(lacking)}."
            yield Finding(weight, "Measure nobody can take", words, table=table, row=measure.key)
    for standard in of(store, SpecificationMeasure, specification_id):
        if standard.sort == STANDARD and not standard.source:
            words = f"“{standard.title}” does not say where it is laid down."
            yield Finding(Weight.COULD, "Standard without a source", words, table=table, row=standard.key)


def standing_of(derogation: Derogation, today: date) -> str:
    """How a departure stands today."""
    return derogation.FIELDS["standing"].value_of(derogation, today) or STANDINGS[0]  # type: ignore[return-value]


def _departures(store: Store, specification_id: int) -> Iterator[Finding]:
    """Departures that have expired, that nobody agreed to, or that say too little."""
    today, table = store.today(), Derogation.TABLE
    for each in of(store, Derogation, specification_id):
        state = standing_of(each, today)
        if state == EXPIRED and each.until:
            words = f"“{each.title}” expired on {show_day(each.until)}: renew it, or say how the standard is met again."
            yield Finding(Weight.MUST, "Departure expired", words, table=table, row=each.key)
        elif state == STANDINGS[0]:
            words = f"“{each.title}” is not agreed by anybody yet."
            yield Finding(Weight.SHOULD, "Departure not agreed", words, table=table, row=each.key)
        lacking = [
            w
            for w, v in (("reason", each.reason), ("clinical view", each.clinical_view), ("end", each.until))
            if not v
        ]
        if lacking:
            words = f"“{each.title}” has no {' and no '.join(lacking)}."
            yield Finding(Weight.MUST, "Departure not explained", words, table=table, row=each.key)


def _above(store: Store, specification_id: int) -> Iterator[Finding]:
    for told in news(store, specification_id):
        section = told.section.uuid if told.section else ""
        words = f"{told.change} above: “{told.heading}”. Take it, keep yours, or merge the two."
        yield Finding(
            Weight.MUST, "The national text has changed", words, section, field="" if section else "parent"
        )


def _contracts(store: Store, specification: Specification, sections: Sequence[Section]) -> Iterator[Finding]:
    """Where it says otherwise than a contract that works to it."""
    links = store.all(ContractSpecification, Query((Where("specification", "is", (specification.key,)),)))
    held = store.many(Contract, [x.contract for x in links if x.contract]).values()
    for contract in (c for c in held if not c.binned):
        yield from _dates(specification, contract)
        yield from _services(store, specification, contract)
        yield from _amounts(contract, sections)
        yield from _providers(store, specification, contract, sections)
        yield from _kpis(store, specification, contract)


def _dates(specification: Specification, contract: Contract) -> Iterator[Finding]:
    first, last = specification.period_from, specification.period_to
    if first and contract.start and contract.start < first:
        words = f"{_named(contract)} starts on {show_day(contract.start)}, before the period from {show_day(first)}."
        yield _against(words, "period_from")
    if last and contract.ends and contract.ends > last:
        words = f"{_named(contract)} ends on {show_day(contract.ends)}, after the period to {show_day(last)}."
        yield _against(words, "period_to")


def _against(words: str, field: str = "", section: str = "") -> Finding:
    return Finding(Weight.SHOULD, "Otherwise than the contract", words, section, field=field)


def _services(store: Store, specification: Specification, contract: Contract) -> Iterator[Finding]:
    bought = services_of_contract(store, contract.key)
    if specification.service and bought and specification.service not in {s.key for s in bought}:
        names = ", ".join(s.title for s in bought)
        yield _against(f"{_named(contract)} buys {names}, not the service of this specification.", "service")


def _amounts(contract: Contract, sections: Sequence[Section]) -> Iterator[Finding]:
    """Amounts of money a text names, a year or in total, that the contract does not have."""
    yearly = contract.annual_value if contract.annual_value is not None else contract.annualised
    for section in sections:
        for match in _MONEY.finditer(section.body):
            figure = float(match[1].replace(",", "")) * _TIMES[(match[2] or "").lower()] * 100
            of_all = match[3].lower() == "in total"
            known = contract.current_value if of_all else yearly
            if known is not None and abs(figure - known) > _NEAR * max(known, 1):
                what = "in total" if of_all else "a year"
                words = f"“{match.group().strip()}”: {_named(contract)} is worth {show_money_short(known)} {what}."
                yield _against(words, section=section.uuid)


def _providers(
    store: Store, specification: Specification, contract: Contract, sections: Sequence[Section]
) -> Iterator[Finding]:
    """A provider named in the text, or as its lead, that the contract is not with."""
    parties = store.all(Party, Query((Where("role", "is", ("Provider",)),)))
    ours = {p.organisation for p in parties if p.contract == contract.key}
    others = store.many(
        Organisation, [p.organisation for p in parties if p.organisation not in ours and p.organisation]
    )
    if not ours:
        return
    for other in others.values():
        name = other.title.strip()
        if len(name) < _SHORTEST_NAME or other.binned:
            continue
        for section in sections:
            if name.casefold() in section.body.casefold():
                words = f"It names {name}; {_named(contract)} is with {contract.provider_name}."
                yield _against(words, section=section.uuid)
        if name.casefold() in specification.provider_lead.casefold():
            yield _against(f"Its provider lead is of {name}; {_named(contract)} is not.", "provider_lead")


def _kpis(store: Store, specification: Specification, contract: Contract) -> Iterator[Finding]:
    table, mine = SpecificationMeasure.TABLE, {m.key for m in measures_of(store, specification.key)}
    for each in differences(store, contract.key):
        if each.measure.key in mine:
            words = (
                f"“{each.measure.title}”, {each.label.lower()}: {each.in_specification} here, "
                f"{each.in_contract or 'nothing'} in {_named(contract)}."
            )
            yield Finding(
                Weight.SHOULD, "Otherwise than the contract", words, table=table, row=each.measure.key
            )
    for measure in waiting(store, contract.key):
        if measure.key in mine:
            words = f"“{measure.title}” is not among the KPIs of {_named(contract)}: take it over there."
            yield Finding(Weight.COULD, "Not in the contract", words, table=table, row=measure.key)


def _named(contract: Contract) -> str:
    return " ".join(w for w in (contract.reference, contract.title) if w)


def _called(section: Section) -> str:
    return " ".join(w for w in (section.number, section.heading) if w)
