"""What every reader of foreign files gives the reading process: sheets, rows, and cells that need looking at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

MOST_SHEETS = 1_000
MOST_ROWS = 100_000
MOST_COLUMNS = 500
MOST_CELLS = 5_000_000
MOST_TEXT = 250_000_000  # characters in all: a text that is shared by many cells counts each time
MOST_MERGED = 50_000  # merges that are filled down
MOST_TOLD = 200  # cells named one by one

# Why a cell needs looking at: a word on the way, a sentence on the screen.
STRAY, UNPAIRED, FORMULA, FAR, MERGED, JOINED = "stray", "unpaired", "formula", "far", "merged", "joined"
# Why a file cannot be read, likewise.
CUT_OFF, DAMAGED = "cut off", "damaged"
PASSWORD, QUOTATION, NO_TABLE = "password", "quotation", "no table"


class Unreadable(Exception):
    """The file cannot be read for a reason that has a word above."""


class TooMuch(Exception):
    """The sheet is larger than any register; the words say by what."""


@dataclass(frozen=True, slots=True)
class Odd:
    """A cell that needs looking at: where it stands, counted from 1, what it holds and why."""

    row: int
    column: int
    cell: object
    why: str


class Book(Protocol):
    """An opened file. Cells are text, numbers, truth values, None, or a mapping {"day": ISO date and time}."""

    sheets: list[tuple[str, bool]]  # names, and whether hidden
    preferred: str  # the sheet to read when none is asked for; empty without preference
    date1904: bool

    def rows(self, name: str) -> Iterator[tuple[int, list[object]]]:
        """The rows of a sheet that hold anything, with their numbers, each cut after its last cell."""

    def odd(self, name: str) -> Iterator[Odd]:
        """The cells of a sheet that need looking at."""

    def notes(self, name: str) -> list[str]:
        """What a person should know about how a sheet was read, in sentences."""
