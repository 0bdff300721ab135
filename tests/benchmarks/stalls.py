"""How long the window stood still: a timer that should tick every 5 ms, and the longest time between two ticks.

On a machine that has other work the clock tells as much of that as of the window; so the processor time of the window's
own thread between two ticks is told beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, thread_time

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Qt, QTimer

TICK = 5  # ms
# A disk in memory, where there is one: the disk's own sync is left out of a stall.
MEMORY = Path("/dev/shm")  # noqa: S108 (a folder with a random name is made in it)


class Stalls(QObject):
    """Watches from `start` to `stop`."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = self.busiest = 0.0  # seconds by the clock, and of the processor
        self._last = self._used = 0.0
        self._timer = QTimer(self, interval=TICK)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Begin to watch."""
        self.longest, self._last = 0.0, perf_counter()
        self.busiest, self._used = 0.0, thread_time()
        self._timer.start()

    def stop(self) -> float:
        """Stop watching; the longest stall in seconds, the one that has not ended yet included."""
        self._timer.stop()
        self._tick()
        return self.longest

    def _tick(self) -> None:
        now, used = perf_counter(), thread_time()
        self.longest, self._last = max(self.longest, now - self._last), now
        self.busiest, self._used = max(self.busiest, used - self._used), used


def turn(seconds: float) -> None:
    """Let the event loop run for a while, as it does when the user looks on."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def turn_until(ready: Callable[[], bool], seconds: float = 60) -> None:
    """Let the event loop run until something has happened. Raises `TimeoutError` when it does not."""
    until = perf_counter() + seconds
    while not ready():
        if perf_counter() > until:
            raise TimeoutError("what was waited for did not happen")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)


@contextmanager
def folder_in_memory() -> Iterator[Path]:
    """A folder whose syncs take no time, or an ordinary one where the system has none."""
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as name:
        yield Path(name)
