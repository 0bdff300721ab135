"""The register as an Excel workbook: written beside its place, read back and compared, then moved there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from storage.desk.lists.arrangement import Arrangement
from storage.desk.meeting.shown_contracts import EVERY, Shown
from storage.engine.query import ALL, Query
from storage.engine.reading import Reader
from storage.exchange.files_out import not_written, put_in_place
from storage.exchange.workbooks.check import by_column, differences
from storage.exchange.workbooks.columns import Register, gather
from storage.exchange.workbooks.contracts import write_contracts
from storage.exchange.workbooks.kit import Cells, Kit, Part
from storage.exchange.workbooks.lists import LISTS, Lists
from storage.exchange.workbooks.long import LONG_SHEET, write_long_texts
from storage.exchange.workbooks.meeting import (
    Meeting,
    MeetingBook,
    cover_of,
    gather_meeting,
    meeting_parts,
    said_for,
)
from storage.exchange.workbooks.origin import CONTRACTS, FILE_PROPERTY, STEP_PROPERTY, SYNC_SHEET
from storage.exchange.workbooks.pages import Pages
from storage.exchange.workbooks.readme import README, Imprint, imprint, write_readme
from storage.exchange.workbooks.styles import DEFAULT_LOOK, Styles
from storage.exchange.workbooks.summary import SUMMARY, write_summary
from storage.exchange.workbooks.sync import Sync, lines_of, sync_of
from storage.exchange.workbooks.sync import write as write_sync
from storage.exchange.workbooks.text import ExportStopped, WorkbookError, clean
from storage.records.contracts import Contract

if TYPE_CHECKING:
    from xlsxwriter import Workbook

Report = Callable[[int, int], bool]  # parts done, parts in all; False stops the export
_PARTS = 100
_LONGEST_FILTER = 2_000  # characters of the filter in words, on the sheets


@dataclass(frozen=True, slots=True)
class Exported:
    """A workbook in its place: how many contracts it holds, their current value in pence, and its headings."""

    path: Path
    contracts: int
    total_pence: int
    headings: tuple[str, ...]

    @property
    def said(self) -> str:
        """What became of it, in a sentence."""
        return f"{self.path.name} written and checked: {self.contracts:,} contracts."


@dataclass(frozen=True, slots=True)
class MeetingExported(Exported):
    """A workbook for a meeting; `shown` is what can be kept, so that the next meeting hears what has changed."""

    shown: Shown | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a workbook is to hold: which contracts in which columns, what these are called, and for which meeting."""

    query: Query
    columns: Sequence[str]
    filter_words: str
    view: str
    file_name: str
    arrangement: Arrangement = Arrangement()  # noqa: RUF009  (frozen)
    meeting: Meeting | None = None


def export_register(
    reader: Reader,
    path: Path,
    *,
    query: Query = ALL,
    columns: Sequence[str] = (),
    filter_words: str = EVERY,
    view: str = "",
    today: date,
    file_name: str = "",
    progress: Report | None = None,
) -> Exported:
    """Write the contracts a query finds to `path`, which ends in .xlsx; words that depend on today take `today`.

    `columns` come first and are those that are printed; every other filled column follows, so that the sheet can
    come back whole. `view` is the name of a view; `file_name` is what the Read me calls the file, where the reader
    looks at a copy of it.
    `progress` hears how many parts of how many are done and returns False to stop. Only reads the store.
    Raises WorkbookError (ExportStopped when stopped); a workbook that was at `path` is then as it was.
    """
    wanted = Wanted(query, columns, filter_words, view, file_name)
    made = _Making(Reader(reader.file, lambda: today), path, wanted, progress)
    return Exported(*made.run())


def export_meeting(
    reader: Reader,
    path: Path,
    *,
    shown: Arrangement = Arrangement(),  # noqa: B008  (frozen)
    meeting: Meeting = Meeting(),  # noqa: B008
    filter_words: str = EVERY,
    view: str = "",
    today: date,
    file_name: str = "",
    progress: Report | None = None,
) -> MeetingExported:
    """Write the workbook for a meeting: the contracts a list shows, with all a meeting asks about them.

    What the list shows decides on the columns and their order; the others are folded away behind them. As
    `export_register` in all else.
    """
    wanted = Wanted(shown.query, shown.columns, filter_words, view, file_name, shown, meeting)
    made = _Making(Reader(reader.file, lambda: today), path, wanted, progress)
    facts = made.run()
    return MeetingExported(*facts, made.book.shown if made.book else None)


@dataclass(frozen=True, slots=True)
class _Gathered:
    """All that is written; the records it was made from are let go of before, to save memory."""

    register: Register
    whose: Imprint
    sync: Sync  # without its rows
    sent: Sequence[tuple[str, ...]]  # the rows of the sheet that says what was sent
    total_pence: int


