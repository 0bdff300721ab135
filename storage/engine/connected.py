"""The connection to one file: its thread, its transactions, and what is done when one of them fails."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from storage.engine.connection import connect
from storage.engine.errors import StorageError
from storage.engine.patience import Patience

log = logging.getLogger(__name__)
LONGEST = 5.0  # seconds a statement on a guarded file may take
_OFTEN = 10_000  # steps of SQLite's machine between two looks at the clock


class Connected:
    """One file, one connection, one thread."""

    def __init__(self, path: Path, mode: str) -> None:
        self.path = path
        self.patience = Patience()
        self._mode = "ro" if mode == "ro" else "rw"
        self._thread = threading.get_ident()
        self._until = 0.0  # when a statement on a guarded file is stopped
        self._adrift = False  # it could not be opened again; every use tries once more
        self.before_step: list[Callable[[], None]] = []  # done once, before what is saved can change
        self.being_read: list[threading.Event] = []  # set once another thread has read the file
        self._alone = False  # we hold the write lock, and the file is as we knew it
        self._conn = connect(path, mode, any_thread=True)
        try:
            self._version = self._data_version()
        except BaseException:
            self._conn.close()
            raise

    @property
    def conn(self) -> sqlite3.Connection:
        """The connection, for the thread that opened the file only; the worker that commits is the one exception."""
        if threading.get_ident() != self._thread:
            raise RuntimeError("the file is open in another thread; take a snapshot to read it here")
        if self._adrift:
            self.reopen()
        if self._until:
            self._until = time.monotonic() + LONGEST
        return self._conn

    @conn.setter
    def conn(self, conn: sqlite3.Connection) -> None:
        self._conn = conn

    @property
    def written(self) -> tuple[object, ...]:
        """Another value once something may have been written, taken back, or accepted from another program."""
        conn = self.conn
        return id(conn), conn.total_changes, conn.in_transaction, self._version

    def guard(self) -> None:
        """Stop whatever statement takes too long, since the file may hold one that never ends."""
        self._until = time.monotonic() + LONGEST
        self._conn.set_progress_handler(lambda: time.monotonic() > self._until, _OFTEN)

    def _data_version(self) -> int:
        return int(self._conn.execute("pragma data_version").fetchone()[0])

    def begin(self) -> None:
        """Take the write lock, waiting for another program that holds it."""
        self.settle()
        try:
            self.conn.execute("begin immediate")
        except sqlite3.OperationalError as error:
            if not (getattr(error, "sqlite_errorname", "") or "").startswith("SQLITE_BUSY"):
                raise
            self.patience.run(lambda: self._conn.execute("begin immediate"))

    def settle(self) -> None:
        """Do what somebody wanted done while the file is still as it is."""
        while self.before_step:
            self.before_step.pop()()

    def commit(self) -> None:
        """Save the transaction, however slow the disk is."""
        self.patience.run(lambda: self._conn.execute("commit"))

    def reopen(self) -> None:
        """Open the file afresh, after an error that leaves the connection in doubt."""
        self._adrift = True
        self._conn.close()
        self._conn = connect(self.path, self._mode, any_thread=True)
        self._version = self._data_version()
        self._adrift = False
        if self._until:
            self.guard()

    def rollback(self) -> None:
        """Leave the transaction, if SQLite has not already done so itself."""
        if self.conn.in_transaction:
            self.conn.execute("rollback")

    def abandon(self) -> None:
        """Leave the transaction whatever happens: when the rollback itself fails, closing the file does it."""
        alone, self._alone = self._alone, False
        try:
            self.rollback()
            if (
                alone
            ):  # after a fault of the disk SQLite reads the file anew, which looks like a change by others
                self._version = self._data_version()
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
