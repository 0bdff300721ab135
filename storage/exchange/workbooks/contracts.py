"""The sheet Contracts: one table of the register, ready to filter, to print and to bring back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

from storage.engine.fields import Kind
from storage.engine.values import show_day
from storage.exchange.workbooks.columns import Column, Register
from storage.exchange.workbooks.kit import Kit
from storage.exchange.workbooks.lists import Lists, choices_of
from storage.exchange.workbooks.pages import Pages
from storage.exchange.workbooks.styles import (
    AMBER,
    CLOSE_DAYS,
    DAY,
    LINE_POINTS,
    QUIET,
    SETTLED,
    WORD_COLOURS,
    WRAPPED,
    Styles,
    meaning,
)
from storage.exchange.workbooks.text import RISKY_STARTS, clean, lines, write_text

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

TABLE = "Contracts"
_MOST_LINES = 27  # Excel's tallest row is 409 points
_TOLD_EVERY = 100  # rows
_LOOKED_AT = RISKY_STARTS | {"<"}
_DATED = ("notice_by", "serve_by")  # the columns that say passed or close
_ROOM_FOR_WORDS = 160  # pixels: a date and the word that says what its colour means


def write_contracts(
    sheet: Worksheet, register: Register, kit: Kit, lists: Lists, told: Callable[[float], None]
) -> None:
    """Write the table and all that belongs to it. `told` hears which share is done, and may raise to stop."""
    styles = kit.styles
    last = max(register.rows, 1)  # a table has a row below its headings, blank if need be
    widths = [_width(column) for column in register.columns]
    _set_columns(sheet, register, styles, widths)
    _set_heights(sheet, register, widths)
    _write_cells(sheet, register, styles, told)
    headings = [{"header": column.heading, "header_format": styles.heading} for column in register.columns]
    table = {"name": TABLE, "columns": headings, "style": "Table Style Light 1"}
    if sheet.add_table(0, 0, last, len(headings) - 1, table) != 0:
        raise RuntimeError("the table was refused")
    _explain_headings(sheet, register)
    _explain_dates(sheet, register)
    _offer_choices(sheet, register, lists, last)
    _colour_words(sheet, register, styles, last)
    _colour_dates(sheet, register, styles, last)
    _lay_out(sheet, register, kit.pages, last)


def _shown(register: Register) -> int:
    """How many columns a reader sees from the start."""
    place = register.place(register.printed) if register.folded else None
    return len(register.columns) - 1 if place is None else place + 1


def _set_columns(sheet: Worksheet, register: Register, styles: Styles, widths: list[int]) -> None:
    """Widths and formats. Columns a view does not show are folded away behind its last one, to open with a click."""
    shown = _shown(register)
    sheet.outline_settings(symbols_right=False)
    for index, column in enumerate(register.columns):
        look: dict[str, object] = {"hidden": column.field is None}
        if register.folded and column.field is not None:
            folded = index >= shown
            look = {"hidden": folded, "level": int(folded), "collapsed": index == shown - 1}
        sheet.set_column_pixels(index, index, widths[index], styles.of(column.field), look)


def _write_cells(sheet: Worksheet, register: Register, styles: Styles, told: Callable[[float], None]) -> None:
    """Write the filled cells row by row; one that brings no format takes its column's."""
    text, number = sheet.write_string, sheet.write_number
    quoted = [styles.quoted_of(column.field) for column in register.columns]
    rows = zip(*(column.cells for column in register.columns), strict=True)
    for row, cells in enumerate(rows, start=1):
        for place, cell in enumerate(cells):
            if cell is None:
                continue
            if not isinstance(cell, str):
                number(row, place, cell)
            elif cell[0] in _LOOKED_AT:
                write_text(sheet, row, place, cell, quoted[place] if cell[0] in RISKY_STARTS else None)
            else:
                text(row, place, cell)
        if row % _TOLD_EVERY == 0:
            told(row / register.rows)


def _set_heights(sheet: Worksheet, register: Register, widths: list[int]) -> None:
    """Room for headings and for wrapped text: not every program finds the height of a row by itself."""
    # Bold letters are wider.
    shown = zip(register.columns, widths, strict=True)
    heading = max(lines(c.heading, w, 6.5) for c, w in islice(shown, _shown(register)))
    sheet.set_row(0, LINE_POINTS * min(heading, _MOST_LINES) + 3)
    wrapped = [i for i, c in enumerate(register.columns) if c.name in WRAPPED]
    for row in range(register.rows):
        cells = [(register.columns[i].cells[row], widths[i]) for i in wrapped]
        needed = max((lines(cell, width) for cell, width in cells if isinstance(cell, str)), default=1)
        if needed > 1:
            sheet.set_row(row + 1, LINE_POINTS * min(needed, _MOST_LINES))


