"""Runs the benchmarks, each in its own process, and prints one table; ends with 1 when a promise is not kept.

python -m tests.benchmarks [--quick] [NAME ...]     all of them, or those named, such as `export`
"""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
import subprocess
import sys
from dataclasses import asdict

from tests import benchmarks
from tests.benchmarks.frame import Result

_ROW = "{:<52} {:>12}  {:<44} {:>9} {:>9}  {}"


def names() -> list[str]:
    """The benchmarks there are."""
    found = (module.name for module in pkgutil.iter_modules(benchmarks.__path__))
    return sorted(name.removeprefix("bench_") for name in found if name.startswith("bench_"))


def measure(name: str, quick: bool) -> list[Result]:
    """Run one benchmark in a process of its own. Its results are the last line it prints."""
    command = [sys.executable, "-m", "tests.benchmarks", "--inside", name, *(["--quick"] if quick else [])]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        return [Result(f"{name}: did not finish", "", "", float("inf"), 0)]
    return [Result(**held) for held in json.loads(done.stdout.splitlines()[-1])]


def inside(name: str, quick: bool) -> None:
    """Run one benchmark here and print its results for the process that asked."""
    results: list[Result] = importlib.import_module(f"tests.benchmarks.bench_{name}").run(quick)
    print(json.dumps([asdict(result) for result in results]))


def main() -> int:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(names())}")
    parser.add_argument("--quick", action="store_true", help="smaller and fewer: shows that it works")
    parser.add_argument("--inside", metavar="NAME", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.inside:
        inside(given.inside, given.quick)
        return 0
    if unknown := sorted({*given.names} - {*names()}):
        parser.error(f"there is no benchmark {', '.join(unknown)}")
    print(_ROW.format("Promise", "Measured", "Held against", "Figure", "Allowed", "Kept"))
    kept = True
    for name in given.names or names():
        for r in measure(name, given.quick):
            figure, limit = f"{r.figure:.2f} {r.unit}", f"{r.limit:g} {r.unit}"
            print(_ROW.format(r.promise, r.measured, r.against, figure, limit, "yes" if r.kept else "NO"))
            kept = kept and r.kept
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
