"""Runs a program under strace and tells which files it opened and which sockets of a network it made."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CALLS = "open,openat,openat2,socket,connect,execve"
_OPENED = re.compile(r'(?:open\(|openat\(AT_FDCWD, |openat2\(AT_FDCWD, |execve\()"((?:[^"\\]|\\.)*)"')
_NETWORK = re.compile(r"\b(?:AF_INET6?|AF_NETLINK|AF_PACKET)\b")


@dataclass(frozen=True)
class Watched:
    """What a program did: each path it asked for, those it got, and calls that reach for a network."""

    asked: frozenset[str]
    got: frozenset[str]
    network: tuple[str, ...]


def watch(command: Sequence[str], trace: Path, cwd: Path, more: Mapping[str, str]) -> Watched:
    """Run a command to its end under strace. Fails when the command does."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen", **more}
    line = ["strace", "-f", "-qq", "-s", "4096", "-e", f"trace={CALLS}", "-o", str(trace), *command]
    done = subprocess.run(line, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    asked, got, network = set(), set(), []
    for call in trace.read_text(encoding="utf-8", errors="replace").splitlines():
        if found := _OPENED.search(call):
            asked.add(found[1])
            if " = -1 " not in call:
                got.add(found[1])
        if _NETWORK.search(call):
            network.append(call)
    return Watched(frozenset(asked), frozenset(got), tuple(network))


def of_the_system(path: str, *, own: Sequence[Path]) -> bool:
    """Whether a path is the program's, Python's, Qt's, a font or the system's, and so no business of the data."""
    if not path.startswith("/"):
        return False
    if path == "/":
        return True  # where every path begins; its name alone tells nothing
    real = os.path.realpath(path)
    ours = (ROOT, Path(sys.prefix), Path(sys.base_prefix), Path.home() / ".cache" / "fontconfig", *own)
    system = ("/usr/", "/lib", "/etc/", "/proc/", "/sys/", "/dev/", "/var/cache/fontconfig", "/run/", "/bin/")
    return real.startswith(system) or any(Path(real).is_relative_to(each.resolve()) for each in ours)
