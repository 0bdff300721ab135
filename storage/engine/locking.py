"""One program at a time writes to a file: a lock of the operating system, with a note of who holds it."""

from __future__ import annotations

import errno
import getpass
import json
import os
import platform
import sys
import uuid
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from storage import __version__
from storage.engine.errors import ReadOnlyFile, explain_os
from storage.engine.values import show_day

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_FLAGS = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_LOCKED_BYTE = 1 << 30  # far behind the note, since Windows does not let others read a locked byte
_NOTE_LENGTH = 4096
_NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP)


@dataclass(frozen=True, slots=True)
class Held:
    """Somebody else has the file open to write."""

    words: str  # who, where and since when, as far as it is known
    certain: bool = (
        True  # False: the note alone says so, in a folder where the system's lock may not reach others
    )


class Lock:
    """The right to write to one file, held until `drop` or the end of the process, however it ends."""

    def __init__(self, path: Path, handle: int, *, fresh: bool) -> None:
        self.path = path
        self.found = not fresh  # a lock file lay there: the last program did not close the file properly
        self.token = str(uuid.uuid4())
        self._handle = handle
        _write(handle, _note(self.token))

    @staticmethod
    def path_for(path: Path) -> Path:
        """Where the lock of a file lies; names that begin so are not copied to the cloud by OneDrive."""
        return path.with_name(f"~${path.name}-lock")

    @classmethod
    def take(cls, path: Path, *, shared: bool = False, anyway: bool = False) -> Lock | Held:
        """Take the lock of a file, or say who has it. The system's lock decides; the note only informs.

        In a `shared` folder that lock may not reach other machines, so there the note of another machine counts,
        unless the lock is to be taken `anyway`.
        Raises `ReadOnlyFile` when the folder does not allow a lock, so that the file can only be read.
        """
        place = cls.path_for(path)
        while True:
            try:
                handle, fresh = _open(place)
            except OSError as error:
                raise _cannot(path, error) from error
            try:
                if not _hold(handle, shared):
                    words = _who(handle)
                    os.close(handle)
                    return Held(words)
                if shared and not anyway and _is_of_another_machine(handle):
                    words = _who(handle)
                    os.close(handle)
                    return Held(words, certain=False)
                if _is_still(place, handle):
                    return cls(place, handle, fresh=fresh)
            except OSError as error:
                os.close(handle)
                raise _cannot(path, error) from error
            os.close(handle)  # its holder removed it between our opening and our locking: begin again

    def lost(self) -> str:
        """Who has the lock now, when it is not ours any more; one that was only deleted is made anew."""
        try:
            if _is_still(self.path, self._handle):
                return ""
            handle, _ = _open(self.path)
        except OSError:
            return ""  # the disk cannot be reached: whatever is written next says so
        if not _hold(handle):
            words = _who(handle)
            os.close(handle)
            return words
        os.close(self._handle)
        self._handle = handle
        _write(handle, _note(self.token))
        return ""

    def drop(self) -> None:
        """Let the file go. The lock file is removed only if it is still ours."""
        ours = False
        with suppress(OSError):
            ours = _is_still(self.path, self._handle) and _read(self._handle).get("token") == self.token
        if sys.platform == "win32":
            os.close(self._handle)
        if ours:
            with suppress(OSError):  # a lock file left behind stops nobody
                self.path.unlink()
        if sys.platform != "win32":
            os.close(self._handle)


def _open(place: Path) -> tuple[int, bool]:
    """The lock file, and whether it was made just now."""
    while True:
        with suppress(FileExistsError):
            return os.open(place, _FLAGS | os.O_CREAT | os.O_EXCL, 0o666), True
        with suppress(FileNotFoundError):
            return os.open(place, _FLAGS), False


def _hold(handle: int, shared: bool = False) -> bool:
    """Take the system's lock without waiting; False when another has it. A `shared` folder may know no locks."""
    try:
        if sys.platform == "win32":
            os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError as error:
        if not shared or error.errno not in _NO_LOCKS:
            raise
    return True


def _is_of_another_machine(handle: int) -> bool:
    machine = _read(handle).get("machine")
    return bool(machine) and machine != platform.node()


def _is_still(place: Path, handle: int) -> bool:
    try:
        return os.path.samestat(place.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False


def _write(handle: int, note: bytes) -> None:
    """Write the note; a full disk must not stop anybody, since the note only informs."""
    with suppress(OSError):
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, note)


def _note(token: str) -> bytes:
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):
        user = ""
    start = datetime.now(UTC).isoformat(timespec="seconds")
    note = {
        "user": user, "machine": platform.node(), "start": start, "pid": os.getpid(),
        "version": __version__, "token": token,
    }  # fmt: skip
    return json.dumps(note).encode()


def _read(handle: int) -> dict[str, object]:
    """The note, or nothing when it is empty or not to be read."""
    try:
        os.lseek(handle, 0, os.SEEK_SET)
        found = json.loads(os.read(handle, _NOTE_LENGTH))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _who(handle: int) -> str:
    """Who holds the lock, as far as the note says."""
    note = _read(handle)
    words = {k: str(note.get(k) or "")[:80] for k in ("user", "machine", "start")}
    if note.get("pid") == os.getpid() and words["machine"] == platform.node():
        return "this program, in another window"
    who = words["user"] or "another program"
    who += f" on {words['machine']}" if words["machine"] else ""
    try:
        since = datetime.fromisoformat(words["start"]).astimezone()
    except ValueError:
        return who
    return f"{who}, since {since:%H:%M} on {show_day(since.date())}"


def _cannot(path: Path, error: OSError) -> ReadOnlyFile:
    reason = explain_os(error, f"open {path.name} to write")
    return ReadOnlyFile(f"{reason} It can be opened to read only.")
