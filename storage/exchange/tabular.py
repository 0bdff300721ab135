"""Opening a file that holds a register: what it is, told by its content and not by the end of its name."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

from storage.exchange.csv_reader import decode, read_csv
from storage.exchange.sheet import Cell, Problem, Sheet, SourceError
from storage.exchange.xlsx_reader import MOST_BYTES, read_xlsx, sheet_list

__all__ = ["Cell", "Problem", "Sheet", "SourceError", "read_table", "sheet_names"]

_AS_WORKBOOK = "Open it in the program it came from, save it as a workbook (.xlsx) or CSV, and bring that in."
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(r"\s*<(?:!doctype\s+html|html|head|meta|body|table|style|div|\?xml|!--)", re.IGNORECASE)
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "is a PDF document"),
    (b"SQLite format 3\0", "is a database, or a Commissioning Desk file"),
    (b"{\\rtf", "is a formatted text document"),
    (b"\x1f\x8b", "is a compressed file"),
    (b"7z\xbc\xaf", "is a compressed file"),
    (b"Rar!", "is a compressed file"),
    (b"\x89PNG", "is a picture"),
    (b"\xff\xd8\xff", "is a picture"),
)
# What another kind of zip holds, and what to call it.
_ZIPPED = (
    ("xl/workbook.bin", "is a binary workbook (.xlsb)"),
    ("content.xml", "is an OpenDocument file"),
    ("word/document.xml", "is a Word document"),
    ("ppt/presentation.xml", "is a presentation"),
    ("Index/Document.iwa", "is an Apple Numbers file"),
)


def read_table(path: Path, sheet: str | None = None) -> Sheet:
    """The table in a CSV file or workbook. Takes its time: to be called off the window's own thread.

    Raises SourceError, in words to show, for everything that cannot be read.
    """
    data = _bytes(path)
    if _is_workbook(data, path.name):
        return read_xlsx(data, path.name, sheet)
    if sheet:
        raise SourceError(f"“{path.name}” is a text file and has no sheets.", "Leave the sheet's name out.")
    return read_csv(data, path.name)


def sheet_names(path: Path) -> tuple[str, ...]:
    """The names of a workbook's sheets, hidden ones last; none for a text file. Raises SourceError."""
    data = _bytes(path)
    return sheet_list(data, path.name) if _is_workbook(data, path.name) else ()


def _bytes(path: Path) -> bytes:
    """The whole file. Raises SourceError when it is missing, empty, locked or too large."""
    try:
        if path.is_file() and path.stat().st_size > MOST_BYTES:
            raise SourceError(
                f"“{path.name}” is larger than {MOST_BYTES // 1_000_000} MB.",
                "Copy the register alone into a new file and bring that in.",
            )
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise SourceError(f"There is no file “{path}”.", "Check its name and folder.") from error
    except IsADirectoryError as error:
        raise SourceError(f"“{path.name}” is a folder.", "Choose the file inside it.") from error
    except PermissionError as error:
        raise SourceError(
            f"“{path.name}” may not be read.",
            "Close it in other programs, or ask for the right to read it.",
        ) from error
    except OSError as error:
        raise SourceError(
            f"“{path.name}” could not be read ({error.strerror or error}).", "Copy it to this computer first."
        ) from error
    if not data.strip():
        raise SourceError(f"“{path.name}” is empty.", "Choose the file that holds the register.")
    return data


def _is_workbook(data: bytes, name: str) -> bool:
    """True for a workbook, False for text. Raises SourceError for anything else."""
    if data.startswith(_OLE):
        raise _sealed_or_old(data, name)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _is_xlsx(data, name)
    for mark, what in _OTHERS:
        if data.startswith(mark):
            raise SourceError(f"“{name}” {what}.", _AS_WORKBOOK)
    start, _ = decode(data[:4000])
    if _MARKUP.match(start.lstrip("\ufeff")):
        raise SourceError(f"“{name}” is a web page or XML file, whatever its name says.", _AS_WORKBOOK)
    if start.lstrip()[:1] in ("{", "[") and data.rstrip()[-1:] in (b"}", b"]"):
        raise SourceError(f"“{name}” is a JSON file.", "Bring in the CSV or workbook of the same register.")
    if sum(1 for letter in start if letter < " " and letter not in "\t\n\r\0") > len(start) // 20:
        raise SourceError(f"“{name}” is neither text nor a workbook.", _AS_WORKBOOK)
    return False


def _is_xlsx(data: bytes, name: str) -> bool:
    """True for a zip that is a workbook. Raises SourceError that says what it is instead."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return True  # cut off or damaged; the workbook reader says so
    if "xl/workbook.xml" in parts or ("[Content_Types].xml" in parts and "xl/workbook.bin" not in parts):
        what = next((words for part, words in _ZIPPED if part in parts), "")
        if not what:
            return True
    what = next((words for part, words in _ZIPPED if part in parts), "is a zip file, not a workbook")
    raise SourceError(f"“{name}” {what}.", _AS_WORKBOOK)


def _sealed_or_old(data: bytes, name: str) -> SourceError:
    """What an OLE file is: a workbook under a password or label, or one of before 2007."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return SourceError(
            f"“{name}” is protected by a password or a sensitivity label, so it cannot be read.",
            "Open it in Excel, take off the password or choose a label without encryption, save a copy "
            "(File → Save a Copy), and bring in the copy.",
        )
    return SourceError(
        f"“{name}” is in the old Excel format (.xls) or another old Office format.",
        "Open it in Excel or LibreOffice, choose File → Save As and the type “Excel Workbook (.xlsx)”, "
        "and bring in the copy.",
    )
