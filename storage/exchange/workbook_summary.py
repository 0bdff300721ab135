"""The sheet Summary: how many contracts and what they are worth, by status, position, band, team and provider."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.engine.values import show_day
from storage.exchange.workbook_columns import UUID_HEADING, Cell, Column, Register
from storage.exchange.workbook_contracts import TABLE, set_page
from storage.exchange.workbook_styles import LINE_POINTS, Styles
from storage.exchange.workbook_text import lines, write_text

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

NOT_SAID = "(not said)"
MOST_FOLLOWING = 100  # lines of a block that are formulas; beyond, opening the workbook would drag
_LABEL_WIDTH = 420  # pixels
_BY_ORDER = ("stage", "position", "expiry_band")  # told in the order of their words
_BY_VALUE = ("directorate", "provider_name")  # told the largest first
_BLOCKS = {
    "stage": "By status",
    "position": "By position",
    "expiry_band": "By expiry band",
    "directorate": "By directorate or service",
    "provider_name": "By provider",
}


@dataclass(slots=True)
class Line:
    """One line of a block: the word, how many contracts hold it, and their current value in pence."""

    word: str
    contracts: int = 0
    pence: int = 0


def write_summary(sheet: Worksheet, register: Register, styles: Styles, chosen: str) -> None:
    """Write the sheet; numbers are formulas on the table with their result, so that every viewer shows them."""
    sheet.set_column_pixels(0, 0, _LABEL_WIDTH)
    sheet.set_column_pixels(1, 1, 90)
    sheet.set_column_pixels(2, 2, 170)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    set_page(sheet, register, "Contract register – summary")
    sheet.write_string(0, 0, "Contract register – summary", styles.title)
    sheet.set_row(0, 24)
    sheet.write_string(1, 0, f"As at {show_day(register.as_at)}: {chosen}"[:2000], styles.soft)
    value = register.find("current_value")
    amounts = [_pence(cell) for cell in value.cells] if value else []
    _write_all(sheet, register, styles, amounts)
    row = 7
    for name in (*_BY_ORDER, *_BY_VALUE):
        row = _write_block(sheet, row, name, register, styles, amounts)


def _pence(cell: Cell) -> int | None:
    """An amount in pence again; None where none is recorded."""
    return round(cell * 100) if isinstance(cell, int | float) else None


def _write_all(sheet: Worksheet, register: Register, styles: Styles, amounts: Sequence[int | None]) -> None:
    """The three figures over the whole table."""
    known = [a for a in amounts if a is not None]
    count, total = f"COUNTA({TABLE}[{UUID_HEADING}])", f"SUM({TABLE}[Current value])"
    blank = f"{count}-COUNT({TABLE}[Current value])"
    sheet.write_string(3, 0, "All contracts", styles.label)
    sheet.write_formula(3, 1, count, styles.count, register.rows)
    sheet.write_string(4, 0, "Current value in all", styles.label)
    sheet.write_formula(4, 2, total, styles.money, sum(known) / 100)
    sheet.write_string(5, 0, "Contracts without a current value", styles.label)
    sheet.write_formula(5, 1, blank, styles.count, len(amounts) - len(known))


def _write_block(
    sheet: Worksheet, row: int, name: str, register: Register, styles: Styles, amounts: Sequence[int | None]
) -> int:
    """Write one block from `row` on; returns the row after it."""
    column = register.find(name)
    lines = tally(column, register, name, amounts)
    follows = column is not None and len(lines) <= MOST_FOLLOWING
    sheet.write_string(row, 0, _BLOCKS[name], styles.part)
    if not follows:
        sheet.write_string(row, 1, f"Figures as at {show_day(register.as_at)}", styles.soft)
    for place, words in enumerate(
        (_BLOCKS[name].removeprefix("By ").capitalize(), "Contracts", "Current value")
    ):
        sheet.write_string(row + 1, place, words, styles.heading_right if place else styles.heading)
    first = row + 2
    for place, line in enumerate(lines, start=first):
        _write_line(sheet, place, line, column if follows else None, styles)
    end = first + len(lines)
    contracts, pence = sum(line.contracts for line in lines), sum(line.pence for line in lines)
    sheet.write_string(end, 0, "Total", styles.total)
    sheet.write_formula(end, 1, f"SUM(B{first + 1}:B{end})", styles.total_count, contracts)
    sheet.write_formula(end, 2, f"SUM(C{first + 1}:C{end})", styles.total_money, pence / 100)
    return end + 2


def _write_line(sheet: Worksheet, row: int, line: Line, column: Column | None, styles: Styles) -> None:
    """One word with its figures; equality, not COUNTIF, since a name may hold * or begin with a sign."""
    write_text(sheet, row, 0, line.word or NOT_SAID, styles.wrapped)
    if (needed := lines(line.word, _LABEL_WIDTH)) > 1:
        sheet.set_row(row, LINE_POINTS * min(needed, 27))
    if column is None:
        sheet.write_number(row, 1, line.contracts, styles.count)
        sheet.write_number(row, 2, line.pence / 100, styles.money)
        return
    wanted = f"$A{row + 1}" if line.word else '""'
    same = f"--({TABLE}[{column.heading}]={wanted})"
    held = f'--({TABLE}[{UUID_HEADING}]<>"")'  # a blank row that someone added is no contract
    sheet.write_formula(row, 1, f"SUMPRODUCT({same},{held})", styles.count, line.contracts)
    sheet.write_formula(row, 2, f"SUMPRODUCT({same},{TABLE}[Current value])", styles.money, line.pence / 100)


def tally(column: Column | None, register: Register, name: str, amounts: Sequence[int | None]) -> list[Line]:
    """The lines of a block. Words alike but for capitals are one line, as Excel counts them."""
    cells: Sequence[Cell] = column.cells if column else [None] * register.rows
    found: dict[str, Line] = {}
    for cell, amount in zip(cells, amounts, strict=True):
        words = str(cell or "")
        line = found.setdefault(words.casefold(), Line(words))
        line.contracts += 1
        line.pence += amount or 0
    lines = list(found.values())
    if name in _BY_VALUE:
        return sorted(lines, key=lambda line: (not line.word, -line.pence, line.word.casefold()))
    choices = column.field.choices if column and column.field else ()
    known = {word.casefold(): place for place, word in enumerate(choices)}
    return sorted(lines, key=lambda line: (known.get(line.word.casefold(), len(known)), line.word.casefold()))
