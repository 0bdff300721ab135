"""A register of 5,729 rows from command to summary, against reading it with csv and writing it into one plain table."""

from __future__ import annotations

import csv
import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from functools import partial
from itertools import islice
from pathlib import Path

from storage.engine.backup import backups
from tests.benchmarks.frame import Result, side_by_side

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "tests" / "files" / "registers" / "norfolk_contracts_register_2015.csv"
ALLOWED, SPARE = 20, 2.0  # times as long as the plain way, and seconds on top


def imported(folder: Path, source: Path, numbers: list[int]) -> None:
    """The command as a person types it: a process of its own, history, search, matching, backup and summary."""
    numbers.append(len(numbers))
    file = folder / f"register {numbers[-1]}.desk"
    command = [sys.executable, "-m", "desktop", "import", str(file), str(source), "--json"]
    environment = os.environ | {backups.HOME: str(folder / "home"), "PYTHONPATH": str(ROOT)}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


def empty_files(folder: Path, count: int) -> None:
    """Files to import into, made before the clock starts."""
    import storage.records  # noqa: F401 - enters every record before a file is made
    from storage.engine.opening import new_store

    for number in range(count):
        new_store(folder / f"register {number}.desk").close()


def plainly(folder: Path, source: Path) -> None:
    """csv.reader and executemany into one table of text."""
    path = folder / "plain.db"
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as conn, source.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.reader(lines)
        headings = next(rows)
        conn.execute(f"create table register({', '.join(f'c{i}' for i in range(len(headings)))})")
        conn.executemany(f"insert into register values({', '.join('?' * len(headings))})", rows)
        conn.commit()


def first_rows(folder: Path, count: int) -> Path:
    """The beginning of the register as a file of its own."""
    short = folder / "short.csv"
    with SOURCE.open(encoding="utf-8-sig", newline="") as lines, short.open("w", newline="") as made:
        csv.writer(made).writerows(islice(csv.reader(lines), count + 1))
    return short


def run(quick: bool) -> list[Result]:
    """Measure with the whole register; quick with 300 rows of it."""
    times = 1 if quick else 3
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = first_rows(folder, 300) if quick else SOURCE
        empty_files(folder, times)
        ours, theirs = side_by_side(
            partial(imported, folder, source, []), partial(plainly, folder, source), times
        )
    rows = 300 if quick else 5_729
    allowed = ALLOWED * theirs + SPARE
    promise = f"Import of {rows:,} rows, command to summary"
    against = f"{ALLOWED} × plain table {theirs:.3f} s + {SPARE:g} s"
    return [Result(promise, f"{ours:.2f} s", against, round(ours, 3), round(allowed, 3), "s")]
