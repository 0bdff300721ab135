"""The program uses no network: the guard of the whole suite works, and no code could reach one."""

import ast
import socket

import pytest

from tests import network_guard
from tests.test_house import ROOMS, imports, sources, trees_let_go, within

__all__ = ["trees_let_go"]  # a fixture

NETWORK = {"socket", "ssl", "http", "urllib.request", "urllib3", "requests", "httpx", "ftplib", "smtplib", "xmlrpc",
           "telnetlib", "imaplib", "poplib", "asyncio", "PySide6.QtNetwork", "PySide6.QtWebEngineCore"}  # fmt: skip
LOCAL_SOCKET = (
    "desktop/one_program.py"  # a second start speaks to the first through the system, not a network
)


def test_s3_the_guard_stops_every_way_to_a_network() -> None:
    attempts = (
        lambda: socket.create_connection(("127.0.0.1", 9), timeout=1).close(),
        lambda: socket.getaddrinfo("canaryhost.example", 80),
        lambda: socket.gethostbyname("canaryhost.example"),
    )
    for attempt in attempts:
        with pytest.raises(network_guard.NetworkUse):
            attempt()
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as made, pytest.raises(network_guard.NetworkUse):
        made.sendto(b"x", ("::1", 9))
    assert len(network_guard.reached) == 4
    network_guard.reached.clear()  # they were meant


def test_s3_no_code_of_the_program_could_reach_a_network() -> None:
    bad = [
        f"{source.name}:{found.line} imports {found.target}"
        for source in sources(*ROOMS)
        for found in imports(source.tree)
        if within(found.target, NETWORK) and source.name != LOCAL_SOCKET
    ]
    assert not bad


def test_s3_the_one_socket_of_the_program_is_local() -> None:
    source = next(each for each in sources("desktop") if each.name == LOCAL_SOCKET)
    used = {found.target for found in imports(source.tree) if "QtNetwork" in found.target}
    assert used == {"PySide6.QtNetwork.QLocalServer", "PySide6.QtNetwork.QLocalSocket"}
    assert not [
        n for n in ast.walk(source.tree) if isinstance(n, ast.Attribute) and n.attr.startswith("QTcp")
    ]
