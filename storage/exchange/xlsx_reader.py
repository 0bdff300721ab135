"""Reading a workbook another program wrote: checked as a zip first, then opened in a process of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import cast

import storage
from storage.exchange.sheet import Cell, Problem, Sheet, SourceError, clean
from storage.exchange.sheet_shape import Numbered, shape
from storage.exchange.workbook_origin import step_of
from storage.exchange.xlsx_child import MOST_SECONDS, MOST_TOLD, NO_GUARD, OUT_OF_MEMORY

MOST_BYTES = 50_000_000
MOST_PARTS = 2_000
MOST_UNPACKED = 300_000_000
CHILD_ARGUMENT = "--child-workbook"
"""The argument with which a frozen program starts `storage.exchange.xlsx_child.main` in place of itself."""

_CHUNK = 1 << 20
_DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SAVE_AGAIN = "Open it in Excel or LibreOffice, save a copy as a workbook (.xlsx), and bring in the copy."
_SMALLER = "Copy the register alone into a new workbook, save it, and bring that in."
_NOT_WORKED_OUT = (
    "This formula has no stored result. Open and save the workbook in Excel or LibreOffice, then bring it in."
)
_FAR_OUT = "This cell stands far to the right of the table and was not read."

Line = dict[str, object]


def read_xlsx(data: bytes, source: str, sheet: str | None = None) -> Sheet:
    """The table on one sheet of a workbook: the one asked for, else that of a register, else the first with data.

    Raises SourceError in plain words for whatever cannot be read, also when it takes too long.
    """
    check_archive(data, source)
    lines = _ask_child(data, source, {"sheet": sheet})
    first = next(lines, {})
    names = tuple(name for name, _ in cast("list[tuple[str, bool]]", first.get("sheets", ())))
    chosen = str(first.get("chosen") or "")
    if not chosen:
        raise SourceError(
            f"“{source}” has no sheet named “{sheet}”." if sheet else f"“{source}” has no sheet with cells.",
            f"Its sheets are: {', '.join(names)}." if names else _SAVE_AGAIN,
        )
    found, odd = _gather(lines, source)
    notes = [f"Read from the sheet “{chosen}”."]
    if len(names) > 1:
        notes.append("Other sheets of the workbook: " + ", ".join(_named(first, chosen)) + ".")
    made = shape(source, chosen, found, notes)
    problems = _problems(odd, made, found)
    return replace(
        made,
        sheets=names,
        date1904=bool(first.get("date1904")),
        problems=problems,
        step=step_of(data),
    )


def sheet_list(data: bytes, source: str) -> tuple[str, ...]:
    """The names of a workbook's sheets, hidden ones last."""
    check_archive(data, source)
    first = next(_ask_child(data, source, {"list": True}), {})
    return tuple(name for name, _ in cast("list[tuple[str, bool]]", first.get("sheets", ())))


def check_archive(data: bytes, source: str) -> None:
    """Refuse a workbook that is too large, would unpack without end, or is put together to do harm."""
    if len(data) > MOST_BYTES:
        raise SourceError(f"“{source}” is larger than {MOST_BYTES // 1_000_000} MB.", _SMALLER)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS:
                raise SourceError(f"“{source}” consists of more than {MOST_PARTS:,} parts.", _SMALLER)
            unpacked = 0
            for part in parts:
                _check_part(part, source)
                unpacked += _inflate(archive, part, source, MOST_UNPACKED - unpacked)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise SourceError(f"“{source}” is damaged or was not saved to its end.", _SAVE_AGAIN) from error


def _check_part(part: zipfile.ZipInfo, source: str) -> None:
    """Refuse a part that is encrypted, oddly packed, or named to land elsewhere."""
    if part.flag_bits & 0x1:
        raise SourceError(
            f"“{source}” is protected by a password.", "Save a copy without a password and bring that in."
        )
    name = part.filename.replace("\\", "/")
    outside = name.startswith("/") or ".." in name.split("/") or re.match(r"[A-Za-z]:", name) is not None
    if outside or part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise SourceError(
            f"“{source}” is not put together as a workbook is, and was not opened.", _SAVE_AGAIN
        )


def _inflate(archive: zipfile.ZipFile, part: zipfile.ZipInfo, source: str, most: int) -> int:
    """Unpack one part without keeping it: how many bytes it really holds. Declared sizes may lie."""
    size, tail = 0, b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > most:
                raise SourceError(
                    f"“{source}” unpacks to more than {MOST_UNPACKED // 1_000_000} MB.", _SMALLER
                )
            window = tail + chunk
            if any(mark in window for mark in _DOCTYPES):
                raise SourceError(
                    f"“{source}” holds document type declarations, which no spreadsheet program writes. "
                    "It was not opened.",
                    _SAVE_AGAIN,
                )
            tail = chunk[-32:]
    return size


