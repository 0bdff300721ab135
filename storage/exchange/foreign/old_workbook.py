"""The cells of a .xls, .xlsb or .ods workbook, through calamine."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from math import isfinite
from typing import Any

from storage.exchange.foreign.book import DAMAGED, MERGED, PASSWORD, Odd, Unreadable
from storage.exchange.workbooks.origin import CONTRACTS, SYNC_SHEET

_ODS_FORMULA = re.compile(rb"<table:table-cell\s([^>]*\btable:formula=[^>]*)>")


class OldWorkbook:
    """An opened workbook. Its library holds a sheet whole, so the memory of this process is the limit."""

    date1904 = False  # the library has turned day numbers into days already

    def __init__(self, data: bytes) -> None:
        """Raises Unreadable for a workbook under a password, or one whose text does not end as it began."""
        from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

        self._data = data
        _refuse_torn(data)
        try:
            self._book = CalamineWorkbook.from_filelike(BytesIO(data))
        except PasswordError as error:
            raise Unreadable(PASSWORD) from error
        self.sheets = [
            (sheet.name, sheet.visible != SheetVisibleEnum.Visible)
            for sheet in self._book.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet
        ]
        named = {name for name, _ in self.sheets}
        # A workbook of ours that another program saved: no other sheet of it is the register, whichever comes first.
        self.preferred = CONTRACTS if {CONTRACTS, SYNC_SHEET} <= named else ""
        self._held: tuple[str, Any] | None = None

    def _sheet(self, name: str) -> Any:  # noqa: ANN401 - its library's own class
        if self._held is None or self._held[0] != name:
            self._held = (name, self._book.get_sheet_by_name(name))
        return self._held[1]

    def rows(self, name: str) -> Iterator[tuple[int, list[object]]]:
        """The rows that hold anything, with their numbers, each cut after its last cell."""
        sheet = self._sheet(name)
        top, left = sheet.start or (0, 0)
        before: list[object] = [None] * left
        for number, row in enumerate(sheet.iter_rows(), start=1):
            if row.count("") == len(row):
                continue  # quickly: a far cell makes millions of these
            cells = [_plain(value) for value in row]
            while cells and (cells[-1] is None or cells[-1] == ""):
                cells.pop()
            if cells:
                yield number + top, before + cells

    def odd(self, name: str) -> Iterator[Odd]:
        """Cells merged over several rows."""
        for (first, column), (last, _) in self._sheet(name).merged_cell_ranges or ():
            if last > first:
                yield Odd(first + 1, column + 1, f"rows {first + 1} to {last + 1}", MERGED)

    def notes(self, _name: str) -> list[str]:
        """Formulas of an OpenDocument sheet whose result was never worked out."""
        count = self._formulas_without_result()
        if not count:
            return []
        formulas = "One formula of this workbook has" if count == 1 else f"{count:,} formulas have"
        return [
            f"{formulas} no stored result and came in empty. Open and save it in LibreOffice or Excel first."
        ]

    def _formulas_without_result(self) -> int:
        if not self._data.startswith(b"PK"):
            return 0
        with zipfile.ZipFile(BytesIO(self._data)) as archive:
            if "content.xml" not in archive.namelist():
                return 0
            found = _ODS_FORMULA.findall(archive.read("content.xml"))
        return sum(1 for attributes in found if b"office:value-type" not in attributes)


def _refuse_torn(data: bytes) -> None:
    """Refuse an OpenDocument sheet that leaves an element open: its library would look for the end without end."""
    from xml.sax import SAXParseException
    from xml.sax.handler import ContentHandler

    from defusedxml.sax import parse

    if not data.startswith(b"PK"):
        return
    with zipfile.ZipFile(BytesIO(data)) as archive:
        if "content.xml" in archive.namelist():
            try:
                parse(archive.open("content.xml"), ContentHandler())
            except SAXParseException as error:
                raise Unreadable(DAMAGED) from error


def _plain(value: object) -> object:
    """A cell's value as JSON can carry it; blank cells are empty text to the library."""
    if value == "":
        return None
    if isinstance(value, datetime):
        return {"day": value.isoformat(timespec="seconds")}
    if isinstance(value, date):
        return {"day": f"{value.isoformat()}T00:00:00"}
    if isinstance(value, time | timedelta) or (isinstance(value, float) and not isfinite(value)):
        return str(value)
    return value
