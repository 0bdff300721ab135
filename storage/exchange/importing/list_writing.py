"""Writing the rows of a list inside one step: first the records they name that are new, then the rows themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from storage.engine.fields import RECORDS, Record
from storage.engine.own_fields import OwnField
from storage.engine.steps import Progress
from storage.engine.store import Store
from storage.exchange.importing.kpi_periods import frequency_of
from storage.exchange.importing.list_kinds import VIA, ListKind
from storage.exchange.importing.plan import ImportPlan, RowPlan
from storage.exchange.importing.providers import folded
from storage.records.measures import Kpi

_SLICE = 60  # rows written between two turns of the event loop
_New = tuple[str, str, str]  # table, folded name, and the contract it is for


def writing_list(store: Store, plan: ImportPlan, written: Sequence[RowPlan]) -> Iterator[Progress]:
    """Write the rows that are new or changed, a slice at a time."""
    kind = plan.source.kind
    store.save_many(own_fields_of(plan, written))
    often = frequency_of(d for row in written if isinstance(d := row.row.values.get("period_start"), date))
    made: dict[_New, int] = {}
    for row in written:
        for name, words in row.news.items():
            if not name.startswith(VIA) and (new := _new(kind, row, name)) not in made:
                made[new] = store.save(_named(kind, row, name, words, often)).key
    yield Progress(0, len(written), "Adding what the rows name")
    numbered = _Numbered(store, kind)
    for start in range(0, len(written), _SLICE):
        some = [_linked(kind, row, made) for row in written[start : start + _SLICE]]
        store.save_many([numbered.of(record) for record in some])
        yield Progress(min(start + _SLICE, len(written)), len(written), f"Writing {kind.title.lower()}")


def own_fields_of(plan: ImportPlan, written: Sequence[RowPlan]) -> list[OwnField]:
    """The fields of the user's own that the rows to be written need."""
    names = {name for row in written for name in row.row.values}
    return [own for own in plan.source.made.values() if own.field().name in names]


def _new(kind: ListKind, row: RowPlan, name: str) -> _New:
    return kind.links[name], folded(row.news[name]), row.news.get(VIA + name, "")


def _named(kind: ListKind, row: RowPlan, name: str, words: str, frequency: str) -> Record:
    """A new record of the name a cell gives, under the contract the row says."""
    record = RECORDS[kind.links[name]]
    values: dict[str, object] = {record.NAMED_BY[0]: words}
    if record is Kpi:
        values["frequency"] = frequency
    if contract := row.news.get(VIA + name, ""):
        values["contract"] = int(contract)
    return record(**values)  # type: ignore[arg-type]


def _linked(kind: ListKind, row: RowPlan, made: Mapping[_New, int]) -> Record:
    """The record as it is written, with the numbers of what was made for it."""
    if row.after is None:
        raise ValueError("a row without a record is not written")
    links = {name: made[_new(kind, row, name)] for name in row.news if not name.startswith(VIA)}
    return replace(row.after, **links) if links else row.after  # type: ignore[arg-type]


class _Numbered:
    """Gives new records of one owner the next numbers in their order, where a list has one."""

    def __init__(self, store: Store, kind: ListKind) -> None:
        self._field, self._owner = kind.position, kind.owner
        self._last: dict[object, int] = defaultdict(int)
        if self._field:
            for _, (owner, position) in store.values(kind.record, [self._owner, self._field]):
                self._last[owner] = max(self._last[owner], int(str(position or 0)))

    def of(self, record: Record) -> Record:
        """The record, numbered unless it is there already or says its number."""
        if not self._field or record.id is not None or getattr(record, self._field) is not None:
            return record
        owner = getattr(record, self._owner)
        self._last[owner] += 1
        return replace(record, **{self._field: self._last[owner]})  # type: ignore[arg-type]
