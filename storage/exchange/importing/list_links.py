"""Records that the cells of a table name: found by reference, name or other name, and what to do with the rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from storage.desk.people.organisations import plain_name
from storage.engine.fields import RECORDS
from storage.engine.reading import Reader
from storage.exchange.importing.import_headings import CREATE, LEAVE
from storage.exchange.importing.providers import folded
from storage.records.organisations import OtherName

_NAMES: Mapping[str, tuple[str, ...]] = {
    "contract": ("reference", "title"),
    "organisation": ("title", "short_name", "ods_code", "company_number", "charity_number"),
    "person": ("title", "email"),
    "service": ("title", "reference"),
    "specification": ("reference", "title"),
    "variation": ("number", "title"),
    "procurement": ("title",),
}
_TOLD_BY: Mapping[str, tuple[str, ...]] = {
    "contract": ("reference", "title"),
    "review_meeting": ("title", "on"),
}
MAY_CREATE = frozenset({"organisation", "person", "service", "kpi"})
"""Tables in which a name alone makes a record that is worth having."""
_NEAR = 82  # of 100: how like a name must be to be offered for another
_MOST_NEAR = 3
_MOST_LOOKED = 300  # names compared with every other
_LONGEST = 18  # digits of the number of a record


def token(number: int) -> str:
    """How a record of this file is written among the decisions about words."""
    return f"#{number}"


def number_of(words: str) -> int | None:
    """The number of the record that such a token stands for; None for other words."""
    digits = words.removeprefix("#")
    return int(digits) if words.startswith("#") and digits.isdecimal() and len(digits) < _LONGEST else None


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Words of a column that name nothing that is known. `decided` is one of `CREATE` and `LEAVE`, a listed word, or
    the token of a record; empty while nobody has said. `usual` says what happens then."""

    field: str
    label: str
    words: str
    rows: int
    table: str  # of the records it could be; empty for a word off a list of choices
    near: tuple[tuple[str, str], ...]  # what it may be: how that is decided, and its name
    may_create: bool
    decided: str
    usual: str


@dataclass
class Targets:
    """The records of one table by what they are called."""

    table: str
    ids: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))  # by folded name
    called: dict[int, str] = field(default_factory=dict)
    contract_of: dict[int, int | None] = field(default_factory=dict)
    contracts: dict[int, str] = field(default_factory=dict)  # what the contracts of its records are called
    _named: dict[int | None, dict[int, str]] = field(default_factory=dict)
    _plain: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _looked: int = 0

    def told(self, number: int) -> str:
        """A record by its name, with the contract it belongs to."""
        contract = self.contracts.get(self.contract_of.get(number) or 0, "")
        return f"{self.called[number]} ({contract})" if contract else self.called[number]

    def find(self, words: str, contract: int | None = None) -> list[int]:
        """The records of that name, of one contract where that is said."""
        if (number := number_of(words)) is not None:
            return [number] if number in self.called else []
        found = sorted(self.ids.get(folded(words), ()))
        return [i for i in found if self.contract_of.get(i) == contract] if contract is not None else found

    def near(self, words: str, contract: int | None = None) -> tuple[tuple[str, str], ...]:
        """The records called nearly so: how each is decided on, and its name.

        Names that differ only in their form are always found; others for the first hundreds of words asked about,
        since each takes a look at every name.
        """
        among = self._among(contract)
        alike = [i for i in self._plain.get(plain_name(words), ()) if i in among]
        if not alike and self._looked < _MOST_LOOKED:
            from rapidfuzz import fuzz, process

            self._looked += 1
            ranked = process.extract(
                folded(words), among, scorer=fuzz.token_sort_ratio, score_cutoff=_NEAR, limit=_MOST_NEAR
            )
            alike = [i for _, _, i in ranked]
        return tuple((token(i), self.told(i)) for i in alike[:_MOST_NEAR])

    def _among(self, contract: int | None) -> dict[int, str]:
        """The folded names of all records, or of those of one contract."""
        if contract not in self._named:
            self._named[contract] = {
                i: folded(name)
                for i, name in self.called.items()
                if contract is None or self.contract_of.get(i) == contract
            }
        if not self._plain:
            for number, name in self.called.items():
                self._plain[plain_name(name)].append(number)
        return self._named[contract]


def targets(reader: Reader, table: str) -> Targets:
    """Everything a table holds, by name."""
    record, made = RECORDS[table], Targets(table)
    names = [n for n in _NAMES.get(table, record.NAMED_BY) if n in record.FIELDS]
    told = [n for n in _TOLD_BY.get(table, record.NAMED_BY[:1]) if n in record.FIELDS]
    has_contract = "contract" in record.FIELDS
    asked = list(dict.fromkeys([*names, *told, *(["contract"] if has_contract else [])]))
    for number, held in reader.values(record, asked):
        values = dict(zip(asked, held, strict=True))
        for name in names:
            if key := folded(str(values[name] or "")):
                made.ids[key].add(number)
        shown = [record.FIELDS[n].show(values[n]) for n in told]
        made.called[number] = ", ".join(filter(None, shown)) or f"{record.LABEL} {number}"
        if has_contract:
            contract = values["contract"]
            made.contract_of[number] = contract if isinstance(contract, int) else None
    if has_contract:
        named = reader.values(RECORDS["contract"], ["reference", "title"])
        made.contracts = {i: str(reference or title or "") for i, (reference, title) in named}
    if table in OtherName.FIELDS:
        for _, (title, linked) in reader.values(OtherName, ["title", table]):
            if isinstance(linked, int) and linked in made.called and (key := folded(str(title or ""))):
                made.ids[key].add(linked)
    return made


def listed(found: Targets) -> Sequence[tuple[int, str]]:
    """Every record with its name, as a person picks from it."""
    return sorted(((i, found.told(i)) for i in found.called), key=lambda each: each[1].casefold())


__all__ = ["CREATE", "LEAVE", "MAY_CREATE", "Targets", "Unmatched", "listed", "targets"]
