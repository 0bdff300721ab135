"""Starting the program: one for a user, careful after starts that failed, and then the first file."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QThreadPool, QTimer
from PySide6.QtWidgets import QApplication

from desktop import starts
from desktop.app import Desk
from desktop.errorlog import keep_log
from desktop.one_program import Door, handed_over
from desktop.preferences import Preferences
from desktop.sweeping import Sweeping
from storage.engine.backup import backups
from widgets.table_copy import let_go_of_clipboard

SETTLED = 1500  # ms after the window was shown: what listening needs is not brought in before that
STANDS = 2000  # ms after the window was shown; a start that lasts longer was no failure
LEAVING = 3000  # ms that work in the background may take to stop at the end


def run(path: Path | None, *, sample: bool = False) -> int:
    """Start the program on a file, on a fresh copy of the sample, or on the file opened last."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise RuntimeError("another kind of Qt application is running")
    app.setApplicationName("Commissioning Desk")
    app.setApplicationDisplayName("Commissioning Desk")
    if sample:
        from storage.desk.beginning.sample import sample_copy

        path = sample_copy(backups.home() / "sample")
    if handed_over(path):
        return 0
    Sweeping(app)
    desk = Desk(app, Preferences())
    keep_log()
    sys.excepthook = desk.unexpected
    path = path or next(iter(desk.preferences.recent), None)
    careful = path is not None and starts.failed() >= starts.TOO_MANY
    starts.begin()
    app.aboutToQuit.connect(starts.reached)
    app.aboutToQuit.connect(let_go_of_clipboard)
    if not (go_carefully(desk, path) if path and careful else first_file(desk, path)):
        if not careful:
            starts.reached()  # nothing was opened because the user went away
        return 1
    QTimer.singleShot(STANDS, starts.reached)
    Listening(desk)
    code = app.exec()
    QThreadPool.globalInstance().waitForDone(LEAVING)
    return code


def first_file(desk: Desk, path: Path | None) -> bool:
    """Open a file; the first time, when there is none, a choice of ways to begin."""
    if path:
        return desk.open(path)
    from desktop.dialogs.welcome import Welcome

    chosen = Welcome.ask()
    if chosen is None or not desk.open(chosen.path):
        return False
    if chosen.then_import and desk.window is not None:
        desk.window.run("file.import")
    return True


def go_carefully(desk: Desk, path: Path) -> bool:
    """Offer careful ways to a file until one of them opens a window, or the user leaves."""
    from desktop.dialogs import safe_start
    from desktop.dialogs.cannot_open import take
    from desktop.dialogs.texts import show_problems

    while way := safe_start.ask(path):
        if way == safe_start.REPORT:
            show_problems(None)
        elif way in safe_start.BARE:
            if desk.open(path, read_only=True, bare=True) and desk.window is not None:
                desk.window.run(safe_start.BARE[way])
                return True
        elif take(desk, None, path, way):
            return True
    return False


class Listening(QObject):
    """Answers later starts: this program comes to the front and opens what they were given."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._door = Door(self)
        self._door.knocked.connect(self._knocked)
        desk.app.aboutToQuit.connect(self._door.close)
        QTimer.singleShot(SETTLED, self._door.open)

    def _knocked(self, asked: str) -> None:
        window = self._desk.window
        if window is None:
            return
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.raise_()
        window.activateWindow()
        if not asked:
            return
        if QApplication.activeModalWidget() is not None or window.session.store.steps.busy:
            window.status.say(f"Finish what is open here, then open {Path(asked).name}.")
        else:
            self._desk.open(Path(asked))
