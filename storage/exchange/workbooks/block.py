"""One block of the sheet Summary: words with counts and amounts, as formulas that carry their result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.exchange.workbooks.styles import LINE_POINTS, Styles
from storage.exchange.workbooks.text import lines, write_text

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

LABEL_WIDTH = 420  # pixels
HERE = "{here}"  # in a formula: the cell that holds the word of its line
_MOST_LINES = 27  # Excel's tallest row is 409 points


@dataclass(slots=True)
class Line:
    """One line of a block: its word, how many, what they come to in pence, and the formulas that say the same.

    Without formulas the figures stand as they are.
    """

    word: str
    count: int = 0
    pence: int = 0
    counted: str = ""
    summed: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A block: its title, the headings of its three columns, its lines, and what a reader should know of them."""

    title: str
    headings: tuple[str, str, str]
    lines: Sequence[Line]
    note: str = ""
    total: bool = True


def write_block(sheet: Worksheet, row: int, block: Block, styles: Styles) -> int:
    """Write a block from `row` on; returns the row after it. Its first line stands two rows below `row`."""
    sheet.write_string(row, 0, block.title, styles.part)
    if block.note:
        sheet.write_string(row, 1, block.note, styles.soft)
    for place, words in enumerate(block.headings):
        sheet.write_string(row + 1, place, words, styles.heading_right if place else styles.heading)
    first = row + 2
    for place, line in enumerate(block.lines, start=first):
        _write_line(sheet, place, line, styles)
    end = first + len(block.lines)
    if block.total:
        _write_total(sheet, first, end, block.lines, styles)
        end += 1
    return end + 1


def _write_line(sheet: Worksheet, row: int, line: Line, styles: Styles) -> None:
    write_text(sheet, row, 0, line.word, styles.wrapped)
    if (needed := lines(line.word, LABEL_WIDTH)) > 1:
        sheet.set_row(row, LINE_POINTS * min(needed, _MOST_LINES))
    here = f"$A{row + 1}"
    for place, formula, value, look in (
        (1, line.counted, line.count, styles.count),
        (2, line.summed, line.pence / 100, styles.money),
    ):
        if formula:
            sheet.write_formula(row, place, formula.replace(HERE, here), look, value)
        else:
            sheet.write_number(row, place, value, look)


def _write_total(sheet: Worksheet, first: int, end: int, found: Sequence[Line], styles: Styles) -> None:
    sheet.write_string(end, 0, "Total", styles.total)
    if not found:  # nothing to add up, and no range to name
        sheet.write_number(end, 1, 0, styles.total_count)
        sheet.write_number(end, 2, 0, styles.total_money)
        return
    count, pence = sum(line.count for line in found), sum(line.pence for line in found)
    sheet.write_formula(end, 1, f"SUM(B{first + 1}:B{end})", styles.total_count, count)
    sheet.write_formula(end, 2, f"SUM(C{first + 1}:C{end})", styles.total_money, pence / 100)
