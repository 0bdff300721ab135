"""What the tests of importing share: a sheet made in place, a store of its own, and one import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from storage.engine.history import History
from storage.engine.opening import new_store
from storage.engine.store import Store
from storage.exchange.importing.register_import import (
    ImportPlan,
    Summary,
    plan_import,
    summary_of,
    write_import,
)
from storage.exchange.tables.sheet import Cell, Sheet
from storage.records.contracts import Contract


def made_store(folder: Path) -> Store:
    """An empty file."""
    return new_store(folder / "register.desk", who="Test")


def sheet(columns: Mapping[str, Sequence[Cell]], source: str = "register.csv") -> Sheet:
    """A table as a file would give it."""
    rows = tuple(zip(*columns.values(), strict=True))
    return Sheet(source, "", tuple(columns), rows, tuple(range(2, len(rows) + 2)))


def changed(table: Sheet, heading: str, place: int, cell: Cell) -> Sheet:
    """The table with another cell in the row at a place, counted from 0."""
    column = table.headings.index(heading)
    rows = [list(row) for row in table.rows]
    rows[place][column] = cell
    return replace(table, rows=tuple(map(tuple, rows)))


def write(store: Store, plan: ImportPlan) -> Summary:
    """Write a plan as the window and the command line do."""
    for _ in store.long_step(plan.label, write_import(store, plan), "import"):
        pass
    return summary_of(plan)


def bring(store: Store, table: Sheet, **more: object) -> Summary:
    """Plan and write."""
    return write(store, plan_import(store, table, **more))  # type: ignore[arg-type]


def contracts(store: Store) -> list[Contract]:
    """All live contracts in the order they were made."""
    return store.all(Contract)


def undo(store: Store) -> None:
    """Undo the last step."""
    for _ in History(store).undo():
        pass


def redo(store: Store) -> None:
    """Bring it back."""
    for _ in History(store).redo():
        pass


def counts(summary: Summary) -> tuple[int, int, int, int]:
    """Created, updated, unchanged, not imported; they add up to the rows read."""
    found = (summary.created, summary.updated, summary.unchanged, summary.not_imported)
    assert sum(found) == summary.rows_read
    return found
