"""Register export, the check of the written file included, against XlsxWriter writing the same values plainly."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from storage.engine.fields import Kind
from storage.engine.query import ALL
from storage.engine.store import Store
from storage.exchange.workbook import export_register
from storage.exchange.workbook_columns import gather
from tests.benchmarks.frame import Result, side_by_side
from tests.benchmarks.register import TODAY, made_register

Plain = str | float | int | date | None


@dataclass(frozen=True)
class PlainColumn:
    """A column as someone would hold it who writes it with XlsxWriter alone: dates are dates."""

    heading: str
    cells: list[Plain]


def plain_columns(store: Store) -> list[PlainColumn]:
    """The same values under the same headings, made before the clock starts."""
    made = []
    for column in gather(store, ALL, TODAY).columns:
        is_day = column.field is not None and column.field.kind is Kind.DAY
        cells: list[Plain] = [
            date.fromordinal(cell + 693_594) if is_day and isinstance(cell, int) else cell
            for cell in column.cells
        ]
        made.append(PlainColumn(column.heading, cells))
    return made


def write_plainly(path: Path, columns: list[PlainColumn]) -> None:
    """One table, one date and one money format, each cell written by the call for its type: the fast plain way."""
    from xlsxwriter import Workbook

    book = Workbook(str(path))
    sheet = book.add_worksheet("Contracts")
    day, money = book.add_format({"num_format": "dd mmm yyyy"}), book.add_format({"num_format": "£#,##0.00"})
    rows = len(columns[0].cells)
    for row in range(rows):
        for place, column in enumerate(columns):
            cell = column.cells[row]
            if cell is None:
                continue
            if isinstance(cell, str):
                sheet.write_string(row + 1, place, cell)
            elif isinstance(cell, date):
                sheet.write_datetime(row + 1, place, cell, day)
            else:
                sheet.write_number(row + 1, place, cell, money)
    headings = [{"header": column.heading} for column in columns]
    sheet.add_table(0, 0, rows, len(columns) - 1, {"name": "Contracts", "columns": headings})
    book.close()


def run(quick: bool) -> list[Result]:
    """Measure with 5,000 contracts; quick with 300."""
    size, times = (300, 1) if quick else (5_000, 5)
    with tempfile.TemporaryDirectory() as folder:
        store = made_register(Path(folder) / "bench.desk", size)
        columns = plain_columns(store)
        ours, theirs = side_by_side(
            partial(export_register, store, Path(folder) / "ours.xlsx", today=TODAY),
            partial(write_plainly, Path(folder) / "plain.xlsx", columns),
            times,
        )
        store.close()
    name = f"Register export of {size:,} contracts, checked"
    return [Result(name, f"{ours:.2f} s", f"XlsxWriter alone {theirs:.2f} s", ours / theirs, 2)]
