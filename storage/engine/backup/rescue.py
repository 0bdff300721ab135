"""A copy of what was saved, in the program's own folder, for when the file itself cannot be written to any more."""

from __future__ import annotations

import logging
import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from storage.engine import contents, disk
from storage.engine.backup import backups
from storage.engine.connection import connect
from storage.engine.errors import UNREADABLE, StorageError
from storage.engine.file import OpenFile

log = logging.getLogger(__name__)


class Rescue:
    """Keeps one file's rescue copy: made the first time it is asked for, and made anew when more was saved since."""

    def __init__(self, file: OpenFile) -> None:
        self._file = file
        self._held: tuple[int, Path] | None = None  # rows written when it was made, and where it lies

    def keep(self) -> Path | None:
        """Where a copy of everything saved lies; None when the file cannot be read any more and there is none."""
        try:
            self._file.rollback()
            written = self._file.conn.total_changes
            if self._held and self._held[0] == written and self._held[1].exists():
                return self._held[1]
            self._held = written, self._made(self._file.conn.serialize())
        except (sqlite3.Error, OSError, StorageError, *UNREADABLE) as error:
            log.warning("no rescue copy could be made: %s", type(error).__name__)
        return self._held[1] if self._held and self._held[1].exists() else None

    def _made(self, image: bytes) -> Path:
        """Write the image down for this user only, and look whether it is sound."""
        folder = backups.home() / "rescue"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        place = folder / f"{self._file.path.stem[:60]} {datetime.now().astimezone():%Y-%m-%d %H%M%S}.desk"
        ready = disk.beside(place, "unfinished")
        try:
            handle = os.open(ready, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
            with os.fdopen(handle, "wb") as written:
                written.write(image)
                written.flush()
                os.fsync(written.fileno())
            with closing(connect(ready, "ro")) as conn:
                if found := contents.problems(conn):
                    raise OSError(f"it is not sound: {found[0]}")
            ready.replace(place)
            disk.sync_folder(folder)
        finally:
            disk.discard(ready)
        return place
