"""Looks into a packed file before anything reads it: how large it really is, and whether it is put together to harm."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO

from storage.exchange.tables.sheet import SourceError

MOST_BYTES = 50_000_000
MOST_PARTS = 2_000
MOST_UNPACKED = 300_000_000

SAVE_AGAIN = "Open it in the program it came from, save a copy as a workbook (.xlsx), and bring in the copy."
SMALLER = "Copy the register alone into a new workbook, save it, and bring that in."
NO_PASSWORD = "Save a copy without a password and bring that in."  # noqa: S105 - words
_CHUNK = 1 << 20
_ENTRY = b"PK\x01\x02"  # how each entry of a zip's list begins
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
# A part that names another alphabet could hide a declaration from the look above.
_ALPHABET = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([^\"']*)", re.IGNORECASE)
_ALPHABETS = frozenset({b"utf-8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"})


def check_archive(data: bytes, source: str) -> None:
    """Refuse a packed file that is too large, would unpack without end, or is put together to do harm.

    Raises SourceError. Nothing that was unpacked is kept.
    """
    if data.count(_ENTRY) > 2 * MOST_PARTS:  # before a list of a million is read
        raise _too_many(source)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS:
                raise _too_many(source)
            if len({part.filename for part in parts}) < len(parts):
                raise _odd(source)
            unpacked = 0
            for part in parts:
                _check_part(part, source)
                unpacked += _inflate(archive, part, source, MOST_UNPACKED - unpacked)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise SourceError(f"“{source}” is damaged or was not saved to its end.", SAVE_AGAIN) from error


def too_large(source: str) -> SourceError:
    """What to say of a file that is larger than any register."""
    return SourceError(f"“{source}” is larger than {MOST_BYTES // 1_000_000} MB.", SMALLER)


def _too_many(source: str) -> SourceError:
    return SourceError(f"“{source}” consists of more than {MOST_PARTS:,} parts.", SMALLER)


def _odd(source: str) -> SourceError:
    return SourceError(
        f"“{source}” is not put together as office programs do it, and was not opened.", SAVE_AGAIN
    )


def _check_part(part: zipfile.ZipInfo, source: str) -> None:
    """Refuse a part that is encrypted, oddly packed, or named to land elsewhere."""
    if part.flag_bits & 0x1:
        raise SourceError(f"“{source}” is protected by a password.", NO_PASSWORD)
    name = part.filename.replace("\\", "/")
    outside = name.startswith("/") or ".." in name.split("/") or re.match(r"[A-Za-z]:", name) is not None
    if outside or part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _odd(source)


def _inflate(archive: zipfile.ZipFile, part: zipfile.ZipInfo, source: str, most: int) -> int:
    """Unpack one part without keeping it: how many bytes it really holds. Declared sizes may lie."""
    size, tail = 0, b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            if not size:
                _check_alphabet(chunk, source)
            size += len(chunk)
            if size > most:
                raise SourceError(
                    f"“{source}” unpacks to more than {MOST_UNPACKED // 1_000_000} MB.", SMALLER
                )
            # Without its noughts, a text of two or four bytes a letter reads like one of single bytes.
            window = tail + (chunk.translate(None, b"\0") if b"\0" in chunk else chunk)
            if any(mark in window for mark in _DECLARATIONS):
                raise SourceError(
                    f"“{source}” holds document type declarations, which no office program writes. "
                    "It was not opened.",
                    SAVE_AGAIN,
                )
            tail = window[-16:]
    return size


def _check_alphabet(start: bytes, source: str) -> None:
    """Refuse XML that says it is written in letters no office program uses."""
    named = _ALPHABET.search(start[:400].replace(b"\0", b""))
    if named and named[1].strip().lower() not in _ALPHABETS:
        raise _odd(source)
