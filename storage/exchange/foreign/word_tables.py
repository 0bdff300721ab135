"""The tables of a Word document as sheets, read from its XML as it goes by."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import IO, TYPE_CHECKING

from storage.exchange.foreign.book import (
    MOST_CELLS,
    MOST_SHEETS,
    MOST_TEXT,
    NO_TABLE,
    Odd,
    TooMuch,
    Unreadable,
)

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_PART = "word/document.xml"
_DEEPEST = 200  # elements within one another; Word's own documents have some thirty
_WIDEST = 1_000  # columns one cell may span
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}


class WordTables:
    """The tables of a document, a table inside a cell as text of that cell."""

    preferred = ""
    date1904 = False

    def __init__(self, data: bytes) -> None:
        """Raises Unreadable for a document without tables, TooMuch for one nested without sense."""
        self._tables: list[list[list[str]]] = []
        self._cells = self._text = self._depth = self._within = 0
        self._span = 1
        self._words: list[str] = []
        with zipfile.ZipFile(BytesIO(data)) as archive, archive.open(_PART) as part:
            self._read(part)
        if not self._tables:
            raise Unreadable(NO_TABLE)
        self.sheets = [(f"Table {number}", False) for number in range(1, len(self._tables) + 1)]

    def _read(self, part: IO[bytes]) -> None:
        from defusedxml.ElementTree import iterparse

        for event, element in iterparse(part, events=("start", "end"), forbid_dtd=True):
            name = element.tag.rpartition("}")[2]
            if event == "start":
                self._depth += 1
                if self._depth > _DEEPEST:
                    raise TooMuch("elements nested more deeply than in any document")
                self._begin(name)
            else:
                self._depth -= 1
                self._finish(name, element)
                element.clear()

    def _begin(self, name: str) -> None:
        if name == "tbl":
            self._within += 1
            if self._within == 1:
                self._tables.append([])
                if len(self._tables) > MOST_SHEETS:
                    raise TooMuch(f"more than {MOST_SHEETS:,} tables")
        elif self._within == 1 and name == "tr":
            self._tables[-1].append([])
        elif self._within == 1 and name == "tc":
            self._words, self._span = [], 1

    def _finish(self, name: str, element: Element) -> None:
        if name == "tbl":
            self._within -= 1
        elif not self._within:
            return
        elif name == "t":
            self._words.append(element.text or "")
        elif name in _BREAKS:
            self._words.append(_BREAKS[name])
        elif name == "p":
            self._words.append("\n")
        elif name == "gridSpan" and self._within == 1:
            self._span = _number(element)
        elif name == "tc" and self._within == 1:
            self._end_cell()

    def _end_cell(self) -> None:
        words = "".join(self._words).strip()
        self._cells += self._span
        self._text += len(words)
        if self._cells > MOST_CELLS or self._text > MOST_TEXT:
            raise TooMuch("more text in tables than any register")
        if self._tables[-1]:
            self._tables[-1][-1] += [words] + [""] * (self._span - 1)

    def rows(self, name: str) -> Iterator[tuple[int, list[object]]]:
        """The rows of one table that hold anything."""
        place = int(name.removeprefix("Table ")) - 1
        for number, row in enumerate(self._tables[place], start=1):
            cells: list[object] = [cell or None for cell in row]
            while cells and cells[-1] is None:
                cells.pop()
            if cells:
                yield number, cells

    def odd(self, _name: str) -> Iterator[Odd]:
        """Nothing: a document stores no formulas."""
        return iter(())

    def notes(self, _name: str) -> list[str]:
        """That a document is more than its tables."""
        return ["Only the tables of the document were read, not the text around them."]


def _number(element: Element) -> int:
    """The columns a cell spans; one where the document does not say it sensibly."""
    said = next((value for key, value in element.attrib.items() if key.endswith("}val")), "1")
    return min(int(said), _WIDEST) if said.isdecimal() and said.isascii() and int(said[:6]) > 0 else 1
