"""A workbook brought home, from the file to what was written: read apart, compared in slices, shown, taken."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from desktop.background import Background
from desktop.dialogs.home import HomeDialog
from desktop.messages import asked
from desktop.session import Session
from desktop.window import MainWindow
from desktop.work import SlicedWork
from storage.engine.backup import backups
from storage.engine.errors import StorageError
from storage.engine.steps import IMPORT, Progress
from storage.engine.store import Store
from storage.exchange.home.columns import Columns, columns_of
from storage.exchange.home.plan import Chosen, Homecoming
from storage.exchange.home.planning import OtherFile, OtherList, planning
from storage.exchange.home.reading import Brought, read_home, read_if_ours
from storage.exchange.home.summary import counts_of
from storage.exchange.home.writing import Written, write_home
from storage.exchange.importing.import_headings import Known, known_fields
from widgets.progress_sheet import ProgressSheet

AS_REGISTER, LEAVE = "Import it as a register…", "Leave it"
Read = tuple[Brought, Columns] | StorageError | None


class HomeFlow(QObject):
    """One workbook. `otherwise` brings in, as a register, a file that is no workbook of this file's."""

    def __init__(
        self,
        window: MainWindow,
        session: Session,
        path: Path,
        otherwise: Callable[[], object],
        *,
        dropped: bool,
    ) -> None:
        super().__init__(window)
        self._window, self._session, self._path = window, session, path
        self._otherwise, self._dropped = otherwise, dropped
        self._sheet: ProgressSheet | None = None
        self._made: Homecoming | None = None
        self._other: OtherFile | None = None  # it was sent from another file
        self._sliced: SlicedWork | None = None
        self.dialog: HomeDialog | None = None

    def begin(self) -> None:
        """Read the file behind a sheet that can be cancelled."""
        self._sheet = ProgressSheet(self._window, f"Reading {self._path.name}", "Opening the file")
        self._sheet.cancelled.connect(self._cancel)
        work = partial(_reading, self._path, known_fields(self._session.store), self._dropped)
        self._reading = Background(None, work)
        self._reading.finished.connect(self._read)
        self._reading.failed.connect(self._failed)
        self._reading.cancelled.connect(self._given_up)
        self._reading.start()

    def _cancel(self) -> None:
        """Give it up. A file that is being read is read to its end, and then forgotten."""
        self._reading.cancel()
        if self._sliced is not None:
            self._sliced.cancel()
        self._end()

    def _end(self) -> None:
        if self._sheet is not None:
            self._sheet.finish()
        self._sheet, self._sliced = None, None

    def _given_up(self) -> None:
        self._end()
        self.deleteLater()

    def _failed(self, words: str) -> None:
        waited_for = self._sheet is not None
        self._given_up()
        if waited_for:
            self._session.failed.emit(words)

    def _read(self, read: Read) -> None:
        if self._sheet is None:  # given up meanwhile
            self._given_up()
        elif read is None:
            self._given_up()
            self._otherwise()
        elif isinstance(read, StorageError):
            self._refused(read)
        else:
            self._sliced = job = SlicedWork(self._comparing(*read), self)
            job.progressed.connect(self._advance)
            job.finished.connect(self._compared)
            job.failed.connect(self._failed)
            job.cancelled.connect(self._given_up)
            job.start()

    def _refused(self, error: StorageError) -> None:
        """Say why it cannot come home, and offer to import it."""
        self._given_up()
        a_list = self._dropped and isinstance(error, OtherList)  # which is what it was dropped for
        if a_list or asked(self._window, str(error), AS_REGISTER, LEAVE):
            self._otherwise()

    def _comparing(self, brought: Brought, columns: Columns) -> Iterator[Progress]:
        try:
            for made in planning(self._session.store, brought, columns):
                if isinstance(made, Homecoming):
                    self._made = made
                else:
                    yield made
        except OtherFile as error:
            self._other = error

    def _advance(self, progress: Progress) -> None:
        if self._sheet is not None:
            self._sheet.advance(progress.done, progress.total, progress.doing)

    # The dialog is made, opened and acted on in a turn of the event loop each.

    def _compared(self) -> None:
        if self._other is not None:
            self._end()
            self._refused(self._other)
        else:
            QTimer.singleShot(0, self, self._make)

    def _make(self) -> None:
        if self._sheet is not None and self._made is not None:  # else it was given up meanwhile
            self.dialog = HomeDialog(self._window, self._made)
            self.dialog.accepted.connect(self._take_soon)
            self.dialog.finished.connect(self._close_soon)
            QTimer.singleShot(0, self, self._open)

    def _open(self) -> None:
        if self.dialog is not None and self._sheet is not None:
            self._end()
            self.dialog.open()
        elif self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def _take_soon(self) -> None:
        QTimer.singleShot(0, self, self._take)

    def _close_soon(self, _result: int) -> None:
        QTimer.singleShot(0, self, self.deleteLater)

    def _take(self) -> None:
        if self._made is None or self.dialog is None:
            return
        home, chosen = self._made, self.dialog.choices.chosen
        self.dialog = None
        work = taking(self._session.store, home, chosen)
        self._session.run(work, home.label, partial(_taken, self._session, home, chosen))


def _taken(session: Session, home: Homecoming, chosen: Chosen) -> None:
    # The pages are drawing what was written; the words take the next turn.
    QTimer.singleShot(0, session, partial(session.said.emit, counts_of(home, chosen).words))


def _reading(path: Path, known: Known, dropped: bool, _held: Path) -> Generator[Progress, None, Read]:
    """Read and understand a file, on a thread; an error that offers another way is returned, not raised."""
    yield Progress(0, 0, "Reading the workbook")
    brought = read_if_ours(path) if dropped else read_home(path)
    if brought is None:
        return None
    try:
        return brought, columns_of(brought.sheet, known, brought.sync)
    except StorageError as error:
        return error


def taking(store: Store, home: Homecoming, chosen: Chosen) -> Iterator[Progress]:
    """A backup, then what was chosen as one step."""
    yield from backups.making(store.file, backups.BEFORE_IMPORT)
    yield from store.long_step(home.label, write_home(store, home, chosen, Written()), IMPORT)
