"""What can go wrong with a file, each error in words a person can act on."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Sequence
from pathlib import Path

# What Python's sqlite3 raises, besides its own errors, when it meets the content of a damaged file.
UNREADABLE = (UnicodeDecodeError, OverflowError, MemoryError)


class StorageError(Exception):
    """Something the user can act on; str() says what happened, what was kept and what to do."""


class Unsettled(StorageError):
    """The disk failed in the middle of saving, and whether the step is saved cannot be seen now."""


class Refused(StorageError):
    """The change is not allowed: the record is issued or signed, or undo would cross such a step."""


class NotADeskFile(StorageError):
    """The file is not one of ours."""


class NewerFile(StorageError):
    """The file was made by a newer version of the program."""


class MissingFile(StorageError):
    """There is no file at the place it was opened from; `elsewhere` are places where it lies now."""

    def __init__(self, words: str, elsewhere: Sequence[Path] = ()) -> None:
        super().__init__(words)
        self.elsewhere = tuple(elsewhere)


class DamagedFile(StorageError):
    """SQLite finds the file damaged."""


class ForeignFile(StorageError):
    """The file has triggers, views or search tables this program never makes; it can be opened to read only."""


class FileMoved(StorageError):
    """The open file was moved, deleted or replaced by another program."""


class FileClosed(StorageError):
    """The file was closed before what was meant to be read from it was read."""


class FileTaken(StorageError):
    """Another program took the open file over; it can only be read here now."""


class ChangedOutside(StorageError):
    """Another program wrote to the open file; what it holds now is read before anything is saved."""


class FileInUse(StorageError):
    """Another running program holds the file; it can be opened to read."""


class PerhapsInUse(FileInUse):
    """A note says that another machine has the file; whether it still has cannot be told from here."""


class ReadOnlyFile(StorageError):
    """The file was opened to read only."""


_FULL = (
    "The disk is full, so the last change was not saved. Everything saved before it is safe. "
    "Free some space and make the change again."
)
_BUSY = (
    "Another program is using the file, so the last change was not saved. Everything saved before it is safe. "
    "Close the other program or wait a moment, then try again."
)
_READ_ONLY = (
    "The file or its folder cannot be written to, so the last change was not saved. "
    "Everything saved before it is safe. Ask for permission to change the folder, or save a copy elsewhere."
)
_MOVED = (
    "The file was moved, renamed or replaced while it was open, so the last change was not saved. "
    "Everything saved before it is in the moved file. Put the file back, or open it where it is now."
)
_DAMAGED = (
    "The file is damaged and SQLite cannot read part of it. Nothing was changed. "
    "Use File → Restore to go back to a checked copy."
)
_DISK = (
    "The disk reported an error, so the last change was not saved. What was saved before it was not touched. "
    "Check that the disk or network drive is still connected, then try again."
)


def explain(error: sqlite3.Error, path: Path) -> StorageError:
    """Turn an SQLite error into what happened, what was kept and what to do."""
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith("SQLITE_READONLY_DBMOVED"):
        return FileMoved(_MOVED)
    for start, kind, words in _BY_CODE:
        if name.startswith(start):
            return kind(f"{path.name}: {words}")
    if str(error).startswith(SEALED):
        return Refused(str(error).removeprefix(SEALED))
    return StorageError(
        f"{path.name}: the change was not saved ({error}). Everything saved before it is safe. "
        "If this happens again, restart the program."
    )


SEALED = "sealed: "  # how the seal triggers begin their words
_BY_CODE: tuple[tuple[str, type[StorageError], str], ...] = (
    ("SQLITE_FULL", StorageError, _FULL),
    ("SQLITE_BUSY", FileInUse, _BUSY),
    ("SQLITE_LOCKED", FileInUse, _BUSY),
    ("SQLITE_READONLY", ReadOnlyFile, _READ_ONLY),
    ("SQLITE_PERM", ReadOnlyFile, _READ_ONLY),
    ("SQLITE_CANTOPEN", StorageError, _DISK),
    ("SQLITE_CORRUPT", DamagedFile, _DAMAGED),
    ("SQLITE_NOTADB", DamagedFile, _DAMAGED),
    ("SQLITE_IOERR", StorageError, _DISK),
)


def explain_copying(error: sqlite3.Error, path: Path) -> StorageError:
    """The words for an SQLite error met while the file was only copied, so that nothing of it is lost."""
    full = (getattr(error, "sqlite_errorname", "") or "").startswith("SQLITE_FULL")
    reason = "the disk is full" if full else str(error)
    return StorageError(
        f"{path.name} was not written: {reason}. The open file is not affected. "
        "Choose another place, or make room and try again."
    )


def explain_os(error: OSError, doing: str) -> StorageError:
    """Turn an operating system error into plain words; `doing` finishes “could not …”."""
    reasons = {
        errno.ENOSPC: ("the disk is full", "Make room on it and try again."),
        errno.EACCES: (
            "you have no permission for the folder or file",
            "Choose another folder, or ask for it.",
        ),
        errno.EROFS: ("the disk is read-only", "Choose another disk."),
        errno.ENOENT: ("the folder or file does not exist", "Look where it was moved to."),
        errno.EISDIR: ("a folder of that name is in the way", "Choose another name."),
    }
    usual = (
        error.strerror or str(error),
        "Check that the disk or network drive is connected, then try again.",
    )
    reason, advice = reasons.get(error.errno or 0, usual)
    return StorageError(f"Could not {doing}: {reason}. Nothing was changed. {advice}")
