"""A table as it was found in a file: headings, rows with their numbers there, and what was odd about it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from storage.engine.errors import StorageError
from storage.engine.values_dates import show_day

Cell = str | int | float | Decimal | date | datetime | bool | None
"""What a cell may hold. A CSV file gives only text; a blank is None or the empty text."""


class SourceError(StorageError):
    """A file that cannot be brought in: `what` happened, and what to `do` about it."""

    def __init__(self, what: str, do: str) -> None:
        super().__init__(f"{what} {do}")
        self.what = what
        self.do = do


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell a person should look at: its row as a spreadsheet counts them, heading, text and reason."""

    row: int
    column: str
    value: str
    why: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table. Every row is as long as the headings; blank rows are gone, but the numbers tell."""

    source: str  # the file's name
    name: str  # of the sheet; empty for a text file
    headings: tuple[str, ...]  # all different, none empty
    rows: tuple[tuple[Cell, ...], ...]
    numbers: tuple[int, ...]  # the row of each in the file, counted from 1 as a spreadsheet does
    header_row: int = 1
    sheets: tuple[str, ...] = ()  # the names of all sheets of the workbook, hidden ones last
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()  # how the file was read, in sentences to show before anything is written
    date1904: bool = False  # whether day numbers count from 1904
    hidden: frozenset[str] = frozenset()  # the names of those sheets that are hidden
    top: tuple[tuple[int, tuple[Cell, ...]], ...] = ()  # the first rows as they stand in the file
    heads: tuple[int, ...] = ()  # the rows in which the headings stand
    merged: int = 0  # merges of cells over several rows
    filled: bool = False  # whether they were filled down
    said: bool = False  # whether a person said in which row the headings stand
    doubtful: bool = False  # whether no row looks like headings, so that a person must say
    found: str = ""  # the mark of the kind of file, as it is known while nobody says where the headings stand
    under: tuple[str, ...] = ()  # for a table turned on its side, the heading each row's value stood under
    turned: tuple[str, ...] = ()  # and all headings it had
    step: str = ""  # of a workbook of our own: the hash of the last step it shows

    @property
    def first_row(self) -> int:
        """The number of the first row below the headings."""
        return self.numbers[0] if self.numbers else self.header_row + 1


# Control characters, marks without width or that turn the direction of text, and halves of characters.
_ODD = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00a0\u200b\u200e\u200f\u2028\u2029\u202a-\u202f"
    "\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_SPACES = frozenset("\x0b\x0c\x85\u00a0\u2028\u2029\u202f")


def clean(text: str) -> str:
    """Text that can be kept, searched and written again: one sort of line end, no invisible characters."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _ODD.search(text):
        text = _ODD.sub(lambda found: " " if found[0] in _SPACES else "", text)
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return text


def as_text(cell: Cell) -> str:
    """A cell in words: ISO dates, plain digits, Yes and No; what a text file would have held."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, float):
        # Fifteen digits are what a spreadsheet shows; the sixteenth is noise of its arithmetic.
        whole = cell.is_integer() and abs(cell) < 1e15
        return str(int(cell)) if whole else format(cell, ".15g")
    if isinstance(cell, datetime):
        midnight = (cell.hour, cell.minute, cell.second) == (0, 0, 0)
        return cell.date().isoformat() if midnight else cell.isoformat(" ", "seconds")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def as_shown(cell: Cell) -> str:
    """A cell as a person reads it: a day as every page shows it, everything else as it is in words."""
    if isinstance(cell, datetime):
        midnight = (cell.hour, cell.minute, cell.second) == (0, 0, 0)
        return show_day(cell.date()) if midnight else as_text(cell)
    return show_day(cell) if isinstance(cell, date) else as_text(cell)
