"""Texts longer than an Excel cell: the cell holds the beginning and says where the rest is, in pieces on a sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.exchange.workbooks.text import RISKY_STARTS, write_text

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from storage.exchange.workbooks.styles import Styles

LONG_SHEET = "Long texts"
HEADINGS = ("Number", "Contract", "Heading", "Part", "Text")
_PIECE = 16_000  # letters: at most two units each, so that every cell takes them
_MARK = "… continued on the sheet Long texts, number {}"
_MARKED = re.compile(r"… continued on the sheet Long texts, number (\d{1,7})\Z")
_LONGEST_MARK = 60  # letters
_WIDTHS = (70, 260, 160, 50, 700)  # pixels


@dataclass(frozen=True, slots=True)
class LongText:
    """One text that no cell holds whole, by the number its cell names."""

    number: int
    contract: str  # what the contract is called
    heading: str
    pieces: tuple[str, ...]

    @property
    def cell(self) -> str:
        """What stands in the cell of the table."""
        return self.pieces[0] + _MARK.format(self.number)


def in_pieces(number: int, contract: str, heading: str, text: str) -> LongText:
    """A text cut into cells; together they are the whole text."""
    pieces = tuple(text[start : start + _PIECE] for start in range(0, len(text), _PIECE))
    return LongText(number, contract, heading, pieces)


def write_long_texts(sheet: Worksheet, long: Sequence[LongText], styles: Styles) -> None:
    """Write the sheet: one line a piece."""
    for place, (heading, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True)):
        sheet.set_column_pixels(place, place, width)
        sheet.write_string(0, place, heading, styles.heading)
    sheet.freeze_panes(1, 0)
    for row, line in enumerate(lines_of(long), start=1):
        for place, cell in enumerate(line):
            if isinstance(cell, str) and cell:
                write_text(sheet, row, place, cell, styles.quoted if cell[:1] in RISKY_STARTS else None)
            elif isinstance(cell, int):
                sheet.write_number(row, place, cell)
        sheet.set_row(row, 45)


def lines_of(long: Iterable[LongText]) -> list[tuple[int | str, ...]]:
    """The rows of the sheet below its headings."""
    return [
        (text.number, text.contract, text.heading, part, piece)
        for text in long
        for part, piece in enumerate(text.pieces, start=1)
    ]


def pieces_by_number(rows: Iterable[Sequence[object]]) -> dict[int, list[str]]:
    """The pieces of each text as the sheet holds them, in their order; lines that make no sense are passed over."""
    found: dict[int, dict[int, str]] = {}
    for row in rows:
        number, _, _, part, text = [*row, None, None, None, None, None][:5]
        if isinstance(number, int | float) and isinstance(part, int | float) and isinstance(text, str):
            found.setdefault(int(number), {})[int(part)] = text
    return {number: [parts[part] for part in sorted(parts)] for number, parts in found.items()}


def goes_on(cell: str) -> bool:
    """Whether a cell says that its text goes on elsewhere."""
    return _MARKED.search(cell, len(cell) - _LONGEST_MARK if len(cell) > _LONGEST_MARK else 0) is not None


def whole(cell: str, pieces: Mapping[int, Sequence[str]]) -> tuple[str | None, bool]:
    """The whole text of a cell that goes on elsewhere, and whether its beginning is as it was written.

    A beginning that was changed in the cell keeps its change, and the rest follows it. None when the rest is gone.
    """
    marked = _MARKED.search(cell)
    found = pieces.get(int(marked[1]), ()) if marked else ()
    if marked is None or len(found) < 2:
        return None, False
    beginning = cell[: marked.start()]
    return beginning + "".join(found[1:]), beginning == found[0]
