"""Records that are likely the same twice: one number in two places, or names that differ only in their form."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from storage.desk.people.organisations import plain_name
from storage.engine.fields import Record
from storage.engine.reading import Reader
from storage.engine.state import State
from storage.engine.store import Store
from storage.records.organisations import Organisation, Person
from storage.records.services import Service

APART = "doubles.apart"  # pairs a person said are two, by UUID
_NUMBERS: Mapping[str, str] = {
    "company_number": "company number",
    "charity_number": "charity number",
    "ods_code": "ODS code",
    "ppon": "procurement number",
}


@dataclass(frozen=True, slots=True)
class Double:
    """Two records that may be one, the one with more to it first, and why it is thought so."""

    kept: Record
    other: Record
    why: str

    @property
    def pair(self) -> str:
        """What identifies the two, whichever way round."""
        return "|".join(sorted((self.kept.uuid, self.other.uuid)))


def likely_doubles(reader: Reader, apart: Iterable[str] = ()) -> list[Double]:
    """Every pair that may be one record, organisations first; those said to be two are left out."""
    known = frozenset(apart)
    found = [*_organisations(reader), *_people(reader), *_services(reader)]
    return [double for double in found if double.pair not in known]


def said_apart(store: Store) -> list[str]:
    """The pairs somebody said are two."""
    held = State(store).recall(APART)
    return [str(pair) for pair in held] if isinstance(held, list) else []


def say_apart(store: Store, double: Double) -> None:
    """Remember that two records are two."""
    State(store).remember(APART, [*said_apart(store), double.pair])


def _organisations(reader: Reader) -> list[Double]:
    every = [o for o in reader.all(Organisation) if o.merged_into is None and not o.retired]
    keys = [
        (f"the same {words}", {o.key: _number(str(getattr(o, field))) for o in every})
        for field, words in _NUMBERS.items()
    ]
    keys.append(("names that differ only in their form", {o.key: plain_name(o.title) for o in every}))
    return _pairs(every, keys)


def _people(reader: Reader) -> list[Double]:
    every = reader.all(Person)
    return _pairs(
        every,
        [
            ("the same email address", {p.key: p.email.strip().casefold() for p in every}),
            ("the same name at the same organisation", {p.key: _named(p) for p in every}),
        ],
    )


def _named(person: Person) -> str:
    name = plain_name(person.title)
    return f"{name}@{person.organisation}" if name and person.organisation else ""


def _services(reader: Reader) -> list[Double]:
    every = reader.all(Service)
    return _pairs(
        every, [("names that differ only in their form", {s.key: plain_name(s.title) for s in every})]
    )


def _pairs(every: Iterable[Record], keys: list[tuple[str, dict[int, str]]]) -> list[Double]:
    """The pairs that share a key, each once, with all the reasons for it."""
    records = {r.key: r for r in every}
    reasons: dict[tuple[int, int], list[str]] = {}
    for words, by in keys:
        groups: dict[str, list[int]] = defaultdict(list)
        for number, key in by.items():
            if key:
                groups[key].append(number)
        for group in groups.values():
            first = max(group, key=lambda n: (_fullness(records[n]), -n))
            for number in group:
                if number != first:
                    reasons.setdefault((first, number), []).append(words)
    return [Double(records[a], records[b], " and ".join(why).capitalize()) for (a, b), why in reasons.items()]


def _fullness(record: Record) -> int:
    """How much a record says: the one that says more is offered as the one to keep."""
    return sum(bool(getattr(record, name)) for name in type(record).FIELDS)


def _number(written: str) -> str:
    """A number without spaces and signs; a company number of digits has eight of them."""
    plain = re.sub(r"[^0-9a-z]", "", written.casefold())
    return plain.zfill(8) if plain.isdigit() and 5 < len(plain) < 8 else plain
