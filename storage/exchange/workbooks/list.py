"""Any list as an Excel workbook of its own: as it is filtered, sorted and grouped on screen, and nothing left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from storage.desk.lists.arrangement import Arrangement, described, in_order
from storage.desk.lists.totals import sections
from storage.engine.fields import Kind
from storage.engine.reading import Reader
from storage.exchange.files_out import not_written, put_in_place
from storage.exchange.workbooks.about import About, about_part
from storage.exchange.workbooks.check import sheets_differ
from storage.exchange.workbooks.kit import Kit, Part
from storage.exchange.workbooks.list_columns import Gathering, columns_of, part_columns
from storage.exchange.workbooks.list_sheets import ListSheet
from storage.exchange.workbooks.long import LONG_SHEET, LongText
from storage.exchange.workbooks.long import lines_of as long_lines
from storage.exchange.workbooks.pages import Pages
from storage.exchange.workbooks.readme import Imprint, imprint
from storage.exchange.workbooks.risk_columns import worked_out
from storage.exchange.workbooks.styles import DEFAULT_LOOK, Styles
from storage.exchange.workbooks.table import Table, TableColumn, table_part
from storage.exchange.workbooks.text import MOST_ROWS, ExportStopped, WorkbookError, clean

if TYPE_CHECKING:
    from collections.abc import Callable

    from xlsxwriter import Workbook

_PARTS = 100
_LONGEST_WORDS = 2_000  # characters of the filter in words
_LONGEST_SHEET = 31  # letters of the name of a sheet
GROUPS = "Groups"
_PAGE = 1_500  # pixels of columns that are easy to read on A4 across


@dataclass(frozen=True, slots=True)
class ListWritten:
    """A workbook in its place, and how many rows its list has."""

    path: Path
    title: str
    rows: int

    @property
    def said(self) -> str:
        """What became of it, in a sentence."""
        return f"{self.path.name} written and checked: {self.rows:,} rows."


@dataclass(frozen=True, slots=True)
class Sheets:
    """Tables to be written as one workbook, the first of them the list itself."""

    title: str
    which: str
    tables: Sequence[Table]
    facts: Sequence[tuple[str, str]] = ()
    long: Sequence[LongText] = field(default_factory=tuple)


def export_list(
    reader: Reader,
    path: Path,
    what: ListSheet,
    shown: Arrangement = Arrangement(),  # noqa: B008  (frozen)
    *,
    view: str = "",
    today: date,
    progress: Callable[[int, int], bool] | None = None,
) -> ListWritten:
    """Write the records a list shows to `path`, which ends in .xlsx, with what they are made of on sheets behind.

    Columns on screen come first, in their order; every other that holds something follows. `view` is the name of a
    saved view. `progress` hears how many parts of how many are done and returns False to stop.
    Raises WorkbookError (ExportStopped when stopped); a workbook that was at `path` is then as it was.
    """
    asked = Reader(reader.file, lambda: today)
    told = partial(_tell, progress)
    told(0)
    sheets = gather_list(asked, what, shown, view)
    told(30)
    return write_sheets(asked, path, sheets, told)


def gather_list(reader: Reader, what: ListSheet, shown: Arrangement, view: str = "") -> Sheets:
    """What a list shows as tables. Raises WorkbookError where a sheet has no room for it."""
    records = reader.all(what.cls, shown.query)
    if len(records) > MOST_ROWS - 10:
        raise WorkbookError(
            f"{len(records):,} rows are more than a sheet holds. Nothing was written. Narrow the filter."
        )
    gathering = Gathering(reader)
    first = [*([shown.group] if shown.group else []), *shown.columns]
    columns = columns_of(gathering, what.cls, records, first, following=worked_out(reader, records))
    which = described(reader, what.cls, shown, f"all {what.noun}")
    which = f"view “{view}”: {which}" if view else which
    order = in_order(reader, what.cls, shown)
    tables = [_table(what.title, _said(len(records), which, order), columns, len(first))]
    if shown.group:
        tables.append(_groups(reader, what, shown))
    for cls, link in what.parts:
        found, count = part_columns(gathering, cls, link, records)
        if count:
            tables.append(
                _table(cls.PLURAL, f"{count:,} in all, of the {what.noun} on the first sheet", found)
            )
    facts = (("Which", which), ("In order", order), ("Rows", f"{len(records):,}"))
    return Sheets(what.title, which, tables, facts, tuple(gathering.long))


def _said(count: int, which: str, order: str) -> str:
    return "; ".join(
        filter(None, (f"{count:,} in all", clean(" ".join(which.split()))[:_LONGEST_WORDS], order))
    )


def _table(title: str, words: str, columns: Sequence[TableColumn], first: int = 1) -> Table:
    name = "".join(letter if letter.isalnum() else "_" for letter in title)
    return Table(title[:_LONGEST_SHEET], title, words, name, columns, printed=_printed(columns, first))


def _printed(columns: Sequence[TableColumn], first: int) -> int:
    """How many columns print: those on screen, and more as long as the page stays easy to read."""
    room, count = _PAGE, 0
    for column in columns:
        room -= column.width
        if column.hidden or (room < 0 and count >= first):
            break
        count += 1
    return count


def _groups(reader: Reader, what: ListSheet, shown: Arrangement) -> Table:
    """The groups of a list: how many rows each has."""
    each = reader.fields(what.cls)[shown.group]
    found = sections(reader, what.cls, "", "", shown.query)
    columns = [
        TableColumn(
            clean(each.label), Kind.TEXT, 300, [clean(each.show(s.value)) or "Not recorded" for s in found]
        ),
        TableColumn("Rows", Kind.WHOLE, 90, [s.count for s in found]),
    ]
    return _table(GROUPS, f"{what.title} by {each.label.lower()}", columns)


# ---- writing


def write_sheets(
    reader: Reader, path: Path, sheets: Sheets, told: Callable[[int], None] | None = None
) -> ListWritten:
    """Write tables as a workbook of the file that is read. Raises WorkbookError."""
    return write_tables(path, sheets, imprint(reader), reader.today(), told)


def write_tables(
    path: Path, sheets: Sheets, whose: Imprint, today: date, told: Callable[[int], None] | None = None
) -> ListWritten:
    """Write tables as a workbook: beside its place, read back and compared, then moved there. Raises WorkbookError."""
    if path.suffix.lower() != ".xlsx":
        raise WorkbookError(f"{path.name} is no name for a workbook. Nothing was written. End it in .xlsx.")
    say = told or (lambda _done: None)
    try:
        with put_in_place(path) as beside:
            parts = _write(beside, sheets, whose, today)
            say(80)
            expected = {part.title: part.cells for part in parts if part.cells is not None}
            if wrong := sheets_differ(beside, expected):
                raise WorkbookError(
                    f"The workbook was written but not kept, since {wrong}. "
                    "An earlier workbook of that name is as it was. Check the disk and export again."
                )
    except OSError as error:
        raise WorkbookError(not_written(error, path)) from error
    say(_PARTS)
    return ListWritten(path, sheets.title, sheets.tables[0].rows)


def _write(beside: Path, sheets: Sheets, whose: Imprint, today: date) -> list[Part]:
    with _book(beside, sheets.title, whose.organisation) as book:
        kit = Kit(book, Styles(book), Pages(today, whose.marking))
        parts = [table_part(table, kit) for table in sheets.tables]
        if sheets.long:
            parts.append(table_part(_long_table(sheets.long), kit))
        parts.append(about_part(About(sheets.title, sheets.facts, sheets.tables), whose, today, kit))
        for part, sheet in [(part, book.add_worksheet(part.title)) for part in parts]:
            part.write(sheet)
    return parts


def _long_table(long: Sequence[LongText]) -> Table:
    rows = long_lines(long)
    headings = (("Number", Kind.WHOLE, 70), ("Of", Kind.TEXT, 260), ("Heading", Kind.TEXT, 160),
                ("Part", Kind.WHOLE, 60), ("Text", Kind.NOTE, 700))  # fmt: skip
    columns = [
        TableColumn(heading, kind, width, [row[place] for row in rows])
        for place, (heading, kind, width) in enumerate(headings)
    ]
    return Table(LONG_SHEET, LONG_SHEET, "Texts no cell holds whole, in parts", "Long_texts", columns)


@contextmanager
def _book(path: Path, title: str, organisation: str) -> Iterator[Workbook]:
    """A workbook to be filled, which is written to `path` at the end. Raises OSError."""
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
        "default_format_properties": DEFAULT_LOOK,
    }  # fmt: skip
    book = Workbook(str(path), options)
    book.set_properties({"title": title, "author": "Commissioning Desk", "company": organisation})
    yield book
    try:
        book.close()
    except FileCreateError as error:
        cause = error.args[0] if error.args else error
        raise cause if isinstance(cause, OSError) else OSError(None, str(error)) from error


def _tell(progress: Callable[[int, int], bool] | None, done: int) -> None:
    if progress and not progress(done, _PARTS) and done < _PARTS:
        raise ExportStopped("The export was stopped. Nothing was written; an earlier workbook is as it was.")
