"""The register as an Excel workbook: written beside its place, read back and compared, then moved there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

from storage.engine.query import ALL, Query
from storage.engine.reading import Reader
from storage.exchange.files_out import not_written, put_in_place
from storage.exchange.workbook_check import by_column, differences
from storage.exchange.workbook_columns import Register, gather
from storage.exchange.workbook_contracts import write_contracts
from storage.exchange.workbook_long import LONG_SHEET, write_long_texts
from storage.exchange.workbook_origin import FILE_PROPERTY, STEP_PROPERTY
from storage.exchange.workbook_readme import Imprint, imprint, write_readme
from storage.exchange.workbook_styles import DEFAULT_LOOK, Styles
from storage.exchange.workbook_summary import write_summary
from storage.exchange.workbook_sync import SYNC_SHEET, Sync, lines_of, sync_of
from storage.exchange.workbook_sync import write as write_sync
from storage.exchange.workbook_text import ExportStopped, WorkbookError, clean
from storage.records.contracts import Contract

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
class Wanted:
    """What a workbook is to hold: which contracts, which columns first, and what these are called."""

    query: Query = ALL
    columns: Sequence[str] = ()
    filter_words: str = "all contracts"
    view: str = ""
    file_name: str = ""


def export_register(
    reader: Reader,
    path: Path,
    *,
    query: Query = ALL,
    columns: Sequence[str] = (),
    filter_words: str = "all contracts",
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
    return _export(Reader(reader.file, lambda: today), path, wanted, progress)


def _export(asked: Reader, path: Path, wanted: Wanted, progress: Report | None) -> Exported:
    if path.suffix.lower() != ".xlsx":
        raise WorkbookError(f"{path.name} is no name for a workbook. Nothing was written. End it in .xlsx.")
    told = partial(_tell, progress)
    told(0, 1, 0.0)
    register = gather(asked, wanted.query, asked.today(), wanted.columns)
    told(0, 20, 1.0)
    contracts, total = asked.count_and_total(Contract, "current_value", wanted.query)
    _compare_totals(register, contracts, total)
    whose = imprint(asked, wanted.file_name)
    try:
        _write_beside(path, register, whose, _sync(register, whose, wanted), total, told)
    except OSError as error:
        raise WorkbookError(not_written(error, path)) from error
    if progress:
        progress(_PARTS, _PARTS)  # it stands: nothing is left to stop
    return Exported(path, contracts, total, tuple(column.heading for column in register.columns))


def _sync(register: Register, whose: Imprint, wanted: Wanted) -> Sync:
    """What is sent, so that it can be told later what was changed."""
    return sync_of(
        register,
        file=whose.file_id,
        step=whose.step,
        exported=datetime.now().astimezone().isoformat(timespec="seconds"),
        view=clean(wanted.view),
        chosen=clean(" ".join(wanted.filter_words.split()))[:_LONGEST_FILTER],
        meeting="",
    )


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


def _write_beside(
    path: Path, register: Register, whose: Imprint, sync: Sync, total: int, told: Callable[..., None]
) -> None:
    """Write to a name of its own in the same folder, read it back, and only then take the place."""
    with put_in_place(path) as beside:
        _write(beside, register, whose, sync, total, told)
        told(80, 100, 0.0)
        sent = {SYNC_SHEET: by_column(lines_of(sync))}
        if wrong := differences(beside, register, partial(told, 80, 99), sent):
            raise WorkbookError(
                f"The workbook was written but not kept, since {wrong}. "
                "An earlier workbook of that name is as it was. Check the disk and export again."
            )


def _write(
    beside: Path, register: Register, whose: Imprint, sync: Sync, total: int, told: Callable[..., None]
) -> None:
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
    book = Workbook(str(beside), options)
    styles = Styles(book)
    titles = ["Contracts", "Summary", "Read me", *([LONG_SHEET] if register.long else [])]
    sheets = [book.add_worksheet(title) for title in titles]
    write_contracts(book, sheets[0], register, styles, partial(told, 20, 50))
    write_summary(sheets[1], register, styles, sync.chosen)
    write_readme(sheets[2], register, styles, whose, sync.chosen, total)
    if register.long:
        write_long_texts(sheets[3], register.long, styles)
    write_sync(book.add_worksheet(SYNC_SHEET), sync)
    book.set_properties(
        {"title": "Contract register", "author": "Commissioning Desk", "company": whose.organisation}
    )
    book.set_custom_property(FILE_PROPERTY, whose.file_id)
    book.set_custom_property(STEP_PROPERTY, whose.step)
    try:
        book.close()
    except FileCreateError as error:
        cause = error.args[0] if error.args else error
        raise cause if isinstance(cause, OSError) else OSError(None, str(error)) from error


__all__ = ["ExportStopped", "Exported", "Report", "WorkbookError", "export_register"]
