"""The first hundred bytes of a file, read plainly: is it ours, is it whole, which version wrote it."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

from storage.engine.connection import APPLICATION_ID
from storage.engine.disk import sha256, side_files
from storage.engine.errors import DamagedFile, NotADeskFile

SUFFIX = ".desk"
_MAGIC = b"SQLite format 3\x00"
_LENGTH = 100
_FIELDS = struct.Struct(">16sHBB4xII28xI4xI20xI4x")  # as SQLite's file format lays them out


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says of itself."""

    version: int  # of the schema
    page_size: int
    pages: int  # 0 when the file does not say for certain
    size: int  # in bytes, as the disk has it


def is_database(path: Path) -> bool:
    """Whether a file begins as a database does; raises `OSError` when it cannot be read."""
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def damaged(name: str, how: str) -> DamagedFile:
    """The error for a file that cannot be trusted, saying how it shows and what to do."""
    return DamagedFile(
        f"{name} is damaged: {how}. Nothing was changed. "
        "Go back to a checked copy (File → Restore), or have it repaired into a new file; the damaged one is kept."
    )


def read_header(path: Path) -> Header:
    """Read and check the header. Raises `NotADeskFile`, `DamagedFile`, or `OSError` when it cannot be read."""
    with path.open("rb") as file:
        start = file.read(_LENGTH)
    ours = path.suffix.lower() == SUFFIX
    if not start.startswith(_MAGIC) or len(start) < _LENGTH:
        raise _unknown(path.name, ours, len(start))
    _, page_size, _, _, counter, pages, version, application, valid_for = _FIELDS.unpack(start)
    page_size = 65536 if page_size == 1 else page_size
    if application != APPLICATION_ID:
        raise NotADeskFile(
            f"{path.name} is a database of another program, not a Commissioning Desk file. Nothing was changed."
        )
    if page_size < 512 or page_size & (page_size - 1):
        raise damaged(path.name, "its first page was overwritten")
    certain = pages if counter == valid_for and not side_files(path) else 0
    size = path.stat().st_size
    if size < certain * page_size:
        raise damaged(path.name, f"it holds {size:,} bytes and should hold {certain * page_size:,}")
    return Header(version, page_size, certain, size)


def read_whole(path: Path) -> tuple[Header, str]:
    """The header and the SHA-256 of a file that is read once in order, which also brings it into memory.

    Raises as `read_header`.
    """
    return read_header(path), sha256(path)


def _unknown(name: str, ours: bool, length: int) -> NotADeskFile | DamagedFile:
    """A file without SQLite's mark: damaged when its name says it was ours, otherwise something else."""
    if ours and length:
        return damaged(name, "its beginning was overwritten or cut off")
    if ours:
        return damaged(name, "it is empty")
    return NotADeskFile(
        f"{name} is not a Commissioning Desk file. Nothing was changed. "
        "Choose another file; a register comes in with File → Import."
    )
