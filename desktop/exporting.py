"""The register to Excel or to a calendar: written by a worker from a snapshot, so that work goes on meanwhile."""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal
from PySide6.QtWidgets import QFileDialog

from desktop.background import PAINTED
from desktop.file_names import with_ending
from desktop.window import MainWindow
from desktop.work import BUG
from storage.desk.lists.arrangement import Arrangement
from storage.engine.backup.snapshots import snapshot
from storage.engine.errors import StorageError
from storage.engine.file import OpenFile
from storage.engine.reading import Reader
from widgets.progress_sheet import ProgressSheet

if TYPE_CHECKING:
    from storage.exchange.published.calendar_file import CalendarWritten
    from storage.exchange.workbooks.register import Exported

log = logging.getLogger(__name__)
WORKBOOKS = "Excel workbook (*.xlsx)"
CALENDARS = "Calendar file (*.ics)"


class Written(Protocol):
    """A file that was written."""

    @property
    def said(self) -> str:
        """What became of it, in a sentence."""


Write = Callable[[Reader, Callable[[int, int], bool]], Written]


class _Told(QObject):
    """What a worker tells the window."""

    progressed = Signal(int, int)
    done = Signal(object)  # Written
    failed = Signal(str)
    stopped = Signal()


class _Worker(QRunnable):
    """Writes one file out from a snapshot of the register, then takes the snapshot away."""

    def __init__(self, path: Path, take: Callable[[], None], write: Write, today: date) -> None:
        """`take` writes the snapshot at this path; `write` makes the file from what it holds."""
        super().__init__()
        self.told = _Told()
        self.stop = False
        self._path, self._take, self._write, self._today = path, take, write, today

    def run(self) -> None:
        """Runs on a thread of the pool; catches everything, since nobody above would."""
        from storage.exchange.workbooks.text import ExportStopped

        try:
            self._take()
            file = OpenFile(self._path, "ro")
            try:
                self.told.done.emit(self._write(Reader(file, self._now), self._progress))
            finally:
                file.close()
        except ExportStopped:
            self.told.stopped.emit()
        except StorageError as error:
            self.told.failed.emit(str(error))
        except Exception:
            log.exception("the export failed")
            self.told.failed.emit(BUG)
        finally:
            shutil.rmtree(self._path.parent, ignore_errors=True)

    def _now(self) -> date:
        return self._today

    def _progress(self, done: int, total: int) -> bool:
        self.told.progressed.emit(done, total)
        return not self.stop


class Exporting(QObject):
    """Asks where the workbook or the calendar goes, and has it written."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.setObjectName("exporting")
        self._window = window
        self._worker: _Worker | None = None
        self._sheet: ProgressSheet | None = None
        self._then: Callable[[Written], object] | None = None

    def ask(self, shown: Arrangement, words: str, view: str = "") -> None:
        """Ask for a name and export what a list shows; `words` say what that is, `view` is the view it is."""
        today = self._window.session.today()
        path = self._window.session.store.file.user_path
        start = str(path.with_name(f"Contract register {today:%Y-%m-%d}.xlsx"))
        name, _ = QFileDialog.getSaveFileName(self._window, "Export the register", start, WORKBOOKS)
        if name:
            chosen = Path(name)
            self.export(chosen if chosen.suffix else chosen.with_suffix(".xlsx"), shown, words, view)

    def ask_calendar(self, shown: Arrangement) -> None:
        """Ask for a name and write the deadlines of what a list shows."""
        today = self._window.session.today()
        path = self._window.session.store.file.user_path
        start = str(path.with_name(f"Contract deadlines {today:%Y-%m-%d}.ics"))
        name, _ = QFileDialog.getSaveFileName(self._window, "Deadlines as a calendar file", start, CALENDARS)
        if name:
            chosen = with_ending(Path(name), ".ics")
            self.start(chosen, "Writing the deadlines", partial(_write_calendar, chosen, shown))

    def export(self, path: Path, shown: Arrangement, words: str, view: str = "") -> None:
        """Write the workbook beside, check it, put it in place; the window stays alive."""
        session = self._window.session
        write = partial(_write, path, shown, words, view, session.today(), session.store.file.path.name)
        self.start(path, "Exporting the register", write)

    def start(
        self, path: Path, title: str, write: Write, then: Callable[[Written], object] | None = None
    ) -> None:
        """Have a worker write a file from a snapshot; `then` is told of it once it stands."""
        session = self._window.session
        held = Path(tempfile.mkdtemp(prefix="commissioning-desk-")) / "snapshot.desk"
        try:
            take = snapshot(session.store, held)
        except StorageError as error:
            self._window.messages.failed(str(error))
            return
        worker = _Worker(held, take, write, session.today())
        self._sheet = ProgressSheet(self._window, title, f"Writing {path.name}")
        self._sheet.cancelled.connect(self._cancel)
        worker.told.progressed.connect(self._sheet.advance)
        worker.told.done.connect(self._done)
        worker.told.failed.connect(self._failed)
        worker.told.stopped.connect(self._finished)
        self._worker, self._then = worker, then
        worker.setAutoDelete(False)
        QTimer.singleShot(PAINTED, worker.told, partial(QThreadPool.globalInstance().start, worker))

    def _cancel(self) -> None:
        if self._worker is not None:
            self._worker.stop = True

    def _finished(self) -> None:
        if self._sheet is not None:
            self._sheet.finish()
        self._sheet, self._worker, self._then = None, None, None

    def _done(self, written: Written) -> None:
        then = self._then
        self._finished()
        self._window.status.say(written.said)
        if then is not None:
            then(written)

    def _failed(self, words: str) -> None:
        self._finished()
        self._window.messages.failed(words)


def _write(
    path: Path,
    shown: Arrangement,
    words: str,
    view: str,
    today: date,
    file_name: str,
    reader: Reader,
    progress: Callable[[int, int], bool],
) -> Exported:
    from storage.exchange.workbooks.register import export_register

    return export_register(
        reader,
        path,
        query=shown.query,
        columns=shown.columns,
        filter_words=words,
        view=view,
        today=today,
        file_name=file_name,
        progress=progress,
    )


def _write_calendar(
    path: Path, shown: Arrangement, reader: Reader, progress: Callable[[int, int], bool]
) -> CalendarWritten:
    from storage.exchange.published.calendar_file import export_calendar

    return export_calendar(reader, path, shown.query, progress)
