"""How the interpreter behaves under a window: a worker hands over quickly, and memory is swept when nobody waits."""

from __future__ import annotations

import gc
import sys

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

HAND_BACK = 0.0001  # seconds; the window asks for the interpreter back for every cell that it draws
SWEEP_EVERY = 60_000  # ms
SETTLED = (
    15_000  # ms after which the program itself is in memory: what is there then is not looked through again
)
_NEVER = 1_000_000  # young objects are swept as always; a sweep of everything would stop an import for 100 ms


class Sweeping(QObject):
    """Looks through what was made since the start once a minute, instead of through everything whenever it is much."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        sys.setswitchinterval(HAND_BACK)
        young, middle, _ = gc.get_threshold()
        gc.set_threshold(young, middle, _NEVER)
        self._app = app
        timer = QTimer(self, interval=SWEEP_EVERY)
        timer.timeout.connect(self.sweep)
        timer.start()
        self.settled = QTimer(self, singleShot=True, interval=SETTLED)
        self.settled.timeout.connect(gc.freeze)  # most of a sweep would be spent on the program’s own parts
        self.settled.start()

    def sweep(self) -> bool:
        """Sweep, unless a dialog or a progress sheet is open; True when it was done."""
        if self._app.activeModalWidget() is not None:
            return False
        gc.collect()
        return True
