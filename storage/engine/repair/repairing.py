"""Repairing a damaged file: always on copies, the least first, until what can come back has come back."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Generator, Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from storage.engine import contents, disk, search
from storage.engine.backup import backups, plain
from storage.engine.backup.backups import Copy
from storage.engine.backup.copying import copied
from storage.engine.backup.later_work import read
from storage.engine.connection import connect
from storage.engine.errors import UNREADABLE, FileInUse, StorageError, explain_os
from storage.engine.fields import RECORDS
from storage.engine.file import OpenFile
from storage.engine.file_header import read_header
from storage.engine.fingerprint import check_schema
from storage.engine.history import History
from storage.engine.locking import Held, Lock
from storage.engine.migrations import VERSION, behind, newer
from storage.engine.place import known_files, side_files
from storage.engine.repair.by_key import by_key
from storage.engine.repair.past import past_of
from storage.engine.repair.rebuilding import rebuild
from storage.engine.repair.recovery import Came, Recovery
from storage.engine.repair.scavenging import Rescued
from storage.engine.replaying import unrecorded
from storage.engine.state import file_uuid
from storage.engine.steps import Progress
from storage.engine.store import Store
from storage.engine.values import show_day

Work = Generator[Progress, None, Recovery]
_CUT_OFF = "A change that had been cut off was taken back; nothing else was wrong."
_INDEXES = "Only its indexes and its search were damaged. They were made anew; no record was affected."
_NOTHING = "Nothing was found to be wrong with it."
_PAGES = "It was read page by page."
_EMPTY = "No record could be read from the file itself."
_FAILS = (sqlite3.Error, *UNREADABLE)
_TROUBLE = (*_FAILS, OSError, StorageError, ValueError, TypeError, KeyError, AttributeError, RecursionError)


def repair(path: Path, made: Path) -> Recovery:
    """Repair a file into a new one under a name that is free; the damaged file is never written to.

    Raises `FileInUse` while a program has it open, and `StorageError` when nothing could be repaired.
    """
    return contents.finished(repairing(path, made))


def repairing(path: Path, made: Path) -> Work:
    """As `repair`, telling how far it is; it may run on any thread."""
    path, made = path.absolute(), made.absolute()
    if not path.is_file():
        raise StorageError(f"There is no file {path}. Nothing was changed. Look where it was moved to.")
    if made.exists():
        raise StorageError(f"{made.name} already exists. Nothing was changed. Choose another name.")
    lock = Lock.take(path)
    if isinstance(lock, Held):
        raise FileInUse(f"{path.name} is open in {lock.words}. Nothing was changed. Close it there first.")
    try:
        with tempfile.TemporaryDirectory(prefix="commissioning-desk-", ignore_cleanup_errors=True) as folder:
            yield Progress(0, 4, "Making a copy to work on")
            recovery = yield from _climbing(path, Path(folder), made)
        return _reported(recovery)
    except OSError as error:
        raise explain_os(error, f"repair {path.name}") from error
    finally:
        lock.drop()


def _climbing(path: Path, folder: Path, made: Path) -> Work:
    """The rungs, the least first."""
    work = _copied(path, folder / "mended")
    yield Progress(1, 4, "Looking at what is damaged")
    _refuse_newer(work)
    if how := mended(work):
        return _as_it_was(path, work, made, how)
    yield Progress(2, 4, "Reading what can be read")
    rescued = read(path)
    yield Progress(3, 4, "Looking for what is missing in the backups")
    own = _PAGES if any(rescued.rows(table) for table in RECORDS) else _EMPTY
    how = " ".join([own, *_from_backups(path, rescued)])
    yield Progress(4, 4, "Writing the repaired file")
    return rebuild(rescued, made, path, how)


def _copied(path: Path, folder: Path) -> Path:
    """A copy of a file with its side files, to be worked on."""
    folder.mkdir()
    for source in [path, *disk.side_files(path)]:
        disk.copy(source, folder / source.name)
    return folder / path.name


def _refuse_newer(work: Path) -> None:
    try:
        version = read_header(work).version
    except StorageError:
        return  # not to be told; then what can be read is read
    if version > VERSION and version < 1_000:
        raise newer(work.name)


def mend(path: Path) -> str:
    """Mend a file that does not open where that loses nothing: on a copy, checked, then put in its place.

    Returns what was done and where the file as it was is kept, in words; nothing when there is more to it, and
    the file is then as it was.
    """
    lock = Lock.take(path)
    if isinstance(lock, Held):
        return ""
    work = disk.beside(path, "mended")
    try:
        for source in [path, *disk.side_files(path)]:
            disk.copy(source, work.with_name(work.name + source.name.removeprefix(path.name)))
        how = mended(work)
        if not how:
            return ""
        kept = side_files.keep(path)
        disk.exchange(work, path)
        known_files.forget(path)
        return f"{path.name} was damaged and has been mended. {how} The file as it was is kept in {kept}."
    except OSError:
        return ""  # the usual message about damage follows
    finally:
        for end in ("", *disk.SIDE_FILES):
            work.with_name(work.name + end).unlink(missing_ok=True)
        lock.drop()


def mended(work: Path) -> str:
    """Mend a copy in place where nothing but a cut-off change, an index or the search is damaged.

    Returns what was done, in words; nothing when there is more to it, or the file is of an earlier version.
    """
    unfinished = bool(disk.side_files(work))
    try:
        with closing(OpenFile(work)) as file:
            check_schema(file.conn, work.name)
            if behind(file.conn):
                return ""
            if _sound(file):
                return _CUT_OFF if unfinished else _NOTHING
            if _indexed_anew(file):
                return _INDEXES
        return _INDEXES if _made_anew(work) else ""
    except _TROUBLE:
        return ""


def _indexed_anew(file: OpenFile) -> bool:
    """Make the indexes and the search anew where they are; False when their own pages are too damaged for that."""
    try:
        file.conn.execute("reindex")
        file.conn.execute("begin immediate")
        search.rebuild(file.conn, Store(file).own_fields())
        file.conn.execute("commit")
        return _sound(file)
    except _TROUBLE:
        file.abandon()
        return False


def _made_anew(work: Path) -> bool:
    """Put every row into a fresh file where SQLite can read every row, and the history says that they are all."""
    with closing(connect(work, "ro")) as conn:
        rescued = by_key(conn)
    past = past_of(rescued)
    if rescued.failed or not past.complete:
        return False
    ready = disk.beside(work, "anew")
    if not rebuild(rescued, ready, work, "").whole:
        ready.unlink()
        return False
    for side in disk.side_files(work):
        side.unlink()
    ready.replace(work)
    return True


def _sound(file: OpenFile) -> bool:
    """Whether everything is there: by SQLite, by the links, by the history and by the search."""
    conn = file.conn
    try:
        if contents.problems(conn) or contents.broken_links(conn) or not file_uuid(conn):
            return False
        if History(Store(file)).first_broken() is not None:
            return False
        conn.execute("insert into search(search, rank) values('integrity-check', 1)")
        return all(next(unrecorded(conn, cls), None) is None for cls in RECORDS.values())
    except _TROUBLE:
        return False


def _as_it_was(path: Path, work: Path, made: Path, how: str) -> Recovery:
    """Give the mended copy the new name."""
    ready = disk.beside(made, "repaired")
    try:
        with closing(connect(work, "ro")) as conn:
            copied(conn, ready)
            held = {t: conn.execute(f"select count(*) from {t}").fetchone()[0] for t in RECORDS}
            steps = conn.execute("select count(*) from step").fetchone()[0]
        if made.exists():
            raise FileExistsError(17, f"{made.name} is there already")
        ready.rename(made)
        disk.sync_folder(made.parent)
    finally:
        ready.unlink(missing_ok=True)
    return Recovery(path, made, how, tuple(Came(t, n) for t, n in held.items() if n), steps=steps)


def _from_backups(path: Path, rescued: Rescued) -> list[str]:
    """Fill gaps from the newest backup that is as it was; says which, and what was found wrong with newer ones."""
    said = []
    for copy in _copies(path, rescued):
        when = copy.made.astimezone()
        named = f"the backup of {show_day(when.date())} {when:%H:%M}"
        held = _held(copy)
        if held is None:
            said.append(f"{named.capitalize()} is damaged too and was passed over.")
        elif filled := _filled_from(rescued, held):
            return [*said, f"From {named} came {filled}."]
        else:
            return said
    return said + _from_plain(path, rescued) if not rescued.rows("step") else said


def _from_plain(path: Path, rescued: Rescued) -> list[str]:
    """Where neither the file nor a backup can be read: the last zip of plain text."""
    saved_here = {k.uuid for k in known_files.known() if k.path == str(path)}
    for uuid in saved_here | {c.folder.name for c in backups.list_copies(path)} | set(_uuids(rescued)):
        try:
            if (last := plain.newest(uuid)) and (filled := _filled_from(rescued, plain.read_tables(last))):
                rescued.fill(plain.read_tables(last))
                return [f"From {last.name} came {filled}."]
        except (OSError, ValueError):
            continue
    return []


def _uuids(rescued: Rescued) -> Iterable[str]:
    return (str(r.get("value")) for r in rescued.rows("meta").values() if r.get("name") == "file_uuid")


def _copies(path: Path, rescued: Rescued) -> Iterable[Copy]:
    """The backups of a file, newest first, by what is left of its identity or else by where it lay."""
    for uuid in _uuids(rescued):
        try:
            if found := backups.list_copies(uuid):
                return found
        except ValueError:
            continue
    return backups.list_copies(path)


def _held(copy: Copy) -> Rescued | None:
    """What a backup holds; None when it is not as it was when it was made."""
    try:
        if disk.sha256(copy.path) != copy.sha256:
            return None
        with closing(connect(copy.path, "ro")) as conn:
            return by_key(conn)
    except (*_FAILS, OSError, StorageError):
        return None


def _filled_from(rescued: Rescued, held: Rescued) -> str:
    """Take from a backup the steps that are missing; says how many. Nothing from one with another history.

    A backup has another history when the file was taken back behind it since, or something in it was forgotten.
    """
    ours, theirs = past_of(rescued), past_of(held)
    whole = {step.id: step.hash for step in ours.steps}
    if any(whole.get(step.id, step.hash) != step.hash for step in theirs.steps):
        return ""
    wanted = {step.id for step in theirs.steps} - set(whole)
    steps = rescued.rows("step") | {n: row for n, row in held.rows("step").items() if n in wanted}
    changes = {n: row for n, row in rescued.rows("change").items() if row.get("step") not in wanted}
    changes |= {n: row for n, row in held.rows("change").items() if row.get("step") in wanted}
    filled = Rescued(rescued.tables | {"step": steps, "change": changes})
    if past_of(filled).gaps > ours.gaps:
        return ""  # steps of the file follow one another where the backup has others between them
    rescued.tables = {t: held.rows(t) for t in ("meta", "state", "draft")} | filled.tables
    return f"{len(wanted):,} steps of the history that the file had lost" if wanted else ""


def _reported(recovery: Recovery) -> Recovery:
    """Keep the report as text beside the repaired file, where something did not come back as it was."""
    place = recovery.made.with_name(f"{recovery.made.stem} what came back.txt")
    recovery = replace(recovery, kept=(place,))
    disk.write_text(place, recovery.text)
    return recovery
