"""The export verb: the register as a workbook, its deadlines as a calendar, whole or as a saved view shows them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from desktop.commandline_files import file_open
from storage.desk.as_at import past_file
from storage.desk.lists.arrangement import Arrangement, described
from storage.desk.lists.views import view_named
from storage.engine.contents import finished
from storage.engine.opening import open_store
from storage.engine.query import ALL
from storage.engine.store import Store
from storage.exchange.workbooks.register import export_register
from storage.records.contracts import Contract

PAGE, EVERY = "contracts", "all contracts"


def export(file: Path, out: Path, name: str | None, day: date | None = None) -> int:
    """Write the workbook. An unknown view is an error that lists those there are; `day` is a past day to go back to."""
    with file_open(file, read_only=True) as now, _as_at(now, day) as store:
        shown, words, called, query = Arrangement(), EVERY, "", ALL
        if name is not None:
            view = view_named(store, PAGE, Contract, name)
            shown, called, query = view.arrangement, view.name, view.arrangement.query
            words = f"view “{view.name}”: {described(store, Contract, shown, EVERY)}"
        done = export_register(
            store,
            out,
            query=query,
            columns=shown.columns,
            filter_words=words,
            view=called,
            today=store.today(),
        )
    print(f"{done.path}: {done.contracts:,} contracts")
    return 0


def export_deadlines(file: Path, out: Path, name: str | None) -> int:
    """Write what lies ahead as a calendar, of all contracts or of a saved view; an unknown one is an error."""
    from storage.exchange.published.calendar_file import export_calendar

    with file_open(file, read_only=True) as store:
        query = view_named(store, PAGE, Contract, name).arrangement.query if name is not None else ALL
        done = export_calendar(store, out, query)
    print(f"{done.path}: {done.events:,} deadlines")
    return 0


def export_summary(file: Path, out: Path, year: int | None) -> int:
    """Write the annual summary of provider selection, of the last year that is over where none is named."""
    from storage.exchange.published.psr_files import export_psr_summary

    with file_open(file, read_only=True) as store:
        done = export_psr_summary(store, out, year)
    print(f"{done.path}: {done.said}")
    return 0


def export_ahead(file: Path, out: Path, years: int | None) -> int:
    """Write the procurement pipeline, of the usual years where none are named."""
    from storage.exchange.published.pipeline_files import export_pipeline

    with file_open(file, read_only=True) as store:
        done = export_pipeline(store, out, years)
    print(f"{done.path}: {done.planned:,} to be bought again")
    return 0


@contextmanager
def _as_at(store: Store, day: date | None) -> Iterator[Store]:
    """The register as it was at the end of a day, or as it is."""
    if day is None:
        yield store
        return
    with closing(open_store(finished(past_file(store, day)), read_only=True, today=lambda: day)) as then:
        yield then
