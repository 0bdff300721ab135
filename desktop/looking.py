"""A look over the whole file on a thread of its own, again a moment after the file has changed."""

from __future__ import annotations

from collections.abc import Callable, Generator
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.background import Background
from desktop.session import Session
from storage.engine.errors import StorageError
from storage.engine.file import OpenFile
from storage.engine.reading import Reader
from storage.engine.steps import Progress

Look = Callable[[Reader], object]
QUIET = 400  # ms without a change before it looks again
PASSED = 120  # ms for which a page is seen before it is looked for: one that is only passed by costs nothing


class Looking(QObject):
    """Looks from a snapshot, so that the window stays alive; only what was seen last is told.

    For a page that is left before the look has begun, it is put off until the page is seen again.
    """

    found = Signal(object)  # what the look gave
    failed = Signal(str)

    def __init__(self, session: Session, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._look = session, look
        self._work: Background | None = None
        self._again = self._closed = False
        session.store.file.when_closed.append(self._close)
        self._soon = QTimer(self, singleShot=True, interval=QUIET)
        self._soon.timeout.connect(self.now)

    @property
    def busy(self) -> bool:
        """Whether it is looking, or about to."""
        return self._work is not None or self._soon.isActive()

    def soon(self) -> None:
        """Look when the file has been quiet for a moment."""
        self._soon.start()

    def now(self) -> None:
        """Look at once; when a look is under way, again after it."""
        self._soon.stop()
        if self._closed:
            return
        if self._work is not None:
            self._again = True
            return
        if self._session.store.steps.busy:  # a long change is running; what is half done is not looked at
            self._soon.start()
            return
        work = Background(self._session.store, partial(_looked, self._look, self._session.today()), PASSED)
        work.wanted = self._is_seen
        work.finished.connect(self._finished)
        work.failed.connect(self._failed)
        work.cancelled.connect(self._ended)
        try:
            work.start()
        except StorageError as error:
            self.failed.emit(str(error))
            return
        self._work = work

    def _is_seen(self) -> bool:
        """Whether it may begin: not for a page that was left, nor while a long change has begun meanwhile."""
        page = self.parent()
        if self._session.store.steps.busy:
            self._again = True
            return False
        if not isinstance(page, QWidget) or page.isVisible():
            return True
        page.installEventFilter(self)
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The page that was left is seen again."""
        if event.type() == QEvent.Type.Show:
            watched.removeEventFilter(self)
            self.now()
        return super().eventFilter(watched, event)

    def _close(self) -> None:
        """What is found after the file was closed is told to nobody."""
        self._closed = True

    def _finished(self, seen: object) -> None:
        again = self._again
        self._ended()
        if not again and not self._closed:
            self.found.emit(seen)

    def _failed(self, words: str) -> None:
        self._ended()
        if not self._closed:
            self.failed.emit(words)

    def _ended(self) -> None:
        self._work = None
        if self._again:
            self._again = False
            self.soon()


def _looked(look: Look, today: date, path: Path) -> Generator[Progress, None, object]:
    """Runs on the thread, over the snapshot."""
    yield Progress(0, 1, "Looking over the file")
    file = OpenFile(path, "ro")
    try:
        return look(Reader(file, lambda: today))
    finally:
        file.close()
