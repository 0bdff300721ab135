"""Making a new file and opening one, every check in its order."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from storage.engine import contents, ddl, disk
from storage.engine.backup.rescue import Rescue
from storage.engine.connection import APPLICATION_ID
from storage.engine.errors import (
    UNREADABLE,
    FileInUse,
    ForeignFile,
    MissingFile,
    NewerFile,
    NotADeskFile,
    ReadOnlyFile,
    StorageError,
    explain_os,
)
from storage.engine.fields import RECORDS
from storage.engine.file import OpenFile, closed_properly
from storage.engine.file_header import damaged, read_header, read_whole
from storage.engine.fingerprint import check_schema, refuse_hidden
from storage.engine.locking import Held, Lock
from storage.engine.migrations import VERSION, behind, newer, stamp, upgrade
from storage.engine.place import known_files
from storage.engine.place.side_files import is_logged, settle
from storage.engine.reserve import Reserve
from storage.engine.state import file_uuid
from storage.engine.store import Store
from storage.engine.upgrading import upgraded

Today = Callable[[], date]
UNFIT = "part of it is not as it was written"
_DISK = tuple("SQLITE_" + c for c in ("IOERR", "CANTOPEN", "FULL", "PERM", "AUTH", "NOLFS"))


def new_store(path: Path, *, who: str = "", today: Today = date.today) -> Store:
    """Make an empty file and open it; a file that is only half made never appears under its name.

    Raises `StorageError` when something of that name is there already, or the folder cannot be written to.
    """
    path = path.absolute()
    refuse_taken(path)
    lock = _locked(path)
    made = disk.beside(path, "new")
    try:
        with opening(path):
            _make(made)
            made.rename(path)
            disk.sync_folder(path.parent)
            return _to_write(OpenFile(path, lock=lock), who, today)
    except BaseException:
        lock.drop()
        raise
    finally:
        disk.discard(made)


def refuse_taken(path: Path) -> None:
    """Raise `StorageError` when no new file can have this path."""
    if path.exists() or path.is_symlink():
        raise StorageError(f"{path.name} already exists. Nothing was changed. Choose another name.")
    if not path.parent.is_dir():
        raise StorageError(f"There is no folder {path.parent}. Nothing was changed. Choose another place.")


def _make(path: Path) -> None:
    file = OpenFile(path, "rwc")
    try:
        file.conn.execute("begin immediate")
        for statement in ddl.statements(ddl.schema(RECORDS.values())):
            file.conn.execute(statement)
        file.conn.execute("insert into meta values('file_uuid', ?)", (str(uuid.uuid4()),))
        file.conn.execute(f"pragma application_id = {APPLICATION_ID}")
        stamp(file.conn)
        file.conn.execute("commit")
    finally:
        file.close()
        for side in disk.SIDE_FILES:
            path.with_name(path.name + side).unlink(missing_ok=True)


def open_store(path: Path, *, who: str = "", read_only: bool = False, today: Today = date.today) -> Store:
    """Open an existing file; closing the store lets its lock go.

    Raises `FileInUse` when another program has it, `ReadOnlyFile` when it or its folder cannot be written to and
    `NewerFile` when a newer version made it, `ForeignFile` when it would run what this program did not write: each
    of these may be opened with `read_only`. Raises `MissingFile`, `NotADeskFile`, `DamagedFile`, or another
    `StorageError` when it cannot be read at all. `OpenFile.notices` then says what the user should know.
    """
    path = (
        path.resolve() if path.is_symlink() else path.absolute()
    )  # the lock belongs to the file, not to a link
    with opening(path):
        if not path.exists():
            raise _missing(path)
        if path.is_dir():
            raise NotADeskFile(
                f"{path.name} is a folder, not a Commissioning Desk file. Nothing was changed."
            )
        with path.open("rb"):
            pass  # may it be read at all?
        if read_only:
            return _open_to_read(path, today)
        lock = _locked(path)
        try:
            return _open_to_write(path, lock, who, today)
        except BaseException:
            lock.drop()
            raise


def _missing(path: Path) -> MissingFile:
    """Say where a file that is gone lies now, if it was ever saved here."""
    elsewhere = known_files.elsewhere(path)
    found = f"It was found at {elsewhere[0]}." if elsewhere else "Look where it was moved to."
    return MissingFile(f"There is no file {path}. Nothing was changed. {found}", elsewhere)


def _locked(path: Path) -> Lock:
    taken = Lock.take(path)
    if isinstance(taken, Held):
        raise FileInUse(
            f"{path.name} is open in {taken.words}." if taken.words.startswith("this program")
            else f"{path.name} is being used by {taken.words}. You can open it to read only."
        )  # fmt: skip
    return taken


def _open_to_write(path: Path, lock: Lock, who: str, today: Today) -> Store:
    header = read_header(path)
    if header.version > VERSION:
        raise newer(path.name)
    if not os.access(path, os.W_OK):
        raise ReadOnlyFile(
            f"{path.name} is marked as read-only. Nothing was changed. It can be opened to read."
        )
    unclean = lock.found or bool(disk.side_files(path))
    if lock.found:
        disk.sweep(path)
    remarks = [settle(path)]
    _, digest = read_whole(path)
    file = OpenFile(path, lock=lock)
    try:
        check_schema(file.conn, path.name)
        unclean = unclean or not closed_properly(file.conn)
        verdict = known_files.compare(file.conn, path, digest, clean=not unclean)
        _inspect(file, quick=not unclean and not verdict.suspicious)
        if behind(file.conn):
            file = upgraded(file, who)
        file.notices += [words for words in (*remarks, verdict.words) if words]
        return _to_write(file, who, today)
    except BaseException:
        file.close()
        raise


def _to_write(file: OpenFile, who: str, today: Today) -> Store:
    """The store of a file whose lock is held: proven to be writable, with all that keeps it safe while it is open."""
    file.prove()
    uuid_now, reserve = file_uuid(file.conn), Reserve(file.path)
    file.reserve = reserve
    file.rescuing = Rescue(file).keep

    def ended() -> None:
        reserve.let_go()
        if file.ended_at:
            known_files.closed(file.path, uuid_now, *file.ended_at)
        if file.lock:
            file.lock.drop()

    return _store(file, ended, who, today)


def _open_to_read(path: Path, today: Today) -> Store:
    """Open the file itself where that works; a copy in a folder of its own where something must first be written."""
    newest = read_header(path).version > VERSION
    file = None
    try:
        if not is_logged(path):
            file = OpenFile(path, "ro")
            _defended(file)
            _inspect(file, quick=True)
            if not behind(file.conn):
                return _store(file, None, "", today)
    except sqlite3.OperationalError as error:
        if not getattr(error, "sqlite_errorname", "").startswith("SQLITE_READONLY"):
            raise  # otherwise a change that was cut off must be rolled back first
    except BaseException:
        if file:
            file.close()
        raise
    if file:
        file.close()
    if newest:
        raise NewerFile(
            f"{path.name} was made by a newer version of Commissioning Desk, which alone can show it. "
            "Nothing was changed. Install the newer version, or go back to a copy from before."
        )
    return _open_copy(path, today)


def _defended(file: OpenFile) -> None:
    """Guard a file that is not, as far as can be told, of this program's making."""
    try:
        check_schema(file.conn, file.path.name)
    except (ForeignFile, NewerFile):
        file.guard()
        refuse_hidden(file.conn, file.path.name)


