"""The cells of a workbook as someone holds and writes them with XlsxWriter alone: the fast plain way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from storage.engine.fields import Kind
from storage.exchange.workbooks.columns import Cell, Register
from storage.exchange.workbooks.sync import lines_of, sync_of


@dataclass(frozen=True)
class Plain:
    """A column: its heading, whether its numbers are days, and its cells."""

    heading: str
    day: bool
    cells: Sequence[Cell]


Tables = dict[str, list[Plain]]


def register_tables(register: Register) -> Tables:
    """Every cell of the sheet Contracts, and of the hidden sheet that says what was sent."""
    contracts = [
        Plain(c.heading, c.field is not None and c.field.kind is Kind.DAY, c.cells) for c in register.columns
    ]
    sync = sync_of(register, file="", step="", exported="", view="", chosen="", meeting="")
    rows = [line for line in lines_of(sync) if line[0] == "row"]
    names = ("What", "UUID", "Values")
    sent = [Plain(name, False, [row[place] for row in rows]) for place, name in enumerate(names)]
    return {"Contracts": contracts, "Commissioning Desk": sent}


def write_plainly(path: Path, tables: Tables) -> None:
    """One table a sheet, one date and one money format, each cell by the call for its type."""
    from xlsxwriter import Workbook

    book = Workbook(str(path))
    day, money = book.add_format({"num_format": "dd mmm yyyy"}), book.add_format({"num_format": "£#,##0.00"})
    for name, columns in tables.items():
        sheet = book.add_worksheet(name)
        rows = len(columns[0].cells)
        for row in range(rows):
            for place, column in enumerate(columns):
                cell = column.cells[row]
                if cell is None:
                    continue
                if isinstance(cell, str):
                    sheet.write_string(row + 1, place, cell)
                else:
                    sheet.write_number(row + 1, place, cell, day if column.day else money)
        headings = [{"header": column.heading} for column in columns]
        sheet.add_table(0, 0, max(rows, 1), len(columns) - 1, {"columns": headings})
    book.close()
