"""The sheet Summary: how many contracts and what they are worth, by status, end, team, provider, year and funder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from storage.engine.values import show_day
from storage.exchange.workbooks.block import HERE, LABEL_WIDTH, Block, Line, write_block
from storage.exchange.workbooks.charts import Drawn, draw
from storage.exchange.workbooks.columns import UUID_HEADING, Cell, Column, Register
from storage.exchange.workbooks.contracts import TABLE
from storage.exchange.workbooks.kit import Kit
from storage.exchange.workbooks.quarters import quarters_block
from storage.exchange.workbooks.styles import Styles

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

SUMMARY = "Summary"  # the name of the sheet
NOT_SAID = "(not said)"
MOST_FOLLOWING = 100  # lines of a block that are formulas; beyond, opening the workbook would drag
_MOST_BARS = 10
_CHARTS_AT = 4  # the column the charts begin in
_TOP = 7  # the row of the first block
_HEIGHT = 16  # rows a chart takes
_BY_ORDER = ("stage", "position", "expiry_band")  # told in the order of their words
_BY_VALUE = ("directorate", "provider_name")  # told the largest first
_TITLES = {
    "stage": "By status",
    "position": "By position",
    "expiry_band": "By expiry band",
    "directorate": "By directorate or service",
    "provider_name": "By provider",
}


def write_summary(
    sheet: Worksheet, register: Register, kit: Kit, chosen: str, more: Sequence[Block] = ()
) -> None:
    """Write the sheet; numbers are formulas on the table with their result, so that every viewer shows them.

    `more` are blocks about money, which follow those about ends.
    """
    styles = kit.styles
    _head(sheet, register, kit, chosen)
    value = register.find("current_value")
    amounts = [_pence(cell) for cell in value.cells] if value else []
    _write_all(sheet, register, styles, amounts)
    ends, teams = quarters_block(register, amounts), _block("directorate", register, amounts)
    blocks = [
        *(_block(name, register, amounts) for name in _BY_ORDER),
        *(ends, *more, teams, _block("provider_name", register, amounts)),
    ]
    row, first = _TOP, {}
    for block in blocks:
        first[block.title] = row + 2
        row = write_block(sheet, row, block, styles)
    # Of the ends neither what was before, nor what is later or never.
    quarters = Drawn("Current value by the quarter it ends in", first[ends.title] + 1, ends.lines[1:-2])
    bars = teams.lines[:_MOST_BARS]
    by_team = Drawn("Current value by directorate or service", first[teams.title], bars, lying=True)
    draw(kit.book, sheet, (_TOP, _CHARTS_AT), quarters)
    draw(kit.book, sheet, (_TOP + _HEIGHT, _CHARTS_AT), by_team)


def _head(sheet: Worksheet, register: Register, kit: Kit, chosen: str) -> None:
    """The title, and how the sheet is set up."""
    for place, width in enumerate((LABEL_WIDTH, 100, 170, 30)):
        sheet.set_column_pixels(place, place, width)
    kit.pages.set(sheet, "Contract register – summary")
    sheet.write_string(0, 0, "Contract register – summary", kit.styles.title)
    sheet.set_row(0, 24)
    sheet.write_string(1, 0, f"As at {show_day(register.as_at)}: {chosen}"[:2000], kit.styles.soft)


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


def _block(name: str, register: Register, amounts: Sequence[int | None]) -> Block:
    """The contracts by the words of one column."""
    column, title = register.find(name), _TITLES[name]
    lines = tally(column, register, name, amounts)
    follows = column is not None and len(lines) <= MOST_FOLLOWING
    for line in lines:
        if follows and column is not None:
            _follow(line, column)
        line.word = line.word or NOT_SAID
    headings = (title.removeprefix("By ").capitalize(), "Contracts", "Current value")
    return Block(title, headings, lines, "" if follows else f"Figures as at {show_day(register.as_at)}")


def _follow(line: Line, column: Column) -> None:
    """Let a line follow the table; equality, not COUNTIF, since a name may hold * or begin with a sign."""
    wanted = HERE if line.word else '""'
    same = f"--({TABLE}[{column.heading}]={wanted})"
    held = f'--({TABLE}[{UUID_HEADING}]<>"")'  # a blank row that someone added is no contract
    line.counted = f"SUMPRODUCT({same},{held})"
    line.summed = f"SUMPRODUCT({same},{TABLE}[Current value])"


def tally(column: Column | None, register: Register, name: str, amounts: Sequence[int | None]) -> list[Line]:
    """The lines of a block. Words alike but for capitals are one line, as Excel counts them."""
    cells: Sequence[Cell] = column.cells if column else [None] * register.rows
    found: dict[str, Line] = {}
    for cell, amount in zip(cells, amounts, strict=True):
        words = str(cell or "")
        line = found.setdefault(words.casefold(), Line(words))
        line.count += 1
        line.pence += amount or 0
    lines = list(found.values())
    if name in _BY_VALUE:
        return sorted(lines, key=lambda line: (not line.word, -line.pence, line.word.casefold()))
    choices = column.field.choices if column and column.field else ()
    known = {word.casefold(): place for place, word in enumerate(choices)}
    return sorted(lines, key=lambda line: (known.get(line.word.casefold(), len(known)), line.word.casefold()))
