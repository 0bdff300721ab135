"""The export verb for one list: actions, risks, providers and all others, whole or as a saved view shows them."""

from __future__ import annotations

from pathlib import Path

from desktop.commandline_files import file_open
from storage.desk.lists.arrangement import Arrangement
from storage.desk.lists.views import view_named
from storage.exchange.workbooks.list import export_list
from storage.exchange.workbooks.list_sheets import list_named


def export_named_list(file: Path, name: str, out: Path, view: str | None) -> int:
    """Write a list. An unknown one, and an unknown view of it, is an error that names those there are."""
    what = list_named(name)
    with file_open(file, read_only=True) as store:
        shown, said = Arrangement(), ""
        if view is not None:
            found = view_named(store, what.key, what.cls, view)
            shown, said = found.arrangement, found.name
        done = export_list(store, out, what, shown, view=said, today=store.today())
    print(f"{done.path}: {done.rows:,} {what.noun}")
    return 0
