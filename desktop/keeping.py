"""The backups of one window: made while nobody waits, and on closing only as long as that takes no time."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from desktop.drafts import Drafts
from desktop.pages.detail_forms import DetailForms
from desktop.window import MainWindow
from desktop.work import SlicedWork
from storage.engine.backup import backups
from storage.engine.errors import StorageError
from storage.engine.steps import Changes, Progress

log = logging.getLogger(__name__)
LOOK_EVERY = 5 * 60 * 1000  # ms between looks at whether a backup is due
QUIET = 3000  # ms after the first change of a session: the backup that shows the day's work has begun
SOON = 5000  # ms after the window was shown: what the last closing had no time for
AGAIN = 3000  # ms until it is tried again where something else is being done
PATIENCE = 1.5  # seconds a backup may take on closing; a longer one is made at the next start


class Keeping(QObject):
    """Makes the backups of a window's file until `close`."""

    made = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._session = window, window.session
        self._work: SlicedWork | None = None
        self._timer = QTimer(self, interval=LOOK_EVERY)
        self._timer.timeout.connect(self._look)
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(self._make_up_for)
        self._first = QTimer(self, singleShot=True, interval=QUIET)
        self._first.timeout.connect(self._after_first_change)
        if not self._session.read_only:
            self._timer.start()
            self._soon.start()
            self._session.changed.connect(self._changed)

    def _changed(self, _changes: Changes) -> None:
        self._session.changed.disconnect(self._changed)  # the first change only
        self._first.start()

    def _after_first_change(self) -> None:
        if self._waits(self._first):
            return
        self._begin(lambda: backups.changed(self._session.store), backups.AT_FIRST_CHANGE)

    def _look(self) -> None:
        self._begin(lambda: backups.due(self._session.store, datetime.now(UTC)), backups.REGULAR)

    def _make_up_for(self) -> None:
        if self._waits(self._soon):
            return
        self._begin(lambda: backups.changed(self._session.store), backups.AT_START)
        from desktop.upkeep import Upkeep

        Upkeep(self._window).begin()

    def _waits(self, timer: QTimer) -> bool:
        """Put off what is not urgent while a dialog or a progress sheet is open, which has work of its own."""
        if busy := QApplication.activeModalWidget() is not None or self._session.store.steps.busy:
            timer.start(AGAIN)
        return busy

    @property
    def is_busy(self) -> bool:
        """Whether a backup is being made, or about to be."""
        return self._work is not None or self._soon.isActive()

    def _begin(self, wanted: Callable[[], bool], why: str) -> None:
        """Make a backup in slices, without a sheet: what is saved meanwhile is in it too."""
        if self._work is not None or self._session.store.steps.busy or not wanted():
            return
        self._work = SlicedWork(backups.making(self._session.store.file, why), self)
        self._work.finished.connect(self.made)
        self._work.failed.connect(self._session.said)  # the next look tries again
        for ended in (self._work.finished, self._work.failed, self._work.cancelled):
            ended.connect(self._ended)
        self._work.start()

    def _ended(self) -> None:
        if self._work is not None:
            self._work.deleteLater()
        self._work = None

    def keep_typing(self) -> None:
        """Save the field being typed in, and keep as drafts what cannot be saved."""
        self._window.setFocus()
        for forms in self._window.findChildren(DetailForms):
            forms.leave()  # where another program's window is in front, no field is left by losing the keyboard
        for drafts in self._window.findChildren(Drafts):
            drafts.keep_now()
        self._session.state.flush()

    def close(self, *, hurried: bool) -> str:
        """Keep what is being typed, make the last backup unless there is no time, and return what went wrong."""
        self._timer.stop()
        self._soon.stop()
        self._first.stop()
        if self._work is not None:
            self._work.cancel()
        self.keep_typing()
        if hurried or self._session.read_only or not backups.changed(self._session.store):
            return ""
        try:
            within(backups.making(self._session.store.file, backups.AT_CLOSE), PATIENCE)
        except StorageError as error:
            return str(error)
        return ""


def within(work: Iterator[Progress], seconds: float) -> bool:
    """Do long work for so long at most; what is not finished by then is given up, and False comes back."""
    until = monotonic() + seconds
    for _ in work:
        if monotonic() > until:
            close = getattr(work, "close", None)
            if close:
                close()
            log.warning("the backup on closing took too long and was left for the next start")
            return False
    return True
