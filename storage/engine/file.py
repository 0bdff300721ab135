"""The open SQLite file: its connection, and whether it is still the file that was opened."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from storage.engine.connection import connect
from storage.engine.errors import FileMoved, ReadOnlyFile, StorageError

log = logging.getLogger(__name__)


class OpenFile:
    """One file, one connection, one thread."""

    def __init__(self, path: Path, mode: str = "rw") -> None:
        self.path = path
        self.read_only = mode == "ro"
        self._mode = "ro" if self.read_only else "rw"
        self.conn = connect(path, mode)
        self.when_closed: list[Callable[[], None]] = []
        try:
            self._identity = self._seen()
            self._version = self._data_version()
        except BaseException:
            self.conn.close()
            raise

    def _seen(self) -> tuple[int, int]:
        found = self.path.stat()
        return found.st_dev, found.st_ino

    def _data_version(self) -> int:
        return int(self.conn.execute("pragma data_version").fetchone()[0])

    def check_before_writing(self) -> None:
        """Refuse to write when the file was opened to read, was moved, or was written by another program."""
        if self.read_only:
            raise ReadOnlyFile(
                f"{self.path.name} is open to read only, so nothing was changed. "
                "Save a copy under another name to work on it."
            )
        try:
            here = self._seen() == self._identity
        except OSError:
            here = False
        if not here:
            raise FileMoved(
                f"{self.path.name} was moved, deleted or replaced while it was open, so the change was not saved. "
                "Everything saved before it is in that file. Put it back where it was, or save a copy."
            )

    def check_alone(self) -> None:
        """With the write lock held: refuse when another program has written to the file since it was opened."""
        if self._data_version() != self._version:
            raise StorageError(
                f"{self.path.name} was changed by another program while it was open, so the change was not saved. "
                "Close the file and open it again to see what it holds now."
            )

    def reopen(self) -> None:
        """Open the file afresh, after an error that leaves the connection in doubt."""
        self.conn.close()
        self.conn = connect(self.path, self._mode)
        self._version = self._data_version()

    def rollback(self) -> None:
        """Leave the transaction, if SQLite has not already done so itself."""
        if self.conn.in_transaction:
            self.conn.execute("rollback")

    def abandon(self) -> None:
        """Leave the transaction whatever happens: when the rollback itself fails, closing the file does it."""
        try:
            self.rollback()
        except sqlite3.Error:
            log.warning("a rollback failed; the file is opened afresh")
            with suppress(sqlite3.Error, StorageError):  # the next use says that the file cannot be reached
                self.reopen()

    def was_saved(self, step: str) -> bool:
        """After an error from COMMIT: whether the step is in the file after all."""
        with suppress(sqlite3.Error):  # the connection is closed next, which rolls back as well
            self.rollback()
        self.reopen()
        return self.conn.execute("select 1 from step where uuid = ?", (step,)).fetchone() is not None

    def close(self) -> None:
        """Close the connection; an open transaction is rolled back, and the lock of the file let go."""
        with suppress(sqlite3.Error, StorageError):  # only tidies the empty journal away
            self.rollback()
            self.check_before_writing()
            self.conn.execute("pragma journal_mode = delete")
        self.conn.close()
        while self.when_closed:
            self.when_closed.pop()()
