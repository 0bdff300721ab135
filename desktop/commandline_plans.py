"""The print verb for what looks ahead over the whole register: the timeline of contracts."""

from __future__ import annotations

from pathlib import Path

from desktop.commandline_files import file_open
from storage.desk.arrangement import described
from storage.desk.views import view_named
from storage.engine.query import ALL
from storage.exchange.print_timeline import timeline_paper
from storage.exchange.printing import write_pdf
from storage.records.contracts import Contract

PAGE, EVERY = "contracts", "all contracts"


def print_timeline(file: Path, out: Path, view: str | None, years: int) -> int:
    """Print the timeline of all contracts or of a saved view; an unknown one is an error that lists those there are."""
    with file_open(file, read_only=True) as store:
        words, query = EVERY, ALL
        if view is not None:
            found = view_named(store, PAGE, Contract, view)
            query = found.arrangement.query
            words = f"view “{found.name}”: {described(store, Contract, found.arrangement, EVERY)}"
        write_pdf(timeline_paper(store, query, words, years=years), out)
    print(out)
    return 0
