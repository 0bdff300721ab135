"""What a person may want to mend in a record, field by field, in words; findings never stop a save."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from storage.desk.contract.links import PROVIDER
from storage.desk.contract.offers import disagreements
from storage.desk.correspondence.letter_places import problems
from storage.engine.conditions import Where
from storage.engine.fields import RECORDS, Field, Kind, Record
from storage.engine.query import Query
from storage.engine.store import Store
from storage.engine.values import show_day
from storage.records.actions import Action
from storage.records.contracts import Contract
from storage.records.letters import LetterTemplate
from storage.records.organisations import Organisation
from storage.records.parties import Party
from storage.records.specifications import Specification


def findings(store: Store, record: Record) -> dict[str, str]:
    """The findings of one record by field name; a field with several has them one after another."""
    said: dict[str, list[str]] = {}
    for name, words in _every(store, record):
        said.setdefault(name, []).append(words)
    return {name: " ".join(words) for name, words in said.items()}


def _every(store: Store, record: Record) -> Iterator[tuple[str, str]]:
    for field in store.fields(type(record)).values():
        if field.derived or field.from_today:
            continue
        value = field.value_of(record)
        checks = (field.problem(value), _repeated(store, record, field), _binned(store, field, value))
        yield from ((field.name, words) for words in checks if words)
    if isinstance(record, Contract):
        yield from _of_contract(store, record)
    elif isinstance(record, Specification):
        yield from _out_of_order(record, "period_from", "period_to")
    elif isinstance(record, Action):
        yield from _of_action(store, record)
    elif isinstance(record, LetterTemplate):
        yield from (
            (name, words) for name in ("subject", "body") for words in problems(getattr(record, name))
        )


def _repeated(store: Store, record: Record, field: Field) -> str:
    """How many others have the value of a field that should be nobody else's."""
    value = field.value_of(record)
    if not field.unique or not value:
        return ""
    others = [
        n
        for n in store.ids(type(record), Query(where=(Where(field.name, "is", (value,)),)))
        if n != record.id
    ]
    if not others:
        return ""
    what = type(record).LABEL if len(others) == 1 else type(record).PLURAL
    has = "has" if len(others) == 1 else "have"
    return f"{len(others):,} other {what.lower()} {has} this {field.label.lower()}."


def _binned(store: Store, field: Field, value: object) -> str:
    """That a link leads to a record in the bin, or to one that is gone."""
    if field.kind is not Kind.LINK or not isinstance(value, int):
        return ""
    linked = store.many(RECORDS[field.target], [value]).get(value)
    if linked is None:
        return f"{field.label}: the record it names is not in this file."
    return f"{field.label}: {linked.name} is in the bin." if linked.binned else ""


def _of_contract(store: Store, record: Contract) -> Iterator[tuple[str, str]]:
    yield from at_odds(record)
    yield from disagreements(record)
    yield from _of_parties(store, record)


def at_odds(record: Contract) -> Iterator[tuple[str, str]]:
    """What the dates and amounts of a contract say against each other, by field, from the record alone."""
    yield from _out_of_order(record, "start", "current_end")
    yield from _out_of_order(record, "start", "initial_end")
    yield from _out_of_order(record, "initial_end", "current_end")
    yield from _out_of_order(record, "current_end", "max_end")
    if not record.current_end:
        yield from _out_of_order(record, "start", "max_end")
    if record.current_value and record.award_value and record.award_value < record.current_value:
        yield "award_value", "The whole-life value is below the current value."


def _of_parties(store: Store, contract: Contract) -> Iterator[tuple[str, str]]:
    """Findings about who takes part, under the provider, where a person looks for them."""
    where = (Where("contract", "is", (contract.id or 0,)),)
    parties = store.all(Party, Query(where)) if contract.id is not None else []
    if not any(party.role == PROVIDER for party in parties):
        yield "provider_name", "No organisation has the role of provider."
    ids = dict.fromkeys(party.organisation for party in parties if party.organisation)
    for organisation in store.many(Organisation, [*ids]).values():
        if organisation.binned:
            yield "provider_name", f"{organisation.name} is in the bin."


def _of_action(store: Store, record: Action) -> Iterator[tuple[str, str]]:
    if record.status == "Done" and record.done_on is None:
        yield "done_on", "The action is done, but the day is missing."
    if record.done_on is not None and record.done_on > store.today():
        yield "done_on", "The day it was done lies in the future."


def _out_of_order(record: Record, earlier: str, later: str) -> Iterator[tuple[str, str]]:
    """Say under the later of two dates that it comes first."""
    first, second = getattr(record, earlier), getattr(record, later)
    if isinstance(first, date) and isinstance(second, date) and second < first:
        names = record.FIELDS[later].label, record.FIELDS[earlier].label.lower()
        yield later, f"{names[0]} is before the {names[1]}, {show_day(first)}."
