"""Search as you type: every beginning of what people type, letter by letter, over 10,000 documents."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

from desktop.commands import COMMANDS, Command
from desktop.searching import Searching
from tests.benchmarks.frame import Result
from tests.benchmarks.register import made_register

TYPED = (
    "community nursing northmarsh",
    "supported living",
    "highways in eastwold lot 7",
    "provider 12",
    "contact45@example.org",
    "nm-00456",
    "assessment delivery and review",
    "commissioner 4 public health",
    "the people of saltby",
    "restricted 2019/20",
    "85000123",
    "zebra crossing",
    "export the register",
    "a",
    "1",
    "n",
    "s",
)


def _commands() -> Sequence[Command]:
    return COMMANDS


def run(quick: bool) -> list[Result]:
    """Measure with 9,231 contracts and their 769 providers; quick with a tenth."""
    contracts, documents = (923, 999) if quick else (9_231, 10_000)
    with TemporaryDirectory() as folder:
        store = made_register(Path(folder) / "bench.desk", contracts)
        searching = Searching(store, _commands)
        taken = []
        for _ in range(1 if quick else 3):
            for words in TYPED:
                for end in range(1, len(words) + 1):
                    begun = perf_counter()
                    searching.find(words[:end])
                    taken.append((perf_counter() - begun) * 1000)
        store.close()
    slow = quantiles(taken, n=20)[-1]
    name = f"Search of {documents:,} documents, 95th percentile"
    return [Result(name, f"{slow:.1f} ms", f"median {median(taken):.1f} ms", slow, 30, "ms")]
