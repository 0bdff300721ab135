"""The separate program that opens a foreign workbook: it is given bytes, answers in JSON lines and may be stopped.

It never touches the user's file. What a hostile or broken workbook does to it ends with it.
"""

from __future__ import annotations

import json
import os
import re
import sys
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

MOST_MEMORY = 1_000_000_000
MOST_SECONDS = 60
MOST_ROWS = 200_000
MOST_COLUMNS = 500
MOST_CELLS = 5_000_000
MOST_TOLD = 200  # stray cells and formulas named one by one
OUT_OF_MEMORY, NO_GUARD = 3, 4  # exit codes
PREFERRED = "Contracts"

_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_TABLE = re.compile(rb"<(?:\w+:)?table\s[^>]*\bdisplayName=[\"']Contracts[\"']")
_ZEROS = re.compile(r"0{2,}")
_PEEK_ROWS = 1000
_TABLE_WIDTH = 3  # cells in a row that make a table rather than a cover page
_CHUNK = 1 << 20

Put = dict[str, object]


class TooMuch(Exception):
    """The sheet is larger than any register; the words say by what."""


def main() -> int:
    """Read a request line and a workbook from the input, and write what it holds. Returns the exit code."""
    limit_resources()
    # Neither is needed to read cells: numpy takes half a second, and lxml would pass by defusedxml.
    sys.modules["numpy"] = None  # type: ignore[assignment]
    os.environ["OPENPYXL_LXML"] = "False"
    import openpyxl

    if not openpyxl.DEFUSEDXML:
        return NO_GUARD
    request = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    out = sys.stdout.buffer
    try:
        answer(data, request, out)
    except TooMuch as reason:
        _put(out, {"too_much": str(reason)})
    except MemoryError:
        return OUT_OF_MEMORY
    return 0


def limit_resources() -> None:
    """Cap memory and processor time where the system can; elsewhere the parent's clock is the limit."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for what, most in ((resource.RLIMIT_AS, MOST_MEMORY), (resource.RLIMIT_CPU, MOST_SECONDS)):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):  # macOS knows the limit but may refuse to set it
            continue


def answer(data: bytes, request: Mapping[str, object], out: BinaryIO) -> None:
    """Write the sheets' names, then the rows of the chosen one, its formulas without value, and an end mark."""
    import openpyxl

    book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    sheets = [(str(s.title), s.sheet_state != "visible") for s in book.worksheets]
    sheets.sort(key=lambda sheet: sheet[1])
    chosen = "" if request.get("list") else _choose(book, sheets, str(request.get("sheet") or ""), data)
    _put(out, {"sheets": sheets, "chosen": chosen, "date1904": book.epoch.year == 1904})
    if chosen:
        _put_rows(book, chosen, out)
        if _has_formulas(data):
            _put_formulas(book, chosen, data, out)
    _put(out, {"end": True})


def _choose(book: Workbook, sheets: list[tuple[str, bool]], asked: str, data: bytes) -> str:
    """The sheet to read: the one asked for, a register's own table, else the first visible one with data."""
    names = [name for name, _ in sheets]
    if asked:
        return next((name for name in names if name.casefold() == asked.strip().casefold()), "")
    if PREFERRED in names and _has_table(data):
        return PREFERRED
    best, name_of_best = -1, names[0] if names else ""
    for name, hidden in sheets:
        score = _looks(book, name) * 2 - hidden
        if score > best:
            best, name_of_best = score, name
        if best == 4:
            break
    return name_of_best


def _looks(book: Workbook, name: str) -> int:
    """2 for a sheet that holds a table, 1 for one that holds anything, 0 for an empty one."""
    filled = wide = 0
    for _, cells in islice(_rows(book, name), _PEEK_ROWS):
        filled += 1
        wide += sum(1 for cell in cells if cell is not None) >= _TABLE_WIDTH
        if wide == 2:
            return 2
    return int(filled > 0)


