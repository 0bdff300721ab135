"""A page of records: the list at the left, the open record at the right, or what to begin with."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget

from desktop.pages.page import Page
from desktop.pages.record_detail import RecordDetail
from desktop.pages.record_list import RecordList, RegisterPlan
from desktop.session import Session
from storage.engine.conditions import Where
from storage.engine.query import Query
from storage.engine.steps import Changes
from widgets.empty import EmptyPage
from widgets.parts import button

NARROW_WINDOW, DETAIL_NARROW, DETAIL_WIDE, DETAIL_LEAST = 1500, 396, 600, 360

__all__ = ["RegisterPage", "RegisterPlan"]


class RegisterPage(Page):
    """Master and detail for one class of record."""

    plan: RegisterPlan
    export_words = ""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.list = RecordList(session, self.plan, self.key)
        self.detail = self.make_detail()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._stack = QStackedWidget()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._show_current)
        self._lay_out()
        self._connect()
        self.list.count()

    def make_detail(self) -> RecordDetail[Any]:
        """The panel that shows one record."""
        raise NotImplementedError

    def _lay_out(self) -> None:
        if self.export_words:
            export = button(self.export_words, "quiet", "export")
            export.clicked.connect(partial(_ask_for, self.command.emit, "file.export"))
            self.list.bar.add_button(export)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self.list)
        self._splitter.addWidget(self.detail)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 0)
        self.detail.setMinimumWidth(DETAIL_LEAST)
        self.detail.hide()
        title, words, actions = self.plan.empty
        empty = EmptyPage(title, words, actions, self.icon)
        empty.chosen.connect(self.command)
        self._stack.addWidget(self._splitter)
        self._stack.addWidget(empty)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        self.list.current_changed.connect(self._current)
        self.list.opened.connect(self._opened)
        self.list.counted.connect(self._counted)
        self.detail.go.connect(self.go)
        self.detail.command.connect(self.command)
        self.detail.removed.connect(self.headed)
        self._splitter.splitterMoved.connect(self._remember_splitter)

    @property
    def is_empty(self) -> bool:
        """True while there is nothing to list."""
        return self._stack.currentIndex() == 1

    def _counted(self, every: int) -> None:
        if self.is_empty == bool(every):
            self._stack.setCurrentIndex(0 if every else 1)
            self.headed.emit()

    def current_query(self) -> Query:
        """What the table shows, for the export."""
        return self.list.source.query

    def filter_words(self) -> str:
        """The filters in words, for the sheet that goes out."""
        return self.list.filter_words()

    # ---- the record

    def record_shown(self) -> int:
        """The record at the right, or about to be, or 0."""
        if self._soon.isActive():
            return self.list.view.current_id()
        record = self.detail.record
        return record.key if record is not None else 0

    def selected_ids(self) -> list[int]:
        """The chosen rows."""
        return self.list.view.selected_ids()

    def open_record(self, number: int, section: str = "") -> None:
        """Show one record; filters that hide it are lifted."""
        self.list.reveal(number)
        self.show_detail(number)
        if section:
            self.detail.show_tab(section)

    def show_where(self, where: Where) -> None:
        """Put a condition into the filter bar in place of what stands there."""
        self.list.show_only(where)

    def _current(self, number: int) -> None:
        if number:
            self._soon.start()  # after the list is painted, and once for a key held down

    def _show_current(self) -> None:
        if number := self.list.view.current_id():
            self.show_detail(number)

    def _opened(self, number: int) -> None:
        self.show_detail(number)
        self.detail.setFocus()

    def show_detail(self, number: int) -> None:
        """Show a record in the panel; the one that is there already is left alone."""
        self._soon.stop()
        was_hidden = self.detail.isHidden()
        if was_hidden or self.record_shown() != number:
            self.detail.show_record(number)
        if was_hidden and not self.detail.isHidden():
            self._size_detail()

    def begin_naming(self) -> None:
        """Put the cursor into the name of the record shown, ready to type over it."""
        first = self.detail.tabs[0].key
        self.detail.show_tab(first)
        self.detail.forms[first].focus_field(self.plan.main)

    def _size_detail(self) -> None:
        held = self.list.recall("detail")
        usual = DETAIL_NARROW if self.window().width() < NARROW_WINDOW else DETAIL_WIDE
        wanted = held if isinstance(held, int) and held >= DETAIL_LEAST else usual
        self._splitter.setSizes([max(200, self.width() - wanted), wanted])

    def _remember_splitter(self, _place: int, _index: int) -> None:
        self.list.remember("detail", self._splitter.sizes()[1])

    def refresh(self, changes: Changes) -> None:
        """Redraw what changed."""
        self.list.refresh(changes)
        self.detail.refresh(changes)


def _ask_for(command: Callable[[str], object], key: str, _checked: bool = False) -> None:
    command(key)
