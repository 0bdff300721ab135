"""The copies there are of a file: where they lie, what each holds, and the list that says so."""

from __future__ import annotations

import json
import os
import sqlite3
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from storage.engine import disk
from storage.engine.connection import connect
from storage.engine.errors import UNREADABLE, StorageError
from storage.engine.fields import RECORDS
from storage.engine.state import file_uuid
from storage.engine.values import show_day

HOME = "COMMISSIONING_DESK_HOME"  # an environment variable that puts the program's own folder elsewhere
MANIFEST = "copies.jsonl"
SETTINGS = "settings.json"  # what the user prefers, in the program's own folder
SECOND_PLACE = "second place"  # the preference: a folder, empty for none; not set: the usual one
_USUAL = "Commissioning Desk backups"  # inside the user's documents


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
    looked: datetime | None = None  # when it was last read again; None: not since it was made
    good: bool = True  # whether it was then as it was when it was made

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

    def is_as_made(self) -> bool:
        """Read it: whether it is byte for byte what was checked when it was made; False when it cannot be read."""
        try:
            return self.path.stat().st_size == self.size and disk.sha256(self.path) == self.sha256
        except OSError:
            return False


def _counted(table: str, number: int) -> str:
    cls = RECORDS[table]
    return f"{number:,} {(cls.LABEL if number == 1 else cls.PLURAL).lower()}"


def home() -> Path:
    """The program's own folder on this computer, which is not copied to the cloud."""
    if given := os.environ.get(HOME):
        return Path(given)
    import platformdirs

    return Path(platformdirs.user_data_dir("CommissioningDesk", appauthor=False))


def second_place() -> Path | None:
    """The folder that holds every copy once more; None when the user wants none.

    Unless they chose another, it lies in their documents, which most offices keep in a second place themselves.
    A program whose own folder was put elsewhere has none by itself.
    """
    try:
        held = json.loads((home() / SETTINGS).read_bytes())
        chosen = held.get(SECOND_PLACE) if isinstance(held, dict) else None
    except (OSError, ValueError):
        chosen = None
    if isinstance(chosen, str):
        return Path(chosen) if chosen else None
    if HOME in os.environ:
        return None
    import platformdirs

    return Path(platformdirs.user_documents_dir()) / _USUAL


def folder_of(file: str) -> Path:
    """Where the copies of a file lie, by its UUID."""
    return home() / "backups" / str(uuid.UUID(file))


def folders_of(file: str) -> list[Path]:
    """Every folder in which there are copies of a file: the program's own first."""
    second = second_place()
    return [folder_of(file), *([second / str(uuid.UUID(file))] if second else [])]


def enter(copy: Copy) -> None:
    """Write a copy down in the list of its folder."""
    line = asdict(copy) | {"made": copy.made.isoformat()}
    for name in ("folder", "looked", "good"):
        del line[name]
    _append(copy.folder, line)


def enter_looked(copy: Copy, *, good: bool) -> Copy:
    """Write down that a copy was read again just now, and what was found."""
    now = datetime.now(UTC)
    _append(copy.folder, {"looked": copy.name, "at": now.isoformat(), "good": good})
    return replace(copy, looked=now, good=good)


def _append(folder: Path, line: Mapping[str, object]) -> None:
    """Add a line to the manifest, on a line of its own even after a line that was cut off."""
    with (folder / MANIFEST).open("a+b") as manifest:
        end = manifest.seek(0, os.SEEK_END)
        manifest.seek(max(0, end - 1))
        torn = end > 0 and manifest.read(1) != b"\n"
        manifest.write((b"\n" if torn else b"") + json.dumps(line, ensure_ascii=False).encode() + b"\n")
        manifest.flush()
        os.fsync(manifest.fileno())


def listed(folder: Path) -> list[Copy]:
    """The copies of a folder in the order they were made; lines that cannot be read are passed over."""
    try:
        lines = (folder / MANIFEST).read_bytes().splitlines()
    except OSError:
        return []
    found: dict[str, Copy] = {}
    for written in lines:
        try:
            _read(json.loads(written), folder, found)
        except (ValueError, TypeError, KeyError, AttributeError):
            continue
    return list(found.values())


def _read(line: dict[str, object], folder: Path, found: dict[str, Copy]) -> None:
    """Take one line of a manifest into what was found so far."""
    if "dropped" in line:
        found.pop(str(line["dropped"]), None)
    elif "looked" in line:
        name, at = str(line["looked"]), datetime.fromisoformat(str(line["at"])).astimezone(UTC)
        found[name] = replace(found[name], looked=at, good=line["good"] is True)
    else:
        made = datetime.fromisoformat(str(line.pop("made"))).astimezone(UTC)
        copy = Copy(**line, made=made, folder=folder)  # type: ignore[arg-type]
        if copy.name == Path(copy.name).name:
            found[copy.name] = copy


def list_copies(file: Path | str) -> list[Copy]:
    """The copies there are of a file, newest first: by its UUID, or by its path.

    What lies in both places is listed once. A path whose file is gone or cannot be read is looked up among the
    paths that copies were made from.
    """
    if isinstance(file, Path):
        try:
            return list_copies(uuid_of(file))
        except (sqlite3.Error, OSError, StorageError, *UNREADABLE):
            return _by_path(file)
    return _newest_first(folders_of(file))


def _newest_first(folders: Iterable[Path]) -> list[Copy]:
    """The copies of some folders that are there, once each: the last made first, whatever the clock said.

    Those that only a later folder has come last: the folder before it has lost them.
    """
    found: dict[str, Copy] = {}
    for folder in folders:
        for copy in reversed(listed(folder)):
            if copy.name not in found and copy.path.exists():
                found[copy.name] = copy
    return list(found.values())


def uuid_of(path: Path) -> str:
    """The UUID of a file that is not open here. A damaged file may raise almost anything."""
    conn = connect(path, "ro")
    try:
        return file_uuid(conn)
    finally:
        conn.close()


def _by_path(path: Path) -> list[Copy]:
    wanted, rooms = str(path.absolute()), [home() / "backups", second_place()]
    folders = [m.parent for room in rooms if room for m in room.glob(f"*/{MANIFEST}")]
    of_each = ([c for c in _newest_first([f for f in folders if f.name == name]) if c.file == wanted]
               for name in dict.fromkeys(f.name for f in folders))  # fmt: skip
    return [
        c for some in sorted(filter(None, of_each), key=lambda cs: cs[0].made, reverse=True) for c in some
    ]


def unlist(path: Path) -> None:
    """Take a copy that was deleted out of the manifest of its folder, if it stands in one."""
    if any(c.name == path.name for c in listed(path.parent)):
        _append(path.parent, {"dropped": path.name})
