"""Working out anew every date, total and rating of a register: terms, options, roll-overs, notice, last safe days."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from storage.desk.beginning.new_file import new_file
from storage.engine.derive import Touched, derive
from storage.engine.fields import Period
from storage.engine.store import Store
from storage.records.contracts import Contract
from storage.records.organisations import Organisation
from storage.records.parties import Party
from storage.records.terms import Extension
from tests.benchmarks.frame import Result, seconds

TODAY = date(2026, 10, 3)
TERMS = ("", "3+1+1", "36m+12m", "4 years", "2 years with two 12-month options")
ALLOWED = 1.0  # seconds for 10,000 contracts


def run(quick: bool) -> list[Result]:
    """Measure with 10,000 contracts, a provider each; quick with 1,000."""
    count = 1_000 if quick else 10_000
    with TemporaryDirectory() as folder, closing(_register(Path(folder) / "bench.desk", count)) as store:
        taken = min(seconds(lambda: _recomputed(store)) for _ in range(1 if quick else 3))
    allowed = ALLOWED * count / 10_000
    name = f"Recomputing everything for {count:,} contracts"
    return [Result(name, f"{taken:.2f} s", f"{taken / count * 1e6:.0f} µs each", taken, allowed, "s")]


def _recomputed(store: Store) -> None:
    everything: Touched = {"contract": set(store.ids(Contract))}
    for _ in _work(store, everything):
        pass


def _work(store: Store, everything: Touched) -> Iterator[object]:
    return derive(store.conn, everything, {}, TODAY)


def _register(path: Path, count: int) -> Store:
    """Contracts as a register holds them: half with a term, one in five with options, one in ten that rolls over."""
    store = new_file(path, today=lambda: TODAY)
    with store.step("Make a register"):
        providers = store.save_many([Organisation(title=f"Provider {n}") for n in range(count // 12)])
        contracts = store.save_many([_contract(n) for n in range(count)])
        store.save_many(
            [
                Party(contract=c.id, organisation=providers[n % len(providers)].id)
                for n, c in enumerate(contracts)
            ]
        )
        store.save_many(
            [
                Extension(contract=c.id, position=place, length=Period(12, "m"), value=1_000_00)
                for c in contracts[::5]
                for place in (1, 2)
            ]
        )
    return store


def _contract(n: int) -> Contract:
    rolls = n % 10 == 0
    start = date(2021, 4, 1) + timedelta(days=n % 1_400)
    return Contract(
        reference=f"R-{n}",
        title=f"Contract {n}",
        stage="Signed",
        start=start,
        term=TERMS[n % len(TERMS)],
        current_end=None if n % 5 else start + timedelta(days=1_460),
        renewal="Rolls over" if rolls else "",
        rolls=Period(12, "m") if rolls else None,
        notice_commissioner=Period(6, "m"),
        notice_provider=Period(12, "m"),
        current_value=(n % 900 + 1) * 1_000_00,
        route=n % 5 + 1,
    )
