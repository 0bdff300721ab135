"""What the benchmarks share: a result with its limit, and fair timing of two things side by side.

A benchmark is a module `bench_<name>.py` in this folder with `def run(quick: bool) -> list[Result]`; `quick` asks
for fewer repeats and smaller data, to see that it works. Each runs in a process of its own, so it may open a
window or fill memory without touching the others.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter


@dataclass(frozen=True)
class Result:
    """One promise as measured. `figure` is kept when it is at most `limit`; both are in `unit`."""

    promise: str  # what is promised, such as “Register export of 5,000 contracts”
    measured: str  # what was measured, such as “1.62 s”
    against: str  # what it is held against, such as “XlsxWriter alone 1.10 s”; may be empty
    figure: float
    limit: float
    unit: str = "×"

    @property
    def kept(self) -> bool:
        """Whether the promise holds."""
        return self.figure <= self.limit


def seconds(work: Callable[[], object], *, sweep: bool = True) -> float:
    """How long one run takes, with earlier rubbish swept away first."""
    if sweep:
        gc.collect()
    start = perf_counter()
    work()
    return perf_counter() - start


def side_by_side(ours: Callable[[], object], theirs: Callable[[], object], times: int) -> tuple[float, float]:
    """The shortest of several runs of each, taken in turn so that a busy machine slows both alike."""
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(times)]
    return min(p[0] for p in pairs), min(p[1] for p in pairs)
