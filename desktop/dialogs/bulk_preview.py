"""The preview of a change to many records: each with what it says now and then, those that stay and warn first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from storage.desk.lists.bulk import Change, Outcome, Plan, outcome, said
from storage.engine.fields import Record
from storage.engine.store import Store
from widgets.table_model import Cell, Column, Row

STAYS = "stays as it is"


def preview_columns(noun: str) -> tuple[Column, ...]:
    """The columns, headed by what the records are called."""
    return (
        Column("name", noun, 260, stretch=True, sortable=False),
        Column("now", "Now", 164, sortable=False),
        Column("will", "Will be", 164, sortable=False),
        Column("note", "To know", 350, sortable=False),
    )


class Preview:
    """A source of rows that works each one out when it is looked at, so that thousands open at once."""

    def __init__(self, store: Store, cls: type[Record], ids: Sequence[int]) -> None:
        self._store, self._cls, self._given = store, cls, ids
        self._order: Sequence[int] = ids
        self._change: Change | None = None
        self._names: Sequence[str] = ()

    def show(self, change: Change | None, plan: Plan | None = None, names: Sequence[str] = ()) -> None:
        """Preview a change; once it is known what becomes of each, what a person should look at comes first.

        Without a change the records show what they say now in the fields named.
        """
        self._change, self._names = change, names
        if plan is None:
            self._order = self._given
            return
        warned = set(plan.warned)
        self._order = [*plan.staying, *plan.warned, *(n for n in plan.changing if n not in warned)]

    def ids(self) -> Sequence[int]:
        """The records in the order they are shown."""
        return self._order

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """What becomes of some of them."""
        fields = self._store.fields(self._cls)
        found = self._store.many(self._cls, ids)
        change = self._change
        made: dict[int, Row] = {}
        for number, record in found.items():
            name = {"name": Cell(_named(record))}
            if change is not None:
                made[number] = Row(number, name | _cells(outcome(change, record, fields)))
            else:
                now = said(self._names, record, fields) if self._names else ""
                made[number] = Row(number, name | {"now": Cell(now)})
        return made


def _named(record: Record) -> str:
    reference = str(getattr(record, "reference", ""))
    return record.name if reference in ("", record.name) else f"{reference} · {record.name}"


def _cells(found: Outcome) -> dict[str, Cell]:
    if not found.changes:
        return {
            "now": Cell(found.now),
            "will": Cell(STAYS, "soft"),
            "note": Cell(found.note, "soft"),
        }
    note = Cell(found.note, "amber" if found.note else "")
    return {"now": Cell(found.now, "soft"), "will": Cell(found.will), "note": note}
