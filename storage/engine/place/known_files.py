"""The files this user has saved: where each lay, and what it held when it was last closed here."""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from storage.engine import disk
from storage.engine.backup import backups
from storage.engine.backup.copying import last_step
from storage.engine.connection import connect
from storage.engine.errors import UNREADABLE, StorageError
from storage.engine.state import file_uuid
from storage.engine.steps import FORGET
from storage.engine.values import show_day

log = logging.getLogger(__name__)
NAME = "known files.json"
_MOST = 200  # files remembered, the latest closed first
_LOOK_FOR = 2.0  # seconds in which the usual folders are looked through


@dataclass(frozen=True, slots=True)
class Known:
    """One file as it was when it was last closed here."""

    uuid: str
    path: str
    counter: int  # the number of its last step
    head: str  # the hash of that step
    size: int  # bytes
    sha256: str
    at: str  # when, as an ISO date and time with its zone

    @property
    def when(self) -> str:
        """The moment in words."""
        moment = datetime.fromisoformat(self.at).astimezone()
        return f"{show_day(moment.date())} at {moment:%H:%M}"


def known() -> list[Known]:
    """Every file remembered, the latest first; a register that cannot be read is an empty one."""
    try:
        read = json.loads((backups.home() / NAME).read_bytes())
        return [entry for line in read if (entry := _entry(line))]
    except (OSError, ValueError, TypeError, RecursionError):
        return []


def _entry(line: object) -> Known | None:
    wanted = Known.__annotations__
    if not isinstance(line, dict) or set(line) != set(wanted):
        return None
    if any(type(value).__name__ != wanted[name] for name, value in line.items()):
        return None
    entry = Known(**line)
    try:
        return entry if entry.when else None
    except (ValueError, OverflowError):
        return None


def _write(entries: list[Known]) -> None:
    """Put the register in place whole; of programs that write at once the last one wins."""
    place = backups.home() / NAME
    ready = disk.beside(place, "new")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(ready, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as written:
            written.write(json.dumps([asdict(e) for e in entries[:_MOST]], ensure_ascii=False).encode())
        ready.replace(place)
    except (OSError, UnicodeEncodeError) as error:
        log.warning("the register of known files was not written: %s", type(error).__name__)
    finally:
        disk.discard(ready)


def closed(path: Path, uuid: str, counter: int, head: str) -> None:
    """Remember a file that was closed properly just now; never an error."""
    try:
        size, digest = path.stat().st_size, disk.sha256(path)
    except OSError:
        return
    entry = Known(
        uuid, str(path), counter, head, size, digest, datetime.now(UTC).isoformat(timespec="seconds")
    )
    _write([entry, *(e for e in known() if e.path != entry.path)])


def forget(path: Path) -> None:
    """Expect nothing of the file at a path any more, after something older was put there on purpose."""
    lying = str(path.absolute())
    entries = known()
    if any(e.path == lying for e in entries):
        _write([replace(e, counter=0, head="", sha256="") if e.path == lying else e for e in entries])


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the register says about a file that is being opened."""

    words: str = ""  # for the user; nothing when all is as expected
    suspicious: bool = False  # everything in the file is to be looked at


def compare(conn: sqlite3.Connection, path: Path, sha256: str, *, clean: bool) -> Verdict:
    """Hold a file against what is known of it. `clean` says that it was closed properly when it was last written."""
    uuid = file_uuid(conn)
    known_ones = [e for e in known() if e.uuid == uuid]
    here = next((e for e in known_ones if e.path == str(path)), None)
    counter, head = last_step(conn)
    if here and here.head:
        if counter < here.counter or not _holds(conn, here):
            return Verdict(_older(path, here, counter), suspicious=True)
        if clean and (counter, head) == (here.counter, here.head) and sha256 != here.sha256:
            return Verdict(_altered(path, here), suspicious=True)
    for other in known_ones:
        if other is not here and counter < other.counter and Path(other.path).exists():
            return Verdict(_behind(path, other))
    return Verdict()


def _holds(conn: sqlite3.Connection, entry: Known) -> bool:
    """Whether a file holds the last step that is known, unless its history was sealed anew since."""
    found = conn.execute("select hash from step where id = ?", (entry.counter,)).fetchone()
    if entry.counter == 0 or (found is not None and found[0] == entry.head):
        return True
    sealed = conn.execute("select 1 from step where kind = ? and id > ?", (FORGET, entry.counter)).fetchone()
    return sealed is not None


def _older(path: Path, entry: Known, counter: int) -> str:
    many = entry.counter - counter
    lacks = (
        f"{many:,} {'change' if many == 1 else 'changes'} fewer than" if many > 0 else "other changes than"
    )
    return (
        f"{path.name} is older than the copy you last saved here on {entry.when}: it holds {lacks} that one. "
        "A program that copies files, such as OneDrive, may have put it back. Nothing was changed. "
        "Look at File → Restore for the later one before you go on."
    )


def _altered(path: Path, entry: Known) -> str:
    return (
        f"{path.name} is not byte for byte as you closed it on {entry.when}: it was altered outside the program, or by "
        "a fault of the disk. It was looked through and no damage was found. “Check my file” looks deeper."
    )


def _behind(path: Path, entry: Known) -> str:
    return (
        f"{path.name} is an earlier copy of {entry.path}, which you last saved on {entry.when} and which holds changes "
        "that this one does not. Changes you make here will not be in that file."
    )


def elsewhere(path: Path) -> list[Path]:
    """Where a file that is gone from its place lies now: known places are looked through, then the usual folders."""
    lost = next((e for e in known() if e.path == str(path.absolute())), None)
    if lost is None:
        return []
    places = [Path(e.path) for e in known() if e.uuid == lost.uuid]
    found: list[Path] = []
    for place in chain(
        places, _usual(path)
    ):  # one by one, since looking into each takes of the time there is
        if place not in found and place != path and _is(place, lost.uuid):
            found.append(place)
    return found


def _usual(path: Path) -> Iterator[Path]:
    """The files of ours in the folders round the lost one, in the documents and in the program's own folder."""
    folders = [
        path.parent,
        path.parent.parent,
        Path.home() / "Documents",
        Path.home() / "Desktop",
        backups.home(),
    ]
    until = time.monotonic() + _LOOK_FOR
    for folder in dict.fromkeys(folders):
        with suppress(OSError):
            for inner in (folder, *(p for p in folder.iterdir() if p.is_dir())):
                with suppress(OSError):
                    for place in inner.glob("*.desk"):
                        if time.monotonic() > until:
                            return
                        yield place


def _is(place: Path, uuid: str) -> bool:
    try:
        if not place.is_file():
            return False
        with closing(connect(place, "ro")) as conn:
            return file_uuid(conn) == uuid
    except (sqlite3.Error, OSError, StorageError, *UNREADABLE):
        return False
