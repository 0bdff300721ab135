"""Folders that only this user can enter, for what lies on the disk for a while; swept when a program died over them."""

from __future__ import annotations

import atexit
import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from storage.engine.backup.backups import home
from storage.engine.errors import StorageError
from storage.engine.locking import Held, Lock

TEMPORARY = "temporary"
_NAMES = ("TMPDIR", "TMP", "TEMP")  # of the environment, by which programs find where temporary files go
_system: list[str] = []  # where temporary files lay before this program took a folder of its own
_ours: dict[
    Path, tuple[Path, Lock]
] = {}  # by the program's own folder: this run's folder, and the lock on it


def own_home() -> Path:
    """The program's own folder, made so that nobody else can enter it."""
    folder = home()
    folder.mkdir(parents=True, exist_ok=True)
    if sys.platform != "win32":  # there a profile is private already
        folder.chmod(0o700)
    return folder


def private_folder() -> Path:
    """A new empty folder, gone when the program ends; after a kill the next start sweeps it away.

    Raises `OSError` when the disk does not allow it.
    """
    made = _run_folder() / secrets.token_hex(8)
    made.mkdir(mode=0o700)
    return made


def _run_folder() -> Path:
    within = own_home() / TEMPORARY
    if within not in _ours:
        within.mkdir(mode=0o700, exist_ok=True)
        folder = within / secrets.token_hex(8)
        lock = Lock.take(folder)  # first, so that no other program ever sees the folder without it
        if isinstance(lock, Held):
            raise OSError(f"{folder} is taken")
        folder.mkdir(mode=0o700)
        _ours[within] = folder, lock
        atexit.register(_leave, within)
    return _ours[within][0]


def _leave(within: Path) -> None:
    if within in _ours:
        folder, lock = _ours.pop(within)
        remove(folder)
        lock.drop()


def system_temporary() -> Path:
    """The folder for temporary files that all programs of the system share, whatever this one uses itself."""
    return Path(_system[-1] if _system else tempfile.gettempdir())


@contextmanager
def own_temporary_files() -> Iterator[None]:
    """Sweep what killed programs left, and put every temporary file of this one into its private folder.

    That holds for libraries, for Qt and for child processes too; they follow Python's setting or the environment.
    When the disk does not allow such a folder the program runs with the system's.
    """
    _system.append(tempfile.gettempdir())
    before, held = tempfile.tempdir, {name: os.environ.get(name) for name in _NAMES}
    try:
        with suppress(OSError, StorageError):
            sweep()
            tempfile.tempdir = str(_run_folder())
            os.environ.update(dict.fromkeys(_NAMES, tempfile.tempdir))
        yield
    finally:
        tempfile.tempdir = before
        for name, value in held.items():
            os.environ.pop(name, None) if value is None else os.environ.update({name: value})
        _system.pop()
        _leave(home() / TEMPORARY)


def sweep() -> int:
    """Remove what programs that are no longer running left behind; how many folders that were."""
    within, swept = home() / TEMPORARY, 0
    left = [p for p in within.iterdir() if p.is_dir() and not p.is_symlink()] if within.is_dir() else []
    for folder in left:
        try:
            lock = Lock.take(folder)
        except StorageError:
            continue
        if isinstance(lock, Lock):
            remove(folder)
            lock.drop()
            swept += 1
    return swept


def remove(folder: Path) -> None:
    """Remove a folder with all that is in it, read-only copies too; what cannot be removed is left."""
    for path in folder.rglob("*") if sys.platform == "win32" else ():
        os.chmod(path, 0o600)  # noqa: PTH101  Windows removes no read-only file
    shutil.rmtree(folder, ignore_errors=True)
