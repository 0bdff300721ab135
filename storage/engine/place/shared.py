"""A file on a share or in a cloud folder is worked on in a copy here, and put back only over what it came from."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Generator, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from enum import Enum
from functools import partial
from pathlib import Path
from threading import Event

from storage.engine import disk
from storage.engine.away import away
from storage.engine.backup.backups import home
from storage.engine.backup.copying import last_step, write_compact
from storage.engine.backup.images import image_of
from storage.engine.backup.snapshots import save_as
from storage.engine.connection import connect
from storage.engine.errors import StorageError, explain_os
from storage.engine.locking import Lock
from storage.engine.place.places import Place
from storage.engine.steps import Progress
from storage.engine.store import Store

NOTE = "shared.json"
_MOST_KEPT = 5  # files of others kept after a merge


class Sent(Enum):
    """How putting a working copy back ended."""

    DONE = "done"
    NOTHING = "nothing to do"
    CHANGED = "changed there"  # by somebody else: both are kept, and can be merged
    GONE = "gone"  # the folder is there, the file is not
    OFFLINE = "offline"


@dataclass(slots=True)
class Note:
    """What is written down beside a working copy."""

    remote: str  # the path of the file it is a copy of
    opened: str = ""  # the SHA-256 of the remote file that the working copy goes back to
    head: str = ""  # the hash of the last step that this remote file holds
    sent: str = ""  # the SHA-256 of what was being put there last
    published: str = ""  # when that was done, as an ISO date and time; empty when not yet

    @classmethod
    def read(cls, folder: Path) -> Note | None:
        """The note of a folder; None when there is none that can be read."""
        try:
            held = json.loads((folder / NOTE).read_bytes())
            return cls(**{f.name: str(held[f.name]) for f in fields(cls)})
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return None


@dataclass(slots=True)
class Shared:
    """A file elsewhere, its working copy here, and what is known of both."""

    remote: Path
    place: Place
    folder: Path  # of the working copy
    note: Note
    lock: Lock | None = None  # beside the remote file, so that others see who has it
    theirs: Path | None = None  # what somebody else put there meanwhile, waiting to be merged
    theirs_digest: str = ""  # its SHA-256

    @property
    def working(self) -> Path:
        """The working copy."""
        return self.folder / self.remote.name

    def write(self) -> None:
        """Write the note down. Raises `OSError`."""
        ready = disk.beside(self.folder / NOTE, "new")
        ready.write_text(json.dumps(asdict(self.note)), encoding="utf-8")
        disk.sync(ready)
        ready.replace(self.folder / NOTE)

    def unpublished(self, store: Store) -> bool:
        """Whether the working copy holds a step that the remote file does not."""
        return last_step(store.conn)[1] != self.note.head

    def words(self, store: Store) -> str:
        """For the status bar: what this is a copy of, and when it was put back."""
        said = f"Working copy of {self.remote.name} on {self.place.name}; "
        if not self.unpublished(store) and self.note.published:
            at = datetime.fromisoformat(self.note.published).astimezone()
            today = datetime.now().astimezone().date()
            return said + (f"published {at:%H:%M}" if at.date() == today else f"published {at:%d/%m/%Y}")
        return said + ("not yet published" if self.unpublished(store) else "nothing to publish")

    def merged(self, store: Store) -> None:
        """What somebody else put there has been looked at and taken over as far as wanted: it may be replaced now."""
        if self.theirs is None:
            return
        self.note.opened, self.note.head = self.theirs_digest, ""
        self.theirs = None
        self.write()

    def drop(self) -> None:
        """Let the remote file go."""
        if self.lock is not None:
            self.lock.drop()
            self.lock = None


def folder_for(uuid: str, remote: Path) -> Path:
    """Where the working copy of a remote file lies; two places with copies of one file do not share it."""
    return home() / "working" / uuid / hashlib.sha256(str(remote).encode()).hexdigest()[:12]


def working_of(remote: Path) -> Path | None:
    """The folder of the working copy of a remote file that cannot be reached now, if there is one."""
    for note in (home() / "working").glob(f"*/*/{NOTE}"):
        read = Note.read(note.parent)
        if read and read.remote == str(remote) and (note.parent / remote.name).exists():
            return note.parent
    return None


def fetch(remote: Path, target: Path, stopped: Event) -> str:
    """Copy a remote file and what SQLite left beside it; returns the SHA-256 of the file. Raises `OSError`."""
    for side in disk.side_files(remote):
        _fetch_one(side, target.with_name(target.name + side.name.removeprefix(remote.name)), stopped)
    return _fetch_one(remote, target, stopped)


def _fetch_one(remote: Path, target: Path, stopped: Event) -> str:
    digest, before = hashlib.sha256(), remote.stat()
    with remote.open("rb") as read, target.open("xb") as written:
        while chunk := read.read(disk.CHUNK):
            if stopped.is_set():
                raise OSError("it was stopped")
            digest.update(chunk)
            written.write(chunk)
        written.flush()
        os.fsync(written.fileno())
    after = remote.stat()
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise OSError("it was replaced while it was copied; try again")
    return digest.hexdigest()


# ---- publishing


def publishing(shared: Shared, store: Store, *, anew: bool = False) -> Generator[Progress, None, Sent]:
    """Put the working copy back in the place of the remote file, if nobody has put another there meanwhile.

    `anew`: also where the file is gone. Nothing is lost however this ends: the working copy stays. Raises
    `StorageError` when the copy to be sent cannot be made, or the share refuses it.
    """
    if not shared.unpublished(store):
        return Sent.NOTHING
    head = last_step(store.conn)[1]
    ready = disk.beside(shared.working, "publish")
    try:
        yield from _made_ready(store, ready)
        known = {shared.note.opened, shared.note.sent} - {""}
        shared.note.sent = yield from away(lambda _: disk.sha256(ready), "Publishing the file")
        shared.write()
        sent = yield from away(partial(_put, shared, ready, known, anew), "Publishing the file")
    except OSError as error:
        raise explain_os(error, f"publish {shared.remote.name}") from error
    finally:
        ready.unlink(missing_ok=True)
    if sent is Sent.DONE:
        shared.note.opened, shared.note.head = shared.note.sent, head
        shared.note.published = datetime.now(UTC).isoformat(timespec="seconds")
        shared.write()
    return sent


def _made_ready(store: Store, ready: Path) -> Iterator[Progress]:
    """A whole, compact copy of what is saved, marked as closed properly."""
    image = image_of(store.file)
    if image is None:
        save_as(store, ready)
    else:
        yield from away(lambda _: write_compact(image.read(), ready), "Publishing the file")
    conn = connect(ready)
    try:
        conn.execute("update meta set value = '1' where name = 'clean'")
        conn.execute("pragma journal_mode = delete")
    finally:
        conn.close()


def _put(shared: Shared, ready: Path, known: set[str], anew: bool, stopped: Event) -> Sent:
    """On a thread: compare, then copy beside, check, and exchange."""
    remote = shared.remote
    try:
        if not remote.parent.is_dir():
            return Sent.OFFLINE
        if remote.exists():
            if disk.sha256(remote) not in known:
                _keep_theirs(shared, stopped)
                return Sent.CHANGED
        elif not anew:
            return Sent.GONE
    except OSError:
        return Sent.OFFLINE
    before = _seen(remote)
    beside = disk.beside(remote, "publish")
    try:
        disk.copy(ready, beside)
        if disk.sha256(beside) != shared.note.sent:
            raise OSError("it did not arrive without error")
        if _seen(remote) != before:
            _keep_theirs(shared, stopped)
            return Sent.CHANGED
        disk.exchange(beside, remote)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
    return Sent.DONE


def _seen(remote: Path) -> tuple[int, int, int] | None:
    try:
        found = remote.stat()
    except FileNotFoundError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ino


def _keep_theirs(shared: Shared, stopped: Event) -> None:
    """Bring what somebody else put there here, to be merged; the last few are kept for good measure."""
    shared.theirs = theirs_in(shared.folder)
    shared.theirs_digest = fetch(shared.remote, shared.theirs, stopped)


def theirs_in(folder: Path) -> Path:
    """A free name for a file of somebody else; of the older ones only the last few stay."""
    folder = folder / "of others"
    folder.mkdir(parents=True, exist_ok=True)
    for old in sorted(folder.glob("*.desk"))[: 1 - _MOST_KEPT]:
        old.unlink(missing_ok=True)
    now = f"{datetime.now().astimezone():%Y-%m-%d %H%M%S}"
    names = (folder / f"{now}{more}.desk" for more in ("", *(f" {n}" for n in range(2, 100))))
    return next(name for name in names if not name.exists())


def said(shared: Shared, sent: Sent) -> str:
    """What publishing did, in words."""
    name, place = shared.remote.name, shared.place.name
    kept = "Your work is saved in the working copy on this computer"
    return {
        Sent.DONE: f"{name} was published to {place}.",
        Sent.NOTHING: f"{name} on {place} holds everything already.",
        Sent.CHANGED: f"{name} on {place} was changed by somebody else since you opened it, so it was not replaced. "
        f"{kept}, and both are kept. Merge the two, then publish.",
        Sent.GONE: f"{name} is no longer on {place}: it was moved, renamed or deleted there. {kept}. "
        "Look for it there, or use File → Publish now to put it back.",
        Sent.OFFLINE: f"{place} cannot be reached, so {name} was not published. {kept} and is published the next time.",
    }[sent]


def refuse_lost(remote: Path, error: OSError) -> StorageError:
    """The error for a remote file that could not be fetched."""
    return explain_os(error, f"fetch {remote.name} from {remote.parent}")
