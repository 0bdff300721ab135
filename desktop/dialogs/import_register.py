"""Bringing a register in: read, shown before anything is written, then written as one step."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from desktop.dialogs.import_dialog import ImportDialog
from desktop.dialogs.import_reading import ImportReading
from desktop.dialogs.import_source import ImportSource, file_source
from desktop.dialogs.import_summary import SummaryDialog
from desktop.session import Session
from storage.engine.backup import backups
from storage.engine.steps import IMPORT, Progress
from storage.engine.store import Store
from storage.exchange.importing.plan import ImportPlan
from storage.exchange.importing.register_import import write_import
from storage.exchange.importing.summary import summary_of
from storage.exchange.tables.sheet import Sheet
from widgets.progress_sheet import ProgressSheet

__all__ = ["ImportDialog", "ImportFlow", "import_register", "writing"]


def import_register(window: QWidget, session: Session, source: Path | ImportSource) -> ImportFlow:
    """Read a table behind a sheet that can be cancelled, then show what importing it would do."""
    flow = ImportFlow(window, session, file_source(source) if isinstance(source, Path) else source)
    flow.begin()
    return flow


class ImportFlow(QObject):
    """One import from the file to its summary."""

    def __init__(self, window: QWidget, session: Session, source: ImportSource) -> None:
        super().__init__(window)
        self._window, self._session, self._source = window, session, source
        self._reading = ImportReading(session.store, source, self)
        self._sheet: ProgressSheet | None = None
        self._plan: ImportPlan | None = None
        self.dialog: ImportDialog | None = None
        self.summary: SummaryDialog | None = None

    def begin(self) -> None:
        """Read the file."""
        self._sheet = ProgressSheet(self._window, f"Reading {self._source.name}", "Opening the file")
        self._sheet.cancelled.connect(self._cancel)
        self._reading.read.connect(self._read)
        self._reading.progressed.connect(self._advance)
        self._reading.planned.connect(self._planned)
        self._reading.failed.connect(self._failed)
        self._reading.open()

    def _cancel(self) -> None:
        self._reading.stop()
        self._finish_sheet()

    def _finish_sheet(self) -> None:
        if self._sheet is not None:
            self._sheet.finish()
        self._sheet = None

    def _advance(self, progress: Progress) -> None:
        if self._sheet is not None:
            self._sheet.advance(progress.done, progress.total, progress.doing)

    def _failed(self, words: str) -> None:
        self._finish_sheet()
        if self.dialog is not None:
            self.dialog.show_failure(words)
        else:
            self._session.failed.emit(words)

    # A dialog of so many parts is made, filled and opened in a turn of the event loop each.

    def _read(self, sheet: Sheet) -> None:
        if self.dialog is not None:
            self.dialog.show_sheet(sheet)
            return
        self.dialog = ImportDialog(self._window, self._reading)
        self.dialog.accepted.connect(self._write_soon)
        QTimer.singleShot(0, self, partial(self._fill, sheet))

    def _fill(self, sheet: Sheet) -> None:
        if self.dialog is not None and self._sheet is not None:  # else it was cancelled meanwhile
            self.dialog.show_sheet(sheet)

    def _planned(self, plan: ImportPlan) -> None:
        self._plan = plan
        if self.dialog is not None:
            self.dialog.show_plan(plan)
            if not self.dialog.isVisible():
                QTimer.singleShot(0, self, self._open)

    def _open(self) -> None:
        if self._sheet is None:
            return
        self._finish_sheet()
        if self.dialog is not None and self._plan is not None:
            self.dialog.begin(self._plan)

    def _write_soon(self) -> None:
        QTimer.singleShot(0, self, self._write)  # once the dialog is gone

    def _write(self) -> None:
        if self._plan is not None:
            work = writing(self._session.store, self._plan)
            self._session.run(work, self._plan.label, self._written)

    def _written(self) -> None:
        # The pages are drawing what was written; the summary takes the next turn.
        QTimer.singleShot(0, self, self._show_summary)

    def _show_summary(self) -> None:
        if self._plan is None:
            return
        summary = summary_of(self._plan)
        self._plan = self.dialog = None
        self._session.said.emit(summary.counts)
        self.summary = SummaryDialog(self._window, summary)
        self.summary.open()


def writing(store: Store, plan: ImportPlan) -> Iterator[Progress]:
    """A backup, then the import as one step."""
    yield from backups.making(store.file, backups.BEFORE_IMPORT)
    yield from store.long_step(plan.label, write_import(store, plan), IMPORT)
