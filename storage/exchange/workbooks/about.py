"""The last sheet of a list that goes out: what it is, as at when, whose, and what stands on each sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from storage.engine.values import long_day
from storage.exchange.workbooks.kit import Kit, Part
from storage.exchange.workbooks.readme import Imprint
from storage.exchange.workbooks.styles import LINE_POINTS
from storage.exchange.workbooks.table import Table
from storage.exchange.workbooks.text import RISKY_STARTS, clean, lines, write_text

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

SHEET = "Read me"
_WIDTHS = (180, 620)  # pixels
_MOST_LINES = 27
NOTE = "A blank cell means that nothing is recorded. Amounts are in pounds."
HIDDEN = "The last column of each sheet, which is hidden, tells the program which record a row is."


@dataclass(frozen=True, slots=True)
class About:
    """What the sheet says: the list, facts on it, and the tables of the workbook."""

    title: str
    facts: Sequence[tuple[str, str]]
    tables: Sequence[Table]


def about_part(about: About, whose: Imprint, today: date, kit: Kit) -> Part:
    """The sheet as a part of a workbook."""
    hidden = any(column.hidden for table in about.tables for column in table.columns)
    said = [
        ("What it is", about.title),
        *about.facts,
        ("As at", long_day(today)),
        ("Organisation", whose.organisation),
        ("Kept by", whose.keeper),
        ("Marking", whose.marking),
        ("From the file", whose.file_name),
        *((f"Sheet {table.sheet}", table.words) for table in about.tables),
        ("Good to know", f"{NOTE} {HIDDEN}" if hidden else NOTE),
    ]
    return Part(SHEET, lambda sheet: _write(sheet, [(a, clean(b)) for a, b in said if b], kit))


def _write(sheet: Worksheet, said: Sequence[tuple[str, str]], kit: Kit) -> None:
    styles = kit.styles
    for place, width in enumerate(_WIDTHS):
        sheet.set_column_pixels(place, place, width)
    sheet.write_string(0, 0, "About this workbook", styles.title)
    sheet.set_row(0, 24)
    for row, (label, words) in enumerate(said, start=2):
        write_text(sheet, row, 0, clean(label), styles.label)
        write_text(
            sheet, row, 1, words, styles.quoted_wrapped if words[0] in RISKY_STARTS else styles.wrapped
        )
        sheet.set_row(row, LINE_POINTS * min(lines(words, _WIDTHS[1]), _MOST_LINES))
    kit.pages.set(sheet, SHEET)
