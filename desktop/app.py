"""Builds the program: opens a file, makes its window, and gives each command what it does."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from time import monotonic
from types import MappingProxyType, TracebackType

from PySide6.QtCore import QByteArray, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

import storage.records  # noqa: F401  (enters every record before a file is opened)
from desktop.background import stop_reading
from desktop.bringing_home import take_dropped
from desktop.commands import Run
from desktop.file_actions import FileActions
from desktop.keeping import Keeping
from desktop.later_commands import later_commands
from desktop.list_actions import ListActions
from desktop.messages import first_sentence, message_box
from desktop.pages.shelf import BARE, PAGES, PageEntry
from desktop.plan_actions import PlanActions
from desktop.preferences import Preferences
from desktop.publishing import Publishing
from desktop.record_actions import RecordActions
from desktop.searching import Searching
from desktop.session import Session
from desktop.sharing import Sharing, open_path
from desktop.view_actions import ViewActions
from desktop.warming import Warming
from desktop.watching import Watching
from desktop.window import LOG_OFF, MainWindow
from desktop.words import time_words
from desktop.work import BUG
from storage.desk.beginning.opened import see_to
from storage.desk.office import office
from storage.engine.backup import backups
from storage.engine.backup.backups import Copy
from storage.engine.errors import (
    DamagedFile,
    FileInUse,
    MissingFile,
    NewerFile,
    PerhapsInUse,
    ReadOnlyFile,
    StorageError,
)
from storage.engine.place.door import Opened
from storage.engine.place.places import place_of
from storage.engine.steps import Changes
from storage.engine.store import Store
from widgets.palette import Entry, Palette
from widgets.theme import apply_theme

log = logging.getLogger(__name__)


class Desk(QObject):
    """The running program: one window on one file at a time."""

    def __init__(self, app: QApplication, preferences: Preferences) -> None:
        super().__init__(app)
        self.app = app
        self.preferences = preferences
        self.window: MainWindow | None = None
        self._searching: Searching | None = None
        self._sharing: Sharing | None = None
        self._replaced: MainWindow | None = None  # closes over a file that is about to go, without a backup
        apply_theme(app, preferences.dark)
        app.commitDataRequest.connect(self._log_off)

    # ---- files

    def open(self, path: Path, *, read_only: bool = False, bare: bool = False, anyway: bool = False) -> bool:
        """Open a file in a window; the window before it closes. Where it does not open, ways on are offered.

        A bare window shows none of the records; `anyway` takes a file on a share that another machine may have.
        False when no way ended with a file open.
        """
        if self.window is not None and _stands_open(self.window, path, read_only):
            self.window.activateWindow()
            return True
        if self.window is not None and not self.window.isHidden() and not self.window.may_close():
            return False
        try:
            done, why = self._opened(path, read_only=read_only, anyway=anyway)
        except StorageError as error:
            if isinstance(error, MissingFile) and len(error.elsewhere) == 1:
                return self._open_elsewhere(path, error.elsewhere[0])
            from desktop.dialogs.cannot_open import go_on

            return go_on(self, self.window, path, error)
        if done is None:
            return False
        before, self.window = self.window, self._make_window(done, BARE if bare else PAGES)
        _put_away(before)
        self.preferences.opened(path.absolute())
        self._show(self.window, why, bare=bare)
        return True

    def show_past(self, done: Opened, words: str, back: Callable[[], bool]) -> None:
        """Show a file rebuilt as of a past day in place of the open one, with the way back to today."""
        if self.window is not None and not self.window.may_close():
            done.store.close()
            return
        before, self.window = self.window, self._make_window(done, PAGES, {"view.today": back})
        _put_away(before)
        self.window.show()
        Warming(self.window)
        self.window.banners.add(
            words, "clock-counter-clockwise", [("Back to today", "view.today")], stays=True
        )

    def _show(self, window: MainWindow, why: StorageError | None, *, bare: bool) -> None:
        """Show a new window, and then what there is to say and to ask."""
        window.show()
        if not bare:
            Warming(window)
        Watching(window)
        self._show_last_copy()
        _say_how(window, why)
        if self._sharing is not None and self._sharing.waits_to_merge:
            QTimer.singleShot(0, self._sharing.offer_left)
        elif not window.session.read_only and not office(window.session.store).id:
            QTimer.singleShot(0, self._ask_first_questions)

    def _opened(
        self, path: Path, *, read_only: bool, anyway: bool
    ) -> tuple[Opened | None, StorageError | None]:
        """The open file, and why it can only be read, if that was not asked for; no file when it was given up."""
        try:
            return open_path(self.window, path, read_only=read_only, anyway=anyway), None
        except DamagedFile:
            from storage.engine.repair.repairing import mend

            if read_only or place_of(path).shared or not (words := mend(path)):
                raise
            if done := open_path(self.window, path):
                done.store.file.notices.append(words)
            return done, None
        except PerhapsInUse:
            raise
        except (FileInUse, NewerFile, ReadOnlyFile) as error:
            return open_path(self.window, path, read_only=True), error

    def _open_elsewhere(self, path: Path, place: Path) -> bool:
        """Open a file that is gone from its place where it was found, and say so."""
        opened = self.open(place)
        if opened:
            self._tell(f"{path.name} is no longer in {path.parent}. It was found and opened at {place}.")
        return opened

    def _make_window(
        self, done: Opened, pages: Sequence[PageEntry], more: Mapping[str, Run] = MappingProxyType({})
    ) -> MainWindow:
        store = done.store
        store.steps.who = office(store).person
        _bring_up_to_date(store)
        session = Session(store)
        window = MainWindow(session, pages)
        session.setParent(window)
        self._sharing = Sharing(window, done)
        actions = (
            FileActions(self, window),
            self._sharing,
            RecordActions(window),
            ListActions(window),
            PlanActions(window),
            Publishing(window),
            ViewActions(self.app, window, self.preferences),
        )
        offered = {key: run for made in actions for key, run in made.runs().items()}
        window.offer({**offered, **later_commands(self, window), **more})
        self._searching = Searching(store, window.menus.commands)
        palette = Palette(window.top.search_line, self._searching.find)
        palette.chosen.connect(self._found)
        palette.left.connect(window.focus_page)
        window.palette_panel = palette
        window.dropped.connect(partial(take_dropped, window, actions[0].import_file))
        window.closing.connect(self._closing)
        session.changed.connect(self._after_import)
        Keeping(window).made.connect(self._show_last_copy)
        window.show_page(pages[0].key)
        return window

    def _found(self, entry: Entry) -> None:
        if self.window is None or self._searching is None:
            return
        if entry.key.startswith("command/"):
            self.window.run(entry.key.removeprefix("command/"))
        elif (place := self._searching.place(entry.key)) and place.page in self.window.pages:
            self.window.go(place)

    def _ask_first_questions(self) -> None:
        from desktop.dialogs.settings import ASKED

        if self.window is None or self.window.isHidden():  # closed before it could be asked
            return
        if not self.window.session.state.recall(ASKED):
            self.window.run("file.settings")

    def restore(self, path: Path, copy: Copy, *, replay: bool = False) -> bool:
        """Close the file, put the copy in its place and open it again; say what was kept and what was done again."""
        from storage.engine.backup.restoring import restore

        before, self.window = self.window, None
        lying = _lying(before, path)
        _put_away(before)
        try:
            words = restore(path, copy, replay=replay)
        except StorageError as error:
            words = str(error)
        opened = self.open(lying)
        self._tell(words)
        return opened

    def exchange(self, path: Path, put: Callable[[], None]) -> bool:
        """Close a file without a backup of it, let `put` replace it, and open it; False when it was not replaced."""
        self._replaced, self.window = self.window, None
        lying = _lying(self._replaced, path)
        stood = self._replaced.saveGeometry() if self._replaced else QByteArray()
        _put_away(self._replaced)
        self._replaced = None
        wrong = ""
        try:
            put()
        except StorageError as error:
            wrong = str(error)
        opened = self.open(lying)
        self._stand(stood)
        if wrong:
            self.report(wrong)
        return opened and not wrong

    def _stand(self, geometry: QByteArray) -> None:
        if self.window is not None:
            self.window.restoreGeometry(geometry)

    def _tell(self, words: str) -> None:
        if self.window is not None:
            self.window.messages.told(words)
        else:
            self.report(words)

    # ---- copies

    def _show_last_copy(self) -> None:
        if self.window is None:
            return
        copies = backups.list_copies(self.window.session.state.file_uuid)
        self.window.status.show_copy(f"Backed up {time_words(copies[0].made)}" if copies else "No backup yet")

    def _after_import(self, changes: Changes) -> None:
        if changes.touches("import_row"):  # a copy was made before it
            self._show_last_copy()

    def _closing(self) -> None:
        window = self.sender()
        if not isinstance(window, MainWindow):
            return
        keeping = window.findChild(Keeping)
        if isinstance(keeping, Keeping):
            words = keeping.close(hurried=window.hurried or window is self._replaced)
            if words:
                self.report(words)
        stop_reading(window.session.store)
        window.session.close()

    def _log_off(self) -> None:
        """The system is about to end the session: what is typed is kept now, and the backup made at the next start."""
        if self.window is not None and (keeping := self.window.findChild(Keeping)):
            self.window.hurried_until = monotonic() + LOG_OFF
            keeping.keep_typing()

    # ---- messages

    def report(self, words: str) -> None:
        """Tell of an error: over the window when there is one, else by itself."""
        if self.window is not None and self.window.isVisible():
            self.window.messages.failed(words)
            return
        message_box(words, QMessageBox.Icon.Warning).exec()

    def unexpected(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """A mistake of the program itself: logged with its trace, told in words; the program goes on."""
        if issubclass(kind, KeyboardInterrupt):
            self.app.quit()
            return
        log.error("unexpected error", exc_info=(kind, error, trace))
        self.report(BUG)


def _stands_open(window: MainWindow, path: Path, read_only: bool) -> bool:
    """Whether a window shows a file already, in the way that is asked for."""
    file = window.session.store.file
    return not window.isHidden() and file.user_path == path.absolute() and (read_only or not file.read_only)


def _lying(window: MainWindow | None, path: Path) -> Path:
    """Where the user knows the file at a path to lie, which for a working copy is elsewhere."""
    file = window.session.store.file if window is not None else None
    return file.user_path if file is not None and file.path == path.absolute() else path


def _bring_up_to_date(store: Store) -> None:
    """See to what a new version and a new day ask of the file; it can be used without."""
    try:
        see_to(store)
    except StorageError as error:
        store.file.notices.append(str(error))


def _put_away(window: MainWindow | None) -> None:
    """Close a window and everything it holds."""
    if window is not None:
        window.may_close = lambda: True  # it was asked before
        window.close()
        window.deleteLater()


def _say_how(window: MainWindow, why: StorageError | None) -> None:
    """Say for as long as the window is open why its file can only be read."""
    file = window.session.store.file
    if file.read_only:
        reason = first_sentence(str(why))[0].rstrip(".") if why else f"{file.path.name} was opened to look at"
        ways = [("Save a copy…", "file.copy")]
        if isinstance(why, FileInUse):
            ways.append(("Try again", "file.again"))
        words = f"Open to read only: {reason}. What you see can be searched, printed and exported, but not changed."
        window.banners.add(words, "lock-simple", ways, stays=True)
