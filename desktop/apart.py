"""Long work on files that are not open, on a thread of its own, so that the window stays alive meanwhile."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator
from threading import Event

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal, SignalInstance

from desktop.background import PAINTED
from desktop.work import BUG
from storage.engine.errors import StorageError, explain_os

log = logging.getLogger(__name__)
Work = Callable[[], Generator[object, None, object]]


class Apart(QObject):
    """Runs one generator; its signals come on the window's thread. It lives until it has ended."""

    told = Signal(object)  # each thing the generator yields
    finished = Signal(object)  # what it returned
    failed = Signal(str)
    _over = Signal()

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work, self._stop = work, Event()
        self._over.connect(self._let_go)
        self._waits = False  # to begin, once the window is painted
        self._soon = QTimer(self, singleShot=True, interval=PAINTED)
        self._soon.timeout.connect(self._go)

    def start(self) -> None:
        """Begin."""
        self._runner = _Runner(self)
        _RUNNING.add(self)
        self._waits = True
        self._soon.start()

    def _go(self) -> None:
        self._waits = False
        QThreadPool.globalInstance().start(self._runner)

    def cancel(self) -> None:
        """Stop before the next piece; nothing more is told."""
        self._stop.set()
        if self._waits:  # it never begins
            self._waits = False
            self._soon.stop()
            self._let_go()

    def run(self) -> None:
        """Runs on the thread; catches everything, since nobody above would."""
        work = self._work()
        try:
            while not self._stop.is_set():
                self._say(self.told, next(work))
            work.close()
        except StopIteration as end:
            self._say(self.finished, end.value)
        except StorageError as error:
            self._say(self.failed, str(error))
        except OSError as error:
            self._say(self.failed, str(explain_os(error, "finish this")))
        except Exception:
            log.exception("work apart failed")
            self._say(self.failed, BUG)
        finally:
            self._over.emit()

    def _say(self, signal: SignalInstance, words: object) -> None:
        if not self._stop.is_set():
            signal.emit(words)

    def _let_go(self) -> None:
        _RUNNING.discard(self)
        self.deleteLater()


_RUNNING: set[Apart] = set()


class _Runner(QRunnable):
    """What the pool runs."""

    def __init__(self, apart: Apart) -> None:
        super().__init__()
        self.setAutoDelete(False)  # Python holds it
        self._apart = apart

    def run(self) -> None:
        """On a thread of the pool."""
        self._apart.run()
