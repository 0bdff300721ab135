"""A sheet with one table below its title: what the sheets about decisions, KPIs, money and changes are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as of
from typing import TYPE_CHECKING

from storage.engine.fields import Kind
from storage.exchange.workbooks.check import by_column
from storage.exchange.workbooks.columns import Cell
from storage.exchange.workbooks.kit import Kit, Part
from storage.exchange.workbooks.styles import LINE_POINTS, Styles
from storage.exchange.workbooks.text import RISKY_STARTS, clean, lines, write_text

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

TOP = 3  # the row of the headings, counted from 0
_MOST_LINES = 27  # Excel's tallest row is 409 points
_WRAPPED_FROM = 150  # pixels: text columns this wide wrap
_NUMBERS = (Kind.MONEY, Kind.WHOLE, Kind.NUMBER)
Colours = dict[str, dict[str, object]]


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column of a table: its heading, the kind of its cells, its width in pixels, and colours that repeat words."""

    heading: str
    kind: Kind
    width: int
    cells: Sequence[Cell]
    colours: Colours = of(default_factory=dict)
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: its name, title and a sentence about it, the name of its table, and the table.

    `notes` say of some cells why they hold what they hold, by row from 0 and column. A table of no rows has a blank
    one, as Excel wants it.
    """

    sheet: str
    title: str
    words: str
    name: str
    columns: Sequence[TableColumn]
    notes: Mapping[tuple[int, int], str] = of(default_factory=dict)
    printed: int = 0  # so many columns print; 0 for all

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return len(self.columns[0].cells)

    @property
    def first(self) -> int:
        """The first row below the headings, as Excel counts them."""
        return TOP + 2

    @property
    def last(self) -> int:
        """The last row, likewise."""
        return TOP + 1 + max(self.rows, 1)


def table_part(table: Table, kit: Kit) -> Part:
    """The sheet as a part of a workbook."""
    rows = zip(*(column.cells for column in table.columns), strict=True)
    headings = [column.heading for column in table.columns]
    cells = by_column([[table.title], [table.words], [], headings, *rows])
    return Part(table.sheet, lambda sheet: _write(sheet, table, kit), cells)


def _write(sheet: Worksheet, table: Table, kit: Kit) -> None:
    styles = kit.styles
    sheet.write_string(0, 0, table.title, styles.title)
    sheet.set_row(0, 24)
    write_text(sheet, 1, 0, table.words, styles.soft)
    widths = [_width(column) for column in table.columns]
    for place, (column, width) in enumerate(zip(table.columns, widths, strict=True)):
        sheet.set_column_pixels(place, place, width, _look(column, styles), {"hidden": column.hidden})
    _write_rows(sheet, table, widths, styles)
    last = table.last - 1
    headings = [{"header": c.heading, "header_format": _heading(c, styles)} for c in table.columns]
    made = {"name": table.name, "columns": headings, "style": "Table Style Light 1"}
    if sheet.add_table(TOP, 0, last, len(headings) - 1, made) != 0:
        raise RuntimeError("the table was refused")
    for place, column in enumerate(table.columns):
        styles.colour_words(sheet, (TOP + 1, place, last, place), column.colours)
    _write_notes(sheet, table)
    sheet.freeze_panes(TOP + 1, 0)
    sheet.repeat_rows(TOP)
    if table.printed:
        sheet.print_area(0, 0, last, table.printed - 1)
    kit.pages.set(sheet, table.title)


def _width(column: TableColumn) -> int:
    """Pixels: what was asked for, and enough that Excel shows amounts and not a row of hashes."""
    if column.kind is not Kind.MONEY:
        return column.width
    widest = max((abs(cell) for cell in column.cells if isinstance(cell, int | float)), default=0)
    return max(column.width, 8 * len(f"£{widest:,.2f}") + 12)


def _look(column: TableColumn, styles: Styles) -> Format | None:
    by_kind = {
        Kind.DAY: styles.day,
        Kind.MONEY: styles.money,
        Kind.WHOLE: styles.count,
        Kind.NUMBER: styles.number,
    }
    return by_kind.get(column.kind) or (styles.wrapped if _wraps(column) else None)


def _heading(column: TableColumn, styles: Styles) -> Format:
    return styles.heading_right if column.kind in _NUMBERS else styles.heading


def _wraps(column: TableColumn) -> bool:
    return column.kind not in (Kind.DAY, *_NUMBERS) and column.width >= _WRAPPED_FROM


def _write_rows(sheet: Worksheet, table: Table, widths: Sequence[int], styles: Styles) -> None:
    """Write the cells row by row, each row as tall as its longest text needs."""
    headings = max(lines(c.heading, w - 16, 6.5) for c, w in zip(table.columns, widths, strict=True))
    sheet.set_row(TOP, LINE_POINTS * min(headings, _MOST_LINES) + 3)
    wrapped = [_wraps(column) for column in table.columns]
    rows = zip(*(column.cells for column in table.columns), strict=True)
    for row, cells in enumerate(rows, start=TOP + 1):
        tall = 1
        for place, cell in enumerate(cells):
            if isinstance(cell, str):
                risky = cell[0] in RISKY_STARTS
                quoted = styles.quoted_wrapped if wrapped[place] else styles.quoted
                write_text(sheet, row, place, cell, quoted if risky else None)
                if wrapped[place] and (not table.printed or place < table.printed):
                    tall = max(tall, lines(cell, widths[place]))
            elif cell is not None:
                sheet.write_number(row, place, cell)
        if tall > 1:
            sheet.set_row(row, LINE_POINTS * min(tall, _MOST_LINES))


def _write_notes(sheet: Worksheet, table: Table) -> None:
    sheet.set_comments_author("Commissioning Desk")
    for (row, place), words in table.notes.items():
        look = {"x_scale": 2.2, "y_scale": 1.4, "font_size": 9}
        sheet.write_comment(TOP + 1 + row, place, clean(words), look)
