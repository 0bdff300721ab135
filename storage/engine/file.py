"""The open SQLite file: its connection, and whether it is still the file that was opened and ours to write to."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from storage.engine.connected import LONGEST, Connected
from storage.engine.errors import (
    ChangedOutside,
    DamagedFile,
    FileMoved,
    FileTaken,
    ReadOnlyFile,
    StorageError,
    explain,
)
from storage.engine.locking import Lock
from storage.engine.reserve import Reserve

_NOTE = "insert or replace into meta(name, value) values(?, ?)"
_DISK_FAILS = ("SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY_DBMOVED")
NOT_SAVED, CANNOT = "the change was not saved", "nothing can be saved to it now"
SESSION, CLEAN = "session", "clean"  # in `meta`: who may write now, and whether the last one closed the file


class OpenFile(Connected):
    """One open file; with a lock also the right to write to it."""

    def __init__(self, path: Path, mode: str = "rw", lock: Lock | None = None) -> None:
        super().__init__(path, mode)
        self.user_path = path  # where the user knows it to lie: of a working copy, the file on the share
        self.read_only = mode == "ro"
        self.lock = lock
        self.notices: list[str] = []  # what the user should know about how it was opened
        self.notice: Callable[[str], object] = self.notices.append  # and later, once there is a window
        self.rescuing: Callable[[], Path | None] | None = None  # keeps a copy of what was saved elsewhere
        self.reserve: Reserve | None = None  # room for what is being saved when the disk is full
        self.when_closed: list[Callable[[], None]] = []
        self.ended_at: tuple[int, str] | None = (
            None  # the last step and its hash, once it was closed properly
        )
        self._proved = False  # our token is in the file
        try:
            self._identity = self._seen()
        except BaseException:
            self._conn.close()
            raise

    def _seen(self) -> tuple[int, int]:
        found = self.path.stat()
        return found.st_dev, found.st_ino

    @property
    def in_its_place(self) -> bool:
        """Whether its path still leads to the file that was opened."""
        try:
            return self._seen() == self._identity
        except OSError:
            return False

    # ---- before a write

    def check_before_writing(self, so: str = NOT_SAVED) -> None:
        """Refuse to write when the file was opened to read, was moved, or when another program has taken it over.

        `so` finishes the sentence that says what happened.
        """
        self._alone = False
        if self.read_only:
            raise ReadOnlyFile(
                f"{self.path.name} is open to read only, so nothing was changed. "
                "Save a copy under another name to work on it."
            )
        if not self.in_its_place:
            raise FileMoved(
                f"{self.path.name} was moved, deleted or replaced while it was open, so {so}. "
                f"{self.kept()}Put the file back where it was, or use File → Save a copy."
            )
        if self.lock and (other := self.lock.lost()):
            raise self._taken(other, so)

    def check_alone(self, so: str = NOT_SAVED) -> None:
        """With the write lock held: refuse when another program has written to the file since it was opened.

        Until our token is in the file it is written here, with whatever is saved first.
        """
        found = self.conn.execute("select value from meta where name = ?", (SESSION,)).fetchone()
        if self.lock and self._proved and (found is None or found[0] != self.lock.token):
            raise self._taken("another program", so)
        if self._data_version() != self._version:
            raise ChangedOutside(
                f"{self.path.name} was changed by another program while it was open, so {so}. "
                "What the file holds now is shown. Look at it, then make your change again."
            )
        self._alone = self.conn.in_transaction
        if self.lock and not self._proved:
            self._conn.execute(_NOTE, (SESSION, self.lock.token))
            self._conn.execute(_NOTE, (CLEAN, "0"))

    def _taken(self, other: str, so: str) -> FileTaken:
        self.read_only = True
        return FileTaken(
            f"{self.path.name} was taken over by {other} while it was open here, so {so}. "
            "Everything saved before it is in the file. It is open to read only here now; use File → Save a copy "
            "to keep what you see under another name."
        )

    def prove(self) -> None:
        """Write our token, which shows that the file can be written to. Raises `sqlite3.Error` when it cannot.

        On a full disk, or while another program holds the file, that is left to the first save.
        """
        try:
            self.conn.execute("begin immediate")
            self.check_alone()
            self.conn.execute("commit")
            self._proved = True
        except sqlite3.Error as error:
            self.abandon()
            name = getattr(error, "sqlite_errorname", "") or ""
            if name.startswith("SQLITE_FULL"):
                self.notice(
                    f"The disk that holds {self.path.name} is full. Everything can be read and printed, but nothing "
                    "can be saved until there is room. Delete something you do not need from that disk."
                )
            elif not name.startswith("SQLITE_BUSY"):
                raise

    def trouble(self) -> StorageError | None:
        """What keeps the file from being written to now, if anything; for a look between saves."""
        if self.read_only or self.patience.waiting or self.conn.in_transaction:
            return None
        try:
            self.check_before_writing(CANNOT)
            if self._data_version() == self._version:
                return None
            self.check_alone(CANNOT)
        except StorageError as error:
            return error
        except sqlite3.Error as error:
            return explain(error, self.path)
        return None

    def accept_change(self) -> None:
        """Go on with what another program wrote, if the file is sound; otherwise it is open to read only now."""
        found = str(self.conn.execute("pragma quick_check(1)").fetchone()[0])
        if found != "ok":
            self.read_only = True
            raise DamagedFile(
                f"{self.path.name} was changed by another program and is damaged: {found.splitlines()[0]}. "
                "It is open to read only now. Use File → Restore to go back to a checked copy."
            )
        self._version = self._data_version()

    def make_room(self) -> bool:
        """On a full disk: let the reserve go and say so; False when there is none."""
        if not self.reserve or not self.reserve.let_go():
            return False
        self.notice(
            f"The disk that holds {self.path.name} is full. The room kept there for this was let go, which is enough "
            "for a few more changes. Delete something you do not need from that disk before you go on."
        )
        return True

    def explained(self, error: sqlite3.Error) -> StorageError:
        """The words for an error met while something was being saved; when the disk fails, with a rescue copy."""
        told = explain(error, self.path)
        if not (getattr(error, "sqlite_errorname", "") or "").startswith(_DISK_FAILS):
            return told
        return type(told)(f"{told} {self.kept()}".strip())

    def kept(self) -> str:
        """Keep what was saved in a rescue copy, once, and say where; a sentence with a space behind it, or nothing."""
        place = self.rescuing() if self.rescuing else None
        return f"Everything saved before it is in the rescue copy {place}. " if place else ""

    def commit(self) -> None:
        """Save the transaction, our token with it."""
        super().commit()
        self._proved = self.lock is not None

    def close(self) -> None:
        """Close the connection; an open transaction is rolled back, and the lock of the file let go."""
        self.settle()
        for over in self.being_read:  # it could not be noted that the file was closed
            over.wait(LONGEST)
        for leave in (self._end, self._tidy):
            with suppress(sqlite3.Error, StorageError):  # unclean then: the next opening looks at everything
                self.rollback()
                self.check_before_writing()
                leave()
        self._conn.close()
        while self.when_closed:
            self.when_closed.pop()()

    def _end(self) -> None:
        """Note that the file is closed, as far as it was ever noted to be open."""
        if self._proved:
            self.conn.execute("begin immediate")  # without patience: closing does not wait for others
            self.check_alone()
            self.conn.execute(_NOTE, (CLEAN, "1"))
            self.conn.execute("commit")
            last = self.conn.execute("select id, hash from step order by id desc limit 1").fetchone()
            self.ended_at = last or (0, "")

    def _tidy(self) -> None:
        """Take the empty journal away."""
        self.conn.execute("pragma journal_mode = delete")


def closed_properly(conn: sqlite3.Connection) -> bool:
    """Whether the last program that wrote to a file closed it; one from before this was noted counts as closed."""
    found = conn.execute("select value from meta where name = ?", (CLEAN,)).fetchone()
    return found is None or found[0] == "1"
