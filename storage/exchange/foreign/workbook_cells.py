"""The cells of an .xlsx or .xlsm workbook, row by row through openpyxl, with what else the sheet hides."""

from __future__ import annotations

import os
import re
import sys
import zipfile
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from io import BytesIO
from math import isfinite
from typing import TYPE_CHECKING

from storage.exchange.foreign.book import FORMULA, MERGED, MOST_TOLD, Odd

if TYPE_CHECKING:
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.workbook import Workbook

PREFERRED = "Contracts"
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_TABLE = re.compile(rb"<(?:\w+:)?table\s[^>]*\bdisplayName=[\"']Contracts[\"']")
_HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*\bhidden=[\"'](?:1|true)[\"']")
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*\bref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ZEROS = re.compile(r"0{2,}")
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
    sys.modules.setdefault("numpy", None)  # type: ignore[arg-type]
    os.environ["OPENPYXL_LXML"] = "False"
    import openpyxl

    return openpyxl.DEFUSEDXML and not openpyxl.LXML


@cache
def _reader_class() -> type[ExcelReader]:
    """The library's reader, except that it leaves escaped characters to us: it would undo half of them."""
    from openpyxl.cell.text import Text
    from openpyxl.packaging.manifest import Manifest
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
    from openpyxl.xml.functions import iterparse

    class Reader(ExcelReader):
        package: Manifest

        def read_strings(self) -> None:
            part = self.package.find(SHARED_STRINGS)  # type: ignore[no-untyped-call]
            if part is None:
                return
            with self.archive.open(part.PartName[1:]) as source:
                for _, node in iterparse(source):
                    if node.tag == f"{{{SHEET_MAIN_NS}}}si":
                        text = Text.from_tree(node)
                        self.shared_strings.append(text.content if text else "")
                        node.clear()

    return Reader


class WorkbookCells:
    """An opened workbook. Only cells that are there are read, whatever size the sheet says it has."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._book = self._opened(values=True)
        self.sheets = [(str(s.title), s.sheet_state != "visible") for s in self._book.worksheets]
        self.date1904 = self._book.epoch.year == 1904
        with zipfile.ZipFile(BytesIO(data)) as archive:
            self._parts = archive.namelist()
        named = any(name == PREFERRED for name, _ in self.sheets)
        self.preferred = PREFERRED if named and self._has_table() else ""

    def _opened(self, *, values: bool) -> Workbook:
        reader = _reader_class()(BytesIO(self._data), read_only=True, data_only=values, keep_links=False)
        reader.read()
        return reader.wb

    def rows(self, name: str) -> Iterator[tuple[int, list[object]]]:
        """The rows that hold anything, with their numbers, each cut after its last cell."""
        sheet = self._book[name]
        sheet.reset_dimensions()
        styles: dict[int, str] = {}
        for number, row in enumerate(sheet.iter_rows(), start=1):
            cells = [None if (value := cell.value) is None else plain(value, cell, styles) for cell in row]
            while cells and (cells[-1] is None or cells[-1] == ""):
                cells.pop()
            if cells:
                yield number, cells

    def odd(self, name: str) -> Iterator[Odd]:
        """Formulas whose result was never worked out and stored, and cells merged over several rows."""
        if any(_FORMULA.search(piece) for part in self._sheet_parts() for piece in self._pieces(part)):
            yield from self._formulas(name)
        for piece in self._pieces(self._part_of(name)):
            for found in _MERGE.finditer(piece):
                first, last = int(found[2]), int(found[4])
                if last > first:
                    cells = f"{found[1].decode()}{first}:{found[3].decode()}{last}"
                    yield Odd(first, _number(found[1].decode()), cells, MERGED)

    def _formulas(self, name: str) -> Iterator[Odd]:
        written = self._opened(values=False)[name]
        written.reset_dimensions()
        pairs = zip(self._book[name].iter_rows(), written.iter_rows(), strict=True)
        for number, (values, formulas) in enumerate(pairs, start=1):
            for column, (value, formula) in enumerate(zip(values, formulas, strict=True), start=1):
                if value.value is None and formula.value is not None:
                    shown = formula.value if isinstance(formula.value, str) else "a formula"
                    yield Odd(number, column, shown, FORMULA)

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

    def _sheet_parts(self) -> list[str]:
        return [n for n in self._parts if n.startswith("xl/worksheets/") and n.endswith(".xml")]

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
    if isinstance(value, str):
        # How a workbook writes characters XML cannot hold.
        return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), value) if "_x" in value else value
    if isinstance(value, bool):
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
