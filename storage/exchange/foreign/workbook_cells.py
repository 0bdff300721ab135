"""The cells of an .xlsx or .xlsm workbook, row by row through openpyxl, with what else the sheet hides."""

from __future__ import annotations

import os
import re
import sys
import zipfile
from collections.abc import Generator, Iterator
from datetime import datetime
from functools import cache
from io import BytesIO
from math import isfinite
from typing import TYPE_CHECKING, Any, cast

from storage.exchange.foreign.book import FORMULA, MERGED, MOST_SHEETS, MOST_TOLD, Odd, TooMuch
from storage.exchange.foreign.strict import usual
from storage.exchange.workbooks.origin import CONTRACTS

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from openpyxl.reader.excel import ExcelReader
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet._reader import WorkSheetParser

_TABLE = re.compile(rb"<(?:\w+:)?table\s[^>]*\bdisplayName=[\"']Contracts[\"']")
_HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*\bhidden=[\"'](?:1|true)[\"']")
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*\bref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ZEROS = re.compile(r"0{2,}")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_DATA_TAG = f"{_MAIN}sheetData"
# What a part holds at most in the workbooks of Excel, with room to spare; making many more takes minutes.
_LARGEST_PARTS = (
    ("xl/styles.xml", b"xf", 300_000, "cell formats"),
    ("xl/workbook.xml", b"<sheet ", MOST_SHEETS, "sheets"),
    ("xl/workbook.xml", b"<definedName", 20_000, "names"),
)
_UNKNOWN = "formula"  # how a parsed cell says what it would have worked out
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384  # of a sheet
_LARGEST = 10**300  # a number beyond this is only a string of digits
_CHUNK = 1 << 20
_IGNORED = (
    ("xl/vbaProject.bin", "macros"),
    ("xl/externalLinks/", "links to other workbooks"),
    ("xl/media/", "pictures"),
    ("xl/embeddings/", "embedded files"),
    ("xl/pivotTables/", "pivot tables"),
    ("xl/comments", "comments"),
    ("xl/threadedComments/", "comments"),
)


def prepare() -> bool:
    """Load openpyxl as it must be for foreign bytes; False when its guard is missing."""
    # Neither is needed to read cells: numpy takes half a second, and lxml would pass by defusedxml.
    kept_out = "numpy" not in sys.modules
    if kept_out:
        sys.modules["numpy"] = None  # type: ignore[assignment]
    os.environ["OPENPYXL_LXML"] = "False"
    import openpyxl

    if kept_out:
        del sys.modules["numpy"]  # for whoever looks whether it is there
    return openpyxl.DEFUSEDXML and not openpyxl.LXML


@cache
def _reader_class() -> type[ExcelReader]:
    """The library's reader, except that shared texts are ours: it would undo half of the escaped characters, slowly."""
    from openpyxl.packaging.manifest import Manifest
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.xml.constants import SHARED_STRINGS
    from openpyxl.xml.functions import iterparse

    class Reader(ExcelReader):
        package: Manifest

        def read_strings(self) -> None:
            part = self.package.find(SHARED_STRINGS)  # type: ignore[no-untyped-call]
            if part is None:
                return
            with self.archive.open(part.PartName[1:]) as source:
                for _, node in iterparse(source):
                    if node.tag == f"{_MAIN}si":
                        self.shared_strings.append(_joined(node))
                        node.clear()

    return Reader


def _unescaped(text: str) -> str:
    """A text with the characters XML cannot hold, which a workbook writes by their numbers."""
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) if "_x" in text else text


def _joined(text: Element) -> str:
    """The pieces of a shared text, each of which is escaped by itself; how it is pronounced is left out."""
    pieces: list[str] = []
    for part in text:
        if part.tag == f"{_MAIN}t":
            pieces.append(_unescaped(part.text or ""))
        elif part.tag == f"{_MAIN}r":
            pieces += [_unescaped(each.text or "") for each in part if each.tag == f"{_MAIN}t"]
    return "".join(pieces)


def _taken_out(cell: Element) -> str | None:
    """A text that stands in the cell itself, which the library would read slowly; None where there is none."""
    inline = cell.find(f"{_MAIN}is") if cell.get("t") == "inlineStr" else None
    if inline is None:
        return None
    cell.remove(inline)
    return _joined(inline)


@cache
def _parser_class() -> type[WorkSheetParser]:
    """The library's parser, except that it looks at nothing but rows, and notes formulas without a result."""
    from openpyxl.worksheet._reader import FORMULA_TAG, ROW_TAG, VALUE_TAG, WorkSheetParser
    from openpyxl.xml.functions import iterparse

    class Parser(WorkSheetParser):
        def parse(self) -> Generator[tuple[int, list[dict[str, Any]]], None, None]:
            for _, element in iterparse(self.source):
                if element.tag == ROW_TAG:
                    yield self.parse_row(element)
                    element.clear()
                elif element.tag == _DATA_TAG:
                    return  # what comes after the rows is not looked at

        def parse_cell(self, element: Element) -> dict[str, Any]:
            inline = _taken_out(element)
            cell: dict[str, Any] = super().parse_cell(element)
            if inline is not None:
                cell["value"] = inline
            elif isinstance(cell["value"], str) and element.get("t") != "s":
                cell["value"] = _unescaped(cell["value"])
            formula = element.find(FORMULA_TAG)
            if formula is not None and not _has_result(element.find(VALUE_TAG), element.get("t")):
                cell[_UNKNOWN] = f"={formula.text}" if formula.text else "a formula"
            return cell

    return Parser


def _has_result(result: Element | None, kind: str | None) -> bool:
    """Whether a formula was worked out; the result may be an empty text."""
    return result is not None and (bool(result.text) or kind == "str")


