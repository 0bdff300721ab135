"""From the start of the process to a window that is painted and takes clicks, and the memory it then holds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from storage.desk.office import change_office
from storage.engine.backup.backups import HOME
from tests.benchmarks.frame import Result
from tests.benchmarks.register import made_register

Started = dict[str, float]


def start(file: Path | None, home: Path) -> Started:
    """One start: seconds until usable, bytes resident, and the longest stall afterwards."""
    command = [sys.executable, "-m", "tests.benchmarks.start_child", *([str(file)] if file else [])]
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", HOME: str(home)}
    begun = time.monotonic()  # the same clock for every process of one machine
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True, env=surroundings
    )
    told: Started = json.loads(done.stdout.splitlines()[-1])
    return {**told, "seconds": told["at"] - begun}


def run(quick: bool) -> list[Result]:
    """Measure with 5,000 contracts; quick with 300. Program and bare window start in turn."""
    size, times = (300, 2) if quick else (5_000, 9)
    with TemporaryDirectory() as folder:
        home, path = Path(folder), Path(folder) / "bench.desk"
        store = made_register(path, size)
        change_office(store, {"organisation": "Northmarsh Council", "person": "Bench"})
        store.close()
        start(path, home)  # once unmeasured: Python keeps what it compiled, the system what it read
        start(None, home)
        pairs = [(start(path, home), start(None, home)) for _ in range(times)]
    ours, theirs = (median(p[i]["seconds"] for p in pairs) for i in (0, 1))
    mine, bare = (median(p[i]["memory"] for p in pairs) / 2**20 for i in (0, 1))
    stall = median(p[0]["stall"] for p in pairs) * 1000
    window = f"Start to a usable window, {size:,} contracts"
    return [
        Result(window, f"{ours:.2f} s", f"a bare PySide6 window {theirs:.2f} s", ours / theirs, 5),
        Result("Memory once open", f"{mine:.0f} MB", f"a bare PySide6 window {bare:.0f} MB", mine / bare, 3),
        Result("Longest stall after the window is shown", f"{stall:.0f} ms", "", stall, 100, "ms"),
    ]