def _rows(book: Workbook, name: str) -> Iterator[tuple[int, list[object]]]:
    """The rows that hold anything, with their numbers, each cut after its last cell."""
    sheet = book[name]
    sheet.reset_dimensions()
    styles: dict[int, str] = {}
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [None if (value := cell.value) is None else _plain(value, cell, styles) for cell in row]
        while cells and (cells[-1] is None or cells[-1] == ""):
            cells.pop()
        if cells:
            yield number, cells


def _put_rows(book: Workbook, name: str, out: BinaryIO) -> None:
    """Write every row; cells far to the right of any register are told, not kept."""
    rows = total = 0
    stray: list[tuple[int, int, object]] = []
    for number, cells in _rows(book, name):
        if len(cells) > MOST_COLUMNS:
            far = enumerate(cells[MOST_COLUMNS:], start=MOST_COLUMNS + 1)
            stray.extend((number, column, cell) for column, cell in far if cell is not None)
            if len(stray) > MOST_TOLD:
                raise TooMuch(f"more than {MOST_COLUMNS} columns")
            del cells[MOST_COLUMNS:]
            if not any(cell is not None for cell in cells):
                continue
        rows, total = rows + 1, total + len(cells)
        if rows > MOST_ROWS:
            raise TooMuch(f"more than {MOST_ROWS:,} rows")
        if total > MOST_CELLS:
            raise TooMuch(f"more than {MOST_CELLS:,} cells")
        _put(out, {"row": number, "cells": cells})
    for number, column, cell in stray:
        _put(out, {"stray": number, "column": column, "cell": cell})


def _put_formulas(book: Workbook, name: str, data: bytes, out: BinaryIO) -> None:
    """Write where a formula stands whose result was never worked out and stored."""
    import openpyxl

    written = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)[name]
    written.reset_dimensions()
    told = 0
    pairs = zip(book[name].iter_rows(), written.iter_rows(), strict=True)
    for number, (values, formulas) in enumerate(pairs, start=1):
        for column, (value, formula) in enumerate(zip(values, formulas, strict=True), start=1):
            if value.value is None and formula.value is not None:
                shown = formula.value if isinstance(formula.value, str) else "a formula"
                _put(out, {"formula": number, "column": column, "cell": shown})
                told += 1
                if told == MOST_TOLD:
                    return


def _plain(value: object, cell: object, styles: dict[int, str]) -> object:
    """A cell's value as JSON can carry it, with what only its format shows: leading noughts, %, the currency."""
    if isinstance(value, str | bool):
        return value
    if isinstance(value, datetime):
        return {"day": value.isoformat(timespec="seconds")}
    if not isinstance(value, int | float):
        return str(value)
    style = getattr(cell, "_style_id", 0)
    look = styles.get(style)
    if look is None:
        look = styles[style] = _look(str(getattr(cell, "number_format", "")))
    if not look:
        return value
    if look == "%":
        return f"{value * 100:.15g}%"
    if look in ("£", "€", "$"):
        return f"{look}{value:.15g}"
    return f"{value:0{len(look)}d}" if isinstance(value, int) and value >= 0 else value


def _look(number_format: str) -> str:
    """What a number format shows beyond the number: the noughts of 00000, a percent sign, a currency.

    The built-in dollar formats stand for the currency of the reader's own country and are passed over.
    """
    if _ZEROS.fullmatch(number_format):
        return number_format
    for currency in ("£", "€"):
        if currency in number_format:
            return currency
    if "[$USD" in number_format or "[$$-" in number_format:
        return "$"
    return "%" if "%" in number_format else ""


def _has_table(data: bytes) -> bool:
    """Whether the workbook has a table named Contracts."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = [name for name in archive.namelist() if name.startswith("xl/tables/")]
        return any(_TABLE.search(archive.read(name)) for name in parts)


def _has_formulas(data: bytes) -> bool:
    """Whether any sheet holds a formula."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            if not name.startswith("xl/worksheets/") or not name.endswith(".xml"):
                continue
            with archive.open(name) as part:
                tail = b""
                while chunk := part.read(_CHUNK):
                    if _FORMULA.search(tail + chunk):
                        return True
                    tail = chunk[-20:]
    return False


def _put(out: BinaryIO, line: Put) -> None:
    out.write(json.dumps(line).encode() + b"\n")


if __name__ == "__main__":
    sys.exit(main())
