"""The separate program that reads a foreign file: it is given bytes, answers in JSON lines and may be stopped.

It never touches the user's file. What a hostile or broken file does to it ends with it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import islice
from typing import BinaryIO

from storage.engine.foreign.child_guard import (
    NO_GUARD,
    OUT_OF_MEMORY,
    answer_alone,
    forbid_files_and_network,
    limit_resources,
)
from storage.exchange.foreign.book import (
    CUT_OFF,
    DAMAGED,
    FAR,
    JOINED,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_MERGED,
    MOST_ROWS,
    MOST_SHEETS,
    MOST_TEXT,
    MOST_TOLD,
    Book,
    Odd,
    TooMuch,
    Unreadable,
)
from storage.exchange.foreign.kinds import DOCUMENT, DOCX, FIELDS, ODS, TEXT, XLS, XLSB, XLSX
from storage.exchange.workbooks.long import LONG_SHEET, goes_on, pieces_by_number, whole

_PEEK_ROWS = 1000
_HEADED_ROWS = 40  # from the top, among which a heading is looked for
SHOWN = 200  # letters of a long text that are told
_TABLE_WIDTH = 3  # cells in a row that make a table rather than a cover page

Put = dict[str, object]
Opener = Callable[[bytes], Book]


def main() -> int:
    """Read a request line and a file from the input, and write what it holds. Returns the exit code."""
    limit_resources()
    request = json.loads(sys.stdin.buffer.readline())
    write = _writer(request)
    if write is None:
        return NO_GUARD
    data = sys.stdin.buffer.read()
    forbid_files_and_network()
    try:
        with answer_alone() as out:
            write(data, out)
    except MemoryError:
        return OUT_OF_MEMORY
    return 0


def _writer(request: Mapping[str, object]) -> Callable[[bytes, BinaryIO], None] | None:
    """What writes the answer to a request; None when that is not safe on this computer."""
    if request["kind"] == DOCUMENT:
        from storage.exchange.foreign.word_text import answer_document

        return answer_document
    if request["kind"] == FIELDS:
        import pypdf  # noqa: F401 - loaded while files may still be opened

        from storage.exchange.foreign.pdf_fields import answer_form

        return answer_form
    opener = opener_of(str(request["kind"]))
    return None if opener is None else partial(_answer, opener, request)


def _answer(opener: Opener, request: Mapping[str, object], data: bytes, out: BinaryIO) -> None:
    answer(opener, data, request, out)


def opener_of(kind: str) -> Opener | None:
    """What opens a kind of file, its library loaded; None when that is not safe on this computer."""
    if kind == TEXT:
        from storage.exchange.foreign.text_rows import TextRows

        return TextRows
    if kind in (XLS, XLSB, ODS):
        from storage.exchange.foreign.old_workbook import OldWorkbook

        return OldWorkbook
    if kind == DOCX:
        from storage.exchange.foreign.word_tables import WordTables

        return WordTables
    from storage.exchange.foreign.workbook_cells import WorkbookCells, prepare

    return WorkbookCells if kind == XLSX and prepare() else None


def answer(opener: Opener, data: bytes, request: Mapping[str, object], out: BinaryIO) -> None:
    """Write the sheets' names, then the rows of the chosen one, its odd cells, and an end mark."""
    try:
        book = opener(data)
        if len(book.sheets) > MOST_SHEETS:
            raise TooMuch(f"more than {MOST_SHEETS:,} sheets")
        book.sheets.sort(key=lambda sheet: sheet[1])
        heading = str(request.get("heading") or "")
        chosen = _choose(book, str(request.get("sheet") or ""), heading)
        known = any(name == chosen for name, _ in book.sheets)
        first: Put = {"sheets": book.sheets, "chosen": chosen, "date1904": book.date1904}
        _put(out, first | {"notes": book.notes(chosen)} if known else first)
        if known:
            _put_rows(book, chosen, out, may_be_cut=bool(heading))
            most = MOST_MERGED if request.get("fill") else MOST_TOLD
            for odd in islice(book.odd(chosen), most):
                _put_odd(out, odd)
        _put_also(book, str(request.get("also") or ""), out)
    except TooMuch as reason:
        _put(out, {"too_much": str(reason)})
    except Unreadable as reason:
        _put(out, {"unreadable": str(reason)})
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a broken file may break its reader in any way
        _put(out, {"unreadable": DAMAGED})
    else:
        _put(out, {"end": True})


