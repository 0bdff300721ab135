"""The workbook for a meeting, its check included, against the same cells written plainly, and against pandas."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from datetime import date
from functools import partial
from pathlib import Path

from storage.desk.lists.arrangement import Arrangement
from storage.engine.fields import Kind
from storage.engine.query import ALL
from storage.engine.store import Store
from storage.exchange.workbooks.columns import Cell, gather
from storage.exchange.workbooks.meeting import data_tables, gather_meeting
from storage.exchange.workbooks.register import Meeting, export_meeting
from storage.records.contracts import Contract
from storage.records.finance import Contribution
from storage.records.measures import Kpi
from tests.benchmarks.frame import Result, seconds, side_by_side
from tests.benchmarks.plainly import Plain, Tables, register_tables, write_plainly
from tests.benchmarks.register import TODAY, made_register

PEERS = Path(__file__).parents[2] / ".venv-peers"
_CHILD = Path(__file__).with_name("peers_child.py")
_DAY_ZERO = 693_594  # what date.toordinal() gives for the day Excel would call 0
_MEMORY = """
import resource, sys
from datetime import date
from pathlib import Path
import storage.records
from storage.engine.opening import open_store
from storage.exchange.workbooks.register import export_meeting
store = open_store(Path(sys.argv[1]), read_only=True)
export_meeting(store, Path(sys.argv[2]), today=date.fromisoformat(sys.argv[3]))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024))
"""


def filled(path: Path, contracts: int) -> Store:
    """The register of the benchmarks, with a KPI for every second contract and a payment for every tenth."""
    store = made_register(path, contracts)
    keys = store.ids(Contract)
    with store.step("Measures and money"):
        store.save_many(
            [Kpi(contract=key, title=f"Seen within {key % 9} days", unit="%") for key in keys[::2]]
        )
        store.save_many([Contribution(contract=key, year=2026, amount=key * 100) for key in keys[::10]])
    return store


def plain_tables(store: Store) -> Tables:
    """Every cell of the workbook's tables, made before the clock starts."""
    register = gather(store, ALL, TODAY)
    before, after = data_tables(gather_meeting(store, register, Meeting(), Arrangement()))
    more = {
        table.sheet: [Plain(c.heading, c.kind is Kind.DAY, c.cells) for c in table.columns]
        for table in (*before, *after)
    }
    return register_tables(register) | more


def peers(tables: Tables, folder: Path) -> dict[str, float]:
    """How long pandas takes with each engine; nothing while its environment is not there."""
    python = PEERS / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    if not python.exists():
        return {}
    held = {
        sheet: [
            {"heading": c.heading, "day": c.day, "cells": [*map(partial(_told, c.day), c.cells)]}
            for c in columns
        ]
        for sheet, columns in tables.items()
    }
    (folder / "tables.json").write_text(json.dumps(held), encoding="utf-8")
    done = subprocess.run(
        [python, _CHILD, folder / "tables.json", folder], stdout=subprocess.PIPE, text=True, check=True
    )
    took: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return took


def _told(is_day: bool, cell: Cell) -> object:
    return date.fromordinal(cell + _DAY_ZERO).isoformat() if is_day and isinstance(cell, int) else cell


def memory(store: Path, out: Path) -> float:
    """The most memory, in MB, that a process of its own takes for the whole export."""
    command = [sys.executable, "-c", _MEMORY, str(store), str(out), TODAY.isoformat()]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return float(done.stdout.splitlines()[-1])


def run(quick: bool) -> list[Result]:
    """Measure with 5,000 contracts; quick with 300."""
    size, times = (300, 1) if quick else (5_000, 5)
    name = f"Workbook for a meeting, {size:,} contracts, checked"
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        store = filled(folder / "bench.desk", size)
        tables = plain_tables(store)
        export = partial(export_meeting, store, folder / "ours.xlsx", today=TODAY)
        ours, plain = side_by_side(export, partial(write_plainly, folder / "plain.xlsx", tables), times)
        results = [Result(name, f"{ours:.2f} s", f"XlsxWriter alone {plain:.2f} s", ours / plain, 2)]
        took = peers(tables, folder)
        again = min(ours, seconds(export)) if took else ours
        for engine, theirs in took.items():
            held = f"pandas with {engine} {theirs:.2f} s"
            results.append(Result(name, f"{again:.2f} s", held, again / theirs, 1))
        store.close()
        if sys.platform != "win32":
            most = memory(folder / "bench.desk", folder / "memory.xlsx")
            results.append(Result(f"{name}: memory", f"{most:.0f} MB", "", most, 250, "MB"))
    return results