def child_command() -> list[str]:
    """How the reading process is started, from source or from a frozen program."""
    if getattr(sys, "frozen", False):
        return [sys.executable, CHILD_ARGUMENT]
    # -P: a file in the folder the user happens to stand in must not pass for a library.
    return [sys.executable, "-P", "-m", "storage.exchange.xlsx_child"]


def _ask_child(data: bytes, source: str, request: Line) -> Iterator[Line]:
    """The lines the reading process answers. Raises SourceError when it fails or takes too long."""
    root = str(Path(storage.__file__).parent.parent)
    paths = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # no black window on Windows
    try:
        done = subprocess.run(
            child_command(),
            input=json.dumps(request).encode() + b"\n" + data,
            capture_output=True,
            timeout=MOST_SECONDS,
            env={**os.environ, "PYTHONPATH": paths},
            creationflags=hidden,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise SourceError(
            f"“{source}” takes too long to read; it was stopped after {MOST_SECONDS} seconds.", _SMALLER
        ) from error
    except OSError as error:
        raise SourceError(
            f"“{source}” could not be opened: the reading process did not start ({error.strerror}).",
            "Save the sheet as CSV and bring that in.",
        ) from error
    _check_child(done, source)
    lines = [cast("Line", json.loads(line)) for line in done.stdout.splitlines()]
    if not lines or not (lines[-1].get("end") or "too_much" in lines[-1]):
        raise SourceError(f"“{source}” could not be read to its end.", _SAVE_AGAIN)
    return iter(lines)


def _check_child(done: subprocess.CompletedProcess[bytes], source: str) -> None:
    """Turn the way the reading process ended into plain words."""
    if done.returncode == 0:
        return
    if done.returncode == NO_GUARD:
        raise SourceError(
            "Workbooks cannot be opened safely: the package defusedxml is missing.",
            "Install Commissioning Desk again.",
        )
    if done.returncode == OUT_OF_MEMORY or b"MemoryError" in done.stderr[-2000:]:
        raise SourceError(f"“{source}” needs more memory than a register may take.", _SMALLER)
    raise SourceError(f"“{source}” is damaged, or is no workbook this program can read.", _SAVE_AGAIN)


def _gather(lines: Iterator[Line], source: str) -> tuple[list[Numbered], list[Line]]:
    """The rows, and the lines about cells that need looking at."""
    found: list[Numbered] = []
    odd: list[Line] = []
    for line in lines:
        if "row" in line:
            cells = [_cell(cell) for cell in cast("list[object]", line["cells"])]
            if any(cell is not None and cell != "" for cell in cells):
                found.append((cast("int", line["row"]), cells))
        elif "too_much" in line:
            raise SourceError(f"“{source}” holds {line['too_much']}.", _SMALLER)
        elif "formula" in line or "stray" in line:
            odd.append(line)
    return found, odd


def _cell(held: object) -> Cell:
    """A cell as the reading process sent it."""
    if isinstance(held, str):
        if "_x" in held:  # how a workbook writes characters XML cannot hold
            held = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), held)
        return clean(held).strip()
    if isinstance(held, dict):
        moment = datetime.fromisoformat(str(held["day"]))
        return moment.date() if (moment.hour, moment.minute, moment.second) == (0, 0, 0) else moment
    return cast("Cell", held)


def _problems(odd: list[Line], sheet: Sheet, found: list[Numbered]) -> tuple[Problem, ...]:
    """What needs looking at, by row and heading."""
    header = next((cells for number, cells in found if number == sheet.header_row), ())
    problems = []
    for line in odd:
        row, column = cast("int", line.get("formula") or line.get("stray")), cast("int", line["column"])
        if row < sheet.header_row:
            continue
        heading = str(header[column - 1] or "") if column <= len(header) else ""
        why = _NOT_WORKED_OUT if "formula" in line else _FAR_OUT
        problems.append(Problem(row, heading or f"Column {column}", str(_cell(line["cell"])), why))
    if len(problems) >= MOST_TOLD:
        problems.append(Problem(0, "", "", f"Only the first {MOST_TOLD} such cells are listed."))
    return tuple(problems)


def _named(first: Line, chosen: str) -> list[str]:
    """The other sheets, those that are hidden marked so."""
    sheets = cast("list[tuple[str, bool]]", first["sheets"])
    return [f"{name} (hidden)" if hidden else name for name, hidden in sheets if name != chosen]
