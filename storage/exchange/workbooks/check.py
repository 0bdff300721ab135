"""Reads a finished workbook back from the disk and compares every cell of the table with what was to be written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import unescape
from itertools import zip_longest
from pathlib import Path
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError

from storage.exchange.workbooks.columns import Cell, Register
from storage.exchange.workbooks.contracts import TABLE
from storage.exchange.workbooks.kit import Cells
from storage.exchange.workbooks.long import HEADINGS, LONG_SHEET, lines_of
from storage.exchange.workbooks.origin import CONTRACTS

_CHUNK = 1 << 18  # bytes at a time, so that no single call holds up the window for long
_STRINGS, _TABLES = "xl/sharedStrings.xml", "xl/tables/"
_SHEET = re.compile(r'<sheet name="([^"]*)" sheetId="(\d+)"')
_CELL = re.compile(r'<c r="([A-Z]+)(\d+)"(?: s="\d+")?(?: t="(\w+)")?>(?:<v>([^<]*)</v>)?</c>')
_ITEM = re.compile(r"<si>(.*?)</si>", re.DOTALL)
_PIECE = re.compile(r"<t[^>]*>([^<]*)</t>")
_ESCAPED = re.compile(r"_x([0-9a-fA-F]{4})_")


def differences(
    path: Path, register: Register, told: Callable[[float], None], also: Mapping[str, Cells] | None = None
) -> str:
    """What is wrong with the workbook on the disk, in words; empty when it says exactly what the register says.

    `also` are the cells of further sheets that must be there, by the name of the sheet.
    """
    expected = {CONTRACTS: _table_cells(register), **(also or {})}
    if register.long:
        expected[LONG_SHEET] = by_column([HEADINGS, *lines_of(register.long)])
    try:
        with ZipFile(path) as package:
            parts = _parts(package)
            told(0.1)
            for name in package.namelist():
                if name != _STRINGS and name not in {parts[title] for title in expected}:
                    for _ in _sound(package, name):
                        pass
            strings = _strings(package)
            told(0.3)
            return _table_differs(package, register) or _sheets_differ(
                package, {parts[title]: cells for title, cells in expected.items()}, strings, told
            )
    except (BadZipFile, ZlibError, ExpatError, KeyError, IndexError, ValueError, EOFError) as error:
        return f"it cannot be read back ({error})"


def sheets_differ(path: Path, expected: Mapping[str, Cells]) -> str:
    """What is wrong with sheets on the disk, in words; empty when each, by its name, holds exactly these cells."""
    try:
        with ZipFile(path) as package:
            parts = _parts(package)
            for name in package.namelist():
                if name != _STRINGS and name not in {parts[title] for title in expected}:
                    for _ in _sound(package, name):
                        pass
            wanted = {parts[title]: cells for title, cells in expected.items()}
            return _sheets_differ(package, wanted, _strings(package), _untold)
    except (BadZipFile, ZlibError, ExpatError, KeyError, IndexError, ValueError, EOFError) as error:
        return f"it cannot be read back ({error})"


def _untold(_share: float) -> None:
    """Nobody waits to hear how far it is."""


def by_column(rows: Iterable[Sequence[Cell]]) -> Cells:
    """The cells of a sheet, given row by row from its first one on; an empty text is no cell."""
    from xlsxwriter.utility import xl_col_to_name

    columns = zip_longest(*rows)
    return {xl_col_to_name(i): [None if c == "" else c for c in cells] for i, cells in enumerate(columns)}


def _parts(package: ZipFile) -> dict[str, str]:
    """The part each sheet lies in, by its name; the writer numbers both alike."""
    found = _SHEET.findall(package.read("xl/workbook.xml").decode())
    return {unescape(name): f"xl/worksheets/sheet{number}.xml" for name, number in found}


def _sound(package: ZipFile, name: str) -> Iterator[bytes]:
    """The bytes of a part, read to the end, which proves its checksum; XML is held to its grammar on the way."""
    parser = ParserCreate() if name.endswith((".xml", ".rels", ".vml")) else None
    with package.open(name) as part:
        while chunk := part.read(_CHUNK):
            if parser:
                parser.Parse(chunk, False)
            yield chunk
    if parser:
        parser.Parse(b"", True)


def _pieces(package: ZipFile, name: str, end: str) -> Iterator[str]:
    """The text of a part in pieces that each end with a closing tag."""
    rest, mark = b"", end.encode()
    for chunk in _sound(package, name):
        whole, found, after = (rest + chunk).rpartition(mark)
        rest = after if found else rest + chunk
        yield (whole + found).decode()
    yield rest.decode()


def _strings(package: ZipFile) -> list[str]:
    """The shared texts, by number."""
    found: list[str] = []
    for piece in _pieces(package, _STRINGS, "</si>"):
        for item in _ITEM.findall(piece):
            found.append("".join(map(_piece, _PIECE.findall(item))))
    return found


def _piece(text: str) -> str:
    """One piece of a text as it was before it was written."""
    text = unescape(text) if "&" in text else text
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text) if "_x" in text else text


def _table_differs(package: ZipFile, register: Register) -> str:
    from xlsxwriter.utility import xl_range

    last = len(register.columns) - 1
    wanted = (f'ref="{xl_range(0, 0, max(register.rows, 1), last)}"', f'displayName="{TABLE}"')
    tables = [package.read(name).decode() for name in package.namelist() if name.startswith(_TABLES)]
    right = any(all(words in table for words in wanted) for table in tables)
    return "" if right else "its table has the wrong place or name"


def _table_cells(register: Register) -> Cells:
    from xlsxwriter.utility import xl_col_to_name

    return {xl_col_to_name(i): [c.heading, *c.cells] for i, c in enumerate(register.columns)}


def _sheets_differ(
    package: ZipFile, expected: Mapping[str, Cells], strings: list[str], told: Callable[[float], None]
) -> str:
    """Compare sheets cell by cell; a cell missing, added or changed is a difference."""
    counts = {part: _filled(cells) for part, cells in expected.items()}
    every, before = max(sum(counts.values()), 1), 0
    for part, cells in expected.items():
        seen = 0
        for piece in _pieces(package, part, "</row>"):
            for letters, row, kind, value in _CELL.findall(piece):
                if not value:
                    continue
                wanted = cells[letters][int(row) - 1]
                if wanted != (strings[int(value)] if kind == "s" else float(value)):
                    return f"cell {letters}{row} does not hold what the register says"
                seen += 1
            told(0.4 + 0.6 * (before + seen) / every)
        if seen != counts[part]:
            return f"{seen:,} cells are filled where {counts[part]:,} should be"
        before += seen
    return ""


def _filled(cells: Cells) -> int:
    return sum(len(column) - column.count(None) for column in cells.values())
