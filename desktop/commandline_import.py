"""The import verb: a register into a file, with a summary in words or as JSON."""

from __future__ import annotations

import argparse

from desktop.commandline_files import file_open
from desktop.commandline_output import print_json
from storage.engine.backup import backups
from storage.engine.errors import StorageError
from storage.engine.steps import IMPORT
from storage.engine.store import Store
from storage.exchange.register_import import ImportPlan, Summary, plan_import, summary_of, write_import
from storage.exchange.tabular import read_table

MOST_PROBLEMS = 20  # shown in words; --json gives all
_ORDERS = {"day-first": "day", "month-first": "month", None: None}


def run_import(given: argparse.Namespace) -> int:
    """Read, plan, back up and write; refused rows are reported and do not make it fail."""
    sheet = read_table(given.source, given.sheet, header_row=given.header_row)
    with file_open(given.file, read_only=given.dry_run) as store:
        order = _ORDERS[given.dates]
        plan = plan_import(store, sheet, chosen=_chosen(given.map), date_order=order)  # type: ignore[arg-type]
        if plan.questions:
            columns = " and ".join(f"“{heading}”" for heading in plan.questions)
            raise StorageError(
                f"Nothing was imported: dates under {columns} fit only with the month first. "
                "If that is how the file is meant, add --dates month-first."
            )
        if not plan.rows:
            raise StorageError(
                f"“{sheet.source}” has headings in row {sheet.header_row:,} and no rows below them. "
                "Nothing was imported. Name another sheet with --sheet, or the row of the headings with --header-row."
            )
        if not given.dry_run:
            _write(store, plan)
        _say(summary_of(plan), as_json=given.json, dry_run=given.dry_run)
    return 0


def _chosen(maps: list[str]) -> dict[str, str]:
    """`FIELD=HEADING` words as a mapping. Raises `StorageError` for words without an equals sign."""
    chosen: dict[str, str] = {}
    for words in maps:
        name, equals, heading = words.partition("=")
        if not equals or not name.strip() or not heading.strip():
            raise StorageError(f"--map {words} is not FIELD=HEADING. Nothing was imported.")
        chosen[name.strip()] = heading.strip()
    return chosen


def _write(store: Store, plan: ImportPlan) -> None:
    if not plan.count("create", "update"):
        return
    backups.make(store, backups.BEFORE_IMPORT)
    for _ in store.long_step(plan.label, write_import(store, plan), IMPORT):
        pass


def _say(summary: Summary, *, as_json: bool, dry_run: bool) -> None:
    if as_json:
        print_json(summary.as_data() | {"dry_run": dry_run})
        return
    print(("Nothing was written. It would be: " if dry_run else "") + summary.counts)
    for heading in summary.headings:
        print(f"  {heading.heading} → {heading.where}")
    for note in summary.notes:
        print(note)
    for problem in summary.problems[:MOST_PROBLEMS]:
        print(f"  row {problem.row}, {problem.column}: {problem.value!r}: {problem.why}")
    if len(summary.problems) > MOST_PROBLEMS:
        print(f"  and {len(summary.problems) - MOST_PROBLEMS:,} more; --json lists them all")
