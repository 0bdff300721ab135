"""What the window asks of a page, and the base that keeps unseen pages cheap."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from desktop.session import Session
from storage.engine.conditions import Where
from storage.engine.steps import Changes

TYPED_IN = (QLineEdit, QPlainTextEdit, QComboBox)


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere in the window: a page, and a record on it."""

    page: str
    record: int = 0
    section: str = ""
    where: Where | None = None  # show only the records that meet it
    view: str = ""  # the key of a saved view of its list to show


class Page(QWidget):
    """One page of the window. A page that is not seen only marks itself stale and refreshes when shown."""

    go = Signal(object)  # Place: follow a link
    command = Signal(str)  # the key of a command to run
    headed = Signal()  # its title, primary button or back arrow changed

    on_rail = True  # False for a page that only a command leads to
    key = ""
    title = ""
    icon = ""
    tables: tuple[str, ...] = ()  # what it shows; changes elsewhere do not concern it
    inside: ClassVar[QWidget | None] = None
    """What a page that is being made stands in from the start. Put there when it is full, it would be styled anew."""

    def __init__(self, session: Session) -> None:
        super().__init__(Page.inside)
        self.session = session
        self._missed: dict[str, set[int]] = {}
        session.changed.connect(self._hear)
        session.closing.connect(self._wait_no_more)

    @property
    def heading(self) -> str:
        """The words at the top of the window."""
        return self.title

    @property
    def primary(self) -> tuple[str, str]:
        """The words and icon of the primary button; no words, no button."""
        return "", ""

    @property
    def has_back(self) -> bool:
        """True when the page shows something it can go back from."""
        return False

    @property
    def beside(self) -> QWidget | None:
        """A control of the page that the window shows beside its title."""
        return None

    def do_primary(self) -> None:
        """What the primary button does."""

    def print_page(self) -> bool:
        """Show how the page as a whole prints; False when only a record of it does."""
        return False

    def back(self) -> None:
        """Go back inside the page."""

    def open_record(self, number: int, section: str = "") -> None:
        """Show one record."""

    def show_where(self, where: Where) -> None:
        """Show only the records that meet a condition."""

    def show_view(self, key: str) -> None:
        """Show a saved view of its list."""

    def record_shown(self) -> int:
        """The record shown, or 0."""
        return 0

    def refresh(self, changes: Changes) -> None:
        """Draw what changed."""

    def _hear(self, changes: Changes) -> None:
        if not changes.touches(*self.tables):
            return
        if self.isVisible():
            self.refresh(changes)
            return
        for table in self.tables:
            self._missed.setdefault(table, set()).update(changes.ids(table))

    def _wait_no_more(self) -> None:
        """The file closes before the page is gone, so what the page or a part of it was about to read stays unread."""
        for timer in self.findChildren(QTimer):
            timer.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the table; where words are typed it has a meaning of its own."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif not self.has_back:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not isinstance(self.window().focusWidget(), TYPED_IN):
            self.back()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._missed:
            missed, self._missed = self._missed, {}
            self.refresh(Changes("", {t: frozenset(i) for t, i in missed.items() if i}))


@contextmanager
def made_inside(holder: QWidget | None) -> Iterator[None]:
    """The pages that are made meanwhile stand in a widget from the start, out of sight."""
    before, Page.inside = Page.inside, holder
    try:
        yield
    finally:
        Page.inside = before
