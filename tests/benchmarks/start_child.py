"""Starts one window, tells when it was first painted and how much memory it holds, and ends.

python -m tests.benchmarks.start_child            a bare window with a label
python -m tests.benchmarks.start_child FILE       the program on a file, started as its users start it
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

SIZE = (1366, 768)
LOOK_ON = 2500  # ms for which the window is watched once it is there: what it does afterwards counts too


class FirstPaint(QObject):
    """Waits for the first paint of a window and the turn of the event loop after it, when it takes keys and clicks."""

    def __init__(self, window: QMainWindow, stay: int) -> None:
        super().__init__(window)
        self._window, self._stay = window, stay
        self._told: dict[str, float] = {}
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the paint; never takes an event."""
        if event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            QTimer.singleShot(0, self._usable)
        return False

    def _usable(self) -> None:
        page = getattr(self._window, "page", None)
        if page is not None and not (page.record_shown() or getattr(page, "settled", True)):
            QTimer.singleShot(0, self._usable)  # what is due belongs to the first page
            return
        self._told = {"at": time.monotonic(), "memory": memory()}
        if not self._stay:
            self._end()
            return
        from tests.benchmarks.stalls import Stalls

        self._stalls = Stalls()
        self._stalls.start()
        QTimer.singleShot(self._stay, self._looked_on)

    def _looked_on(self) -> None:
        self._told |= {"stall": self._stalls.stop(), "memory": memory()}
        self._end()

    def _end(self) -> None:
        print(json.dumps(self._told), flush=True)
        self._window.close()


def memory() -> int:
    """The resident memory of this process in bytes; its highest so far where the system does not say more."""
    held = Path("/proc/self/statm")
    if held.exists():
        return int(held.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def bare() -> int:
    """The least a window can be."""
    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.setCentralWidget(QLabel("A bare window"))
    window.resize(*SIZE)
    window.show()
    FirstPaint(window, 0)
    return app.exec()


def program() -> int:
    """The program, by its own main function; its window is watched from when it is shown."""
    from desktop import app
    from desktop.__main__ import main

    opening = app.Desk.open

    def opened(
        self: app.Desk, path: Path, *, read_only: bool = False, bare: bool = False, anyway: bool = False
    ) -> bool:
        done, desk = opening(self, path, read_only=read_only, bare=bare, anyway=anyway), self
        if desk.window is not None:
            desk.window.resize(*SIZE)
            FirstPaint(desk.window, LOOK_ON)
        return done

    app.Desk.open = opened  # type: ignore[method-assign]
    return main()


if __name__ == "__main__":
    sys.exit(program() if len(sys.argv) > 1 else bare())
