"""The bytes of an open file as it is saved now, read on another thread while work in the window goes on."""

from __future__ import annotations

import sqlite3
import threading

from storage.engine.connection import connect
from storage.engine.errors import StorageError
from storage.engine.file import OpenFile

HELD = 256 * 1024 * 1024  # bytes of a file that are held in memory while it is copied


class Image:
    """What a file held when this was made, whatever is saved afterwards.

    Another thread reads it through a connection of its own. Should a step begin before that thread has come to it,
    the step waits until the bytes are read; one that begins while they are read is saved once they are.
    """

    def __init__(self, file: OpenFile) -> None:
        """On the thread of the file. Raises `StorageError` while a change is being made."""
        refuse_in_a_change(file.conn)
        self._file, self._path = file, file.path
        self._lock = threading.Lock()
        self._begun, self._over = False, threading.Event()
        self._bytes: bytes | None = None
        self._failed: sqlite3.Error | None = None
        file.being_read = [*(over for over in file.being_read if not over.is_set()), self._over]
        if file.in_its_place:
            file.before_step.append(self._read_here)
        else:  # only the open connection still reaches it
            self._read_here()

    def _read_here(self) -> None:
        with self._lock:
            if self._begun:
                return
            self._begun = True
            try:
                self._bytes = self._file.conn.serialize()
            except sqlite3.Error as error:  # it is no business of the step that begins
                self._failed = error
            self._over.set()

    def read(self) -> bytes:
        """The bytes, once, on any thread. Raises `sqlite3.Error` or `StorageError`."""
        with self._lock:
            if self._begun:
                held, self._bytes = self._bytes, None
                if held is None:
                    raise self._failed or RuntimeError("an image is read once")
                return held
            self._begun = True
            try:
                conn = self._opened()
            except BaseException:
                self._over.set()
                raise
        try:
            return conn.serialize()
        finally:
            conn.close()
            self._over.set()

    def _opened(self) -> sqlite3.Connection:
        """A connection that keeps everybody from saving until it is closed."""
        conn = connect(self._path, "ro")
        try:
            conn.execute("begin")
            conn.execute("select 1 from sqlite_master").fetchone()
        except BaseException:
            conn.close()
            raise
        return conn


def image_of(file: OpenFile) -> Image | None:
    """An image of the file as it is saved now; None when it is too large to be held in memory.

    Raises `StorageError` while a change is being made.
    """
    refuse_in_a_change(file.conn)
    sql = "select page_count * page_size from pragma_page_count, pragma_page_size"
    return Image(file) if file.conn.execute(sql).fetchone()[0] <= HELD else None


def refuse_in_a_change(conn: sqlite3.Connection) -> None:
    """Raises `StorageError` while a change is being made, which a copy must not hold half."""
    if conn.in_transaction:
        raise StorageError("A copy waits until the change that is being made is saved. Nothing was changed.")
