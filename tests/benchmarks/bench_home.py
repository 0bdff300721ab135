"""An edited workbook brought home, read, compared and taken, against openpyxl reading all of it; and its memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from storage.engine.backup import backups
from storage.engine.history import History
from storage.engine.store import Store
from storage.exchange.home.columns import columns_of
from storage.exchange.home.plan import everything
from storage.exchange.home.planning import plan_home
from storage.exchange.home.reading import read_home
from storage.exchange.home.writing import Written, write_home
from storage.exchange.importing.import_headings import known_fields
from storage.exchange.workbooks.register import export_register
from tests.benchmarks.frame import Result, seconds
from tests.benchmarks.register import TODAY, made_register

ROOT = Path(__file__).resolve().parents[2]
MOST_MEMORY = 250  # MB
EVERY = 5  # one contract in so many was edited
# Runs the command as a person types it, and prints the most memory that it, or the process it reads in, has taken.
_WEIGHED = """
import resource, subprocess, sys
command = [sys.executable, "-m", "desktop", "merge", *sys.argv[1:], "--json"]
subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def edited(folder: Path, store: Store) -> Path:
    """The register as it went out, with other titles for some contracts, saved by openpyxl."""
    from openpyxl import load_workbook

    export_register(store, folder / "sent.xlsx", today=TODAY)
    book = load_workbook(folder / "sent.xlsx")
    sheet = book["Contracts"]
    place = [cell.value for cell in sheet[1]].index("Title") + 1
    for row in range(2, sheet.max_row + 1, EVERY):
        sheet.cell(row, place).value = f"Another title, {row}"
    book.save(folder / "edited.xlsx")
    return folder / "edited.xlsx"


def bring_home(store: Store, workbook: Path) -> None:
    """Everything that happens: read, compared, every change written as one step."""
    brought = read_home(workbook)
    home = plan_home(store, brought, columns_of(brought.sheet, known_fields(store), brought.sync))
    for _ in store.long_step(home.label, write_home(store, home, everything(home), Written()), "import"):
        pass


def read_alone(workbook: Path) -> None:
    """Every cell of every sheet, by the quickest way the library has."""
    from openpyxl import load_workbook

    for sheet in load_workbook(workbook, read_only=True, data_only=True):
        for _ in sheet.iter_rows(values_only=True):
            pass


def timed(store: Store, workbook: Path, times: int) -> tuple[float, float]:
    """The shortest of several runs of each; every run is undone before the next."""
    pairs = []
    for _ in range(times):
        ours = seconds(lambda: bring_home(store, workbook))
        for _progress in History(store).undo():
            pass
        pairs.append((ours, seconds(lambda: read_alone(workbook))))
    return min(p[0] for p in pairs), min(p[1] for p in pairs)


def weighed(folder: Path, file: Path, workbook: Path) -> float:
    """The most memory a process of the command takes, in MB."""
    environment = os.environ | {backups.HOME: str(folder / "home"), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", _WEIGHED, str(file), str(workbook), "--accept", "all"]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return int(done.stdout) / 1024


def run(quick: bool) -> list[Result]:
    """Measure with 5,000 contracts; quick with 300."""
    size, times = (300, 1) if quick else (5_000, 3)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = made_register(folder / "bench.desk", size)
        workbook = edited(folder, store)
        ours, theirs = timed(store, workbook, times)
        store.close()
        memory = weighed(folder, folder / "bench.desk", workbook)
    allowed = 10 if quick else 2  # with few rows it is the start of the reading process that counts
    taken = f"Workbook of {size:,} contracts brought home"
    return [
        Result(taken, f"{ours:.2f} s", f"openpyxl reading it {theirs:.2f} s", ours / theirs, allowed),
        Result(f"{taken}, memory", f"{memory:.0f} MB", "", round(memory, 1), MOST_MEMORY, "MB"),
    ]
