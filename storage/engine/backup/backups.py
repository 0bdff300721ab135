"""Copies of the file: made whole, checked against it, listed in a manifest, and thinned out with age."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Generator, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from storage.engine import contents, disk
from storage.engine.backup.copies import (
    HOME,
    MANIFEST,
    Copy,
    enter,
    folder_of,
    folders_of,
    home,
    list_copies,
    unlist,
    uuid_of,
)
from storage.engine.backup.thinning import BEFORE_UPGRADE, thinning
from storage.engine.connection import connect, vacuum_allowed
from storage.engine.errors import StorageError
from storage.engine.file import OpenFile
from storage.engine.state import file_uuid
from storage.engine.steps import Progress
from storage.engine.store import Store

__all__ = [
    "BEFORE_UPGRADE", "HOME", "MANIFEST", "Copy", "folder_of", "home", "list_copies", "unlist", "uuid_of",
]  # fmt: skip
log = logging.getLogger(__name__)
BEFORE_IMPORT, AT_CLOSE, REGULAR, BY_HAND = "before an import", "on closing", "while working", "by hand"
AT_START = "on opening"
AT_FIRST_CHANGE = "at the first change of the day's work"
AFTER_FORGETTING = "after somebody was forgotten"
EVERY = timedelta(minutes=30)
_HELD = (
    256 * 1024 * 1024
)  # bytes of a file that are held in memory while it is copied; a larger one is copied at once
_TURN = 0.005  # seconds waited for a thread before the window has its turn


def make(store: Store, why: str) -> Copy:
    """Copy the open file, check the copy, enter it in the manifest and thin out older ones.

    Raises `StorageError` when no checked copy could be made; the file itself is never affected.
    """
    return contents.finished(making(store.file, why))


def making(file: OpenFile, why: str) -> Generator[Progress, None, Copy]:
    """As `make`, a slice at a time, so that a window stays alive; what is saved meanwhile is in the copy too."""
    temporary = None
    try:
        folder = folder_of(file_uuid(file.conn))
        folder.mkdir(parents=True, exist_ok=True)
        temporary = disk.beside(folder / file.path.name, "unfinished")
        yield Progress(0, 0, "Making a backup")
        for patient in (True, True, False):  # begun again when something was saved between two slices
            writes = _writes(file)
            temporary.unlink(missing_ok=True)
            trying = _tried(file.conn, temporary)
            if (yield from trying) if patient else contents.finished(trying):
                break
            if _writes(file) == writes:
                raise OSError("the copy does not hold what the file holds")
        copy = _entered(file, temporary, folder, why)
        yield from thinning(folder, copy.file, copy.made)
    except (sqlite3.Error, OSError) as error:
        raise StorageError(
            f"No backup of {file.path.name} could be made ({_reason(error)}). The file itself is not affected. "
            f"Make room on the disk, or see to the folder {home()}, and try again."
        ) from error
    finally:
        if temporary is not None:
            disk.discard(temporary)
    yield from _mirrored(copy, file_uuid(file.conn))
    return copy


def _mirrored(copy: Copy, file: str) -> Iterator[Progress]:
    """Put the finished copy in the second place too, if there is one; a failure there is noted and no more."""
    for folder in folders_of(file)[1:]:
        ready = disk.beside(folder / copy.name, "unfinished")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            yield Progress(0, 0, "Putting the backup in its second place")
            disk.copy(copy.path, ready)
            if disk.sha256(ready) != copy.sha256:
                raise OSError("the second copy is not as the first")
            ready.replace(folder / copy.name)
            disk.sync_folder(folder)
            enter(replace(copy, folder=folder))
            yield from thinning(folder, copy.file, copy.made)
        except OSError as error:
            log.warning("no backup was put in the second place: %s", type(error).__name__)
        finally:
            with suppress(OSError):
                ready.unlink(missing_ok=True)


def _writes(file: OpenFile) -> int:
    """How many rows have been written to the file so far; raises while a step is open."""
    if file.conn.in_transaction:
        raise StorageError(
            "A backup waits until the change that is being made is saved. Nothing was changed."
        )
    return file.conn.total_changes


def copied(conn: sqlite3.Connection, target: Path) -> None:
    """Write the file anew under another name: whole, compact and without what was deleted.

    Raises `StorageError` while a change is being made, and when the name is the file itself.
    """
    if conn.in_transaction:
        raise StorageError("A copy waits until the change that is being made is saved. Nothing was changed.")
    own = conn.execute("pragma database_list").fetchone()[2]
    if own and target.exists() and target.samefile(own):
        raise StorageError(f"{target.name} is the file itself. Nothing was changed. Choose another name.")
    with vacuum_allowed(conn):
        conn.execute("vacuum into ?", (str(target.absolute()),))
    disk.sync(target)


def _tried(conn: sqlite3.Connection, target: Path) -> Generator[Progress, None, bool]:
    """Copy and compare; False when the copy does not hold what the file holds by then."""
    yield from _copying(conn, target)
    return (yield from _compared(conn, target))


def _copying(conn: sqlite3.Connection, target: Path) -> Iterator[Progress]:
    """As `copied`, on a thread of its own that never touches the open file: it writes what was read in one go."""
    from concurrent.futures import ThreadPoolExecutor, wait

    image = image_of(conn)
    if image is None:
        copied(conn, target)
        return
    with ThreadPoolExecutor(max_workers=1) as pool:
        writing = pool.submit(write_compact, image, target)
        while not wait([writing], timeout=_TURN).done:
            yield Progress(0, 0, "Making a backup")
        writing.result()


def image_of(conn: sqlite3.Connection) -> bytes | None:
    """The bytes of the file as it is saved now; None when it is too large to be held in memory."""
    if conn.in_transaction:
        raise StorageError("A copy waits until the change that is being made is saved. Nothing was changed.")
    size = conn.execute("select page_count * page_size from pragma_page_count, pragma_page_size").fetchone()[
        0
    ]
    return conn.serialize() if size <= _HELD else None


def write_compact(image: bytes, target: Path) -> None:
    """Write the bytes of a file anew, as `copied` does; it touches no open file, so any thread may do it."""
    conn = sqlite3.connect(":memory:", isolation_level=None)
    try:
        conn.deserialize(image)
        copied(conn, target)
    finally:
        conn.close()


def _reason(error: Exception) -> str:
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)


def _compared(conn: sqlite3.Connection, target: Path) -> Generator[Progress, None, bool]:
    """Whether a copy holds exactly what the file holds now; raises `OSError` when it is not sound."""
    other = connect(target, "ro")
    try:
        yield Progress(0, 0, "Checking the backup")
        if found := contents.problems(other):
            raise OSError(f"the copy is not sound: {found[0]}")
        tables = contents.columns(other)
        copied_digest = yield from contents.digesting(other, tables)
        digest = yield from contents.digesting(conn, tables)
        same_rows = contents.rows(conn, tables) == contents.rows(other, tables)
        return contents.columns(conn) == tables and same_rows and digest == copied_digest
    finally:
        other.close()


def _entered(file: OpenFile, temporary: Path, folder: Path, why: str) -> Copy:
    """Give the copy its name and write it down."""
    now = datetime.now(UTC)
    counter, head = last_step(file.conn)
    stem = f"{file.path.stem[:60]} {now.astimezone():%Y-%m-%d %H%M%S} step {counter}"
    name, again = f"{stem}.desk", 2
    while (folder / name).exists():
        name, again = f"{stem} ({again}).desk", again + 1
    size, digest = temporary.stat().st_size, disk.sha256(temporary)
    counts = contents.records(file.conn)
    temporary.replace(folder / name)
    disk.sync_folder(folder)
    copy = Copy(name, folder, size, digest, counter, head, now, why, str(file.path.absolute()), counts)
    enter(copy)
    return copy


def last_step(conn: sqlite3.Connection) -> tuple[int, str]:
    """The number and the hash of the last step; 0 and nothing in a file that has none."""
    found = conn.execute("select id, hash from step order by id desc limit 1").fetchone()
    return (int(found[0]), str(found[1])) if found else (0, "")


def changed(store: Store) -> bool:
    """Whether the file holds a step that its newest copy does not; a file without any step has nothing to lose."""
    counter, head = last_step(store.conn)
    newest = next(iter(list_copies(file_uuid(store.conn))), None)
    return counter > 0 and (newest is None or newest.head != head)


def due(store: Store, now: datetime) -> bool:
    """Whether a copy should be made while working: changed, and the last copy is half an hour old or more."""
    newest = next(iter(list_copies(file_uuid(store.conn))), None)
    return changed(store) and (newest is None or now - newest.made >= EVERY)
