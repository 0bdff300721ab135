"""Watches over the open file while its window is there: is it still ours, is there room, is the disk slow."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from time import monotonic

from PySide6.QtCore import QEventLoop, QObject, QTimer

from desktop.window import MainWindow
from storage.desk.beginning.opened import see_to
from storage.engine.errors import ChangedOutside, FileMoved, StorageError
from storage.engine.file import OpenFile
from storage.engine.patience import SLOW, STILL

LOOK_EVERY = 5000  # ms
POLL = 5  # ms between two looks at whether the disk has answered
MOVED = "Nothing can be saved: the file is not where it was. Put it back, or save a copy."
WAITING = "The disk is slow, or another program is using the file. Your change is being saved…"


class Watching(QObject):
    """Looks at the file every few seconds, and tells of each trouble once, with what to do."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._told: type[StorageError] | None = None
        self._only_read = False
        self._day = window.session.today()
        self._put_away_moved: Callable[[], None] | None = None  # while the strip about it stands
        notice = partial(window.banners.add, icon_name="warning-circle")
        for words in self._file.notices:
            notice(words)
        self._file.notice = notice
        if self._file.read_only:
            return
        self._file.patience.when_slow = self._wait
        window.session.failed.connect(self._show_mode)
        self._timer = QTimer(self, interval=LOOK_EVERY)
        self._timer.timeout.connect(self.look)
        window.closing.connect(self._end)
        self._timer.start()

    @property
    def _file(self) -> OpenFile:
        return self._window.session.store.file

    def look(self) -> None:
        """Whether the file can still be written to; what waits to be written is, and the room for a full disk kept."""
        session = self._window.session
        if session.store.steps.busy:
            return
        self._see_the_day()
        trouble = self._file.trouble()
        if isinstance(trouble, ChangedOutside):
            trouble = self._read_again()
        if trouble is None:
            self._told = None
            session.state.flush()
            if self._file.reserve:
                self._file.reserve.make()
        elif type(trouble) is not self._told:
            self._told = type(trouble)
            self._window.messages.failed(str(trouble))
        self._show_moved(moved=isinstance(trouble, FileMoved))
        self._show_mode()

    def _see_the_day(self) -> None:
        """After midnight what depends on today is worked out and drawn again."""
        session = self._window.session
        if session.today() != self._day and session.attempt(partial(see_to, session.store)):
            self._day = session.today()
            session.store.steps.show_again()

    def _read_again(self) -> StorageError | None:
        """Show what another program wrote; the error when that is not sound."""
        try:
            self._window.session.store.steps.read_again()
        except StorageError as error:
            return error
        self._window.messages.told(
            f"{self._file.path.name} was changed by another program while it is open here. What it holds now is shown. "
            "Let only one program write to it at a time."
        )
        return None

    def _show_moved(self, *, moved: bool) -> None:
        """Keep saying that nothing can be saved, for as long as that is so."""
        if moved and self._put_away_moved is None:
            ways = [("Save a copy…", "file.copy")]
            self._put_away_moved = self._window.banners.add(MOVED, "warning-circle", ways, stays=True)
        elif not moved and self._put_away_moved is not None:
            self._put_away_moved()
            self._put_away_moved = None

    def _show_mode(self) -> None:
        """Say for good when the file can only be read from now on."""
        if self._file.read_only and not self._only_read:
            self._only_read = True
            self._window.status.show_read_only()
            words = "Open to read only since another program took the file over or damaged it. Changes are not saved."
            self._window.banners.add(words, "lock-simple", [("Save a copy…", "file.copy")], stays=True)

    def _wait(self, is_done: Callable[[], bool]) -> None:
        """Keep the window alive until the disk has answered, and tell of a slow one; keys and clicks wait."""
        since, loop, poll = monotonic(), QEventLoop(), QTimer(interval=POLL)
        late = QTimer(singleShot=True, interval=round((SLOW - STILL) * 1000))
        late.timeout.connect(partial(self._window.status.say, WAITING))
        poll.timeout.connect(partial(_leave, loop, is_done))
        poll.start()
        late.start()
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        poll.stop()
        if not late.isActive():
            self._window.status.say(f"The disk took {STILL + monotonic() - since:.1f} seconds to answer.")

    def _end(self) -> None:
        """The window closes: nothing is looked at any more, and nothing waited for."""
        self._timer.stop()
        self._file.patience.when_slow = None


def _leave(loop: QEventLoop, is_done: Callable[[], bool]) -> None:
    if is_done():
        loop.quit()
