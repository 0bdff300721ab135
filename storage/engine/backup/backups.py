"""Copies of the file: made whole, checked against it, listed in a manifest, and thinned out with age."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Generator, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Event

from storage.engine import contents, disk
from storage.engine.away import away
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
from storage.engine.backup.copying import Made, checked_copy, compared, copied, last_step
from storage.engine.backup.images import Image, image_of
from storage.engine.backup.thinning import BEFORE_UPGRADE, thinning
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
TRIES = 3  # how often a copy is begun
PAUSE = 0.5  # seconds until it is begun again


def make(store: Store, why: str) -> Copy:
    """Copy the open file, check the copy, enter it in the manifest and thin out older ones.

    Raises `StorageError` when no checked copy could be made; the file itself is never affected.
    """
    return contents.finished(making(store.file, why))


def making(file: OpenFile, why: str) -> Generator[Progress, None, Copy]:
    """As `make`, a slice at a time, so that a window stays alive.

    What is saved meanwhile is in the copy too, unless more is saved again and again: then the copy is as the file was
    a moment ago, and the next one is due.
    """
    temporary = None
    try:
        folder = folder_of(file_uuid(file.conn))
        folder.mkdir(parents=True, exist_ok=True)
        temporary = disk.beside(folder / file.path.name, "unfinished")
        yield Progress(0, 0, "Making a backup")
        made = yield from _made(file, temporary)
        entering = partial(_entered, file, temporary, folder, why, made)
        copy = yield from away(lambda _: entering(), "Making a backup")
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


def _made(file: OpenFile, target: Path) -> Generator[Progress, None, Made]:
    """Copy until the copy holds what the file holds by then. Raises `OSError` when it never does."""
    for often in range(1, TRIES + 1):
        if often > 1:  # somebody is at work: wait until they pause
            yield from away(lambda given_up: given_up.wait(PAUSE), "Making a backup")
        writes = _writes(file)
        target.unlink(missing_ok=True)
        made = yield from _copying(file, target, patient=often < TRIES)
        enough = often == TRIES or _writes(file) == writes
        if enough and made is not None:
            return made
        if enough:
            break
    raise OSError("the copy does not hold what the file holds")


def _mirrored(copy: Copy, file: str) -> Iterator[Progress]:
    """Put the finished copy in the second place too, if there is one; a failure there is noted and no more."""
    for folder in folders_of(file)[1:]:
        ready = disk.beside(folder / copy.name, "unfinished")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            yield from away(partial(_mirror, copy, ready, folder), "Putting the backup in its second place")
            yield from thinning(folder, copy.file, copy.made)
        except OSError as error:
            log.warning("no backup was put in the second place: %s", type(error).__name__)
        finally:
            with suppress(OSError):
                ready.unlink(missing_ok=True)


def _mirror(copy: Copy, ready: Path, folder: Path, stopped: Event) -> None:
    """On a thread, since the second place may be slow."""
    disk.copy(copy.path, ready)
    if disk.sha256(ready) != copy.sha256:
        raise OSError("the second copy is not as the first")
    if not stopped.is_set():
        ready.replace(folder / copy.name)
        disk.sync_folder(folder)
        enter(replace(copy, folder=folder))


def _writes(file: OpenFile) -> int:
    """How many rows have been written to the file so far; raises while a step is open."""
    if file.conn.in_transaction:
        raise StorageError(
            "A backup waits until the change that is being made is saved. Nothing was changed."
        )
    return file.conn.total_changes


def _copying(file: OpenFile, target: Path, *, patient: bool) -> Generator[Progress, None, Made | None]:
    """Copy and compare; nothing when the copy does not hold what the file holds.

    A file too large to be held in memory is copied at once and compared in slices, or without `patient` at once too.
    """
    image = image_of(file)
    if image is not None:
        return (yield from away(partial(_checked, image, target), "Making a backup"))
    copied(file.conn, target)
    comparing = compared(file.conn, target)
    return (yield from comparing) if patient else contents.finished(comparing)


def _checked(image: Image, target: Path, stopped: Event) -> Made | None:
    """On a thread; what is given up is left unfinished there, and taken away."""
    try:
        return checked_copy(image.read(), target, stopped.is_set)
    finally:
        if stopped.is_set():
            disk.discard(target)


def _reason(error: Exception) -> str:
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)


def _entered(file: OpenFile, temporary: Path, folder: Path, why: str, made: Made) -> Copy:
    """Give the copy its name and write it down."""
    now = datetime.now(UTC)
    stem = f"{file.path.stem[:60]} {now.astimezone():%Y-%m-%d %H%M%S} step {made.counter}"
    name, again = f"{stem}.desk", 2
    while (folder / name).exists():
        name, again = f"{stem} ({again}).desk", again + 1
    temporary.replace(folder / name)
    disk.sync_folder(folder)
    source = str(file.path.absolute())
    copy = Copy(name, folder, made.size, made.sha256, made.counter, made.head, now, why, source, made.counts)
    enter(copy)
    return copy


def changed(store: Store) -> bool:
    """Whether the file holds a step that its newest copy does not; a file without any step has nothing to lose."""
    counter, head = last_step(store.conn)
    newest = next(iter(list_copies(file_uuid(store.conn))), None)
    return counter > 0 and (newest is None or newest.head != head)


def due(store: Store, now: datetime) -> bool:
    """Whether a copy should be made while working: changed, and the last copy is half an hour old or more."""
    newest = next(iter(list_copies(file_uuid(store.conn))), None)
    return changed(store) and (newest is None or now - newest.made >= EVERY)
