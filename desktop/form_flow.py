"""A checklist that comes home, from the file to what was written: read apart, compared, shown, taken."""

from __future__ import annotations

from collections.abc import Generator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from desktop.background import Background
from desktop.dialogs.form_home import FormHomeDialog
from desktop.window import MainWindow
from desktop.words import count_words
from storage.engine.errors import StorageError
from storage.engine.steps import Progress
from storage.exchange.forms.plan import FormHome, plan_form
from storage.exchange.forms.reading import read_form
from storage.exchange.forms.returned import Returned
from storage.exchange.forms.taking import run_of_form, taking_home
from widgets.progress_sheet import ProgressSheet


class FormFlow(QObject):
    """One workbook that was sent out to be filled in."""

    def __init__(self, window: MainWindow, path: Path) -> None:
        super().__init__(window)
        self._window, self._session, self._path = window, window.session, path
        self.dialog: FormHomeDialog | None = None

    def begin(self) -> None:
        """Read the file behind a sheet that can be cancelled."""
        self._sheet = ProgressSheet(self._window, f"Reading {self._path.name}", "Opening the file")
        self._reading = Background(None, partial(_reading, self._path))
        self._sheet.cancelled.connect(self._reading.cancel)
        self._reading.finished.connect(self._read)
        self._reading.failed.connect(self._failed)
        self._reading.cancelled.connect(self._end)
        self._reading.start()

    def _end(self) -> None:
        self._sheet.finish()
        self.deleteLater()

    def _failed(self, words: str) -> None:
        self._end()
        self._session.failed.emit(words)

    def _read(self, returned: Returned) -> None:
        store = self._session.store
        try:
            home = plan_form(store, returned, run_of_form(store, returned))
        except StorageError as error:
            self._failed(str(error))
            return
        self._sheet.finish()
        self.dialog = FormHomeDialog(self._window, home)
        self.dialog.accepted.connect(partial(self._take, home))
        self.dialog.finished.connect(self.deleteLater)
        self.dialog.open()

    def _take(self, home: FormHome) -> None:
        if self.dialog is None:
            return
        chosen, session = self.dialog.choices.chosen, self._session
        self.dialog = None
        said = f"Took {count_words(len(chosen), 'answer')} from {home.source}."
        session.run(taking_home(session.store, home, chosen), home.label, partial(session.said.emit, said))


def _reading(path: Path, _held: Path) -> Generator[Progress, None, Returned]:
    yield Progress(0, 0, "Reading the checklist")
    return read_form(path)
