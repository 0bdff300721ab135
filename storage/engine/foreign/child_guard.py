"""What a process that reads foreign bytes may do: it limits itself first, and then shuts every door but its answer."""

from __future__ import annotations

import os
import sys
from typing import BinaryIO

MOST_MEMORY = 1_000_000_000
MOST_SECONDS = 60
OUT_OF_MEMORY, NO_GUARD = 3, 4  # exit codes

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_NEVER = ("socket.", "subprocess.", "os.exec", "os.spawn", "os.posix_spawn", "os.fork", "os.startfile")
_NEVER_EITHER = frozenset({"os.system", "os.remove", "os.rename", "os.truncate", "os.link", "os.symlink"})


def limit_resources() -> None:
    """Cap memory and processor time where the system can; elsewhere the parent watches both."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for what, most in ((resource.RLIMIT_AS, MOST_MEMORY), (resource.RLIMIT_CPU, MOST_SECONDS)):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):  # macOS knows the limit but may refuse to set it
            continue


def answer_alone() -> BinaryIO:
    """Where the answer goes, to be closed at its end; what a library prints by itself goes with the errors instead."""
    alone = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return alone


def forbid_files_and_network() -> None:
    """From here on Python code in this process opens nothing but modules, changes no file and speaks to nobody.

    What breaks this raises `PermissionError`, whatever led to it. It cannot be taken back.
    """
    roots = {os.path.realpath(place) for place in (*sys.path, sys.prefix, sys.base_prefix) if place}
    ours = tuple(root.rstrip(os.sep) + os.sep for root in roots if root != os.sep)

    def refuse(event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith(_NEVER) or event in _NEVER_EITHER:
            raise PermissionError(event)
        if event == "open" and not _is_own(arguments, ours):
            raise PermissionError(event)

    sys.addaudithook(refuse)


def _is_own(arguments: tuple[object, ...], ours: tuple[str, ...]) -> bool:
    """Whether an opening, as Python announces it, only reads a part of Python or of the program."""
    path, _, flags = arguments
    if isinstance(path, int):
        return True  # a pipe that is open already
    if not isinstance(path, str | bytes) or (isinstance(flags, int) and flags & _WRITING):
        return False
    return os.path.realpath(os.fsdecode(path)).startswith(ours)