def _width(column: Column) -> int:
    """Pixels: what the field asks for, and enough that Excel shows numbers and not a row of hashes."""
    field = column.field
    if field is None:
        return 260
    least = _ROOM_FOR_WORDS if field.name in _DATED else 100 if field.kind is Kind.DAY else 0
    if field.kind in (Kind.MONEY, Kind.WHOLE, Kind.NUMBER):
        numbers = [cell for cell in column.cells if isinstance(cell, int | float)]
        widest = max((abs(n) for n in numbers), default=0)
        least = 8 * len(f"£{widest:,.2f}") + 12
    return max(field.width, least)


def _explain_headings(sheet: Worksheet, register: Register) -> None:
    """Notes on the headings of worked-out columns."""
    sheet.set_comments_author("Commissioning Desk")
    for index, column in enumerate(register.columns):
        field = column.field
        if field is not None and (field.derived or field.from_today):
            stands = (
                f"Worked out, as at {show_day(register.as_at)}; typing here changes nothing in the register."
            )
            words = f"Why: {meaning(field)} {stands}"
            sheet.write_comment(0, index, words, {"x_scale": 2.2, "y_scale": 1.9, "font_size": 9})


def _explain_dates(sheet: Worksheet, register: Register) -> None:
    """Notes on the dates people ask about: why this date."""
    for name, sentences in register.whys.items():
        place, column = register.place(name), register.find(name)
        if place is None or column is None:
            continue
        for row, (cell, why) in enumerate(zip(column.cells, sentences, strict=True), start=1):
            if cell is not None and why:
                sheet.write_comment(row, place, clean(why), {"x_scale": 2.2, "y_scale": 1.4, "font_size": 9})


def _offer_choices(sheet: Worksheet, register: Register, lists: Lists, last: int) -> None:
    """Drop-down lists; a word that is not on the list is questioned, not refused."""
    for index, column in enumerate(register.columns):
        if not (choices := choices_of(column.field)):
            continue
        offer: dict[str, object] = {
            "validate": "list",
            "source": lists.range_of(column.heading, choices),
            "error_type": "warning",
            "error_title": "Not on the list",
            "error_message": "This word is not on the list of the column. Keep it only if you mean it.",
        }
        sheet.data_validation(1, index, last, index, offer)


def _colour_words(sheet: Worksheet, register: Register, styles: Styles, last: int) -> None:
    """Colour cells by the word they hold."""
    for name, colours in WORD_COLOURS.items():
        place = register.place(name)
        if place is not None:
            styles.colour_words(sheet, (1, place, last, place), colours)


def _colour_dates(sheet: Worksheet, register: Register, styles: Styles, last: int) -> None:
    """Dates by which to give notice: the format that colours a date also writes the word behind it."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    position = register.place("position")
    today = _excel_date(register, 0)
    for name in _DATED:
        place = register.place(name)
        if place is None or position is None:
            continue
        cell = xl_rowcol_to_cell(1, place, col_abs=True)
        stands = xl_rowcol_to_cell(1, position, col_abs=True)
        still = ",".join(f'{stands}<>"{words}"' for words in SETTLED)
        open_still = f"ISNUMBER({cell}),{still}"
        passed = f"=AND({open_still},{cell}<{today})"
        close = f"=AND({open_still},{cell}>={today},{cell}<={_excel_date(register, CLOSE_DAYS)})"
        for rule, look, words in ((passed, QUIET, "passed"), (close, AMBER, "close")):
            said = styles.conditional(look | {"bold": words == "close"}, f'{DAY}" – {words}"')
            sheet.conditional_format(
                1, place, last, place, {"type": "formula", "criteria": rule, "format": said}
            )


def _excel_date(register: Register, days: int) -> str:
    day = register.as_at + timedelta(days=days)
    return f"DATE({day.year},{day.month},{day.day})"


def _lay_out(sheet: Worksheet, register: Register, pages: Pages, last: int) -> None:
    """Frozen headings, and A4 across with the headings and a foot on every page."""
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    place = register.place(register.printed)
    sheet.print_area(0, 0, last, len(register.columns) - 2 if place is None else place)
    pages.set(sheet, "Contract register")
