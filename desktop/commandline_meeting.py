"""The workbook for a meeting, written without a window; for a named one what was shown is kept."""

from __future__ import annotations

from pathlib import Path

from desktop.commandline_export import PAGE
from desktop.commandline_files import file_open
from storage.desk.lists.arrangement import Arrangement, described
from storage.desk.lists.views import view_named
from storage.desk.meeting.shown_contracts import EVERY, keep, meeting_name
from storage.exchange.workbooks.register import Meeting, export_meeting
from storage.records.contracts import Contract


def export_for_meeting(file: Path, out: Path, view: str | None, meeting: str | None) -> int:
    """Write the workbook of all contracts or of a saved view, an unknown one being an error.

    Where a meeting is named, the workbook says what has changed since the last one of that name, and what it shows
    is kept for the next; the file must then be one that can be written to.
    """
    named = meeting_name(meeting) if meeting is not None else ""
    with file_open(file, read_only=not named) as store:
        shown, called = Arrangement(), ""
        if view is not None:
            found = view_named(store, PAGE, Contract, view)
            shown, called = found.arrangement, found.name
        done = export_meeting(
            store,
            out,
            shown=shown,
            meeting=Meeting(named),
            filter_words=described(store, Contract, shown, EVERY),
            view=called,
            today=store.today(),
        )
        if done.shown is not None:
            keep(store, named, done.shown)
    print(f"{done.path}: {done.contracts:,} contracts")
    return 0
