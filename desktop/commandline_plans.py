"""The print verb for the whole register: the timeline of contracts, the forward plan, changes since a meeting."""

from __future__ import annotations

from pathlib import Path

from desktop.commandline_files import file_open
from storage.desk.lists.arrangement import described
from storage.desk.lists.views import view_named
from storage.engine.query import ALL
from storage.exchange.paper.print_forward import USUAL_YEARS as USUAL_FORWARD
from storage.exchange.paper.print_forward import forward_paper
from storage.exchange.paper.print_since import current_since
from storage.exchange.paper.print_timeline import USUAL_YEARS, timeline_paper
from storage.exchange.paper.printing import write_pdf
from storage.records.contracts import Contract

PAGE, EVERY = "contracts", "all contracts"


def print_timeline(file: Path, out: Path, view: str | None, years: int | None) -> int:
    """Print the timeline of all contracts or of a saved view; an unknown one is an error that lists those there are."""
    with file_open(file, read_only=True) as store:
        words, query = EVERY, ALL
        if view is not None:
            found = view_named(store, PAGE, Contract, view)
            query = found.arrangement.query
            words = f"view “{found.name}”: {described(store, Contract, found.arrangement, EVERY)}"
        write_pdf(timeline_paper(store, query, words, years=years or USUAL_YEARS), out)
    print(out)
    return 0


def print_forward(file: Path, out: Path, years: int | None) -> int:
    """Print the forward plan of the whole register."""
    with file_open(file, read_only=True) as store:
        write_pdf(forward_paper(store, years or USUAL_FORWARD), out)
    print(out)
    return 0


def print_changes(file: Path, out: Path, meeting: str) -> int:
    """Print what has changed since a meeting, or since the last one; an unknown one is an error that lists them."""
    with file_open(file, read_only=True) as store:
        write_pdf(current_since(store, meeting), out)
    print(out)
    return 0
