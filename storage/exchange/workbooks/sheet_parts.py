"""Tables described once and written as a workbook, as CSV or as sections of a page."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from storage.engine.values import show_day, show_money_short
from storage.exchange.files_out import put_in_place
from storage.exchange.paper.papers_money import MoneyColumn, MoneySection, MoneyTable
from storage.exchange.workbooks.styles import DEFAULT_LOOK, LINE_POINTS, Styles
from storage.exchange.workbooks.text import LONGEST_TEXT, RISKY_STARTS, clean, lines, serial, write_text

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

Cell = str | int | Decimal | date | None  # a Decimal is pounds
_WIDTH = 1400  # pixels of a sheet that its columns share
_TALLEST = 27  # lines of a row; Excel shows no more


@dataclass(frozen=True, slots=True)
class PartColumn:
    """One column: its heading, its share of a page's width, and whether it holds figures."""

    label: str
    share: int
    figures: bool = False


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One table under its title; `none` is said in place of no rows."""

    title: str
    columns: tuple[PartColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    none: str = ""


def section_of(part: SheetPart, heading: str = "", said: str = "") -> MoneySection:
    """The table as a section of a page, under its own title where no other heading is given."""
    columns = tuple(MoneyColumn(each.label, each.share, each.figures) for each in part.columns)
    rows = tuple(tuple(_words(cell) for cell in row) for row in part.rows)
    return MoneySection(heading or part.title, MoneyTable(columns, rows, none=part.none), said)


def _words(cell: Cell) -> str:
    """A cell for paper."""
    if isinstance(cell, date):
        return show_day(cell)
    if isinstance(cell, Decimal):
        return show_money_short(int(cell * 100))
    return f"{cell:,}" if isinstance(cell, int) else cell or ""


def write_csv(path: Path, part: SheetPart) -> None:
    """One table, with the mark by which Excel knows UTF-8. Raises `OSError`; an earlier file is then as it was."""
    with (
        put_in_place(path) as beside,
        beside.open("w", encoding="utf-8-sig", newline="", errors="replace") as out,
    ):
        table = csv.writer(out)
        table.writerow([each.label for each in part.columns])
        table.writerows([[_harmless(cell) for cell in row] for row in part.rows])


def _harmless(cell: Cell) -> Cell:
    """A text that a spreadsheet would work out, with a mark before it so that it is shown."""
    risky = isinstance(cell, str) and cell[:1] in RISKY_STARTS and cell != ""
    return f"'{cell}" if risky else cell


def write_workbook(path: Path, parts: Sequence[SheetPart], title: str) -> None:
    """A sheet for each table, read back before it is in place. Raises `OSError`; an earlier file is then as it was."""
    with put_in_place(path) as beside:
        _write_workbook(beside, parts, title)


def _write_workbook(beside: Path, parts: Sequence[SheetPart], title: str) -> None:
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
        "default_format_properties": DEFAULT_LOOK,
    }  # fmt: skip
    book = Workbook(str(beside), options)
    styles = Styles(book)
    for part in parts:
        _write_part(book.add_worksheet(part.title), part, styles)
    book.set_properties({"title": title, "author": "Commissioning Desk"})
    try:
        book.close()
    except FileCreateError as error:
        cause = error.args[0] if error.args else error
        raise cause if isinstance(cause, OSError) else OSError(None, str(error)) from error
    with zipfile.ZipFile(beside) as made:
        if made.testzip() is not None:
            raise OSError(None, "what was written could not be read back")


def _write_part(sheet: Worksheet, part: SheetPart, styles: Styles) -> None:
    """One table: a header row that stays in sight and is printed on every page, filters, wrapped cells."""
    whole = sum(each.share for each in part.columns)
    widths = [_WIDTH * each.share // whole for each in part.columns]
    for place, column in enumerate(part.columns):
        sheet.set_column_pixels(place, place, widths[place])
        sheet.write_string(0, place, column.label, styles.heading_right if column.figures else styles.heading)
    for row, cells in enumerate(part.rows, start=1):
        for place, cell in enumerate(cells):
            _write_cell(sheet, row, place, cell, styles)
        tall = max(lines(c, w) for c, w in zip(_texts(cells), widths, strict=True))
        sheet.set_row(row, LINE_POINTS * min(tall, _TALLEST))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(part.rows)), len(part.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _texts(cells: tuple[Cell, ...]) -> list[str]:
    return [cell if isinstance(cell, str) else "" for cell in cells]


def _write_cell(sheet: Worksheet, row: int, place: int, cell: Cell, styles: Styles) -> None:
    if isinstance(cell, date):
        number = serial(cell)
        if number is None:
            sheet.write_string(row, place, cell.isoformat())
        else:
            sheet.write_number(row, place, number, styles.day)
    elif isinstance(cell, Decimal):
        sheet.write_number(row, place, float(cell), styles.money)
    elif isinstance(cell, int):
        sheet.write_number(row, place, cell, styles.count)
    elif words := clean(cell or "")[: LONGEST_TEXT // 2]:
        look = styles.quoted_wrapped if words[0] in RISKY_STARTS else styles.wrapped
        write_text(sheet, row, place, words, look)
