"""What a file needs each time it is opened for writing: lists of a newer version, and what the new day changed."""

from __future__ import annotations

from storage.desk.beginning.reference_lists import add_lists, lacking
from storage.engine.daily import freshen, overtaken
from storage.engine.steps import MIGRATION
from storage.engine.store import Store
from storage.records.contracts import Contract


def see_to(store: Store) -> None:
    """Bring an open file up to this version and this day. Raises `StorageError` when that cannot be saved.

    In one that is only read, what the new day has made untrue is said in its notices.
    """
    if store.file.read_only:
        if count := len(overtaken(store).get(Contract.TABLE, ())):
            contracts = (
                "1 contract that rolls over is" if count == 1 else f"{count:,} contracts that roll over are"
            )
            words = f"The end or notice day of {contracts} shown as last worked out."
            store.file.notices.append(f"{words} Open the file to write to it, and it is today’s.")
        return
    if lacking(store):
        with store.step("Add the reference lists of this version", MIGRATION):
            add_lists(store)
    freshen(store)
