"""The annual summary of the Provider Selection Regime as a file: a workbook, a tagged PDF, or its counts as CSV."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from storage.desk.psr_year import PsrYear, psr_year, year_words
from storage.engine.errors import StorageError
from storage.engine.store import Store
from storage.exchange.files_out import not_written, put_in_place
from storage.exchange.print_psr import psr_paper_of
from storage.exchange.printing import write_pdf
from storage.exchange.psr_parts import Cell, PsrPart, psr_parts, summary_part
from storage.exchange.workbook_styles import DEFAULT_LOOK, LINE_POINTS, Styles
from storage.exchange.workbook_text import LONGEST_TEXT, RISKY_STARTS, clean, lines, serial, write_text

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

ENDINGS = (".xlsx", ".pdf", ".csv")
_WIDTH = 1400  # pixels of a sheet that its columns share
_TALLEST = 27  # lines of a row; Excel shows no more


class SummaryError(StorageError):
    """The summary could not be written; the message says why and that an earlier file is as it was."""


@dataclass(frozen=True, slots=True)
class SummaryWritten:
    """A summary in its place: of which year, and how many things could not be counted."""

    path: Path
    year: int
    not_counted: int

    @property
    def said(self) -> str:
        """What became of it, in a sentence."""
        more = (
            f" {self.not_counted:,} could not be counted: it says which, and why." if self.not_counted else ""
        )
        return f"{self.path.name} written: annual summary {year_words(self.year)}.{more}"


def export_psr_summary(store: Store, path: Path, year: int | None = None) -> SummaryWritten:
    """Write the summary of the year that begins in April of `year`, of the last that is over where none is named.

    The ending of `path` says what is written; a CSV holds the counts alone. Raises `StorageError`; a file that was at
    `path` is then as it was.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise SummaryError(
            f"{path.name} is no name for a summary. Nothing was written. End it in {', '.join(ENDINGS)}."
        )
    found = psr_year(store, year)
    if ending == ".pdf":
        write_pdf(psr_paper_of(store, found), path)
    else:
        _put(path, found, _write_csv if ending == ".csv" else _write_workbook)
    return SummaryWritten(path, found.year, len(found.not_counted))


def _put(path: Path, found: PsrYear, write: Callable[[Path, PsrYear], None]) -> None:
    try:
        with put_in_place(path) as beside:
            write(beside, found)
    except OSError as error:
        raise SummaryError(not_written(error, path)) from error


def _write_csv(beside: Path, found: PsrYear) -> None:
    """The counts, with the mark by which Excel knows UTF-8."""
    part = summary_part(found)
    with beside.open("w", encoding="utf-8-sig", newline="", errors="replace") as out:
        table = csv.writer(out)
        table.writerow([each.label for each in part.columns])
        table.writerows([[_harmless(cell) for cell in row] for row in part.rows])


def _harmless(cell: Cell) -> Cell:
    """A text that a spreadsheet would work out, with a mark before it so that it is shown."""
    risky = isinstance(cell, str) and cell[:1] in RISKY_STARTS and cell != ""
    return f"'{cell}" if risky else cell


def _write_workbook(beside: Path, found: PsrYear) -> None:
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
        "default_format_properties": DEFAULT_LOOK,
    }  # fmt: skip
    book = Workbook(str(beside), options)
    styles = Styles(book)
    for part in psr_parts(found):
        _write_part(book.add_worksheet(part.title), part, styles)
    book.set_properties({"title": found.summary.title, "author": "Commissioning Desk"})
    try:
        book.close()
    except FileCreateError as error:
        cause = error.args[0] if error.args else error
        raise cause if isinstance(cause, OSError) else OSError(None, str(error)) from error
    with zipfile.ZipFile(beside) as made:
        if made.testzip() is not None:
            raise OSError(None, "what was written could not be read back")


def _write_part(sheet: Worksheet, part: PsrPart, styles: Styles) -> None:
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
