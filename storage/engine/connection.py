"""One way to open SQLite: every setting made, and read back."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from storage.engine.errors import StorageError

APPLICATION_ID = 0x43444B31  # "CDK1"
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: 64 * 1024 * 1024,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 1024 * 1024,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 200,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 20,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
}
_SETTINGS = {  # name: (value to set, value it must then read)
    "trusted_schema": ("off", 0),
    "cell_size_check": ("on", 1),
    "mmap_size": ("0", 0),
    "locking_mode": ("normal", "normal"),
    "foreign_keys": ("on", 1),
    "recursive_triggers": ("on", 1),
    "secure_delete": ("on", 1),
    "temp_store": ("memory", 2),
    "busy_timeout": ("250", 250),
}
_WRITING = {
    "journal_mode": ("truncate", "truncate"),
    "synchronous": ("extra", 3),
    "cache_size": (
        "-8000",
        -8000,
    ),  # KiB: with the usual 2,000 an import wrote the pages of an index many times over
}


def connect(path: Path, mode: str = "rw", *, any_thread: bool = False) -> sqlite3.Connection:
    """Open a file with the project's settings. `mode` is rw, ro, or rwc to make a new file.

    A rollback journal with the fullest sync, since a saved change must survive a power cut and a moved file
    must be noticed. Transactions are opened by hand, so that a write always takes the lock first. With
    `any_thread` the caller sees to it that one thread at a time uses it.
    Raises `sqlite3.Error`, or `StorageError` when a setting does not hold.
    """
    uri = f"file:{quote(str(path.absolute()))}?mode={mode}"
    conn = sqlite3.connect(
        uri,
        uri=True,
        timeout=5,
        isolation_level=None,
        cached_statements=256,
        check_same_thread=not any_thread,
    )
    try:
        _configure(conn, mode)
    except BaseException:
        conn.close()
        raise
    return conn


def _configure(conn: sqlite3.Connection, mode: str) -> None:
    if sys.version_info >= (3, 12):
        conn.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)
        conn.setconfig(sqlite3.SQLITE_DBCONFIG_DQS_DML, False)
        conn.setconfig(sqlite3.SQLITE_DBCONFIG_DQS_DDL, False)
    for limit, value in _LIMITS.items():
        conn.setlimit(limit, value)
    if mode == "rwc":
        conn.execute("pragma page_size=4096")
    settings = _SETTINGS if mode == "ro" else _SETTINGS | _WRITING
    if sys.platform == "darwin":
        conn.execute("pragma fullfsync=on")
    for name, (wanted, expected) in settings.items():
        conn.execute(f"pragma {name}={wanted}")
        row = conn.execute(f"pragma {name}").fetchone()
        if row is not None and row[0] != expected:
            raise StorageError(
                f"SQLite did not accept the setting {name} (it says {row[0]}). The file was not opened, "
                "because changes could be lost. Please report this with the version of the program."
            )


@contextmanager
def attaching_allowed(conn: sqlite3.Connection) -> Iterator[None]:
    """Let a copy that is made or compared be attached for a moment; foreign files can never be attached otherwise."""
    conn.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 1)
    try:
        yield
    finally:
        conn.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
