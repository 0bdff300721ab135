"""Makes a tab from what was read: at once for a small register, for a large one on a thread of its own."""

from __future__ import annotations

from functools import partial
from typing import cast

from PySide6.QtCore import QObject, Signal

from desktop.background import Background
from desktop.pages.money.sheets import Wish
from desktop.pages.money.work import Read, Seen, seeing, seen

AT_ONCE = 400  # contracts up to which a tab is made on the window’s own thread


class Making(QObject):
    """Only the tab that was wished for last is told; one that is under way for another wish is given up."""

    made = Signal(object)  # Seen
    failed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._work: Background | None = None
        self._wish = Wish()

    @property
    def busy(self) -> bool:
        """Whether a tab is being made."""
        return self._work is not None

    def make(self, held: Read, wish: Wish) -> None:
        """Make a tab."""
        self._wish = wish
        if self._work is not None:
            self._work.cancel()
            self._work = None
        if len(held.money.lines) <= AT_ONCE:
            self.made.emit(seen(held, wish))
            return
        self._work = Background(None, partial(seeing, held, wish))
        self._work.finished.connect(self._finished)
        self._work.failed.connect(self._failed)
        self._work.start()

    def _finished(self, found: object) -> None:
        if cast("Seen", found).wish == self._wish:
            self._work = None
            self.made.emit(found)

    def _failed(self, words: str) -> None:
        self._work = None
        self.failed.emit(words)
