"""Register export, the check of the written file included, against XlsxWriter writing the same values plainly."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

from storage.engine.query import ALL
from storage.exchange.workbooks.columns import gather
from storage.exchange.workbooks.register import export_register
from tests.benchmarks.frame import Result, side_by_side
from tests.benchmarks.plainly import register_tables, write_plainly
from tests.benchmarks.register import TODAY, made_register


def run(quick: bool) -> list[Result]:
    """Measure with 5,000 contracts; quick with 300."""
    size, times = (300, 1) if quick else (5_000, 5)
    with tempfile.TemporaryDirectory() as folder:
        store = made_register(Path(folder) / "bench.desk", size)
        tables = register_tables(gather(store, ALL, TODAY))
        ours, theirs = side_by_side(
            partial(export_register, store, Path(folder) / "ours.xlsx", today=TODAY),
            partial(write_plainly, Path(folder) / "plain.xlsx", tables),
            times,
        )
        store.close()
    name = f"Register export of {size:,} contracts, checked"
    return [Result(name, f"{ours:.2f} s", f"XlsxWriter alone {theirs:.2f} s", ours / theirs, 2)]
