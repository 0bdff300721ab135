"""What an Excel cell can hold: text made clean and written as text, days as serial numbers, lines of a wrapped cell."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from storage.engine.errors import StorageError

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LONGEST_TEXT = 32_767  # of a cell, in UTF-16 units
LONGEST_HEADING = 255  # of a table column
MOST_ROWS = 1_048_575  # of a sheet, below the headings
LARGEST_EXACT = 10**15  # Excel keeps 15 significant digits
RISKY_STARTS = frozenset("=+-@\t\n")  # Excel would try to work these out if the cell were typed again

_FIRST_SURE_DAY = date(1900, 3, 1)  # Excel has a 29 February 1900, and no days before that year
_DAY_ZERO = 693_594  # what date.toordinal() gives for the day Excel would call 0, from March 1900 on
_LINE_ENDS = re.compile(r"\r\n?|[\v\f]")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPES = re.compile(r"(?<=_)(?=x[0-9a-fA-F]{4}_)")
_DIRTY = re.compile(r"[\x00-\x08\v\f\r\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class WorkbookError(StorageError):
    """The workbook could not be written; the message says why and that the old one is as it was."""


class ExportStopped(WorkbookError):
    """The user stopped the export; nothing was written."""


def is_clean(text: str) -> bool:
    """Whether a text goes into a cell as it is."""
    return _DIRTY.search(text) is None


def clean(text: str) -> str:
    """The text without what XML cannot carry; every line end becomes Excel's own."""
    return _UNPRINTABLE.sub("", _LINE_ENDS.sub("\n", text))


def fits(text: str) -> bool:
    """Whether a cell can hold the text whole. Excel counts an emoji as two."""
    return len(text) <= LONGEST_TEXT // 2 or len(text.encode("utf-16-le")) // 2 <= LONGEST_TEXT


def serial(day: date) -> int | None:
    """The number Excel keeps for a day; None for days it cannot tell rightly."""
    return day.toordinal() - _DAY_ZERO if day >= _FIRST_SURE_DAY else None


def write_text(sheet: Worksheet, row: int, place: int, text: str, look: Format | None = None) -> None:
    """Write words that are clean and not empty. Every text from outside goes this way, or one just as careful."""
    if text.startswith("<r>") and text.endswith("</r>"):
        # The library takes text in these marks for its own; in pieces it is escaped like any other, and what looks
        # like an escaped character, which it would then escape twice, is parted too.
        more = (look,) if look else ()
        sheet.write_rich_string(row, place, text[:1], text[1:2], *_ESCAPES.split(text[2:]), *more)
    else:
        sheet.write_string(row, place, text, look)


def lines(text: str, width: int, letter: float = 6) -> int:
    """How many lines a wrapped cell of this width in pixels takes; `letter` is the room for one letter."""
    room = max(1, int((width - 6) / letter))
    if len(text) <= room and "\n" not in text:
        return 1
    return sum(_lines_of(paragraph, room) for paragraph in text.split("\n"))


def _lines_of(paragraph: str, room: int) -> int:
    full, used = 0, 0
    for word in paragraph.split(" "):
        used += len(word) + (used > 0)
        if used > room:
            full, used = full + (used > len(word)), len(word)
            full, used = full + max(0, used - 1) // room, max(0, used - 1) % room + 1
    return full + 1


def table_headings(wanted: list[str], taken: str) -> list[str]:
    """The headings as a table takes them: one line, at most 255 characters, no two alike whatever their capitals.

    `taken` is the heading of a column that comes after and must keep its name.
    """
    seen, made = {taken.casefold()}, []
    for heading in wanted:
        stem = " ".join(clean(heading).split()) or "No heading"
        # Text that looks like the library's own mark-up would be written as such.
        stem = f"“{stem}”" if stem.startswith("<r>") else stem
        name, number = _cut(stem, ""), 2
        while name.casefold() in seen:
            name, number = _cut(stem, f" ({number})"), number + 1
        seen.add(name.casefold())
        made.append(name)
    return made


def _cut(stem: str, end: str) -> str:
    room, units = 2 * (LONGEST_HEADING - len(end)), stem.encode("utf-16-le")
    if len(units) > room:
        stem = units[: room - 2].decode("utf-16-le", "ignore") + "…"
    return stem + end
