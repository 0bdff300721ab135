"""Stops every call that would reach a network, and remembers it, so that even one that was swallowed fails a test."""

from __future__ import annotations

import socket
import sys

CALLS = ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg")
LOOKUPS = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo")
LOCAL = {getattr(socket, "AF_UNIX", None), getattr(socket, "AF_NETLINK", None)}

reached: list[str] = []
"""Every call that was stopped, as words."""


class NetworkUse(RuntimeError):
    """The program tried to use a network."""


def _hear(event: str, arguments: tuple[object, ...]) -> None:
    if event in LOOKUPS:
        _stop(f"{event} {arguments[0]!r}")
    elif event in CALLS:
        used = arguments[0]
        if getattr(used, "family", None) not in LOCAL:
            _stop(f"{event} {arguments[-1]!r}")


def _stop(words: str) -> None:
    reached.append(words)
    raise NetworkUse(words)


def begin() -> None:
    """Watch from now on, for as long as the process lives."""
    sys.addaudithook(_hear)
