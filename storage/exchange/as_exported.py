"""Contracts as one of our own workbooks has them: what was changed here since it was written is put back."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from storage.engine.fields import Parts, Record
from storage.engine.former import as_of
from storage.engine.reading import Reader
from storage.exchange.import_headings import PROVIDER
from storage.records.contracts import Contract, Party
from storage.records.organisations import Organisation


def as_exported(reader: Reader, step_hash: str) -> dict[int, Contract]:
    """The contracts that changed since a step, provider included, as they were then.

    Empty when nothing changed, or when the step is not one of this file: then the workbook is taken at its word.
    """
    contracts = as_of(reader, Contract, step_hash)
    parties, organisations = as_of(reader, Party, step_hash), as_of(reader, Organisation, step_hash)
    found = {number: then for number, then in (contracts or {}).items() if then is not None}
    if not parties and not organisations:
        return found
    every = {p.key: p for p in reader.all(Party)} | (parties or {})
    named = {o.key: o for o in reader.all(Organisation)} | (organisations or {})
    by_contract: dict[int, list[Party]] = defaultdict(list)
    for _, party in sorted(every.items()):
        if party is not None and party.contract is not None and not party.binned:
            by_contract[party.contract].append(party)
    rule = Contract.FIELDS[PROVIDER].rule
    for contract in reader.all(Contract):
        then = found.get(contract.key, contract)
        theirs = by_contract[contract.key]
        linked: list[Record] = [o for p in theirs if (o := named.get(p.organisation or 0)) is not None]
        name = rule(then, Parts({"parties": theirs, "organisations": linked})).value if rule else ""
        if name != contract.provider_name or contract.key in found:
            found[contract.key] = replace(then, provider_name=str(name))
    return found
