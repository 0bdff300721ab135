"""The main window: rail, top bar, pages, status bar, and the road for messages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from time import monotonic

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.commands import Run
from desktop.menus import Menus
from desktop.messages import Messages
from desktop.pages.page import Page, Place
from desktop.pages.shelf import PageEntry, Shelf
from desktop.rail import Rail
from desktop.session import Session
from desktop.statusbar import StatusBar
from desktop.topbar import TopBar
from desktop.work import SlicedWork
from storage.engine.steps import Changes, Progress
from widgets.banner import Banners
from widgets.palette import Palette
from widgets.progress_sheet import ProgressSheet
from widgets.shown import set_title

SMALLEST, USUAL = (1024, 640), (1366, 800)
STATE = "window"
LOG_OFF = 60.0  # seconds for which the end of the session is expected once the system has told of it


class MainWindow(QMainWindow):
    """One open file. It shows pages and runs commands; what a command does is given from outside."""

    dropped = Signal(str)  # a file dropped on the window
    closing = Signal()

    def __init__(self, session: Session, pages: Sequence[Page | PageEntry]) -> None:
        super().__init__()
        self.session = session
        self.may_close: Callable[[], bool] = (
            _always  # asked before it closes; it may do what must be done first
        )
        self._been: list[Place] = []
        self.hurried_until = (
            0.0  # while the system ends the session, a closing takes no time and stops for nothing
        )
        self.menus = Menus(self, session)
        self.messages = Messages(self)
        self.palette_panel: Palette | None = None
        self._rail, self.top = Rail(pages), TopBar()
        self.status = StatusBar(session.store.file.user_path, read_only=session.read_only)
        self._stack, self.banners = QStackedWidget(), Banners()
        self.pages = Shelf(session, pages, self._take_page, self._stack)
        self._lay_out()
        self._connect()
        set_title(self, f"{session.store.file.path.name} – Commissioning Desk")
        self.setMinimumSize(*SMALLEST)
        self._bring_back_size()
        self.setAcceptDrops(True)

    def _take_page(self, page: Page) -> None:
        """A page was made: it joins the others, and its wishes are heard."""
        self._stack.addWidget(page)
        page.go.connect(self.go)
        page.command.connect(self.run)
        page.headed.connect(self._head)

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.top)
        right.addWidget(self.banners)
        right.addWidget(self._stack, 1)
        across = QHBoxLayout()
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self._rail)
        across.addLayout(right, 1)
        whole = QVBoxLayout()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(across, 1)
        whole.addWidget(self.status)
        holder = QWidget()
        holder.setLayout(whole)
        self.setCentralWidget(holder)

    def _connect(self) -> None:
        self._rail.chosen.connect(self.show_page)
        self.top.back.connect(self.go_back)
        self.top.primary.connect(self._do_primary)
        self.session.changed.connect(self._show_undo)
        self.banners.chosen.connect(self.run)
        self.status.asked.connect(partial(self.run, "file.check"))
        self.session.saved.connect(self.status.show_saved)
        self.session.said.connect(self.status.say)
        self.session.failed.connect(self.messages.failed)
        self.session.working.connect(self._work)

    def offer(self, runs: Mapping[str, Run]) -> None:
        """Fill the menus with the commands that can be run."""
        pages = [
            (page.title, f"Ctrl+{number}", partial(self.show_page, page.key))
            for number, page in enumerate((p for p in self.pages.entries if p.on_rail), 1)
        ]
        self.menus.fill(runs, [*pages, ("Back", "Alt+Left", self.go_back)])
        self._show_undo()

    def run(self, key: str) -> None:
        """Run a command by its key."""
        self.menus.run(key)

    # ---- pages

    @property
    def page(self) -> Page:
        """The page shown."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Page) else self.pages[self.pages.entries[0].key]

    def show_page(self, key: str) -> None:
        """Go to a page."""
        self._stack.setCurrentWidget(self.pages[key])
        self._rail.choose(key)
        self._head()
        self.focus_page()

    def focus_page(self) -> None:
        """Give the page shown the keyboard."""
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def go(self, place: Place) -> None:
        """Follow a link to a record; Back returns here."""
        self._been.append(Place(self.page.key, self.page.record_shown()))
        self.show_page(place.page)
        if place.view:
            self.page.show_view(place.view)
        if place.record:
            self.page.open_record(place.record, place.section)
        if place.where:
            self.page.show_where(place.where)

    def go_back(self) -> None:
        """Back inside the page first, then to where a link was followed from."""
        if self.page.has_back:
            self.page.back()
        elif self._been:
            place = self._been.pop()
            self.show_page(place.page)
            if place.record:
                self.page.open_record(place.record)

    def _do_primary(self) -> None:
        self.page.do_primary()

    def _head(self) -> None:
        page = self.page
        may_write = not self.session.read_only
        self.top.show_page(page.heading, page.primary, page.has_back or bool(self._been), may_write=may_write)
        self.top.show_beside(page.beside)

    # ---- what happened

    def _show_undo(self, _changes: Changes | None = None) -> None:
        self.status.show_undo(self.menus.show_undo())

    def _work(self, job: SlicedWork, words: str) -> None:
        """Cover the window while long work runs."""
        sheet = ProgressSheet(self, words)
        sheet.cancelled.connect(job.cancel)
        job.progressed.connect(partial(_advance, sheet))
        for ended in (job.finished, job.failed, job.cancelled):
            ended.connect(sheet.finish)

    def _bring_back_size(self) -> None:
        """As large as it was when this file was last closed, if that fits the screen."""
        held = self.session.state.recall(STATE)
        size = held.get("size") if isinstance(held, dict) else None
        room = self.screen().availableGeometry()
        width, height = USUAL
        if (
            isinstance(size, list)
            and len(size) == 2
            and all(isinstance(s, int) and 0 < s < 1 << 20 for s in size)
        ):
            width, height = size
        self.resize(min(width, room.width()), min(height, room.height()))
        if isinstance(held, dict) and held.get("maximised"):
            self.setWindowState(Qt.WindowState.WindowMaximized)

    # ---- events

    @property
    def hurried(self) -> bool:
        """Whether the session is ending; false again when the user went on after all."""
        return monotonic() < self.hurried_until

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and not self.session.read_only:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [u.toLocalFile() for u in event.mimeData().urls() if u.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths[0])

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.session.store.steps.busy and not self.hurried:  # else what is not finished is taken back
            event.ignore()
            self.status.say("A long change is still running. Cancel it first, or wait for it to finish.")
            return
        self.setFocus()  # leave the field, which saves it
        if not self.may_close():
            event.ignore()
            return
        size = [self.normalGeometry().width(), self.normalGeometry().height()]
        self.session.state.remember(STATE, {"size": size, "maximised": self.isMaximized()})
        self.closing.emit()
        super().closeEvent(event)


def _always() -> bool:
    return True


def _advance(sheet: ProgressSheet, progress: Progress) -> None:
    sheet.advance(progress.done, progress.total, progress.doing)
