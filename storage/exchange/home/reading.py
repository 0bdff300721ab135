"""A workbook of ours that comes home: its register, and what it says was sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from storage.exchange.foreign.archive import SAVE_AGAIN
from storage.exchange.foreign.kinds import ODS, TEXT, XLSX, kind_of
from storage.exchange.tables.sheet import Sheet, SourceError
from storage.exchange.tables.tabular import DAMAGED, Line, answer_of, bytes_of, table_of
from storage.exchange.workbooks.columns import UUID_HEADING
from storage.exchange.workbooks.origin import SYNC_SHEET, file_of, step_of
from storage.exchange.workbooks.sync import Sync, read_rows


@dataclass(frozen=True, slots=True)
class Brought:
    """A workbook as it came: its table, what was sent where it still says so, and of which file it is.

    `file` is empty where nothing says it, as in a CSV file. The step of the table is that of the file it was
    written at, empty likewise.
    """

    sheet: Sheet
    sync: Sync | None
    file: str

    @property
    def is_ours(self) -> bool:
        """Whether it was written by this program, whatever became of it since."""
        return bool(self.file) or any(
            _plain(heading) == _plain(UUID_HEADING) for heading in self.sheet.headings
        )


def read_home(path: Path) -> Brought:
    """Read a workbook or text file that went out as a register, on whatever sheet that is now.

    Takes its time: to be called off the window's own thread. Raises SourceError as `read_table` does.
    """
    data = bytes_of(path)
    return _read(data, kind_of(data, path.name), path)


def read_if_ours(path: Path) -> Brought | None:
    """The same for any file somebody drops; None, soon, for one that is no workbook of ours."""
    data = bytes_of(path)
    kind = kind_of(data, path.name)
    if kind == XLSX:
        ours = bool(file_of(data))
    else:  # what is packed is only known once it is read
        ours = kind == ODS or any(UUID_HEADING.encode(code) in data for code in ("utf-8", "utf-16-le"))
    brought = _read(data, kind, path) if ours else None
    return brought if brought and brought.is_ours else None


def _read(data: bytes, kind: str, path: Path) -> Brought:
    lines = answer_of(
        data, path.name, {"kind": kind, "sheet": None, "heading": UUID_HEADING, "also": SYNC_SHEET}
    )
    also: list[list[object]] = []
    try:
        sheet = table_of(_without(lines, also), path.name, None, kind)
    except (TypeError, ValueError, KeyError, AttributeError, IndexError) as error:
        raise SourceError(f"“{path.name}” {DAMAGED}", SAVE_AGAIN) from error
    sync = read_rows(also) if also else None
    file, step = (sync.file, sync.step) if sync else ("", "")
    if kind == XLSX and not sync:
        file, step = file_of(data), step_of(data)
    names = tuple(name for name in sheet.sheets if name != SYNC_SHEET) if kind != TEXT else ()
    return Brought(replace(sheet, step=step, sheets=names), sync, file)


def _without(lines: Iterable[Line], also: list[list[object]]) -> Iterable[Line]:
    """The lines but for those of the other sheet, whose cells are put aside."""
    for line in lines:
        if "also" in line:
            also.append(cast("list[object]", line["also"]))
        else:
            yield line


def _plain(heading: str) -> str:
    return " ".join(heading.split()).casefold()
