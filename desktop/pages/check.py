"""Check my file: whether the file is whole, what was looked at, what is worth doing, and what its records lack."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from desktop.background import Background
from desktop.pages import check_cards
from desktop.pages.page import Page, Place
from desktop.session import Session
from storage.desk.files.documents import checking
from storage.engine.check.report import Finding, Report
from storage.engine.errors import StorageError
from storage.engine.steps import Progress
from widgets.parts import col, panel, scroll

NARROW, WIDEST = (
    900,
    1240,
)  # pixels of the page below which its two columns stand under one another, and at most
LISTS = {"contract": "contracts", "organisation": "providers", "service": "services", "action": "actions"}


class CheckPage(Page):
    """Runs the check in the background and shows what it found. Nothing is changed by it."""

    key, title, icon = "check", "Check my file", "shield-check"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.report: Report | None = None
        self._work: Background | None = None
        self._running = check_cards.RunningCard()
        self._running.cancelled.connect(self.cancel)
        self._main, self._side = col(None, gap=12), col(None, gap=12)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(16)
        self._columns.addLayout(self._main, 3)
        self._columns.addLayout(self._side, 2)
        self._main.insertWidget(0, self._running)
        held = panel(col(self._columns, None, margins=24))
        held.setMaximumWidth(WIDEST)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(scroll(held))
        self._shown: list[QWidget] = []

    @property
    def primary(self) -> tuple[str, str]:
        """Check again."""
        return ("Check again", "arrow-clockwise") if self._work is None else ("", "")

    def do_primary(self) -> None:
        """Check again."""
        self.start()

    def start(self) -> None:
        """Begin to check, unless a check is running."""
        if self._work is not None:
            return
        file = self.session.store.file
        work = Background(self.session.store, partial(checking, file.path, lying=file.user_path))
        work.progressed.connect(self._progressed)
        work.finished.connect(self._finished)
        work.failed.connect(self._failed)
        work.cancelled.connect(self._cancelled)
        try:
            work.start()
        except StorageError as error:
            self._failed(str(error))
            return
        self._work = work
        self._clear()
        self._running.begin()
        self.headed.emit()

    def cancel(self) -> None:
        """Stop checking."""
        if self._work is not None:
            self._work.cancel()

    def _progressed(self, progress: Progress) -> None:
        self._running.advance(progress.done, progress.total, progress.doing)

    def _ended(self) -> None:
        self._work = None
        self._running.hide()
        self.headed.emit()

    def _finished(self, report: Report) -> None:
        self._ended()
        self._show(report)

    def _failed(self, words: str) -> None:
        self._ended()
        self._put(self._main, check_cards.not_checked(words))

    def _cancelled(self) -> None:
        self._ended()
        self._put(self._main, check_cards.not_checked("You stopped the check. Nothing was changed."))

    def _clear(self) -> None:
        for shown in self._shown:
            shown.hide()
            shown.deleteLater()
        self._shown = []

    def _put(self, column: QVBoxLayout, *cards: QWidget | None) -> None:
        for shown in (c for c in cards if c is not None):
            column.insertWidget(column.count() - 1, shown)  # above the room that is left
            self._shown.append(shown)

    def _show(self, report: Report) -> None:
        self._clear()
        self.report = report
        do = self.command.emit
        self._put(
            self._main,
            check_cards.verdict(report, datetime.now().astimezone()),
            check_cards.damage(report, do),
            check_cards.advice(report, do),
            check_cards.looked(report),
        )
        self._put(self._side, check_cards.facts(report), check_cards.findings(report, LISTS, self._find))

    def _find(self, finding: Finding) -> None:
        self.go.emit(Place(LISTS[finding.table], where=finding.where))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(way)
