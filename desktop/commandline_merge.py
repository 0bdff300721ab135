"""The merge verb: an edited workbook, or another copy of the file, held against a file and taken over."""

from __future__ import annotations

import argparse

from desktop.commandline_files import file_open
from desktop.commandline_output import print_json
from storage.engine.backup import backups
from storage.engine.file_header import is_database
from storage.engine.steps import IMPORT
from storage.engine.store import Store
from storage.exchange.home.columns import columns_of
from storage.exchange.home.plan import Chosen, Homecoming, everything
from storage.exchange.home.planning import plan_home
from storage.exchange.home.reading import read_home
from storage.exchange.home.summary import counts_of, details, sides, state_words
from storage.exchange.home.writing import Written, write_home
from storage.exchange.importing.import_headings import known_fields
from storage.exchange.tables.sheet import Problem

MOST_LINES = 40  # of each sort shown in words; --json gives all
WOULD = "Nothing was written. --accept all would take this:"


def run_merge(given: argparse.Namespace) -> int:
    """Read, compare, and with --accept all back up and write; problems are reported and do not make it fail."""
    if given.workbook.is_file() and is_database(given.workbook):
        from desktop.commandline_merge_file import merge_file

        return merge_file(given)
    brought = read_home(given.workbook)
    writes = given.accept == "all"
    with file_open(given.file, read_only=not writes) as store:
        columns = columns_of(brought.sheet, known_fields(store), brought.sync)
        home = plan_home(store, brought, columns)
        chosen = Chosen() if given.accept == "none" else everything(home)
        if writes and chosen.count:
            _write(store, home, chosen)
        _say(home, chosen, as_json=given.json, accept=given.accept)
    return 0


def _write(store: Store, home: Homecoming, chosen: Chosen) -> None:
    backups.make(store, backups.BEFORE_IMPORT)
    for _ in store.long_step(home.label, write_home(store, home, chosen, Written()), IMPORT):
        pass


def _say(home: Homecoming, chosen: Chosen, *, as_json: bool, accept: str | None) -> None:
    counts = counts_of(home, chosen)
    if as_json:
        print_json(counts.as_data() | {"accept": accept, "written": accept == "all"} | details(home, chosen))
        return
    if accept != "all":
        print(WOULD if accept is None else "Nothing was taken and nothing was written.")
    for name, number in counts.as_data().items():
        print(f"{name}: {number}")
    for note in home.notes:
        print(note)
    lines = [_line(home, place) for place in range(len(home.changes))]
    lines += [f"row {row.row}, new: {row.contract.name}. {row.note}".rstrip() for row in home.new]
    _list("", lines)
    _list("Missing, and left as they are:", [home.contracts[number].name for number in home.missing])
    _list("Left out:", [_told(problem) for problem in home.problems])
    _list("Passed over:", [_told(problem) for problem in home.ignored])


def _line(home: Homecoming, place: int) -> str:
    change = home.changes[place]
    sent, theirs, mine = (words or "–" for words in sides(home, change))
    known = f"sent {sent!r}, " if change.state != "unknown" else ""
    name, label = home.contracts[change.contract].name, home.fields[change.name].label
    said = (
        f"row {change.row}, {name}, {label}: {known}theirs {theirs!r}, mine {mine!r} ({state_words(change)})."
    )
    return f"{said} {change.note}".rstrip()


def _told(problem: Problem) -> str:
    return f"row {problem.row}, {problem.column}: {problem.value!r}: {problem.why}"


def _list(title: str, lines: list[str]) -> None:
    if title and lines:
        print(title)
    for line in lines[:MOST_LINES]:
        print(f"  {line}")
    if len(lines) > MOST_LINES:
        print(f"  and {len(lines) - MOST_LINES:,} more; --json lists them all")
