"""Starts a process that reads foreign bytes and watches it: its time, its memory and the length of its answer."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import IO

import storage
from storage.engine.foreign.child_guard import MOST_MEMORY, MOST_SECONDS

MOST_ANSWER = 600_000_000  # bytes
TOO_LONG, TOO_LARGE, TOO_MUCH_SAID = "time", "memory", "answer"
_LOOK_EVERY = 0.1  # seconds
_CHUNK = 1 << 18
_SAID = 4_000  # bytes of its complaints that are kept


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended: its exit code, its answer, the end of its complaints, and why it was stopped, if it was."""

    code: int
    answer: bytes
    said: bytes
    stopped: str = ""


class _Drain(Thread):
    """Reads one pipe to its end, so that the child never waits; keeps all of it up to a limit, or its end."""

    def __init__(self, pipe: IO[bytes], most: int, *, only_end: bool = False) -> None:
        super().__init__(daemon=True)
        self._pipe, self._most, self._only_end = pipe, most, only_end
        self._held = bytearray()
        self.full = False

    def run(self) -> None:
        """Read until the pipe is closed or too much has come."""
        while chunk := self._pipe.read(_CHUNK):
            self._held += chunk
            if len(self._held) > self._most:
                if not self._only_end:
                    self.full = True
                    return
                del self._held[: -self._most]

    @property
    def held(self) -> bytes:
        """What was read."""
        return bytes(self._held)


def child_command(module: str, argument: str) -> list[str]:
    """How a child is started: from source by its module, from a frozen program by an argument of its own."""
    if getattr(sys, "frozen", False):
        return [sys.executable, argument]
    # -P: a file in the folder the user happens to stand in must not pass for a library.
    return [sys.executable, "-P", "-m", module]


def run_child(command: Sequence[str], feed: bytes) -> Ended:
    """Start a child, give it bytes, and return its answer; stopped when it takes more than it may.

    Raises `OSError` when it cannot be started.
    """
    root = str(Path(storage.__file__).parent.parent)
    paths = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    process = subprocess.Popen(
        list(command),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
        # Without its long trace, a library in Rust says last why it ended.
        env={**os.environ, "PYTHONPATH": paths, "RUST_BACKTRACE": "0"},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # no black window on Windows
    )
    with process:
        assert process.stdin and process.stdout and process.stderr  # noqa: S101 - pipes were asked for
        answer = _Drain(process.stdout, MOST_ANSWER)
        said = _Drain(process.stderr, _SAID, only_end=True)
        feeding = Thread(target=_feed, args=(process.stdin, feed), daemon=True)
        for thread in (answer, said, feeding):
            thread.start()
        stopped = _watched(process, answer)
        if stopped:
            process.kill()
        code = process.wait()
        for thread in (answer, said, feeding):
            thread.join()
    return Ended(code, answer.held, said.held, stopped)


def _feed(pipe: IO[bytes], data: bytes) -> None:
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[pipe.write(rest) :]
    except OSError:  # it has ended already; its exit code says why
        pass
    finally:
        pipe.close()


def _watched(process: subprocess.Popen[bytes], answer: _Drain) -> str:
    """Wait until the answer is complete: nothing, or why the child must be stopped."""
    deadline = monotonic() + MOST_SECONDS
    while answer.is_alive():
        answer.join(_LOOK_EVERY)
        if answer.full:
            return TOO_MUCH_SAID
        if monotonic() > deadline:
            return TOO_LONG
        if answer.is_alive() and memory_of(process.pid) > MOST_MEMORY:
            return TOO_LARGE
    if answer.full:
        return TOO_MUCH_SAID
    try:
        process.wait(timeout=max(1.0, deadline - monotonic()))
    except subprocess.TimeoutExpired:
        return TOO_LONG
    return ""


def memory_of(pid: int) -> int:
    """Bytes of memory another process holds; nought when the system does not tell."""
    if sys.platform == "win32":
        return _memory_on_windows(pid)
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_bytes().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        pass
    try:  # macOS has no /proc
        told = subprocess.run(
            ["/bin/ps", "-o", "rss=", "-p", str(pid)], capture_output=True, timeout=5, check=False
        )
        return int(told.stdout.strip() or 0) * 1024
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return 0


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    class _Counters(ctypes.Structure):
        _fields_ = (
            ("size", wintypes.DWORD),
            ("faults", wintypes.DWORD),
            *((f"size_{place}", ctypes.c_size_t) for place in range(8)),
            ("private", ctypes.c_size_t),
        )

    def _memory_on_windows(pid: int) -> int:
        """The private bytes of a process, as the system's own task list shows them."""
        counters = _Counters(size=ctypes.sizeof(_Counters))
        kernel = ctypes.WinDLL("kernel32")
        kernel.OpenProcess.restype = wintypes.HANDLE
        handle = wintypes.HANDLE(kernel.OpenProcess(0x1000 | 0x0010, False, pid))  # may ask, may read
        if not handle:
            return 0
        try:
            asked = kernel.K32GetProcessMemoryInfo(handle, ctypes.byref(counters), counters.size)
            return int(counters.private) if asked else 0
        finally:
            kernel.CloseHandle(handle)
