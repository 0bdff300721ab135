"""Copies of the file: made whole, checked against it, listed in a manifest, and thinned out with age."""

from __future__ import annotations

import json
import os
import sqlite3
import uuid
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from storage.engine import contents, disk
from storage.engine.connection import connect, vacuum_allowed
from storage.engine.errors import UNREADABLE, StorageError
from storage.engine.fields import RECORDS
from storage.engine.file import OpenFile
from storage.engine.state import file_uuid
from storage.engine.steps import Progress
from storage.engine.store import Store
from storage.engine.values import show_day

BEFORE_IMPORT, AT_CLOSE, REGULAR, BY_HAND = "before an import", "on closing", "while working", "by hand"
AT_START = "after a closing that had no time for it"
BEFORE_UPGRADE = "before the file was brought up to date"
EVERY = timedelta(minutes=30)
HOME = "COMMISSIONING_DESK_HOME"  # an environment variable that puts the program's own folder elsewhere
MANIFEST = "copies.jsonl"
_ALL, _DAILY, _WEEKLY, _MONTHLY, _LEAST = timedelta(days=2), 12, 10, 9, 3
_UPGRADES = timedelta(days=365)
_HELD = (
    256 * 1024 * 1024
)  # bytes of a file that are held in memory while it is copied; a larger one is copied at once
_TURN = 0.005  # seconds waited for a thread before the window has its turn


@dataclass(frozen=True, slots=True)
class Copy:
    """One checked copy of a file, as the manifest has it."""

    name: str
    folder: Path
    size: int  # bytes
    sha256: str
    counter: int  # the number of the last step it holds
    head: str  # the hash of that step, which no other step has
    made: datetime  # with its time zone
    why: str
    file: str  # the path of the file it is a copy of
    counts: Mapping[str, int] = field(default_factory=dict)  # records in use, by table

    @property
    def path(self) -> Path:
        """Where it lies."""
        return self.folder / self.name

    @property
    def summary(self) -> str:
        """When it was made, why and what it holds, in one line."""
        when = self.made.astimezone()
        held = [_counted(t, n) for t, n in self.counts.items() if t in RECORDS and RECORDS[t].SEARCHED]
        return f"{show_day(when.date())} {when:%H:%M}, {self.why}: {', '.join(held) or 'nothing yet'}"


def _counted(table: str, number: int) -> str:
    cls = RECORDS[table]
    return f"{number:,} {(cls.LABEL if number == 1 else cls.PLURAL).lower()}"


def home() -> Path:
    """The program's own folder on this computer, which is not copied to the cloud."""
    if given := os.environ.get(HOME):
        return Path(given)
    import platformdirs

    return Path(platformdirs.user_data_dir("CommissioningDesk", appauthor=False))


def folder_of(file: str) -> Path:
    """Where the copies of a file lie, by its UUID."""
    return home() / "backups" / str(uuid.UUID(file))


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
        thin(folder, copy.file, copy.made)
    except (sqlite3.Error, OSError) as error:
        raise StorageError(
            f"No backup of {file.path.name} could be made ({_reason(error)}). The file itself is not affected. "
            f"Make room on the disk, or see to the folder {home()}, and try again."
        ) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
    return copy


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
    line = asdict(copy) | {"made": now.isoformat()}
    del line["folder"]
    _append(folder, line)
    return copy


def last_step(conn: sqlite3.Connection) -> tuple[int, str]:
    """The number and the hash of the last step; 0 and nothing in a file that has none."""
    found = conn.execute("select id, hash from step order by id desc limit 1").fetchone()
    return (int(found[0]), str(found[1])) if found else (0, "")


def _append(folder: Path, line: Mapping[str, object]) -> None:
    """Add a line to the manifest, on a line of its own even after a line that was cut off."""
    with (folder / MANIFEST).open("a+b") as manifest:
        end = manifest.seek(0, os.SEEK_END)
        manifest.seek(max(0, end - 1))
        torn = end > 0 and manifest.read(1) != b"\n"
        manifest.write((b"\n" if torn else b"") + json.dumps(line, ensure_ascii=False).encode() + b"\n")
        manifest.flush()
        os.fsync(manifest.fileno())


