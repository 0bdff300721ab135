"""The import verb: a register into a file, with a summary in words or as JSON."""

from __future__ import annotations

import argparse
import gc
from dataclasses import replace

from desktop.commandline_files import file_open
from desktop.commandline_output import print_json
from storage.engine.backup import backups
from storage.engine.errors import StorageError
from storage.engine.steps import IMPORT
from storage.engine.store import Store
from storage.exchange.importing.import_headings import Choices, Known, known_fields
from storage.exchange.importing.list_kinds import BY_KEY, CONTRACTS, ListKind
from storage.exchange.importing.list_layout import prepared
from storage.exchange.importing.memory import Recalled, recall
from storage.exchange.importing.register_import import ImportPlan, plan_with, summary_of, write_import
from storage.exchange.tables.sheet import Sheet

# A register makes many objects that stay: looking through them for what can go takes a twelfth of the time.
_SELDOM = (100_000, 50, 1_000)
_AT_ONCE = 500  # rows written together: no window waits for its turn
MOST_PROBLEMS = 20  # shown in words; --json gives all
_ORDERS = {"day-first": "day", "month-first": "month", None: None}


def run_import(given: argparse.Namespace) -> int:
    """Plan, back up and write what is being read; refused rows are reported and do not make it fail."""
    usual = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        return _import(given)
    finally:
        gc.set_threshold(*usual)


def _import(given: argparse.Namespace) -> int:
    kind, sheet = _kind(given.list), given.reading.result()
    with file_open(given.file, read_only=given.dry_run) as store:
        recalled = Recalled(kind or CONTRACTS, Choices()) if given.afresh else recall(store, sheet, kind)
        plan = _plan(store, sheet, recalled, given)
        _refuse(plan)
        if not given.dry_run:
            _write(store, plan)
        _say(plan, as_json=given.json, dry_run=given.dry_run)
    if plan.count("not imported", "ask") == len(plan.rows):
        first = next(row for row in plan.rows if row.why)
        raise StorageError(
            f"No row of “{sheet.source}” could be brought in; nothing was changed. "
            f"Row {first.row.number:,}: {first.why}"
        )
    return 0


def _kind(name: str | None) -> ListKind | None:
    """The list of a name. Raises `StorageError` for one there is not."""
    if name is None or name in BY_KEY:
        return BY_KEY[name] if name else None
    raise StorageError(
        f"There is no list “{name}”. Nothing was imported. The lists are: {', '.join(BY_KEY)}."
    )


def _plan(store: Store, sheet: Sheet, recalled: Recalled, given: argparse.Namespace) -> ImportPlan:
    """What would happen, by what was said and else as last time."""
    known, order = known_fields(store, recalled.kind), _ORDERS[given.dates]
    before, chosen = recalled.choices, _chosen(given.map)
    names = {field_named(known, words) for words in chosen}
    kept = {n: h for n, h in before.chosen.items() if n not in names and h not in chosen.values()}
    fixed = {
        field_named(known, words): said for words, said in _chosen(given.set, "--set", "FIELD=VALUE").items()
    }
    choices = replace(
        before,
        chosen={**kept, **chosen},
        left_out=[h for h in before.left_out if h not in chosen.values()],
        date_order=order or before.date_order,  # type: ignore[arg-type]
        fixed={**before.fixed, **fixed},
    )
    return plan_with(store, prepared(sheet, recalled.kind), choices, recalled.kind)


def field_named(known: Known, words: str) -> str:
    """The name of a field that is called so. Raises `StorageError` for one there is not."""
    folded = words.strip().casefold()
    for name, field in known.fields.items():
        if folded in (name.casefold(), field.label.casefold()):
            return name
    labels = ", ".join(sorted({f.label for f in known.fields.values() if not f.derived}))
    raise StorageError(f"There is no field “{words}”. Nothing was imported. The fields are: {labels}.")


def _refuse(plan: ImportPlan) -> None:
    """Raise `StorageError` for what cannot be imported as it stands."""
    sheet = plan.sheet
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
    if plan.missing:
        label = plan.source.kind.record.FIELDS[plan.missing].label
        raise StorageError(
            f"No heading of “{sheet.source}” says which {label} a row belongs to. Nothing was imported. "
            f"Name the heading with --map {plan.missing}=HEADING, or say it for all rows with "
            f"--set {plan.missing}=NAME."
        )


def _chosen(maps: list[str], option: str = "--map", form: str = "FIELD=HEADING") -> dict[str, str]:
    """`FIELD=HEADING` words as a mapping. Raises `StorageError` for words without an equals sign."""
    chosen: dict[str, str] = {}
    for words in maps:
        name, equals, heading = words.partition("=")
        if not equals or not name.strip() or not heading.strip():
            raise StorageError(f"{option} {words} is not {form}. Nothing was imported.")
        chosen[name.strip()] = heading.strip()
    return chosen


def _write(store: Store, plan: ImportPlan) -> None:
    if not plan.count("create", "update"):
        return
    backups.make(store, backups.BEFORE_IMPORT)
    for _ in store.long_step(plan.label, write_import(store, plan, _AT_ONCE), IMPORT):
        pass


def _say(plan: ImportPlan, *, as_json: bool, dry_run: bool) -> None:
    summary = summary_of(plan)
    unmatched = [
        {"field": u.field, "words": u.words, "rows": u.rows, "decided": u.decided, "usual": u.usual}
        for u in plan.unmatched
    ]
    if as_json:
        kind = plan.source.kind.key
        print_json(summary.as_data() | {"dry_run": dry_run, "list": kind, "unmatched": unmatched})
        return
    print(("Nothing was written. It would be: " if dry_run else "") + summary.counts)
    for heading in summary.headings:
        print(f"  {heading.heading} → {heading.where}")
    for note in summary.notes:
        print(note)
    for u in plan.unmatched:
        rows = "1 row" if u.rows == 1 else f"{u.rows:,} rows"
        print(f"  “{u.words}” under {u.label} is not known ({rows}): {(u.decided or u.usual).lower()}")
    for problem in summary.problems[:MOST_PROBLEMS]:
        print(f"  row {problem.row}, {problem.column}: {problem.value!r}: {problem.why}")
    if len(summary.problems) > MOST_PROBLEMS:
        print(f"  and {len(summary.problems) - MOST_PROBLEMS:,} more; --json lists them all")