def _choose(book: Book, asked: str, heading: str) -> str:
    """The sheet to read: the one asked for, the one preferred, one with a heading, else the first visible table."""
    names = [name for name, _ in book.sheets]
    if asked:
        return next((name for name in names if name.casefold() == asked.strip().casefold()), "")
    if book.preferred or len(names) == 1:
        return book.preferred or names[0]
    if heading:
        for name in names:
            if any(heading in cells for _, cells in islice(book.rows(name), _HEADED_ROWS)):
                return name
    best, name_of_best = -1, names[0] if names else ""
    for name, hidden in book.sheets:
        score = _looks(book.rows(name)) * 2 - hidden
        if score > best:
            best, name_of_best = score, name
        if best == 4:
            break
    return name_of_best


def _looks(rows: Iterator[tuple[int, list[object]]]) -> int:
    """2 for a sheet that holds a table, 1 for one that holds anything, 0 for an empty one."""
    filled = wide = 0
    for _, cells in islice(rows, _PEEK_ROWS):
        filled += 1
        wide += sum(1 for cell in cells if cell is not None) >= _TABLE_WIDTH
        if wide == 2:
            return 2
    return int(filled > 0)


def _put_rows(book: Book, name: str, out: BinaryIO, *, may_be_cut: bool) -> None:
    """Write every row; cells far to the right of any register are told, not kept."""
    rows = total = text = 0
    stray: list[Odd] = []
    rest = _Rest(book, may_be_cut)
    for number, cells in book.rows(name):
        stray += rest.join(number, cells)
        if len(cells) > MOST_COLUMNS:
            far = enumerate(islice(cells, MOST_COLUMNS, None), start=MOST_COLUMNS + 1)
            filled = (Odd(number, column, cell, FAR) for column, cell in far if cell not in (None, ""))
            stray.extend(islice(filled, MOST_TOLD + 1))
            if len(stray) > MOST_TOLD:
                raise TooMuch(f"more than {MOST_COLUMNS} columns")
            del cells[MOST_COLUMNS:]
            if not any(cell not in (None, "") for cell in cells):
                continue
        rows, total = rows + 1, total + len(cells)
        text += sum(len(cell) for cell in cells if isinstance(cell, str))
        if rows > MOST_ROWS:
            raise TooMuch(f"more than {MOST_ROWS:,} rows")
        if total > MOST_CELLS:
            raise TooMuch(f"more than {MOST_CELLS:,} cells")
        if text > MOST_TEXT:
            raise TooMuch(f"more than {MOST_TEXT // 1_000_000} million characters")
        _put(out, {"row": number, "cells": cells})
    for odd in stray:
        _put_odd(out, odd)


def _put_also(book: Book, name: str, out: BinaryIO) -> None:
    """Write the rows of one more sheet, as they are, if there is such a one."""
    if not name or not any(name == there for there, _ in book.sheets):
        return  # the one sheet of a text file has no name: its rows are told once
    text = 0
    for _, cells in book.rows(name):
        text += sum(len(cell) for cell in cells if isinstance(cell, str))
        if text > MOST_TEXT:
            raise TooMuch(f"more than {MOST_TEXT // 1_000_000} million characters")
        _put(out, {"also": cells})


class _Rest:
    """Joins the cells of a workbook of ours with what of their texts stands on a sheet of its own."""

    def __init__(self, book: Book, may_be_cut: bool) -> None:
        self._book, self._may_be_cut = book, may_be_cut
        self._pieces: dict[int, list[str]] | None = None

    def join(self, number: int, cells: list[object]) -> Iterator[Odd]:
        """Put whole texts in the place of beginnings; cells whose beginning was changed are given to be told.

        When the rest of a text is not there, taking the cell as it is would cut the text: it is told and emptied
        where the asker knows how to leave a cell out, otherwise Unreadable is raised.
        """
        for place, cell in enumerate(cells):
            if isinstance(cell, str) and goes_on(cell):
                if self._pieces is None:
                    self._pieces = self._read()
                joined, unchanged = whole(cell, self._pieces)
                if joined is None and not self._may_be_cut:
                    raise Unreadable(CUT_OFF)
                cells[place] = joined or ""
                if joined is None:
                    yield Odd(number, place + 1, cell[:SHOWN], CUT_OFF)
                elif not unchanged:
                    yield Odd(number, place + 1, joined[:SHOWN], JOINED)

    def _read(self) -> dict[int, list[str]]:
        there = any(name == LONG_SHEET for name, _ in self._book.sheets)
        return pieces_by_number(cells for _, cells in self._book.rows(LONG_SHEET)) if there else {}


def _put_odd(out: BinaryIO, odd: Odd) -> None:
    _put(out, {"odd": odd.why, "row": odd.row, "column": odd.column, "cell": odd.cell})


def _put(out: BinaryIO, line: Put) -> None:
    out.write(json.dumps(line).encode() + b"\n")


if __name__ == "__main__":
    sys.exit(main())