def _listed(folder: Path) -> list[Copy]:
    """The copies of a folder in the order they were made; lines that cannot be read are passed over."""
    try:
        lines = (folder / MANIFEST).read_bytes().splitlines()
    except FileNotFoundError:
        return []
    found: dict[str, Copy] = {}
    for written in lines:
        try:
            line = json.loads(written)
            if "dropped" in line:
                found.pop(line["dropped"], None)
                continue
            made = datetime.fromisoformat(line.pop("made")).astimezone(UTC)
            copy = Copy(**line, made=made, folder=folder)
            if copy.name == Path(copy.name).name:
                found[copy.name] = copy
        except (ValueError, TypeError, KeyError):
            continue
    return list(found.values())


def list_copies(file: Path | str) -> list[Copy]:
    """The copies there are of a file, newest first: by its UUID, or by its path.

    A path whose file is gone or cannot be read is looked up among the paths that copies were made from.
    """
    if isinstance(file, Path):
        try:
            return list_copies(uuid_of(file))
        except (sqlite3.Error, OSError, StorageError, *UNREADABLE):
            return _by_path(file)
    return [c for c in reversed(_listed(folder_of(file))) if c.path.exists()]


def uuid_of(path: Path) -> str:
    """The UUID of a file that is not open here. A damaged file may raise almost anything."""
    conn = connect(path, "ro")
    try:
        return file_uuid(conn)
    finally:
        conn.close()


def _by_path(path: Path) -> list[Copy]:
    wanted, every = str(path.absolute()), []
    for manifest in (home() / "backups").glob(f"*/{MANIFEST}"):
        every += [c for c in reversed(_listed(manifest.parent)) if c.file == wanted and c.path.exists()]
    return sorted(every, key=lambda c: c.made, reverse=True)


def changed(store: Store) -> bool:
    """Whether the file holds a step that its newest copy does not; a file without any step has nothing to lose."""
    counter, head = last_step(store.conn)
    newest = next(iter(list_copies(file_uuid(store.conn))), None)
    return counter > 0 and (newest is None or newest.head != head)


def due(store: Store, now: datetime) -> bool:
    """Whether a copy should be made while working: changed, and the last copy is half an hour old or more."""
    newest = next(iter(list_copies(file_uuid(store.conn))), None)
    return changed(store) and (newest is None or now - newest.made >= EVERY)


def kept(copies: Sequence[Copy], now: datetime) -> set[str]:
    """The names to keep, from copies in the order they were made.

    All of the last two days, the last of each of 12 days, 10 weeks and 9 months that have any, those made
    before an upgrade for a year, and never fewer than the newest three.
    """
    names = {c.name for c in copies[-_LEAST:]}
    names |= {c.name for c in copies if now - c.made < _ALL}
    names |= {c.name for c in copies if c.why == BEFORE_UPGRADE and now - c.made < _UPGRADES}
    for period, many in ((_day, _DAILY), (_week, _WEEKLY), (_month, _MONTHLY)):
        last = {period(c.made.astimezone().date()): c.name for c in copies}
        names |= {last[p] for p in sorted(last)[-many:]}
    return names


def _day(on: date) -> tuple[int, ...]:
    return (on.toordinal(),)


def _week(on: date) -> tuple[int, ...]:
    return on.isocalendar()[:2]


def _month(on: date) -> tuple[int, ...]:
    return on.year, on.month


def thin(folder: Path, file: str, now: datetime) -> list[str]:
    """Delete the copies of one file that are no longer kept; only files in the manifest are ever deleted."""
    copies = [c for c in _listed(folder) if c.file == file and c.path.exists()]
    keep = kept(copies, now)
    dropped = []
    for copy in copies:
        if copy.name not in keep:
            copy.path.unlink(missing_ok=True)
            unlist(copy.path)
            dropped.append(copy.name)
    return dropped


def unlist(path: Path) -> None:
    """Take a copy that was deleted out of the manifest of its folder, if it stands in one."""
    if any(c.name == path.name for c in _listed(path.parent)):
        _append(path.parent, {"dropped": path.name})