class WorkbookCells:
    """An opened workbook. Only cells that are there are read, whatever size the sheet says it has."""

    def __init__(self, data: bytes) -> None:
        """Raises TooMuch for a workbook of more formats, sheets or names than any program writes."""
        self._data = data = usual(data)
        with zipfile.ZipFile(BytesIO(data)) as archive:
            self._parts = archive.namelist()
        for part, mark, most, words in _LARGEST_PARTS:
            if sum(piece.count(mark) for piece in self._pieces(part)) > most:
                raise TooMuch(f"more than {most:,} {words}")
        reader = _reader_class()(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        reader.read()
        self._book: Workbook = reader.wb
        self._unknown: dict[str, list[Odd]] = {}
        self.sheets = [(str(s.title), s.sheet_state != "visible") for s in self._book.worksheets]
        self.date1904 = self._book.epoch.year == 1904
        named = any(name == CONTRACTS for name, _ in self.sheets)
        self.preferred = CONTRACTS if named and self._has_table() else ""

    def rows(self, name: str) -> Iterator[tuple[int, list[object]]]:
        """The rows that hold anything, with their numbers, each cut after its last cell.

        Rows whose numbers make no sense are numbered on from the one before, so that none is passed over.
        """
        from openpyxl.cell.read_only import ReadOnlyCell

        sheet, last = self._book[name], 0
        unknown = self._unknown[name] = []
        styles: dict[int, str] = {}
        for said, row in self._parsed(name):
            last = said if last < said <= _MOST_ROWS else last + 1
            cells: list[object] = []
            for held in row:
                column = int(held["column"])
                if not 0 < column <= _MOST_COLUMNS:
                    raise ValueError("a column that no sheet has")
                cells += [None] * (column - len(cells))
                if formula := held.pop(_UNKNOWN, None):
                    unknown.append(Odd(last, column, formula, FORMULA))
                elif held["value"] is not None:
                    cells[column - 1] = plain(held["value"], ReadOnlyCell(sheet, **held), styles)
            while cells and (cells[-1] is None or cells[-1] == ""):
                cells.pop()
            if cells:
                yield last, cells

    def _parsed(self, name: str) -> Iterator[tuple[int, list[dict[str, Any]]]]:
        book, sheet = cast("Any", self._book), cast("Any", self._book[name])
        with zipfile.ZipFile(BytesIO(self._data)) as archive, archive.open(self._part_of(name)) as source:
            yield from _parser_class()(
                source,
                sheet._shared_strings,
                data_only=True,
                epoch=book.epoch,
                date_formats=book._date_formats,
                timedelta_formats=book._timedelta_formats,
            ).parse()

    def odd(self, name: str) -> Iterator[Odd]:
        """Formulas of the rows just read whose result was never worked out, and cells merged over several rows."""
        yield from self._unknown.get(name, ())
        for piece in self._pieces(self._part_of(name)):
            for found in _MERGE.finditer(piece):
                first, last = int(found[2]), int(found[4])
                if last > first:
                    cells = f"{found[1].decode()}{first}:{found[3].decode()}{last}"
                    yield Odd(first, _number(found[1].decode()), cells, MERGED)

    def notes(self, name: str) -> list[str]:
        """Rows that were hidden and are read all the same, and parts that were not looked at."""
        hidden = sum(len(_HIDDEN_ROW.findall(piece)) for piece in self._pieces(self._part_of(name)))
        made = []
        if hidden:
            rows = "One hidden row of the sheet was" if hidden == 1 else f"{hidden:,} hidden rows were"
            made.append(f"{rows} read like the others.")
        left = {words: None for start, words in _IGNORED if any(p.startswith(start) for p in self._parts)}
        if left:
            made.append(f"Not looked at in this workbook: {', '.join(left)}.")
        return made

    def _part_of(self, name: str) -> str:
        """The part of the archive a sheet lies in, as openpyxl found it."""
        return str(getattr(self._book[name], "_worksheet_path", ""))

    def _pieces(self, part: str) -> Iterator[bytes]:
        """The text of a part in pieces that each end with a whole tag."""
        if part not in self._parts:
            return
        with zipfile.ZipFile(BytesIO(self._data)) as archive, archive.open(part) as stream:
            rest = b""
            while chunk := stream.read(_CHUNK):
                whole, mark, rest_of = (rest + chunk).rpartition(b">")
                rest = rest_of if len(rest_of) < _CHUNK else b""
                yield whole + mark

    def _has_table(self) -> bool:
        """Whether the workbook has a table named Contracts."""
        tables = [name for name in self._parts if name.startswith("xl/tables/")]
        return any(_TABLE.search(piece) for name in tables[:MOST_TOLD] for piece in self._pieces(name))


def _number(column: str) -> int:
    """The number of a column of letters: 1 for A, 27 for AA."""
    made = 0
    for letter in column:
        made = made * 26 + ord(letter) - ord("A") + 1
    return made


def plain(value: object, cell: object, styles: dict[int, str]) -> object:
    """A cell's value as JSON can carry it, with what only its format shows: leading noughts, %, the currency."""
    if isinstance(value, str | bool):
        return value
    if isinstance(value, datetime):
        return {"day": value.isoformat(timespec="seconds")}
    if not isinstance(value, int | float) or abs(value) >= _LARGEST or not isfinite(value):
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
    if len(number_format) <= 255 and _ZEROS.fullmatch(number_format):
        return number_format
    for currency in ("£", "€"):
        if currency in number_format:
            return currency
    if "[$USD" in number_format or "[$$-" in number_format:
        return "$"
    return "%" if "%" in number_format else ""
