"""Contracts as one of our own workbooks has them: what was changed here since it was written is put back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Generator, Mapping
from dataclasses import replace

from storage.engine.fields import Record
from storage.engine.former import reading_as_of
from storage.engine.parts import Parts
from storage.engine.reading import Reader
from storage.engine.steps import Progress
from storage.exchange.importing.import_headings import PROVIDER
from storage.records.contracts import Contract, Party
from storage.records.organisations import Organisation


def reading_as_exported(
    reader: Reader, step_hash: str, contracts: Mapping[int, Contract]
) -> Generator[Progress, None, dict[int, Contract]]:
    """The contracts changed since a step, provider included, as they were then, a slice at a time.

    `contracts` are they now.
    Empty when nothing changed, or when the step is not one of this file: then the workbook is taken at its word.
    """
    former = (yield from reading_as_of(reader, Contract, step_hash)) or {}
    found = {number: then for number, then in former.items() if then is not None}
    parties = yield from reading_as_of(reader, Party, step_hash)
    organisations = yield from reading_as_of(reader, Organisation, step_hash)
    if not parties and not organisations:
        return found
    now = {p.key: p for p in reader.all(Party)}
    then = now | (parties or {})
    named = {o.key: o for o in reader.all(Organisation)} | (organisations or {})
    touched = {
        p.contract for held in (now, then) for p in held.values() if p and _changed(p, parties, organisations)
    }
    by_contract: dict[int | None, list[Party]] = defaultdict(list)
    for _, party in sorted(then.items()):
        if party is not None and party.contract in touched and not party.binned:
            by_contract[party.contract].append(party)
    rule = Contract.FIELDS[PROVIDER].rule
    for contract in [contracts[number] for number in touched if number is not None and number in contracts]:
        before = found.get(contract.key, contract)
        theirs = by_contract[contract.key]
        linked: list[Record] = [o for p in theirs if (o := named.get(p.organisation or 0)) is not None]
        name = rule(before, Parts({"parties": theirs, "organisations": linked})).value if rule else ""
        found[contract.key] = replace(before, provider_name=str(name))
    return found


def _changed(party: Party, parties: Container[int] | None, organisations: Container[int] | None) -> bool:
    """Whether a party, or the organisation it names, changed since."""
    return party.key in (parties or ()) or party.organisation in (organisations or ())
