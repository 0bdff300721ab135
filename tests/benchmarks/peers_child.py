"""Runs in the environment of the peers: writes tables with pandas and says how long each engine took.

python peers_child.py TABLES.json FOLDER     tables by sheet: a heading, its kind and its cells
"""

from __future__ import annotations

import gc
import importlib
import json
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

ENGINES = ("openpyxl", "xlsxwriter")


def frames(pandas: Any, tables: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:  # noqa: ANN401
    """The tables as pandas holds them: days are days, blanks are blanks."""
    made = {}
    for sheet, columns in tables.items():
        held = {}
        for column in columns:
            cells = column["cells"]
            held[column["heading"]] = (
                pandas.to_datetime(pandas.Series(cells, dtype="object"), errors="coerce")
                if column["day"]
                else pandas.Series(cells, dtype="object")
            )
        made[sheet] = pandas.DataFrame(held)
    return made


def write(pandas: Any, path: Path, made: dict[str, Any], engine: str) -> float:  # noqa: ANN401
    """Seconds to write every table to a sheet of its own."""
    gc.collect()
    start = perf_counter()
    with pandas.ExcelWriter(path, engine=engine) as book:
        for sheet, frame in made.items():
            frame.to_excel(book, sheet_name=sheet, index=False)
    return perf_counter() - start


def main() -> int:
    """Write with each engine twice, and print the shorter times."""
    pandas = importlib.import_module("pandas")
    tables, folder = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), Path(sys.argv[2])
    made = frames(pandas, tables)
    took = {e: min(write(pandas, folder / f"{e}.xlsx", made, e) for _ in range(2)) for e in ENGINES}
    print(json.dumps(took))
    return 0


if __name__ == "__main__":
    sys.exit(main())
