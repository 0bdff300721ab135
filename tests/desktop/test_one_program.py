"""One program for one user: a second start brings the first to the front, and nothing on the socket can hurt either."""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import Desk
from desktop.one_program import LONGEST, PATIENCE, Door, address, handed_over
from desktop.preferences import Preferences
from desktop.starting import Listening
from storage.engine.opening import new_store

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="plain sockets speak to the door here")


@pytest.fixture(autouse=True)
def meeting_place(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A folder for the socket of these tests; the path of a socket has to be short."""
    with tempfile.TemporaryDirectory() as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        yield


@pytest.fixture
def door(qapp: QApplication, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    monkeypatch.setenv("LOGNAME", "joy")
    holder = QObject()
    made = Door(holder)
    assert made.open()
    yield made
    made.close()
    holder.deleteLater()


SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from desktop.one_program import handed_over
app = QCoreApplication([])
sys.exit(0 if handed_over(Path(sys.argv[1]) if sys.argv[1:] else None) else 3)
"""


def answered(qtbot: QtBot, project: Path, *path: Path) -> bool:
    """Whether a second process gets its answer."""
    second = subprocess.Popen([sys.executable, "-c", SECOND, *map(str, path)], cwd=project)
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=20_000)
    return second.returncode == 0


def spoken(words: bytes) -> socket.socket:
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(5)
    line.connect(address())
    line.sendall(words)
    return line


def test_l1_a_second_start_hands_over_its_file(
    qtbot: QtBot, door: Door, tmp_path: Path, project: Path
) -> None:
    heard: list[str] = []
    door.knocked.connect(heard.append)
    assert answered(qtbot, project, tmp_path / "Ünïcode #1.desk") and heard == [
        str(tmp_path / "Ünïcode #1.desk")
    ]


def test_l1_nobody_listens_so_the_program_starts(qapp: QApplication, home: Path) -> None:
    begun = time.monotonic()
    assert not handed_over(None)
    assert time.monotonic() - begun < 0.5


def test_l1_the_socket_is_the_users_own(door: Door) -> None:
    assert Path(address()).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "words",
    [
        b"\n",
        b"not json\n",
        b"[]\n",
        b'{"open": 12}\n',
        b'{"open": "relative.desk"}\n',
        b'{"open": "/a\\u0000b"}\n',
        b"[" * 20_000 + b"\n",
        bytes(range(256)) * 8 + b"\n",
        b'{"open": "/' + b"x" * (4 * LONGEST),
    ],
)
def test_l1_garbage_is_dropped_without_an_answer(
    qtbot: QtBot, door: Door, words: bytes, project: Path
) -> None:
    heard: list[str] = []
    door.knocked.connect(heard.append)
    line = spoken(b"")
    sending = threading.Thread(target=lambda: _send(line, words))
    sending.start()
    qtbot.waitUntil(lambda: _gone(line), timeout=3 * PATIENCE)
    sending.join()
    line.close()
    assert heard == []
    assert answered(qtbot, project) and heard == [""], "the door still answers"


def _send(line: socket.socket, words: bytes) -> None:
    try:
        line.sendall(words)
    except OSError:
        return  # the door was shut on it, as it should be


def _gone(line: socket.socket) -> bool:
    line.setblocking(False)
    try:
        return line.recv(1) == b""
    except BlockingIOError:
        return False
    except ConnectionError:
        return True
    finally:
        line.settimeout(5)


def test_l1_one_who_says_nothing_is_sent_away(qtbot: QtBot, door: Door) -> None:
    line = spoken(b'{"open"')
    qtbot.waitUntil(lambda: _gone(line), timeout=3 * PATIENCE)
    line.close()


def test_l1_a_socket_left_by_a_kill_is_replaced(
    qapp: QApplication, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = socket.socket(socket.AF_UNIX)
    left.bind(address())
    left.listen()
    left.close()
    assert Path(address()).exists() and not handed_over(None)
    holder = QObject()
    door = Door(holder)
    assert door.open()
    door.close()
    holder.deleteLater()


def test_l1_a_program_that_hangs_blocks_nobody(
    qtbot: QtBot, home: Path, tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hung = socket.socket(socket.AF_UNIX)
    hung.bind(address())
    hung.listen()
    begun = time.monotonic()
    assert not handed_over(tmp_path / "x.desk")
    assert time.monotonic() - begun < PATIENCE / 1000 + 1
    holder = QObject()
    door = Door(holder)
    assert door.open(), "later starts reach the program that answers"
    assert answered(qtbot, project)
    hung.close()
    door.close()
    holder.deleteLater()


def test_l1_the_socket_of_another_user_is_not_spoken_to(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = Path(address()).stat().st_uid + 1
    monkeypatch.setattr("os.getuid", lambda: theirs)
    begun = time.monotonic()
    assert not handed_over(None)
    assert time.monotonic() - begun < PATIENCE / 2000, "it was not even asked"


def test_l1_the_first_program_comes_to_the_front_and_opens_the_file(
    qtbot: QtBot,
    qapp: QApplication,
    home: Path,
    tmp_path: Path,
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("one.desk", "two.desk"):
        new_store(tmp_path / name).close()
    desk = Desk(qapp, Preferences())
    assert desk.open(tmp_path / "one.desk")
    Listening(desk)
    qtbot.waitUntil(lambda: Path(address()).exists())
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    questions = QApplication.activeModalWidget()
    assert questions is not None
    questions.close()
    second = subprocess.Popen([sys.executable, "-m", "desktop", str(tmp_path / "two.desk")], cwd=project)
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=20_000)
    assert second.returncode == 0
    assert desk.window is not None
    qtbot.waitUntil(
        lambda: desk.window is not None and desk.window.session.store.file.path.name == "two.desk"
    )
    desk.window.close()
    desk.window.deleteLater()
    desk.deleteLater()
