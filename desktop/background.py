"""Long reading on a thread of its own, from a snapshot of the file, so that work in the window goes on meanwhile."""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Callable, Generator
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal, SignalInstance

from desktop.work import BUG
from storage.engine.backup.images import refuse_in_a_change
from storage.engine.backup.snapshots import snapshot
from storage.engine.errors import FileClosed, StorageError
from storage.engine.steps import Progress
from storage.engine.store import Store

log = logging.getLogger(__name__)
# What the window shows with the beginning of some work is painted first: a worker would halve the speed of that.
PAINTED = 40  # milliseconds
Work = Callable[[Path], Generator[Progress, None, object]]  # given where the snapshot lies


class Background(QObject):
    """Runs one generator over a snapshot; its signals come on the window's thread, and one of the last three ends it.

    It lives until it has ended, whoever else lets go of it, so that a window may close over it.
    """

    progressed = Signal(object)  # Progress
    finished = Signal(object)  # what the generator returned
    failed = Signal(str)
    cancelled = Signal()
    _over = Signal()

    def __init__(self, store: Store | None, work: Work, after: int = PAINTED) -> None:
        """Without a store there is no snapshot, and nothing lies where the work is told. `after` are milliseconds."""
        super().__init__()
        self.store, self._work = store, work
        self.wanted: Callable[[], bool] = _always  # asked once more before it begins; else it is cancelled
        self._stop = Event()
        self._over.connect(self._let_go)
        self._waits = False  # to begin, once the window is painted
        self._soon = QTimer(self, singleShot=True, interval=after)
        self._soon.timeout.connect(self._go)

    def start(self) -> None:
        """Begin once the window is painted. Raises `StorageError` when there can be no snapshot now."""
        if self.store:
            refuse_in_a_change(self.store.conn)
        _RUNNING.add(self)
        self._waits = True
        self._soon.start()

    def _go(self) -> None:
        """Take the snapshot and have the pool do the rest."""
        self._waits = False
        if not self.wanted():
            self._not_begun(self.cancelled)
            return
        folder = Path(tempfile.mkdtemp(prefix="commissioning-desk-"))
        held = folder / (self.store.file.path.name if self.store else "nothing")
        try:
            take = snapshot(self.store, held) if self.store and not self._stop.is_set() else _nothing
        except StorageError as error:
            shutil.rmtree(folder, ignore_errors=True)
            if isinstance(error, FileClosed):
                self._not_begun(self.cancelled)
            else:
                self._not_begun(self.failed, str(error))
            return
        self._runner = _Runner(self, take, held)
        QThreadPool.globalInstance().start(self._runner)

    def _not_begun(self, told: SignalInstance, *words: str) -> None:
        told.emit(*words)
        self._let_go()

    def cancel(self) -> None:
        """Stop before the next piece; `cancelled` follows."""
        self._stop.set()
        if self._waits:  # it ends at once, and leaves nothing behind
            self._soon.stop()
            self._go()

    def run(self, take: Callable[[], None], held: Path) -> None:
        """Runs on the thread; catches everything, since nobody above would."""
        try:
            take()
            self._drive(self._work(held))
        except StorageError as error:
            self.failed.emit(str(error))
        except Exception:
            log.exception("work in the background failed")
            self.failed.emit(BUG)
        finally:
            shutil.rmtree(held.parent, ignore_errors=True)
            self._over.emit()

    def _drive(self, work: Generator[Progress, None, object]) -> None:
        try:
            while not self._stop.is_set():
                self.progressed.emit(next(work))
        except StopIteration as end:
            self.finished.emit(end.value)
            return
        work.close()
        self.cancelled.emit()

    def _let_go(self) -> None:
        _RUNNING.discard(self)
        self.deleteLater()


def _always() -> bool:
    return True


def _nothing() -> None:
    """No snapshot is asked for."""


_RUNNING: set[Background] = set()


def is_busy() -> bool:
    """Whether any such work is under way."""
    return bool(_RUNNING)


def stop_reading(store: Store) -> None:
    """Stop all work on snapshots of a file whose window closes."""
    for work in [each for each in _RUNNING if each.store is store]:
        work.cancel()


class _Runner(QRunnable):
    """What the pool runs."""

    def __init__(self, background: Background, take: Callable[[], None], held: Path) -> None:
        super().__init__()
        self.setAutoDelete(False)  # Python holds it
        self._background, self._take, self._held = background, take, held

    def run(self) -> None:
        """On a thread of the pool."""
        self._background.run(self._take, self._held)
