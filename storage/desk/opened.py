"""What a file needs each time it is opened for writing: lists of a newer version, and what the new day changed."""

from __future__ import annotations

from storage.desk.reference_lists import add_lists, lacking
from storage.engine.daily import freshen
from storage.engine.steps import MIGRATION
from storage.engine.store import Store


def see_to(store: Store) -> None:
    """Bring an open file up to this version and this day. Raises `StorageError` when that cannot be saved."""
    if store.file.read_only:
        return
    if lacking(store):
        with store.step("Add the reference lists of this version", MIGRATION):
            add_lists(store)
    freshen(store)
