"""What cannot be read from an open file is told in words a person can act on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.engine.errors import UNREADABLE, StorageError
from storage.engine.file_header import damaged

_DISK = tuple("SQLITE_" + code for code in ("IOERR", "CANTOPEN", "BUSY", "LOCKED", "PERM", "READONLY"))


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Whatever fails inside is a `StorageError`: the disk does not answer, or the file is damaged."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorname", "") or ""
        if code.startswith(_DISK) or isinstance(error, sqlite3.ProgrammingError):
            raise StorageError(
                f"{path.name} cannot be read at the moment ({error}). Everything that was saved is in it. "
                "Check that the disk or network drive is connected, then open the file again."
            ) from error
        raise damaged(path.name, "part of it cannot be read") from error
    except (ValueError, RecursionError, *UNREADABLE) as error:  # a date that is none, JSON that is cut off
        raise damaged(path.name, "part of what it holds cannot be understood") from error
