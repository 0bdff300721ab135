"""The whole file under another name: for a copy to keep, or for a worker to read while work goes on."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from storage.engine import disk
from storage.engine.backup.copying import copied, write_compact
from storage.engine.backup.images import Image, image_of
from storage.engine.connection import connect
from storage.engine.errors import FileClosed, StorageError, explain, explain_copying, explain_os
from storage.engine.store import Store


def save_as(store: Store, path: Path) -> None:
    """Write a compact copy of the open file; it is complete before it has its name.

    Raises `StorageError` when it cannot be written, or would overwrite the open file itself.
    """
    path = path.absolute()
    if path.exists() and any(path.samefile(p) for p in (store.file.path, store.file.user_path) if p.exists()):
        raise StorageError(f"{path.name} is the file that is open. Nothing was changed. Choose another name.")
    ready = disk.beside(path, "copy")
    try:
        _copied(store, ready)
        ready.replace(path)
        disk.sync_folder(path.parent)
    except sqlite3.Error as error:
        raise explain_copying(error, path) from error
    except OSError as error:
        raise explain_os(error, f"save {path.name}") from error
    finally:
        disk.discard(ready)


def _copied(store: Store, ready: Path) -> None:
    """Copy the open file; when it cannot be read any more, its rescue copy."""
    try:
        copied(store.conn, ready)
    except sqlite3.Error:
        rescued = store.file.rescuing() if store.file.rescuing else None
        if rescued is None:
            raise
        ready.unlink(missing_ok=True)
        disk.copy(rescued, ready)


def snapshot(store: Store, path: Path) -> Callable[[], None]:
    """Take the file as it is saved now. What comes back writes it down for a worker to read, on any thread.

    A file too large to be held in memory meanwhile is written at once. Raises `StorageError`, as does the writing.
    """
    try:
        image = image_of(store.file)
    except sqlite3.ProgrammingError as error:
        raise FileClosed(f"{path.name} was not written, since the file was closed.") from error
    if image is None:
        save_as(store, path)
        return _written
    return partial(_write, image, path)


def _written() -> None:
    """Nothing is left to do."""


def _write(image: Image, path: Path) -> None:
    try:
        path.write_bytes(image.read())
    except sqlite3.Error as error:
        raise explain_copying(error, path) from error
    except OSError as error:
        raise explain_os(error, f"write {path.name}") from error


def compact(source: Path, target: Path) -> None:
    """Write a snapshot down once more, without what was deleted. Raises `StorageError`, or `OSError`."""
    try:
        write_compact(source.read_bytes(), target)
    except sqlite3.Error as error:
        raise explain_copying(error, target) from error


def image_at(path: Path) -> bytes:
    """The bytes of a file as it is saved now, read by a connection of its own, so that any thread may ask.

    Raises `StorageError`.
    """
    try:
        with closing(connect(path, "ro")) as conn:
            return conn.serialize()
    except sqlite3.Error as error:
        raise explain(error, path) from error
