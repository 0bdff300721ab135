"""A new file of a commissioner: empty but for the reference lists it starts with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from storage.engine.opening import new_store
from storage.engine.steps import MIGRATION
from storage.engine.store import Store
from storage.records.reference import BankHoliday
from storage.rules.reference import bank_holidays


def new_file(path: Path, *, who: str = "", today: Callable[[], date] = date.today) -> Store:
    """Make a file with the bank holidays known to this program, and open it. Raises `StorageError`."""
    store = new_store(path, who=who, today=today)
    try:
        with store.step("New file", MIGRATION):
            add_bank_holidays(store)
    except BaseException:
        store.close()
        path.unlink(missing_ok=True)
        raise
    return store


def add_bank_holidays(store: Store) -> None:
    """Add the bank holidays, inside the open step, to a file that has none."""
    if not store.ids(BankHoliday):
        store.save_many([BankHoliday(on=day, title=name) for day, name in bank_holidays().items()])
