"""One running program for one user: a second start hands its file to the first, which comes to the front."""

from __future__ import annotations

import getpass
import hashlib
import json
import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDeadlineTimer, QObject, QTimer, Signal

from storage.engine.backup.backups import home
from storage.engine.private import system_temporary

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

PATIENCE = 2000  # ms a second start waits for an answer, and a listener for a whole request
LONGEST = 32 * 1024  # bytes of a request
ANSWER = b"ok\n"


def address() -> str:
    """The name of the local socket: the same for every start of one user with one folder of the program."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):
        user = ""
    name = "commissioning-desk-" + hashlib.sha256(f"{user}\0{home().absolute()}".encode()).hexdigest()[:24]
    return name if sys.platform == "win32" else str(_folder() / name)


def _folder() -> Path:
    """Where sockets belong: the user's own folder for them where the system has one."""
    given = Path(os.environ.get("XDG_RUNTIME_DIR") or system_temporary())
    return given if given.is_dir() else system_temporary()


def _nobody_there(name: str) -> bool:
    """Whether it is certain, without asking, that no program of this user listens."""
    if sys.platform == "win32":
        return False
    try:
        return Path(name).lstat().st_uid != os.getuid()  # somebody else's is not spoken to
    except OSError:
        return True


def handed_over(path: Path | None) -> bool:
    """Ask the program that runs already to come to the front and open a file; False when none answers in time."""
    name = address()
    if _nobody_there(name):
        return False
    from PySide6.QtNetwork import QLocalSocket

    left, socket = QDeadlineTimer(PATIENCE), QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(PATIENCE):
        return False
    _let_it_come_to_the_front()
    socket.write(json.dumps({"open": str(path.absolute()) if path else ""}).encode() + b"\n")
    said = b""
    while left.remainingTime() > 0 and ANSWER not in said:
        if not socket.waitForReadyRead(max(1, left.remainingTime())):
            break
        said += socket.readAll().data()
    socket.abort()
    return ANSWER in said


def _let_it_come_to_the_front() -> None:
    """Windows lets a program to the front only when the one the user has just started allows it."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)


class Door(QObject):
    """Listens for later starts. What is no request is dropped without an answer."""

    knocked = Signal(str)  # the file to open, or nothing

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._server: QLocalServer | None = None

    def open(self) -> bool:
        """Begin to listen; False when that cannot be, and then later starts start by themselves."""
        from PySide6.QtNetwork import QLocalServer

        name, server = address(), QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.setMaxPendingConnections(4)
        if not server.listen(
            name
        ):  # it takes the place of a socket that was left behind, or whose program hangs
            return False
        server.newConnection.connect(self._welcome)
        self._server = server
        return True

    def close(self) -> None:
        """Listen no longer."""
        if self._server is not None:
            self._server.close()
            self._server = None

    def _welcome(self) -> None:
        while self._server is not None and self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.setReadBufferSize(LONGEST + 1)
            socket.readyRead.connect(partial(self._read, socket))
            socket.disconnected.connect(socket.deleteLater)
            late = QTimer(socket, singleShot=True, interval=PATIENCE)
            late.timeout.connect(partial(_drop, socket))
            late.start()

    def _read(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > LONGEST:
                socket.abort()
            return
        path = _asked(bytes(socket.readLine(LONGEST).data()))
        if path is None:
            socket.abort()
            return
        socket.write(ANSWER)
        socket.flush()
        socket.disconnectFromServer()
        self.knocked.emit(path)


def _drop(socket: QLocalSocket) -> None:
    socket.abort()


def _asked(line: bytes) -> str | None:
    """The file a request names, empty for none; None when it is no request."""
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError):
        return None
    path = asked.get("open") if isinstance(asked, dict) else None
    usable = isinstance(path, str) and "\0" not in path and (not path or Path(path).is_absolute())
    return path if usable else None
