"""Waiting for a slow disk, and for another program that holds the file, without the window standing still."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable

STILL = 0.05  # seconds for which a window stands still; most disks have answered by then
SLOW = 0.3  # seconds after which a disk is called slow
TRIES = 5.0  # seconds for which a file that another program holds is tried again
_BETWEEN = 0.02  # seconds from one try to the next, besides SQLite's own waiting
_HELD = ("SQLITE_BUSY", "SQLITE_LOCKED")
IsDone = Callable[[], bool]


class Patience:
    """Runs what may take long. Once there is somebody to tell, it runs off the window's thread, one at a time."""

    def __init__(self) -> None:
        self.when_slow: Callable[[IsDone], None] | None = (
            None  # called once it has taken `STILL`; returns when done
        )
        self.waiting = False  # something is running; nothing else may be written

    def run(self, do: Callable[[], object]) -> None:
        """Do something, for up to `TRIES` again while another program holds the file; raises what it raises."""
        if self.when_slow is None:
            _again_while_held(do)
            return
        failed: list[BaseException] = []

        def attempt() -> None:
            try:
                _again_while_held(do)
            except BaseException as error:  # noqa: BLE001 - raised again on the thread that waits
                failed.append(error)

        worker = threading.Thread(target=attempt, name="saving")
        self.waiting = True
        worker.start()
        try:
            worker.join(STILL)
            if worker.is_alive():
                self.when_slow(lambda: not worker.is_alive())
        finally:
            worker.join()
            self.waiting = False
        if failed:
            raise failed[0]


def _again_while_held(do: Callable[[], object]) -> None:
    until = time.monotonic() + TRIES
    while True:
        try:
            do()
            return
        except sqlite3.OperationalError as error:
            name = getattr(error, "sqlite_errorname", "") or ""
            if not name.startswith(_HELD) or time.monotonic() >= until:
                raise
        time.sleep(_BETWEEN)
