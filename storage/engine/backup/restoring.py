"""Going back to a copy: the copy is checked first, and the file it replaces is always kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from datetime import datetime
from pathlib import Path

from storage.engine import contents, disk
from storage.engine.backup.backups import Copy
from storage.engine.backup.later_work import done_again
from storage.engine.connection import connect
from storage.engine.errors import FileInUse, StorageError
from storage.engine.file_header import read_header
from storage.engine.locking import Held, Lock
from storage.engine.place import known_files
from storage.engine.steps import Progress

CHECKING, WRITING, CHECKING_AGAIN = (
    "Checking the copy",
    "Writing the copy beside the file",
    "Checking what was written",
)
KEEPING, EXCHANGING, REPLAYING = (
    "Keeping the file as it is",
    "Putting the copy in its place",
    "Doing later changes again",
)
STEPS = (CHECKING, WRITING, CHECKING_AGAIN, KEEPING, EXCHANGING, REPLAYING)
KEPT = "damaged or replaced"  # the folder, beside the copies, in which replaced files are kept


def restore(path: Path, copy: Copy, *, replay: bool = False) -> str:
    """Put a copy in the place of a file that is not open, and say in words what was done and what was kept.

    The replaced file is kept with its side files, whatever state it is in. With `replay`, what was changed in it
    after the copy was made is done again, as far as it can be read and its hashes prove it. Raises `FileInUse`
    while any program has the file open, and `StorageError` for anything else; the file is then as it was.
    """
    return contents.finished(restoring(path, copy, replay=replay))


def restoring(path: Path, copy: Copy, *, replay: bool = False) -> Generator[Progress, None, str]:
    """As `restore`, step by step: cut off anywhere, either the old file or the restored one is there, whole."""
    path = path.absolute()
    lock = Lock.take(path)
    if isinstance(lock, Held):
        raise FileInUse(
            f"{path.name} is open in {lock.words}. Nothing was changed. Close it there, then restore."
        )
    ready = disk.beside(path, "restored")
    try:
        kept = yield from _putting(path, copy, ready)
    except (OSError, sqlite3.Error) as error:
        reason = error.strerror or str(error) if isinstance(error, OSError) else str(error)
        raise StorageError(f"{path.name} was not restored ({reason}). The file is as it was.") from error
    finally:
        for end in ("", *disk.SIDE_FILES):
            disk.discard(ready.with_name(ready.name + end))
        lock.drop()
    known_files.forget(path)  # so that an older state is expected there
    said = f"{path.name} was restored to a copy. That copy is of {copy.summary}."
    said += f" The file it replaced is kept in {kept}." if kept else ""
    if replay and kept:
        yield Progress(5, 5, REPLAYING)
        said += f" {done_again(path, kept / path.name, copy)}"
    return said


def _putting(path: Path, copy: Copy, ready: Path) -> Generator[Progress, None, Path | None]:
    """The steps of going back to a copy; returns where the replaced file is kept."""
    yield Progress(0, 5, CHECKING)
    _check(copy)
    yield Progress(1, 5, WRITING)
    disk.copy(copy.path, ready)
    yield Progress(2, 5, CHECKING_AGAIN)
    _check_ready(ready, copy)
    yield Progress(3, 5, KEEPING)
    kept = _keep(path, copy.folder)
    yield Progress(4, 5, EXCHANGING)
    disk.exchange(ready, path)
    return kept


def _check(copy: Copy) -> None:
    """Refuse a copy that is not byte for byte what was checked when it was made."""
    if not copy.path.exists():
        raise OSError("the copy is no longer there; choose another")
    if not copy.is_as_made():
        raise OSError("the copy was changed or damaged since it was made; choose another")


def _check_ready(ready: Path, copy: Copy) -> None:
    if disk.sha256(ready) != copy.sha256:
        raise OSError("the copy could not be written without error")
    read_header(ready)
    conn = connect(ready, "ro")
    try:
        if found := contents.problems(conn) or contents.broken_links(conn):
            raise OSError(f"the copy is not sound: {found[0]}")
    finally:
        conn.close()


def _keep(path: Path, folder: Path) -> Path | None:
    """Copy the file that will be replaced, and its side files, to a folder of their own."""
    if not path.exists():
        return None
    place = folder / KEPT / f"{datetime.now().astimezone():%Y-%m-%d %H%M%S}"
    again = 2
    while place.exists():
        place, again = place.with_name(f"{place.name.partition(' (')[0]} ({again})"), again + 1
    place.mkdir(parents=True)
    for source in [path, *disk.side_files(path)]:
        disk.copy(source, place / source.name)
        if disk.sha256(source) != disk.sha256(place / source.name):
            raise OSError(f"{source.name} could not be kept without error")
    disk.sync_folder(place)
    return place
