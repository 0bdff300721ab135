"""A copy written anew from the bytes of the file, and proved to hold the same, on any thread."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from storage.engine import contents, disk
from storage.engine.backup.images import refuse_in_a_change
from storage.engine.connection import attaching_allowed, connect
from storage.engine.errors import StorageError
from storage.engine.steps import Progress

_OFTEN = 100_000  # steps of SQLite's machine between two looks at whether the work is given up


@dataclass(frozen=True, slots=True)
class Made:
    """What is written down of a copy that holds what the file held."""

    size: int  # bytes
    sha256: str
    counter: int  # the last step in it, and its hash
    head: str
    counts: Mapping[str, int]  # records in use, by table


def checked_copy(image: bytes, target: Path, stopped: Callable[[], bool]) -> Made | None:
    """Write the bytes of a file anew and compare; nothing when the copy does not hold the same.

    SQLite itself compares, value by value, so that other threads go on meanwhile. Raises `sqlite3.Error`, also once
    it is stopped, and `OSError` when the copy is not sound.
    """
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as held:
        held.deserialize(image)
        del image  # SQLite has its own now, and nobody else holds these
        held.set_progress_handler(stopped, _OFTEN)
        copied(held, target)
        with closing(connect(target, "ro")) as other:
            other.set_progress_handler(stopped, _OFTEN)
            _refuse_unsound(other)
            if not contents.same(held, target, contents.columns(other)):
                return None
            return _made(other, target)


def compared(conn: sqlite3.Connection, target: Path) -> Generator[Progress, None, Made | None]:
    """The same comparison, of a file that is too large to be held in memory, by its open connection and in slices."""
    with closing(connect(target, "ro")) as other:
        yield Progress(0, 0, "Checking the backup")
        _refuse_unsound(other)
        tables = contents.columns(other)
        copied_digest = yield from contents.digesting(other, tables)
        digest = yield from contents.digesting(conn, tables)
        same_rows = contents.rows(conn, tables) == contents.rows(other, tables)
        same = contents.columns(conn) == tables and same_rows and digest == copied_digest
        return _made(other, target) if same else None


def _refuse_unsound(copy: sqlite3.Connection) -> None:
    if found := contents.problems(copy):
        raise OSError(f"the copy is not sound: {found[0]}")


def _made(copy: sqlite3.Connection, target: Path) -> Made:
    counter, head = last_step(copy)
    return Made(target.stat().st_size, disk.sha256(target), counter, head, contents.records(copy))


def copied(conn: sqlite3.Connection, target: Path) -> None:
    """Write the file anew under another name: whole, compact and without what was deleted.

    Raises `StorageError` while a change is being made, and when the name is the file itself.
    """
    refuse_in_a_change(conn)
    own = conn.execute("pragma database_list").fetchone()[2]
    if own and target.exists() and target.samefile(own):
        raise StorageError(f"{target.name} is the file itself. Nothing was changed. Choose another name.")
    with attaching_allowed(conn):
        conn.execute("vacuum into ?", (str(target.absolute()),))
    disk.sync(target)


def write_compact(image: bytes, target: Path) -> None:
    """Write the bytes of a file anew, as `copied` does; it touches no open file, so any thread may do it."""
    conn = sqlite3.connect(":memory:", isolation_level=None)
    try:
        conn.deserialize(image)
        copied(conn, target)
    finally:
        conn.close()


def last_step(conn: sqlite3.Connection) -> tuple[int, str]:
    """The number and the hash of the last step; 0 and nothing in a file that has none."""
    found = conn.execute("select id, hash from step order by id desc limit 1").fetchone()
    return (int(found[0]), str(found[1])) if found else (0, "")
