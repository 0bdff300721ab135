"""Upgrading a file in safety: on a copy, checked against the original, which is kept as a backup."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from storage.engine import contents, disk
from storage.engine.backup import backups
from storage.engine.backup.copying import copied
from storage.engine.contents import digesting, finished
from storage.engine.ddl import written_columns
from storage.engine.errors import DamagedFile, StorageError
from storage.engine.fields import RECORDS
from storage.engine.file import OpenFile
from storage.engine.migrations import pending, upgrade


def upgraded(file: OpenFile, who: str) -> OpenFile:
    """Bring a file up to date on a copy, put the copy in its place, and return it opened anew.

    Raises `StorageError` when that fails; the file is then as it was, and closed.
    """
    path = file.path
    copy = disk.beside(path, "upgrade")
    try:
        finished(backups.making(file, backups.BEFORE_UPGRADE))
        copied(file.conn, copy)
        _upgrade_copy(file.conn, copy, who)
        file.close()
        copy.replace(path)
        disk.sync_folder(path.parent)
        return OpenFile(path, lock=file.lock)
    except (StorageError, sqlite3.Error, OSError, ValueError, KeyError) as error:
        raise StorageError(
            f"{path.name} could not be brought up to date for this version of the program ({error}). "
            "The file is as it was. Use the version that made it, and please report this."
        ) from error
    finally:
        file.close()
        for name in ("", *disk.SIDE_FILES):
            disk.discard(copy.with_name(copy.name + name))


def _upgrade_copy(original: sqlite3.Connection, copy: Path, who: str) -> None:
    work = OpenFile(copy)
    try:
        named = bool(pending(work.conn))
        upgrade(work, who)
        found = contents.problems(work.conn) or contents.broken_links(work.conn)
        if found:
            raise DamagedFile(f"the upgraded copy is not sound: {found[0]}")
        _compare(original, work.conn, exact=not named)
    finally:
        work.close()
    disk.sync(copy)


def _compare(original: sqlite3.Connection, upgraded: sqlite3.Connection, *, exact: bool) -> None:
    """No record is lost; and where no migration was meant to change values, none has changed."""
    before, after = contents.columns(original), contents.columns(upgraded)
    kept = {
        table: [c for c in names if c in written_columns(RECORDS[table]) and c in after[table]]
        for table, names in before.items()
        if table in RECORDS and table in after
    }
    if contents.rows(original, kept) != contents.rows(upgraded, kept):
        raise DamagedFile("the upgraded copy has not the same number of records")
    if exact and finished(digesting(original, kept)) != finished(digesting(upgraded, kept)):
        raise DamagedFile("the upgraded copy has other values")
