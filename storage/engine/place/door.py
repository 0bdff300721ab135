"""The one way to open whatever path a user names: in place on this computer, through a working copy elsewhere."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Generator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

from storage.engine import disk
from storage.engine.away import away
from storage.engine.backup.backups import home, uuid_of
from storage.engine.backup.copying import last_step
from storage.engine.contents import finished
from storage.engine.errors import DamagedFile, FileInUse, PerhapsInUse
from storage.engine.file_header import read_header
from storage.engine.locking import Lock
from storage.engine.opening import Today, open_store, opening, refuse_taken
from storage.engine.place.places import Place, Sort, place_of
from storage.engine.place.shared import (
    Note,
    Sent,
    Shared,
    fetch,
    folder_for,
    publishing,
    refuse_lost,
    said,
    theirs_in,
    working_of,
)
from storage.engine.private import own_home, private_folder
from storage.engine.steps import Progress
from storage.engine.store import Store

FETCHING = "Fetching the file"
CONTINUED = "Work on {name} that had not been published was found here. You go on with it; nothing was lost."
PARTED = (
    "{name} was changed on {place} by somebody else while there was unpublished work on this computer. Both are kept. "
    "Merge the two, then publish."
)
WITHOUT = (
    "{name} cannot be reached on {place}. You work on the copy on this computer, as it was when it was last fetched; "
    "it is published when {place} can be reached again."
)
SPOILT = (
    "The working copy on this computer was damaged and is kept in {kept}. This is {name} as it is on {place}."
)


@dataclass(slots=True)
class Opened:
    """An open file, and for one that lies elsewhere what connects it with its place."""

    store: Store
    shared: Shared | None = None

    def publishing(self) -> Generator[Progress, None, str]:
        """Put a working copy back, if there is anything to put back; returns in words what came of it."""
        if self.shared is None or self.store.file.read_only:
            return ""
        sent = yield from publishing(self.shared, self.store)
        return "" if sent is Sent.NOTHING else said(self.shared, sent)


def opened(path: Path, *, who: str = "", read_only: bool = False, today: Today = date.today) -> Opened:
    """As `opening_at`, at once."""
    return finished(opening_at(path, who=who, read_only=read_only, today=today))


def make_at(path: Path, make: Callable[[Path], Store]) -> None:
    """Make a new file where the user wants it; on a share it is made here first and put there whole.

    Raises `StorageError` when it cannot be made, or something of that name is there already.
    """
    path = path.absolute()
    if not place_of(path).shared:
        make(path).close()
        return
    refuse_taken(path)
    beside = disk.beside(path, "new")
    with opening(path):
        folder = private_folder()
        try:
            make(folder / path.name).close()
            disk.copy(folder / path.name, beside)
            beside.rename(path)
            disk.sync_folder(path.parent)
        finally:
            beside.unlink(missing_ok=True)
            shutil.rmtree(folder, ignore_errors=True)


def opening_at(
    path: Path, *, who: str = "", read_only: bool = False, anyway: bool = False, today: Today = date.today
) -> Generator[Progress, None, Opened]:
    """Open the file a user names, wherever it lies. A share may be slow, so that is waited for a turn at a time.

    `anyway` takes a file on a share although a note says that another machine has it. Raises what `open_store`
    raises, and `PerhapsInUse` for such a note.
    """
    path = path.absolute()
    path, place, there = yield from away(lambda _: _looked_at(path), FETCHING)
    if not there and (folder := working_of(path)):
        return _without_it(path, place, folder, who, read_only, today)
    if not place.shared or not there:
        return Opened(open_store(path, who=who, read_only=read_only, today=today))
    if read_only:
        return (yield from _to_read(path, today))
    lock = yield from away(lambda _: _taken(path, anyway), FETCHING)
    try:
        return (yield from _to_work(path, place, lock, who, today))
    except BaseException:
        lock.drop()
        raise


def _looked_at(path: Path) -> tuple[Path, Place, bool]:
    """The path, that of the file itself when it is a link, with where it lies and whether there is anything."""
    place = place_of(path)
    if place.shared and path.is_symlink():
        path = path.resolve()
    return path, place, path.exists()


def _taken(path: Path, anyway: bool) -> Lock:
    held = Lock.take(path, shared=True, anyway=anyway)
    if isinstance(held, Lock):
        return held
    if held.certain:
        raise FileInUse(f"{path.name} is being used by {held.words}. You can open it to read only.")
    raise PerhapsInUse(
        f"{path.name} was left open by {held.words}. Whether it still is cannot be told from here. If it is, and you "
        "both change it, the two will have to be merged. You can open it to read only, or use it here if you are "
        "sure that it is closed there."
    )


def _to_read(path: Path, today: Today) -> Generator[Progress, None, Opened]:
    """Read a copy of what is there now; it is gone when it is closed."""
    with opening(path):
        folder = private_folder()
    clear = partial(shutil.rmtree, folder, ignore_errors=True)
    try:
        yield from _fetched(path, folder / path.name)
        store = open_store(folder / path.name, read_only=True, today=today)
    except BaseException:
        clear()
        raise
    store.file.when_closed.append(clear)
    store.file.user_path = path
    return Opened(store)


def _fetched(path: Path, target: Path) -> Generator[Progress, None, str]:
    try:
        return (yield from away(partial(fetch, path, target), FETCHING))
    except OSError as error:
        raise refuse_lost(path, error) from error


def _to_work(
    path: Path, place: Place, lock: Lock, who: str, today: Today
) -> Generator[Progress, None, Opened]:
    """Fetch the file and open the working copy: the fetched one, or the one left here with unpublished work."""
    incoming = disk.beside(home() / "working" / path.name, "incoming") / path.name
    try:
        with opening(path):
            own_home()
            incoming.parent.mkdir(parents=True)
        digest = yield from _fetched(path, incoming)
        with opening(path):
            folder = _folder(_identity(incoming), path)
            note = Note.read(folder) or Note(str(path))
            note.remote = str(path)
            shared = Shared(path, place, folder, note, lock)
            done = _opened_of_two(shared, incoming, digest, who, today)
            try:
                shared.write()
            except OSError:
                done.store.close()
                raise
        return _with_lock(done, shared)
    finally:
        shutil.rmtree(incoming.parent, ignore_errors=True)


def _identity(incoming: Path) -> str:
    """The UUID of what was fetched; what a change that was cut off left beside it is settled first."""
    read_header(incoming)
    if disk.side_files(incoming):
        open_store(incoming).close()
    return uuid_of(incoming)


def _with_lock(done: Opened, shared: Shared) -> Opened:
    done.shared = shared
    done.store.file.user_path = shared.remote
    done.store.file.when_closed.append(shared.drop)
    return done


def _folder(uuid: str, path: Path) -> Path:
    """The folder of the working copy; that of a file which was moved on the share moves with it."""
    folder = folder_for(uuid, path)
    if not folder.exists():
        for other in folder.parent.glob("*/"):
            note = Note.read(other)
            if note and not Path(note.remote).exists() and Path(note.remote).name == path.name:
                other.rename(folder)
                break
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _opened_of_two(shared: Shared, incoming: Path, digest: str, who: str, today: Today) -> Opened:
    """Open the working copy that is here where it has unpublished work, else what was fetched."""
    name, place, note = shared.remote.name, shared.place.name, shared.note
    spoilt = ""
    if shared.working.exists():
        try:
            store = open_store(shared.working, who=who, today=today)
        except DamagedFile:
            spoilt = SPOILT.format(name=name, place=place, kept=_aside(shared))
        else:
            ours = digest in (note.opened, note.sent)
            if not shared.unpublished(store) and digest == note.opened:
                return Opened(store)
            if shared.unpublished(store):
                if ours:
                    note.opened = digest
                    store.file.notices.insert(0, CONTINUED.format(name=name))
                    return Opened(store)
                shared.theirs, shared.theirs_digest = theirs_in(shared.folder), digest
                incoming.rename(shared.theirs)
                store.file.notices.insert(0, PARTED.format(name=name, place=place))
                return Opened(store)
            store.close()
    for end in ("", *disk.SIDE_FILES):
        with suppress(FileNotFoundError):
            incoming.with_name(incoming.name + end).replace(shared.working.with_name(name + end))
    store = open_store(shared.working, who=who, today=today)
    note.opened, note.head, note.published = digest, last_step(store.conn)[1], ""
    store.file.notices[:0] = [spoilt] if spoilt else []
    return Opened(store)


def _aside(shared: Shared) -> Path:
    """Keep a damaged working copy and its side files in a folder of their own."""
    kept = shared.folder / f"damaged {datetime.now().astimezone():%Y-%m-%d %H%M%S}"
    kept.mkdir()
    for source in [shared.working, *disk.side_files(shared.working)]:
        source.replace(kept / source.name)
    return kept


def _without_it(path: Path, place: Place, folder: Path, who: str, read_only: bool, today: Today) -> Opened:
    """Go on with the working copy while the file itself cannot be reached."""
    place = place if place.shared else Place(Sort.NETWORK, str(path.parent))
    shared = Shared(path, place, folder, Note.read(folder) or Note(str(path)))
    store = open_store(shared.working, who=who, read_only=read_only, today=today)
    store.file.notices.insert(0, WITHOUT.format(name=path.name, place=place.name))
    return _with_lock(Opened(store), shared)
