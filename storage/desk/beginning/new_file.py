"""A new file of a commissioner: empty but for the reference lists it starts with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from storage.desk.beginning.reference_lists import add_lists
from storage.engine.opening import new_store
from storage.engine.steps import MIGRATION
from storage.engine.store import Store


def new_file(path: Path, *, who: str = "", today: Callable[[], date] = date.today) -> Store:
    """Make a file with the reference lists known to this program, and open it. Raises `StorageError`."""
    store = new_store(path, who=who, today=today)
    try:
        with store.step("New file", MIGRATION):
            add_lists(store)
    except BaseException:
        store.close()
        path.unlink(missing_ok=True)
        raise
    return store
