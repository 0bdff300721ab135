"""Waiting for work that another thread or a share holds up, with a small sheet and Cancel when it takes a moment."""

from __future__ import annotations

from collections.abc import Generator
from typing import Generic, TypeVar

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QDialog, QWidget

from desktop.work import SlicedWork
from storage.engine.errors import StorageError
from storage.engine.steps import Progress
from widgets.parts import button, col, row, text
from widgets.shown import set_title

T = TypeVar("T")
WIDE = 440
SHOWN_AFTER = 200  # ms; what is over sooner shows nothing


class _Kept(Generic[T]):
    """Runs work and keeps what it returns or raises, which a slice would lose."""

    def __init__(self, work: Generator[Progress, None, T]) -> None:
        self._work = work
        self.made: list[T] = []
        self.error: StorageError | None = None

    def run(self) -> Generator[Progress, None, None]:
        try:
            self.made.append((yield from self._work))
        except StorageError as error:
            self.error = error


class Waiting(QDialog):
    """Says what is waited for. It closes by itself; Cancel and Esc give the work up."""

    def __init__(self, parent: QWidget | None, title: str, words: str) -> None:
        super().__init__(parent)
        set_title(self, "Commissioning Desk")
        self.setModal(True)
        self.setFixedWidth(WIDE)
        cancel = button("Cancel")
        cancel.clicked.connect(self.reject)
        said = (text(title, "strong", wrap=True), text(words, "soft", wrap=True))
        self.setLayout(col(*said, row(None, cancel), gap=10, margins=20))


def wait_for(
    parent: QWidget | None, work: Generator[Progress, None, T], title: str, words: str = ""
) -> T | None:
    """Do the work and return what it returns; None when the user gave it up. Raises its `StorageError`.

    Other events are served meanwhile; what the user does is not, but for Cancel.
    """
    kept = _Kept(work)
    job = SlicedWork(kept.run())
    if not job.start():
        _wait(parent, job, title, words)
    job.deleteLater()
    if kept.error is not None:
        raise kept.error
    return kept.made[0] if kept.made else None


def _wait(parent: QWidget | None, job: SlicedWork, title: str, words: str) -> None:
    ended, soon = [False], QEventLoop()
    sheet = Waiting(parent, title, words)

    def end() -> None:
        ended[0] = True
        soon.quit()
        sheet.accept()

    for signal in (job.finished, job.failed, job.cancelled):
        signal.connect(end)
    late = QTimer(sheet, singleShot=True, interval=SHOWN_AFTER)
    late.timeout.connect(soon.quit)
    late.start()
    soon.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    late.stop()
    if not ended[0]:
        sheet.rejected.connect(job.cancel)
        sheet.exec()
    sheet.deleteLater()