def _open_copy(path: Path, today: Today) -> Store:
    folder = tempfile.TemporaryDirectory(prefix="commissioning-desk-", ignore_cleanup_errors=True)
    try:
        for source in [path, *disk.side_files(path)]:
            disk.copy(source, Path(folder.name) / source.name)
        copy = Path(folder.name) / path.name
        remark = settle(copy, original=False)
        with closing(OpenFile(copy)) as work:
            check_schema(work.conn, path.name)
            _inspect(work, quick=False)
            if behind(work.conn):
                upgrade(work, "")
        shown = OpenFile(copy, "ro")
        shown.notices += [remark] if remark else []
        return _store(shown, folder.cleanup, "", today)
    except BaseException:
        folder.cleanup()
        raise


def _store(file: OpenFile, at_close: Callable[[], None] | None, who: str, today: Today) -> Store:
    if at_close:
        file.when_closed.append(at_close)
    return Store(file, who=who, today=today)


def _inspect(file: OpenFile, *, quick: bool) -> None:
    """Raise `DamagedFile` when SQLite finds damage; after an unclean end everything is looked at, links too."""
    found = contents.problems(file.conn, quick=quick)
    if not found and not quick:
        found = contents.broken_links(file.conn)
    if found:
        raise damaged(file.path.name, f"{UNFIT} (SQLite says: {found[0].splitlines()[0]})")
    file_uuid(file.conn)


@contextmanager
def opening(path: Path) -> Iterator[None]:
    """Turn what can go wrong while a file is opened into words; trouble with the disk is never called damage."""
    try:
        yield
    except sqlite3.Error as error:
        raise _explained(error, path) from error
    except UNREADABLE as error:
        raise damaged(path.name, "part of it cannot be read") from error
    except OSError as error:
        raise explain_os(error, f"open {path.name}") from error


def _explained(error: sqlite3.Error, path: Path) -> StorageError:
    code = getattr(error, "sqlite_errorname", "") or ""
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return FileInUse(
            f"{path.name} is being written to by another program. Nothing was changed. Wait a moment and try again."
        )
    if code.startswith("SQLITE_READONLY"):
        return ReadOnlyFile(
            f"{path.name} cannot be written to. Nothing was changed. It can be opened to read."
        )
    if code.startswith(_DISK):
        return StorageError(
            f"The disk did not let {path.name} be opened ({error}). This does not mean that the file is damaged. "
            "Nothing was changed. Check that the disk or network drive is connected and has room, then try again."
        )
    return damaged(path.name, f"{UNFIT} (SQLite says: {error})")
