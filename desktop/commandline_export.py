"""The export verb: the register as a workbook, whole or as a saved view shows it."""

from __future__ import annotations

from pathlib import Path

from desktop.commandline_files import file_open
from storage.desk.arrangement import Arrangement, described
from storage.desk.views import view_named
from storage.engine.query import ALL
from storage.exchange.workbook import export_register
from storage.records.contracts import Contract

PAGE, EVERY = "contracts", "all contracts"


def export(file: Path, out: Path, name: str | None) -> int:
    """Write the workbook. An unknown view is an error that lists those there are."""
    with file_open(file, read_only=True) as store:
        shown, words, query = Arrangement(), EVERY, ALL
        if name is not None:
            view = view_named(store, PAGE, Contract, name)
            shown, query = view.arrangement, view.arrangement.query
            words = f"view “{view.name}”: {described(store, Contract, shown, EVERY)}"
        done = export_register(
            store, out, query=query, columns=shown.columns, filter_words=words, today=store.today()
        )
    print(f"{done.path}: {done.contracts:,} contracts")
    return 0
