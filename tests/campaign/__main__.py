"""Runs the campaign, prints the table of rows and figures, and keeps them for the page on safety.

python -m tests.campaign [SIZE] [--only NAME ...] [--replace]

SIZE is quick, night or release. With --only, harnesses such as `kills` run by themselves and the other rows
keep what they had. A smaller run does not replace the figures of a larger one unless it is told to.
"""

import argparse
import json
import os
import platform
import re
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Final

from defusedxml.ElementTree import parse

from storage.desk.safety_words import Tried, last_campaign, safety_words
from tests.campaign.frame import SIZES, Figure, reported
from tests.campaign.rows import HERE, matrix, named_tests, rows_named

ROOT: Final = HERE.parent.parent
FIGURES: Final = ROOT / "resources" / "help" / "safety.json"
PAGE: Final = ROOT / "docs" / "safety.md"
PARAMETERS: Final = re.compile(r"\[.*")


def main() -> int:
    """Run, print and keep; ends with 1 when a promise was not kept, and then nothing is written."""
    given = asked()
    with tempfile.TemporaryDirectory() as folder:
        passed = run(given.size, given.only, Path(folder))
        if passed is None:
            print("\nA promise was not kept, so the page on safety stays as it was.")
            return 1
        found = rows_found(given.size, passed, reported(Path(folder)))
    earlier = {row.id: row for row in last_campaign()} if FIGURES.exists() else {}
    if given.only:
        found = {name: beside(new, earlier.get(name)) for name, new in found.items()}
    rows = merged(found, earlier, given.replace)
    print_table([row for row in rows if row.id in found])
    keep(rows)
    return 0


def asked() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.campaign")
    parser.add_argument("size", nargs="?", default=SIZES[0], choices=SIZES)
    parser.add_argument("--only", nargs="*", default=[], metavar="NAME", help="harnesses, such as `kills`")
    parser.add_argument("--replace", action="store_true", help="also the figures of a larger size")
    return parser.parse_args()


def run(size: str, only: Sequence[str], out: Path) -> Counter[str] | None:
    """Run the tests; how many stood for each row, or None when one failed."""
    where = [f"tests/campaign/test_{name}.py" for name in only]
    if not only:
        elsewhere = {f"tests/{test}" for tests in named_tests().values() for test in tests}
        where = ["tests/campaign", *sorted(e for e in elsewhere if not e.startswith("tests/campaign/"))]
    results = out / "results.xml"
    one_by_one = ["-n", "2", "--maxschedchunk=1"]  # so that the parts of one harness run side by side
    command = [sys.executable, "-m", "pytest", "-q", *one_by_one, f"--junitxml={results}", *where]
    environment = {
        **os.environ,
        "CAMPAIGN_SIZE": size,
        "CAMPAIGN_OUT": str(out),
        "QT_QPA_PLATFORM": "offscreen",
    }
    if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:
        return None
    names = {
        PARAMETERS.sub("", f"{case.get('classname')}.{case.get('name')}")
        for case in parse(results).iter("testcase")
    }
    return Counter(row for name in names for row in rows_named(name.rpartition(".")[2]))


def rows_found(
    size: str, passed: Mapping[str, int], figures: Mapping[str, Mapping[str, Figure]]
) -> dict[str, Tried]:
    """What this run says about the rows it touched."""
    today, machine = date.today().isoformat(), this_machine()
    return {
        row.id: Tried(
            row.id, row.wrong, row.promised, tests=passed[row.id], when=today, size=size, machine=machine,
            figures=figures.get(row.id, {}),
        )
        for row in matrix().values()
        if row.id in passed
    }  # fmt: skip


def this_machine() -> str:
    """The computer, as far as it matters."""
    return (
        f"{os.cpu_count()} processor cores, {platform.system()}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )


def beside(new: Tried, old: Tried | None) -> Tried:
    """A row after a run of some harnesses: what the others found out about it at the same size stays."""
    if old is None or old.size != new.size:
        return new
    return replace(new, figures={**old.figures, **new.figures}, tests=max(old.tests, new.tests))


def merged(found: Mapping[str, Tried], earlier: Mapping[str, Tried], anyway: bool) -> list[Tried]:
    """Every row of the matrix in its own words, with the figures that count: the new ones unless they are weaker."""
    rows = []
    for row in matrix().values():
        new, old = found.get(row.id), earlier.get(row.id, Tried(row.id, "", ""))
        kept = new if new and (anyway or not weaker(new, old)) else old
        kept = replace(kept, wrong=row.wrong, promised=row.promised, not_here=row.not_here)
        rows.append(kept)
    return rows


def weaker(new: Tried, old: Tried) -> bool:
    """Whether a run was smaller than the one before; one that has no figures at all has no size either."""
    return bool(old.figures) and SIZES.index(new.size) < SIZES.index(old.size)


def print_table(rows: Sequence[Tried]) -> None:
    """The rows of this run, with what is kept for each."""
    for row in rows:
        print(f"{row.id:<4}{row.wrong[:70]:<72}{row.size:<9}{row.result}")


def keep(rows: Sequence[Tried]) -> None:
    """Write the figures and the page made from them."""
    FIGURES.parent.mkdir(exist_ok=True)
    text = json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1)
    FIGURES.write_text(text + "\n", encoding="utf-8")
    PAGE.write_text(safety_words(rows), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
