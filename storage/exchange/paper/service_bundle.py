"""A service in one document: what it is, its specifications as they stand, its measures, and its contracts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from storage.desk.contract.kpis import target_of
from storage.desk.specification.specification_rows import policies
from storage.desk.specification.specifications import draft_text, version_text, versions_of
from storage.desk.words import in_words
from storage.desk.writing import found
from storage.engine.conditions import Where
from storage.engine.query import Order, Query
from storage.engine.store import Store
from storage.engine.values import long_day
from storage.exchange.paper.papers import Fact, SpecificationPaper, SpecificationSection
from storage.exchange.paper.print_data import imprint_of
from storage.exchange.paper.print_specification import pictures_of, specification_paper
from storage.records.contracts import Contract, ContractService
from storage.records.measures import Kpi
from storage.records.services import Service
from storage.records.specifications import Specification
from storage.text.reading import read_markdown
from storage.text.tree import Block, Heading, Paragraph, Run, Runs, Table

KICKER = "Service bundle"
FACTS = (
    "reference", "programme", "setting", "population", "age_range", "area", "lead", "legal_basis",
)  # fmt: skip
CONTRACT_FACTS = (
    "reference", "title", "provider_name", "start", "ends", "notice_by", "annual_value", "current_value",
)  # fmt: skip
_LINE_END = re.compile(r"(?<!\n)\n(?!\n|[-*] |\d{1,9}[.)] )")
_MEASURE = ("Measure", "Target", "Frequency", "How it is measured", "Consequence of missing it")
_FOLLOWS = ("Specification", "Level", "In force", "Review by")


def bundle_paper(store: Store, service_id: int, today: date | None = None) -> SpecificationPaper:
    """Everything about a service, ready for paper, Word or a web page. Raises `StorageError` for no such service."""
    service, day = found(store, Service, service_id), today or store.today()
    specifications = store.all(
        Specification, Query((Where("service", "is", (service_id,)),), (Order("title"),))
    )
    contracts = _contracts(store, service_id)
    parts = [
        *_need(service),
        *_specifications(store, specifications, day),
        *_followed(store, specifications),
        *_policies(store, specifications),
        *_measures(store, contracts),
        *_contract_facts(store, contracts),
    ]
    sections = tuple(_numbered(parts))
    return SpecificationPaper(
        imprint=imprint_of(store, day),
        title=service.title,
        reference=service.reference,
        status="together",
        version_words=f"Put together on {long_day(day)}",
        sections=sections,
        facts=tuple(_facts(store, service)),
        kicker=KICKER,
        note=_counted(specifications, contracts),
        pictures=pictures_of(store, sections),
    )


def _counted(specifications: Sequence[Specification], contracts: Sequence[Contract]) -> str:
    def words(count: int, one: str) -> str:
        return f"{count or 'no'} {one}{'' if count == 1 else 's'}"

    return f"{words(len(specifications), 'specification')}, {words(len(contracts), 'contract')}.".capitalize()


def _facts(store: Store, service: Service) -> list[Fact]:
    fields = store.fields(Service)
    made = [(fields[name].label, in_words(fields[name], getattr(service, name))) for name in FACTS]
    own = [(f.label, in_words(f, f.value_of(service))) for f in store.own_fields().get(Service.TABLE, [])]
    return [Fact(label, words) for label, words in made + own if words]


def _need(service: Service) -> list[SpecificationSection]:
    return [_section("Need and evidence", _paragraphs(service.need))] if service.need.strip() else []


def _specifications(store: Store, held: Sequence[Specification], day: date) -> list[SpecificationSection]:
    """Each specification as it is in force, or its draft while none is, one level under its title."""
    made: list[SpecificationSection] = []
    for each in held:
        versions = versions_of(store, each.key)
        paper = specification_paper(store, each.key, day, version=versions[-1].id if versions else None)
        text = version_text(versions[-1]) if versions else draft_text(store, each.key)
        head = _section(f"Specification: {text.title}", (_italic(paper.version_words),))
        made += [head, *(replace(s, level=s.level + 1) for s in paper.sections)]
    return made


def _above(store: Store, held: Sequence[Specification]) -> dict[int, Specification]:
    """The specifications above those of the service, from the nearest up."""
    above: dict[int, Specification] = {}
    waiting = [s.parent for s in held if s.parent]
    own = {s.key for s in held}
    while waiting:
        number = waiting.pop(0)
        parent = store.many(Specification, [number]).get(number)
        if parent is None or parent.binned or number in above or number in own:
            continue
        above[number] = parent
        waiting += [parent.parent] if parent.parent else []
    return above


def _policies(store: Store, held: Sequence[Specification]) -> list[SpecificationSection]:
    """The clinical policies beneath its specifications and those above."""
    blocks: list[Block] = []
    for each in (*held, *_above(store, held).values()):
        if body := policies(store, each.key):
            blocks += [_heading(each.name), *read_markdown(body)]
    return [_section("Clinical policies", tuple(blocks))] if blocks else []


def _followed(store: Store, held: Sequence[Specification]) -> list[SpecificationSection]:
    """What the specifications of the service follow."""
    rows = [
        (
            s.name,
            s.level,
            f"Version {s.issued_as}" if s.issued_as else "Draft",
            long_day(s.review_date) if s.review_date else "",
        )
        for s in _above(store, held).values()
    ]
    return [_section("National specifications it follows", (_table(_FOLLOWS, rows),))] if rows else []


def _contracts(store: Store, service_id: int) -> list[Contract]:
    links = store.all(ContractService, Query((Where("service", "is", (service_id,)),)))
    held = store.many(Contract, [link.contract for link in links if link.contract])
    return sorted((c for c in held.values() if not c.binned), key=lambda c: (c.reference, c.title))


def _measures(store: Store, contracts: Sequence[Contract]) -> list[SpecificationSection]:
    blocks: list[Block] = []
    for contract in contracts:
        asked = Query((Where("contract", "is", (contract.key,)),), (Order("position"),))
        rows = [(k.title, target_of(k), k.frequency, k.method, k.consequence) for k in store.all(Kpi, asked)]
        if rows:
            blocks += [_heading(contract.name), _table(_MEASURE, rows)]
    return [_section("Measures", tuple(blocks))] if blocks else []


def _contract_facts(store: Store, contracts: Sequence[Contract]) -> list[SpecificationSection]:
    blocks: list[Block] = []
    fields, day = store.fields(Contract), store.today()
    for contract in contracts:
        rows = []
        for name in CONTRACT_FACTS:
            if words := in_words(fields[name], fields[name].value_of(contract, day)):
                rows.append((fields[name].label, words))
        blocks += [_heading(contract.name), _table(("Fact", "Value"), rows)]
    return [_section("Contracts", tuple(blocks))] if blocks else []


def _section(heading: str, blocks: tuple[Block, ...]) -> SpecificationSection:
    return SpecificationSection("", heading, blocks)


def _numbered(parts: Sequence[SpecificationSection]) -> list[SpecificationSection]:
    """Parts numbered A, B, C, so that the numbers of specifications stay what they are."""
    made, letter = [], 0
    for part in parts:
        if part.level == 1:
            part, letter = replace(part, number=_letter(letter)), letter + 1
        made.append(part)
    return made


def _letter(place: int) -> str:
    """A to Z, then AA, AB and so on."""
    return (chr(ord("A") + place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)


def _heading(words: str) -> Heading:
    return Heading((Run(words),), 2)


def _italic(words: str) -> Paragraph:
    return Paragraph((Run(words, italic=True),))


def _paragraphs(words: str) -> tuple[Block, ...]:
    """Plain notes: each line keeps its place, and lines that begin like points of a list become one."""
    return read_markdown(_LINE_END.sub("\\\n", words.strip()))


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    def cells(words: Sequence[str]) -> tuple[Runs, ...]:
        return tuple((Run(w.strip()),) if w.strip() else () for w in words)

    return Table(cells(headings), tuple(cells(row) for row in rows))