class _Making:
    """One export."""

    def __init__(self, asked: Reader, path: Path, wanted: Wanted, progress: Report | None) -> None:
        if path.suffix.lower() != ".xlsx":
            raise WorkbookError(
                f"{path.name} is no name for a workbook. Nothing was written. End it in .xlsx."
            )
        self._asked, self._path, self._wanted, self._progress = asked, path, wanted, progress
        self._told = partial(_tell, progress)
        self.book: MeetingBook | None = None

    def run(self) -> tuple[Path, int, int, tuple[str, ...]]:
        """Gather, write, check; what was written, for `Exported`."""
        self._told(0, 1, 0.0)
        found = self._gather()
        self._told(0, 20, 1.0)
        try:
            self._write_beside(found)
        except OSError as error:
            raise WorkbookError(not_written(error, self._path)) from error
        if self._progress:
            self._progress(_PARTS, _PARTS)  # it stands: nothing is left to stop
        headings = tuple(column.heading for column in found.register.columns)
        return self._path, found.register.rows, found.total_pence, headings

    def _gather(self) -> _Gathered:
        """Read all that is to be written."""
        asked, wanted = self._asked, self._wanted
        register = gather(asked, wanted.query, asked.today(), wanted.columns)
        whose = imprint(asked, wanted.file_name)
        if wanted.meeting is not None:
            register = replace(register, folded=bool(wanted.columns))
            self.book = gather_meeting(asked, register, wanted.meeting, wanted.arrangement)
            whose = said_for(self.book.meeting, whose)
        contracts, total = asked.count_and_total(Contract, "current_value", wanted.query)
        _compare_totals(register, contracts, total)
        sync = self._sync(register, whose)
        sent = [*lines_of(sync)]
        return _Gathered(replace(register, records=()), whose, replace(sync, rows={}), sent, total)

    def _write_beside(self, found: _Gathered) -> None:
        """Write to a name of its own in the same folder, read it back, and only then take the place."""
        with put_in_place(self._path) as beside:
            also = self._write(beside, found)
            self._told(80, 100, 0.0)
            if wrong := differences(beside, found.register, partial(self._told, 80, 99), also):
                raise WorkbookError(
                    f"The workbook was written but not kept, since {wrong}. "
                    "An earlier workbook of that name is as it was. Check the disk and export again."
                )

    def _write(self, beside: Path, found: _Gathered) -> dict[str, Cells]:
        """Write the workbook; returns the cells that must be found in it besides the register's."""
        with new_book(beside, found.whose, found.sync) as book:
            kit = Kit(book, Styles(book), Pages(found.register.as_at, found.whose.marking))
            parts = self._parts(kit, found)
            sheets = [book.add_worksheet(part.title) for part in parts]
            for part, sheet in zip(parts, sheets, strict=True):
                part.write(sheet)
        return {part.title: part.cells for part in parts if part.cells is not None}

    def _sync(self, register: Register, whose: Imprint) -> Sync:
        """What is sent, so that it can be told later what was changed."""
        return sync_of(
            register,
            file=whose.file_id,
            step=whose.step,
            exported=datetime.now().astimezone().isoformat(timespec="seconds"),
            view=clean(self._wanted.view),
            chosen=clean(" ".join(self._wanted.filter_words.split()))[:_LONGEST_FILTER],
            meeting=self.book.meeting.name if self.book else "",
        )

    def _parts(self, kit: Kit, found: _Gathered) -> list[Part]:
        """Every sheet in its order."""
        register, whose, total = found.register, found.whose, found.total_pence
        lists, told, chosen = Lists(), partial(self._told, 20, 50), found.sync.chosen
        blocks = self.book.blocks if self.book else ()
        contracts = Part(CONTRACTS, lambda sheet: write_contracts(sheet, register, kit, lists, told))
        summary = Part(SUMMARY, lambda sheet: write_summary(sheet, register, kit, chosen, blocks))
        rest = [Part(README, lambda sheet: write_readme(sheet, register, kit, whose, chosen, total))]
        if register.long:
            rest.append(Part(LONG_SHEET, lambda sheet: write_long_texts(sheet, register.long, kit.styles)))
        rest.append(Part(LISTS, lists.write))
        rest.append(Part(SYNC_SHEET, lambda sheet: write_sync(sheet, found.sent), by_column(found.sent)))
        if self.book is None:
            return [contracts, summary, *rest]
        cover = cover_of(self.book, register, whose, found.sync, total)
        return meeting_parts(self.book, kit, cover, summary, contracts, rest)


def _tell(progress: Report | None, first: int, last: int, share: float) -> None:
    """Report a share of the parts from `first` to `last`."""
    if progress and not progress(first + int((last - first) * share), _PARTS):
        raise ExportStopped("The export was stopped. Nothing was written; an earlier workbook is as it was.")


def _compare_totals(register: Register, contracts: int, total_pence: int) -> None:
    """The columns must add up to what the store itself says of the same contracts."""
    column = register.find("current_value")
    found = sum(round(c * 100) for c in column.cells if isinstance(c, int | float)) if column else 0
    if (register.rows, found) != (contracts, total_pence):
        raise WorkbookError("The register changed while it was read. Nothing was written. Export it again.")


@contextmanager
def new_book(path: Path, whose: Imprint, sync: Sync) -> Iterator[Workbook]:
    """A workbook to be filled, which is written to `path` at the end. Raises OSError."""
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    # In memory: the parts of a register are not left about in the system's folder for temporary files.
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": DEFAULT_LOOK,
    }
    book = Workbook(str(path), options)
    title = f"Contract register – {sync.meeting}" if sync.meeting else "Contract register"
    book.set_properties({"title": title, "author": "Commissioning Desk", "company": whose.organisation})
    book.set_custom_property(FILE_PROPERTY, whose.file_id)
    book.set_custom_property(STEP_PROPERTY, whose.step)
    yield book
    try:
        book.close()
    except FileCreateError as error:
        cause = error.args[0] if error.args else error
        raise cause if isinstance(cause, OSError) else OSError(None, str(error)) from error


__all__ = [
    "ExportStopped", "Exported", "Meeting", "MeetingExported", "Report", "WorkbookError", "export_meeting",
    "export_register",
]  # fmt: skip
