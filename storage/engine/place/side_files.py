"""What SQLite left beside a file: kept first, then read both ways on copies, before the file itself is opened."""

from __future__ import annotations

import logging
import shutil
import sqlite3
import struct
from contextlib import closing
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from storage.engine import contents, disk
from storage.engine.backup import backups
from storage.engine.backup.copying import last_step
from storage.engine.errors import UNREADABLE, StorageError
from storage.engine.fields import RECORDS
from storage.engine.file import OpenFile
from storage.engine.file_header import damaged
from storage.engine.migrations import behind
from storage.engine.replaying import unrecorded
from storage.engine.sealing import first_broken

log = logging.getLogger(__name__)
JOURNAL, WAL = "-journal", "-wal"
_MOST, _ALL = 10, 1024**3  # folders kept, and bytes in them all; the newest is always kept
_MAGIC = bytes.fromhex("d9d505f920a163d7")  # what a rollback journal begins with
_HEAD = struct.Struct(
    ">8sIIIII"
)  # it, then records, nonce, pages of the file, bytes of a sector, bytes of a page
_COUNTER = slice(24, 28)  # where the first page counts the writes to the file
_PAGE_SIZE = slice(16, 18)  # where it says how large a page is; 1 stands for 65,536
_MODE = slice(18, 20)  # where it says whether a write-ahead log belongs to it
_UNSOUND = -1


def settle(path: Path, *, original: bool = True) -> str:
    """Bring a file that lies with side files to what it holds; says in words what was done, empty when nothing was.

    For a file that nobody has open. What was there is kept first, in a folder of its own, unless it is a copy
    itself. Raises `OSError` when there is a write-ahead log and the copies cannot be made, and `DamagedFile` when
    neither reading of the two is sound, since merely opening such a file would write to it.
    """
    if is_logged(path):
        return _settle_log(path, keep(path) if original else None)
    journal = path.with_name(path.name + JOURNAL)
    if not journal.exists() or not journal.stat().st_size:
        return ""
    try:
        return _settle_journal(path, journal, keep(path) if original else None)
    except OSError as error:  # a full disk keeps nobody from opening the file: SQLite rolls back by itself
        log.warning("a file with a journal could not be kept first: %s", type(error).__name__)
        return ""


def keep(path: Path) -> Path:
    """Copy a file and its side files to a folder of their own, and thin out older such folders."""
    room = backups.home() / "recovery"
    place = room / f"{datetime.now().astimezone():%Y-%m-%d %H%M%S} {path.stem[:60]}"
    again = 2
    while place.exists():
        place, again = place.with_name(f"{place.name.partition(' (')[0]} ({again})"), again + 1
    place.mkdir(parents=True, mode=0o700)
    for source in [path, *disk.side_files(path)]:
        disk.copy(source, place / source.name)
    disk.sync_folder(place)
    _thin(room, place)
    return place


def _thin(room: Path, newest: Path) -> None:
    """Delete the oldest folders beyond what is kept; the newest stays whatever its size."""
    held = 0
    for number, folder in enumerate(sorted(room.iterdir(), key=lambda f: f.stat().st_mtime, reverse=True)):
        held += sum(f.stat().st_size for f in folder.glob("*") if f.is_file())
        if folder != newest and (number >= _MOST or held > _ALL):
            shutil.rmtree(folder, ignore_errors=True)


def is_logged(path: Path) -> bool:
    """Whether a write-ahead log lies beside the file, or the file says that it has one."""
    wal = path.with_name(path.name + WAL)
    return 2 in _start(path)[_MODE] or (wal.exists() and wal.stat().st_size > 0)


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_HEAD.size)


def _settle_journal(path: Path, journal: Path, kept: Path | None) -> str:
    """Leave the journal to SQLite, which rolls the file back, unless it belongs to another state of the file."""
    with TemporaryDirectory(prefix="commissioning-desk-") as folder:
        alone, rolled_back = (Path(folder) / name for name in ("alone.desk", "rolled back.desk"))
        disk.copy(path, alone)
        disk.copy(path, rolled_back)
        disk.copy(journal, rolled_back.with_name(rolled_back.name + JOURNAL))
        swells = _swells(path, journal)
        stale = swells or _is_stale(path, journal) or _steps(rolled_back) == _UNSOUND
        sound = _steps(alone) != _UNSOUND
        if swells and not sound:
            raise damaged(
                path.name, "it cannot be read as a whole, nor can what lies beside it be used to mend it"
            )
        if not stale or not sound:
            return ""
    journal.unlink()
    return (
        f"Beside {path.name} lay a journal of another state of the file, which would have damaged it. "
        f"It was not used{_kept(kept)}."
    )


