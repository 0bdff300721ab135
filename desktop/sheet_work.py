"""Long work on a thread of its own, behind a sheet that keeps the file from being changed meanwhile."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop.background import Background, Work
from desktop.window import MainWindow
from storage.engine.errors import StorageError
from storage.engine.steps import Progress
from storage.engine.store import Store
from widgets.progress_sheet import ProgressSheet


class SheetWork(QObject):
    """Runs one piece of work; `done` gets what it returns, `failed` the words of an error. Cancelling is neither."""

    def __init__(
        self,
        window: MainWindow,
        title: str,
        work: Work,
        done: Callable[[object], object],
        *,
        store: Store | None = None,
        failed: Callable[[str], object] | None = None,
    ) -> None:
        """Begins at once. With a `store` the work is given a snapshot of it."""
        super().__init__(window)
        self._done, self._told_of_failure = done, failed or window.messages.failed
        self._background = Background(store, work)
        self._background.progressed.connect(self._progressed)
        self._background.finished.connect(self._finished)
        self._background.failed.connect(self._failed)
        self._background.cancelled.connect(self._end)
        window.closing.connect(self._background.cancel)
        self._sheet = ProgressSheet(window, title)
        self._sheet.cancelled.connect(self._background.cancel)
        try:
            self._background.start()
        except StorageError as error:
            self._failed(str(error))

    def _progressed(self, progress: Progress) -> None:
        self._sheet.advance(progress.done if progress.total else 0, progress.total, progress.doing)

    def _end(self) -> None:
        self._sheet.finish()
        self.deleteLater()

    def _finished(self, result: object) -> None:
        self._end()
        self._done(result)

    def _failed(self, words: str) -> None:
        self._end()
        self._told_of_failure(words)
