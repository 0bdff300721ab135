"""Long work on the window's thread, in slices, so that the window never stands still."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal

from storage.engine.errors import StorageError
from storage.engine.steps import Progress

log = logging.getLogger(__name__)
SLICE = 0.03  # seconds of work between two turns of the event loop; the last piece begun may run over
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
        self._ended = False
        self._timer = QTimer(
            self, singleShot=True, interval=0
        )  # set anew each time, so that other timers get a turn
        self._timer.timeout.connect(self._slice)

    def start(self) -> bool:
        """Begin. True when the first slice was enough; else the rest follows, a slice a turn."""
        self._ended = False
        self._slice()
        return self._ended

    def cancel(self) -> None:
        """Stop and roll back."""
        self._end()
        close = getattr(self._work, "close", None)
        if close:
            close()
        self.cancelled.emit()

    def _end(self) -> None:
        self._timer.stop()
        self._ended = True

    def _slice(self) -> None:
        until, last = monotonic() + SLICE, None
        try:
            while monotonic() < until:
                last = next(self._work)
        except StopIteration:
            self._end()
            self.finished.emit()
        except StorageError as error:
            self._end()
            self.failed.emit(str(error))
        except Exception:
            log.exception("long work failed")
            self._end()
            self.failed.emit(BUG)
        else:
            if last is not None:
                self.progressed.emit(last)
            if not self._ended:
                self._timer.start()
