"""Saves the entries of the sample: a section is named after its table, and what belongs to an entry lies in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar

from storage.desk.beginning.sample_reading import (
    Entry,
    Reading,
    SampleError,
    part,
    parts,
    several,
    without,
    words,
)
from storage.engine.fields import OWN, RECORDS, Field, Kind, Record, Value
from storage.engine.store import Store, with_values
from storage.records.contracts import Contract
from storage.records.measures import Kpi, KpiResult
from storage.rules.kpi_periods import HALF_YEARLY, MONTHLY, QUARTERLY, YEARLY, periods_due
from storage.rules.months import add_months

R = TypeVar("R", bound=Record)
_MONTHS = {MONTHLY: 1, QUARTERLY: 3, HALF_YEARLY: 6, YEARLY: 12}
RESULTS = "results"  # of a measure: one figure a period, the last for the latest period that is over


class Records:
    """Saves entries and remembers each by its key, reference or title, so that later ones can name it."""

    def __init__(self, store: Store, reading: Reading) -> None:
        self._store = store
        self._reading = reading

    def save(
        self, cls: type[R], entries: Sequence[Entry], *elsewhere: str, of: Sequence[Mapping[str, Value]] = ()
    ) -> list[R]:
        """Save entries as records of one class, then what lies in each; `of` has what an entry inherits, by place.

        Keys named `elsewhere` are left to others. Raises `SampleError` for a key that is no field and no table.
        """
        fields = self._store.fields(cls)
        made = []
        for place, entry in enumerate(entries):
            own = {OWN + key: held for key, held in part(entry, "own").items()}
            told = without(entry, "key", "own", RESULTS, *_inside(fields, entry), *elsewhere) | own
            values = self._reading.values(fields, told) | (dict(of[place]) if of else {})
            made.append(with_values(cls(), values | self._since(cls, entry, values)))
        saved = self._store.save_many(made)
        for entry, record in zip(entries, saved, strict=True):
            self._reading.remember(record, words(entry, "key") or words(entry, "reference") or record.name)
        self._children(cls, fields, entries, saved)
        return saved

    def _children(
        self,
        cls: type[Record],
        fields: Mapping[str, Field],
        entries: Sequence[Entry],
        saved: Sequence[Record],
    ) -> None:
        """What lies in the entries, each table at once, linked to the record it lies in."""
        tables = dict.fromkeys(name for entry in entries for name in _inside(fields, entry))
        for table in tables:
            child = RECORDS[table]
            link = _link_to(child, cls)
            inside = [
                (e, record.key)
                for entry, record in zip(entries, saved, strict=True)
                for e in parts(entry, table)
            ]
            self.save(child, [e for e, _ in inside], of=[{link: key} for _, key in inside])
        results = [
            r for entry, record in zip(entries, saved, strict=True) for r in self._results(entry, record)
        ]
        if results:
            self._store.save_many(results)

    # ---- results of a measure

    def _since(self, cls: type[Record], entry: Entry, values: Mapping[str, Value]) -> dict[str, Value]:
        """The day a measure begins where only its results are told: so many periods before the one today lies in."""
        frequency = str(values.get("frequency", QUARTERLY))
        if cls is not Kpi or RESULTS not in entry or "begins" in entry or frequency not in _MONTHS:
            return {}
        today, length = self._reading.today, _MONTHS[frequency]
        current = add_months(today.replace(day=1), -((today.month - 4) % length))
        begins = add_months(current, -length * len(several(entry, RESULTS)))
        start = self._contract(values.get("contract")).start
        return {"begins": max(begins, start) if start else begins}

    def _results(self, entry: Entry, record: Record) -> list[KpiResult]:
        """The results of a measure, the last told being of the latest period that is over; blank ones are missing."""
        told = several(entry, RESULTS)
        if not isinstance(record, Kpi) or not told:
            return []
        over = periods_due(record.frequency, record.begins, self._reading.today, record.ends).value
        count = min(len(over), len(told))
        pairs = zip(over[len(over) - count :], told[len(told) - count :], strict=True)
        return [self._result(record, period.first, period.last, figure) for period, figure in pairs if figure]

    def _result(self, kpi: Kpi, first: date, last: date, figure: str) -> KpiResult:
        """`91.2` or `91.2: why`."""
        value, _, comment = figure.partition(": ")
        values = self._reading.values(KpiResult.FIELDS, {"value": value, "comment": comment})
        reported = min(add_months(last.replace(day=1), 1).replace(day=18), self._reading.today)
        return with_values(KpiResult(kpi=kpi.key, period_start=first, reported_on=reported), values)

    def _contract(self, number: object) -> Contract:
        return self._store.get(Contract, number) if isinstance(number, int) else Contract()


def _inside(fields: Mapping[str, Field], entry: Entry) -> list[str]:
    """The keys of an entry that hold records of their own."""
    return [name for name in entry if name in RECORDS and name not in fields]


def _link_to(child: type[Record], parent: type[Record]) -> str:
    """The field by which a record names the one it lies in. Raises SampleError when it has none."""
    for name, field in child.FIELDS.items():
        if field.kind is Kind.LINK and field.target == parent.TABLE:
            return name
    raise SampleError(f"“{child.TABLE}” cannot lie in “{parent.TABLE}”")
