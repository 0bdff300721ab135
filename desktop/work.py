"""Long work on the window's thread, one slice at a time, so that the window never stands still."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from storage.engine.errors import StorageError
from storage.engine.steps import Progress

log = logging.getLogger(__name__)
SLICE = 0.02  # seconds of work between two turns of the event loop; the last piece begun may run over
FIRST = 0.04  # seconds of the first slice, so that short work needs no sheet
REST = (
    4  # ms left to the window before a piece that may be large, or that only looks whether a thread is done
)
_APART = 5  # ms between the slices of two pieces of work, so that a turn of the event loop lies between them
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
        self._ended = self._done = self._saved = False
        self._timer = QTimer(
            self, singleShot=True, interval=0
        )  # set anew each time, so that other timers get a turn
        self._timer.timeout.connect(self._turn)

    def start(self) -> bool:
        """Begin. True when the first slice was enough; else the rest follows, a slice a turn."""
        self._ended = self._done = self._saved = False
        self._slice(first=True)
        if self._done:  # it fitted into one slice, so what follows needs no turn of its own
            self._finish()
        return self._ended

    def cancel(self) -> None:
        """Stop and roll back; what is saved already is finished instead."""
        while self._saved and not self._ended and not self._done:
            self._slice()
        if self._done:
            self._finish()
        if self._ended:
            return
        self._end()
        close = getattr(self._work, "close", None)
        if close:
            close()
        self.cancelled.emit()

    @property
    def waits(self) -> bool:
        """Whether it is to have another turn."""
        return self._timer.isActive()

    def _end(self) -> None:
        self._timer.stop()
        self._ended = True

    def _finish(self) -> None:
        self._done = False
        self._end()
        self.finished.emit()

    def _turn(self) -> None:
        """A slice, or what follows on the last one; while it is another's turn, the next is waited for."""
        if self._done:
            self._finish()
        elif _TURNS.is_of(self):
            self._slice()
            _TURNS.had(self)
        else:
            self._timer.start(_APART)

    def _slice(self, *, first: bool = False) -> None:
        """Work for a slice; in the first one no rest is taken."""
        until, last = monotonic() + (FIRST if first else SLICE), None
        try:
            while monotonic() < until and (first or not (last and last.rest)):
                last = next(self._work)
                self._saved = last.saved
        except StopIteration:
            self._done = True
            self._timer.start(0)  # whoever waits for it draws what came of it: a turn of its own
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
                self._timer.start(REST if last and last.rest else 0)


class _Turns:
    """Whose turn it is. All long work of the program shares one slice a turn of the event loop."""

    def __init__(self) -> None:
        self._last: SlicedWork | None = None  # who had the last slice
        self._until = 0.0  # and when it ended
        self._waiting: list[SlicedWork] = []  # those who asked since, first come first

    def is_of(self, work: SlicedWork) -> bool:
        """Whether a piece of work may have a slice now; who had none for longest is first."""
        if work not in self._waiting:
            self._waiting.append(work)
        self._waiting = [each for each in self._waiting if each is work or (isValid(each) and each.waits)]
        if self._last is not work and (monotonic() - self._until) * 1000 < _APART:
            return False
        return self._waiting[0] is work

    def had(self, work: SlicedWork) -> None:
        """It had its slice."""
        self._last, self._until = work, monotonic()
        self._waiting = [each for each in self._waiting if each is not work]


_TURNS = _Turns()
