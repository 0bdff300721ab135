"""Long work on the window's thread, in slices, so that the window never stands still."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal

from storage.engine.errors import StorageError
from storage.engine.steps import Progress

log = logging.getLogger(__name__)
SLICE = 0.04  # seconds of work between two turns of the event loop
BUG = (
    "Something went wrong in the program, so nothing was changed. The details are in Help → Report a problem."
)


class SlicedWork(QObject):
    """Runs one generator to its end; closing it early rolls its step back."""

    progressed = Signal(object)  # Progress
    finished = Signal()
    failed = Signal(str)
    cancelled = Signal()

    def __init__(self, work: Iterator[Progress], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._slice)

    def start(self) -> None:
        """Begin, or go on after `pause`."""
        self._timer.start()

    def cancel(self) -> None:
        """Stop and roll back."""
        self._timer.stop()
        close = getattr(self._work, "close", None)
        if close:
            close()
        self.cancelled.emit()

    def _slice(self) -> None:
        until, last = monotonic() + SLICE, None
        try:
            while monotonic() < until:
                last = next(self._work)
        except StopIteration:
            self._timer.stop()
            self.finished.emit()
            return
        except StorageError as error:
            self._timer.stop()
            self.failed.emit(str(error))
            return
        except Exception:
            self._timer.stop()
            log.exception("long work failed")
            self.failed.emit(BUG)
            return
        if last is not None:
            self.progressed.emit(last)
