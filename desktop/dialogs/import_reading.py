"""Reading and comparing a register while the window stays alive: files on a worker, the store in slices."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal

from desktop.background import PAINTED
from desktop.dialogs.import_source import ImportSource
from desktop.work import BUG, SlicedWork
from storage.engine.errors import StorageError
from storage.engine.steps import Progress
from storage.engine.store import Store
from storage.exchange.importing.import_headings import Choices, Known, known_fields
from storage.exchange.importing.list_kinds import CONTRACTS, VIA, ListKind
from storage.exchange.importing.list_layout import prepared
from storage.exchange.importing.list_links import token
from storage.exchange.importing.memory import Recalled, every_known, likely_kind, recall, shape_of
from storage.exchange.importing.plan import ImportPlan
from storage.exchange.importing.planning import planning
from storage.exchange.importing.rows import Source, read_source
from storage.exchange.tables.sheet import Sheet
from storage.exchange.tables.tabular import AS_FOUND, Ways

log = logging.getLogger(__name__)
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
        try:
            self.told.done.emit(self._work())
        except StorageError as error:
            self.told.failed.emit(str(error))
        except Exception:
            log.exception("a register could not be read")
            self.told.failed.emit(BUG)


class ImportReading(QObject):
    """Reads a file, then works out what importing it would do, again whenever the user decides otherwise."""

    read = Signal(object)  # Sheet
    planned = Signal(object)  # ImportPlan
    progressed = Signal(object)  # Progress
    failed = Signal(str)

    def __init__(self, store: Store, source: ImportSource, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store, self._source = store, source
        self._job: _Job | None = None
        self._then: Then | None = None  # what to do with what the running job brings; None drops it
        self._next: tuple[Work, Then] | None = None
        self._start = QTimer(self)
        self._start.setSingleShot(True)
        self._start.setInterval(PAINTED)
        self._start.timeout.connect(self._go)
        self._sliced: SlicedWork | None = None
        self._plan: ImportPlan | None = None
        self._choices, self._answers = Choices(), dict[int, int]()
        self._asked: tuple[str | None, Ways] = (None, AS_FOUND)  # how the file was asked for
        self._found = ""  # the mark of the table as it is while nobody says where its headings stand
        self._raw: Sheet | None = None  # as it was read, before it was made ready for a list
        self._list: ListKind | None = source.kind  # where somebody said so
        self.recalled = Recalled(source.kind or CONTRACTS, Choices())
        self.sheet: Sheet | None = None

    @property
    def store(self) -> Store:
        """The file rows are brought into."""
        return self._store

    @property
    def kind(self) -> ListKind:
        """The list its rows go to."""
        return self.recalled.kind

    @property
    def known(self) -> Known:
        """The fields a heading may go to."""
        return known_fields(self._store, self.kind)

    def open(self, sheet: str | None = None, ways: Ways = AS_FOUND) -> None:
        """Read the file, another sheet of it, or the same in other ways."""
        self._asked = (sheet, ways)
        self._begin(partial(self._source.read, sheet, ways), self._opened)

    def use(self, kind: ListKind, *, afresh: bool = False) -> None:
        """Bring the rows into another list, or `afresh`, without what was decided about the last file of its kind."""
        self._list = kind
        if self._raw is not None:
            recalled = (
                Recalled(kind, Choices(), known=False) if afresh else recall(self._store, self._raw, kind)
            )
            self._show(self._raw, recalled)

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
        """A table was read: bring it in as the last of its kind, else find the list it speaks of."""
        if not isinstance(read, Sheet):
            return
        name, ways = self._asked
        if ways.header_row is None:
            self._found = shape_of(read)
        read = replace(read, found=self._found)
        recalled = recall(self._store, read, self._list)
        chosen = recalled.memory.header_row if recalled.memory else None
        moved = chosen is not None and chosen != read.header_row and _there(read, chosen)
        fills = bool(read.merged and recalled.memory and recalled.memory.decided.get("fill"))
        if ways == AS_FOUND and (moved or fills):
            self.open(name, Ways(chosen if moved else None, fill=fills))
        elif recalled.known or self._list is not None:
            self._show(read, recalled)
        else:
            every = every_known(self._store)
            self._begin(partial(likely_kind, read, every), partial(self._judged, read))

    def _judged(self, raw: Sheet, kind: object) -> None:
        if isinstance(kind, ListKind):
            self._show(raw, Recalled(kind, Choices(), known=False))

    def _show(self, raw: Sheet, recalled: Recalled) -> None:
        self._raw, self.recalled = raw, self._placed(recalled)
        self.sheet = prepared(raw, recalled.kind)
        self.read.emit(self.sheet)

    def _placed(self, recalled: Recalled) -> Recalled:
        """With the contract that was open, for rows that belong to one."""
        kind, contract = recalled.kind, self._source.contract
        name = next((n for n in (VIA + kind.owner, kind.owner) if kind.links.get(n) == "contract"), "")
        if not contract or not name or name in recalled.choices.fixed:
            return recalled
        fixed = {**recalled.choices.fixed, name: token(contract)}
        return replace(recalled, choices=replace(recalled.choices, fixed=fixed))

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


def _there(sheet: Sheet, row: int) -> bool:
    """Whether a row among the first holds anything."""
    return any(number == row for number, _ in sheet.top)
