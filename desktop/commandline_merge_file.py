"""The merge verb for another copy of the same file: its later changes compared by the histories, and taken over."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from desktop.commandline_files import file_open
from desktop.commandline_output import print_json
from storage.engine.backup import backups
from storage.engine.contents import finished
from storage.engine.errors import StorageError
from storage.engine.fields import RECORDS
from storage.engine.merge.joining import Difference, Joining, joining
from storage.engine.merge.merging import Outcome, merging
from storage.engine.place.door import opened
from storage.engine.store import Store

MOST_LINES = 40  # shown in words; --json gives all
BEFORE = "before a merge"


def merge_file(given: argparse.Namespace) -> int:
    """Compare two copies of one file, and with --accept all take over everything that can be."""
    if given.file.exists() and given.file.samefile(given.workbook):
        raise StorageError(f"{given.workbook.name} is the same file. Nothing was changed. Name another copy.")
    outcome = Outcome()
    with file_open(given.file, read_only=given.accept != "all") as store:
        joined = _compared(store, given)
        chosen = [] if given.accept == "none" else [d for d in joined.differences if not d.refused]
        if given.accept == "all" and chosen:
            backups.make(store, BEFORE)
            for _ in merging(joined, chosen, f"Merge changes from {given.workbook.name}", outcome):
                pass
        left = [d for d in joined.differences if d.refused] + [d for d, _ in outcome.left]
        gone = {id(d) for d, _ in outcome.left}
        taken = [d for d in chosen if id(d) not in gone]
        _say(joined, taken, left, given)
    return 0


def _compared(store: Store, given: argparse.Namespace) -> Joining:
    other = opened(given.workbook, read_only=True)
    try:
        return finished(joining(store, other.store.conn))
    finally:
        other.store.close()


def _say(
    joined: Joining, taken: Sequence[Difference], left: Sequence[Difference], given: argparse.Namespace
) -> None:
    every = joined.differences
    counts: dict[str, object] = {
        "rows_read": len({(d.table, d.uuid) for d in every}),
        "cells_changed": sum(bool(d.field) for d in taken),
        "created": sum(d.is_new for d in taken),
        "missing": sum(d.is_gone for d in every),
        "conflicts": sum(d.conflict for d in every),
        "ignored": joined.later.left,
        "problems": len(left),
    }
    lines = [_line(joined, d) for d in every]
    if given.json:
        print_json(counts | {"accept": given.accept, "written": given.accept == "all", "changes": lines})
        return
    if given.accept != "all":
        print(
            "Nothing was written. --accept all would take this:"
            if given.accept is None
            else "Nothing was taken."
        )
    for name, number in counts.items():
        print(f"{name}: {number}")
    for line in lines[:MOST_LINES]:
        print(f"  {line}")
    if len(lines) > MOST_LINES:
        print(f"  and {len(lines) - MOST_LINES:,} more; --json lists them all")


def _line(joined: Joining, of: Difference) -> str:
    said = f"{RECORDS[of.table].LABEL}: {of.name}"
    if of.field:
        field = joined.field(of)
        words = [joined.words(of.table, of.field, value) or "–" for value in (of.base, of.theirs, of.mine)]
        said += f", {field.label if field else of.field}: before {words[0]!r}, theirs {words[1]!r}, mine {words[2]!r}"
    else:
        said += " is new there" if of.is_new else " was removed there"
    return f"{said}. {'Both changed it. ' if of.conflict else ''}{of.refused}".rstrip()