def _swells(path: Path, journal: Path) -> bool:
    """Whether a journal says that the file was larger than it is, which no file of ours can have been.

    A damaged journal may name any size, and SQLite would make the file as large as that.
    """
    with journal.open("rb") as file:
        start = file.read(_HEAD.size)
    if len(start) < _HEAD.size or not start.startswith(_MAGIC):
        return False
    _, _, _, pages, _, size = _HEAD.unpack(start)
    return bool(pages * (size or _page_size(path)) > path.stat().st_size)


def _page_size(path: Path) -> int:
    """The bytes of a page, which SQLite takes where the journal names none; at the most where it is not told."""
    told = int.from_bytes(_start(path)[_PAGE_SIZE], "big")
    return told if told > 1 else 65_536


def _is_stale(path: Path, journal: Path) -> bool:
    """Whether a journal belongs to another state of the file, by the count of writes that both note."""
    before = _counter_in(journal)
    return before is not None and int.from_bytes(_start(path)[_COUNTER], "big") not in (before, before + 1)


def _counter_in(journal: Path) -> int | None:
    """The count of writes in a journal's copy of the first page; None when it does not hold that page."""
    with journal.open("rb") as file:
        start = file.read(_HEAD.size)
        if len(start) < _HEAD.size or not start.startswith(_MAGIC):
            return None
        _, records, _, _, sector, size = _HEAD.unpack(start)
        for record in range(min(records, journal.stat().st_size // (size + 8) if size else 0)):
            file.seek(sector + record * (size + 8))
            page = file.read(4 + _HEAD.size)
            if page[:4] == b"\0\0\0\x01":
                return int.from_bytes(page[4:][_COUNTER], "big")
    return None


def _settle_log(path: Path, kept: Path | None) -> str:
    """Put the better of the two readings in the place of the file: by itself, or with its log."""
    with TemporaryDirectory(prefix="commissioning-desk-") as folder:
        alone, logged = (Path(folder) / name for name in ("alone.desk", "with its log.desk"))
        disk.copy(path, alone)
        disk.copy(path, logged)
        wal = path.with_name(path.name + WAL)
        if wal.exists():
            disk.copy(wal, logged.with_name(logged.name + WAL))
        by_itself, with_log = _steps(alone), _steps(logged)
        if max(by_itself, with_log) == _UNSOUND:
            raise damaged(path.name, "it cannot be read as a whole, nor with the log that belongs to it")
        chosen, words = (logged, "was read with it") if with_log >= by_itself else (alone, "was left out")
        ready = disk.beside(path, "settled")
        try:
            disk.copy(chosen, ready)
            ready.replace(path)
        finally:
            disk.discard(ready)
    for side in disk.SIDE_FILES:  # after the file: cut off here, the same is done again
        path.with_name(path.name + side).unlink(missing_ok=True)
    disk.sync_folder(path.parent)
    return (
        f"{path.name} was last written to by another program, which keeps changes in a file beside it. "
        f"That file {words}, since so it is sound and holds the most{_kept(kept)}."
    )


def _kept(place: Path | None) -> str:
    return f"; everything as it was is kept in {place}" if place else ""


def _steps(copy: Path) -> int:
    """The number of the last step that a copy holds once SQLite has opened it with what lies beside it."""
    try:
        with closing(OpenFile(copy)) as file:
            sound = not contents.problems(file.conn) and not contents.broken_links(file.conn)
            if sound and first_broken(file.conn) is None and _agrees(file.conn):
                return last_step(file.conn)[0]
    except (sqlite3.Error, OSError, StorageError, ValueError, *UNREADABLE):
        pass
    return _UNSOUND


def _agrees(conn: sqlite3.Connection) -> bool:
    """Whether the records are as the history tells; an older file, which may lack some, is taken at its word."""
    return behind(conn) or not any(next(unrecorded(conn, cls), None) for cls in RECORDS.values())
