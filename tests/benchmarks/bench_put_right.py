"""What is to be put right in 10,000 contracts with options, measures and actions, from a snapshot as the page has."""

from __future__ import annotations

import gc
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from storage.desk.put_right.listing import Listed, put_right
from storage.engine.backup.snapshots import snapshot
from storage.engine.fields import Period
from storage.engine.file import OpenFile
from storage.engine.reading import Reader
from storage.engine.store import Store
from storage.records.actions import Action
from storage.records.measures import Kpi, KpiResult
from storage.records.running import Variation
from storage.records.terms import Extension
from tests.benchmarks.frame import Result
from tests.benchmarks.register import TODAY, made_register


def run(quick: bool) -> list[Result]:
    """Measure with 10,000 contracts; quick with a tenth."""
    contracts = 1_000 if quick else 10_000
    gc.set_threshold(700, 10, 1_000_000)  # as in the window, where memory is swept when nobody waits
    with TemporaryDirectory() as name:
        folder = Path(name)
        store = made_register(folder / "bench.desk", contracts)
        _fill(store, contracts)
        held = folder / "held.desk"
        snapshot(store, held)()
        file = OpenFile(held, "ro")
        taken = [_timed(Reader(file, lambda: TODAY)) for _ in range(2 if quick else 7)]
        file.close()
        store.close()
    best, found = min(each for each, _ in taken), len(taken[0][1].findings)
    title = f"To put right over {contracts:,} contracts"
    return [Result(title, f"{best:.0f} ms", f"{found:,} findings", best, 500, "ms")]


def _timed(reader: Reader) -> tuple[float, Listed]:
    begun = perf_counter()
    found = put_right(reader)
    return (perf_counter() - begun) * 1000, found


def _fill(store: Store, contracts: int) -> None:
    """An option on every third contract, a measure with two results on every tenth, an action on every fifth."""
    with store.step("Fill it"):
        every = range(1, contracts + 1)
        store.save_many(
            [Extension(contract=n, position=1, length=Period(1, "y")) for n in every if n % 3 == 0]
        )
        kpis = store.save_many(
            [
                Kpi(contract=n, title=f"Measure {n}", target=Decimal(95), tolerance=Decimal(5), owner="Provider",
                    method="Counted", begins=TODAY - timedelta(days=400))
                for n in every
                if n % 10 == 0
            ]
        )  # fmt: skip
        begins = (TODAY.replace(month=4, day=1), TODAY.replace(month=7, day=1))
        store.save_many(
            [KpiResult(kpi=k.id, period_start=d, value=Decimal(96)) for k in kpis for d in begins]
        )
        due = TODAY - timedelta(days=3)
        store.save_many([Action(contract=n, title=f"Write {n}", due=due) for n in every if n % 5 == 0])
        store.save_many(
            [Variation(contract=n, title="Price", status="In force") for n in every if n % 20 == 0]
        )
