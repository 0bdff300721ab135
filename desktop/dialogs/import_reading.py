"""Reading and comparing a register while the window stays alive: files on a worker, the store in slices."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal

from desktop.work import BUG, SlicedWork
from storage.engine.errors import StorageError
from storage.engine.steps import Progress
from storage.engine.store import Store
from storage.exchange.import_headings import Choices, Known, known_fields
from storage.exchange.import_plan import ImportPlan
from storage.exchange.import_planning import planning
from storage.exchange.import_rows import Source, read_source
from storage.exchange.sheet import Sheet
from storage.exchange.tabular import read_table

log = logging.getLogger(__name__)
# While a worker is busy, the window asks for its turn many times to paint once; each must come soon.
_TURN = 0.0005
_PAINTED = 40  # milliseconds
Work = Callable[[], object]
Then = Callable[[object], None]


class _Told(QObject):
    """What a worker tells the window."""

    done = Signal(object)
    failed = Signal(str)


class _Job(QRunnable):
    """One piece of work on a thread of the pool; it never touches the store."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self.told = _Told()
        self._work = work

    def run(self) -> None:
        """Catches everything, since nobody above would."""
        usual = sys.getswitchinterval()
        sys.setswitchinterval(_TURN)
        try:
            self.told.done.emit(self._work())
        except StorageError as error:
            self.told.failed.emit(str(error))
        except Exception:
            log.exception("a register could not be read")
            self.told.failed.emit(BUG)
        finally:
            sys.setswitchinterval(usual)


class ImportReading(QObject):
    """Reads a file, then works out what importing it would do, again whenever the user decides otherwise."""

    read = Signal(object)  # Sheet
    planned = Signal(object)  # ImportPlan
    progressed = Signal(object)  # Progress
    failed = Signal(str)

    def __init__(self, store: Store, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store, self._path = store, path
        self._job: _Job | None = None
        self._then: Then | None = None  # what to do with what the running job brings; None drops it
        self._next: tuple[Work, Then] | None = None
        # The window is painted first: a worker would halve the speed of that.
        self._start = QTimer(self)
        self._start.setSingleShot(True)
        self._start.setInterval(_PAINTED)
        self._start.timeout.connect(self._go)
        self._sliced: SlicedWork | None = None
        self._plan: ImportPlan | None = None
        self._choices, self._answers = Choices(), dict[int, int]()
        self.sheet: Sheet | None = None

    @property
    def known(self) -> Known:
        """The fields a heading may go to."""
        return known_fields(self._store)

    def open(self, sheet: str | None = None) -> None:
        """Read the file, or another sheet of it."""
        self._begin(partial(read_table, self._path, sheet), self._opened)

    def plan(self, choices: Choices, answers: Mapping[int, int]) -> None:
        """Work the import out anew; what was being worked out is dropped."""
        if self.sheet is not None:
            self._choices, self._answers = choices, dict(answers)
            self._begin(partial(read_source, self.sheet, self.known, choices), self._compare)

    def stop(self) -> None:
        """Drop what is being done. A file that is being read is read to its end, and then forgotten."""
        self._then = self._next = None
        if self._sliced is not None:
            sliced, self._sliced = self._sliced, None
            sliced.cancel()

    def _begin(self, work: Work, then: Then) -> None:
        self.stop()
        if self._start.isActive():  # has not begun yet
            self._start.stop()
            self._job = None
        if self._job is not None:  # one at a time: the pool must not fill with what nobody waits for
            self._next = (work, then)
            return
        self._job, self._then = _Job(work), then
        # To methods of this object, so that they run on its thread and not on the worker's.
        self._job.told.done.connect(self._done)
        self._job.told.failed.connect(self._not_done)
        self._start.start()

    def _go(self) -> None:
        if self._job is not None:
            QThreadPool.globalInstance().start(self._job)

    def _done(self, what: object) -> None:
        then = self._over()
        if then is not None:
            then(what)

    def _not_done(self, words: str) -> None:
        if self._over() is not None:
            self.failed.emit(words)

    def _over(self) -> Then | None:
        """The job is over: what to do with its result, or begin what has been waiting for it."""
        then, self._job, self._then = self._then, None, None
        if self._next is not None:
            self._begin(*self._next)
            return None
        return then

    def _opened(self, read: object) -> None:
        if isinstance(read, Sheet):
            self.sheet = read
            self.read.emit(read)

    def _compare(self, source: object) -> None:
        if not isinstance(source, Source):
            return
        self._plan = None
        job = self._sliced = SlicedWork(self._comparing(source), self)
        job.progressed.connect(self.progressed)
        job.failed.connect(self.failed)
        job.finished.connect(self._compared)
        for ended in (job.finished, job.failed, job.cancelled):
            ended.connect(job.deleteLater)
        job.start()

    def _comparing(self, source: Source) -> Iterator[Progress]:
        for made in planning(self._store, source, self._choices, self._answers):
            if isinstance(made, ImportPlan):
                self._plan = made
            else:
                yield made

    def _compared(self) -> None:
        self._sliced = None
        if self._plan is not None:
            self.planned.emit(self._plan)
