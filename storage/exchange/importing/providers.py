"""The organisations a register names as providers: found again by name, made when they are new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from storage.desk.people.organisations import plain_name
from storage.engine.fields import Value
from storage.engine.reading import Reader
from storage.engine.steps import Progress
from storage.exchange.importing.import_headings import PROVIDER
from storage.records.organisations import Organisation, OtherName

_SLICE = 500
# What the contract keeps of its supplier, and where a new organisation keeps it.
_OF_SUPPLIER = {
    "supplier_company_number": "company_number",
    "supplier_charity_number": "charity_number",
    "supplier_other_id": "other_id",
    "supplier_sme": "sme",
    "supplier_vcse": "vcse",
    "supplier_vcse_type": "vcse_type",
}


def folded(name: str) -> str:
    """A name without regard to capitals and spaces."""
    return " ".join(name.split()).casefold()


@dataclass
class Providers:
    """The organisations by folded name, and those that an import will add."""

    held: dict[str, int] = field(default_factory=dict)
    titles: dict[int, str] = field(default_factory=dict)  # of those that are there
    new: dict[str, Organisation] = field(default_factory=dict)
    _plain: dict[str, str] = field(default_factory=dict)  # titles, by name without its form

    def alike(self, name: str) -> str:
        """The title of an organisation whose name differs only in its form, such as Ltd for Limited."""
        if not self._plain:
            self._plain = {plain_name(title): title for title in self.titles.values()}
        return self._plain.get(plain_name(name), "") if plain_name(name) else ""

    def need(self, values: Mapping[str, Value]) -> None:
        """Make sure that the provider a row names will be there. An organisation that is there stays as it is."""
        name = str(values.get(PROVIDER) or "")
        key = folded(name)
        if not key or key in self.held:
            return
        made = self.new.get(key) or Organisation(title=" ".join(name.split()))
        said = {
            theirs: value
            for ours, theirs in _OF_SUPPLIER.items()
            if _blank(getattr(made, theirs)) and not _blank(value := values.get(ours))
        }
        self.new[key] = replace(made, **said) if said else made  # type: ignore[arg-type]


def reading(reader: Reader) -> Iterator[Progress | Providers]:
    """Read the organisations, a slice at a time; the last thing that comes is all of them by name."""
    ids = reader.ids(Organisation)
    every: dict[int, Organisation] = {}
    for start in range(0, len(ids), _SLICE):
        every |= reader.many(Organisation, ids[start : start + _SLICE])
        yield Progress(start, len(ids), "Looking up providers")
    held: dict[str, int] = {}
    # One that was merged into another must not hide a live one of the same name.
    for organisation in sorted(every.values(), key=lambda o: (o.merged_into is not None, o.key)):
        if key := folded(organisation.title):
            held.setdefault(key, _merged(organisation, every).key)
    for other in reader.all(OtherName):
        if other.organisation in every and (key := folded(other.title)):
            held.setdefault(key, _merged(every[other.organisation], every).key)
    yield Providers(held, {key: o.title for key, o in every.items()})


def _merged(organisation: Organisation, every: Mapping[int, Organisation]) -> Organisation:
    """What an organisation was merged into, or itself."""
    seen: set[int] = set()
    while organisation.merged_into is not None and organisation.key not in seen:
        seen.add(organisation.key)
        organisation = every.get(organisation.merged_into, organisation)
    return organisation


def _blank(value: Value) -> bool:
    return value is None or value == ""
