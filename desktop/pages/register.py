"""A page of records: the list at the left, the open record at the right, or what to begin with."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from desktop.pages.divider import Divider
from desktop.pages.list_memory import ListMemory
from desktop.pages.list_views import ListViews, opening_view
from desktop.pages.page import Page
from desktop.pages.record_detail import RecordDetail
from desktop.pages.record_list import RecordList, RegisterPlan
from desktop.session import Session
from storage.engine.conditions import Where
from storage.engine.steps import Changes
from widgets.empty import EmptyPage
from widgets.parts import button

__all__ = ["RegisterPage", "RegisterPlan"]
MUCH = 200  # changed rows whose list is drawn in a turn of its own


class RegisterPage(Page):
    """Master and detail for one class of record."""

    plan: RegisterPlan
    export_command = "list.export"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        memory = self._memory = ListMemory(session.state, self.key, self.plan.order)
        first = opening_view(session, self.key, self.plan.cls, memory)
        self.list = RecordList(session, self.plan, memory, first.arrangement if first else None)
        self.views = ListViews(session, self.key, self.plan, self.list, memory, first)
        self.views.button.setParent(self)
        self.views.button.hide()  # until the window shows it
        self.detail = self.make_detail()
        self._stack = QStackedWidget(self)
        self._divider = Divider(self.list, self.detail, memory, self._stack)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._show_current)
        self._lay_out()
        self._connect()
        self.list.count()

    def make_detail(self) -> RecordDetail[Any]:
        """The panel that shows one record."""
        raise NotImplementedError

    def _lay_out(self) -> None:
        export = button("Export", "quiet", "export")
        export.clicked.connect(partial(_ask_for, self.command.emit, self.export_command))
        self.list.bar.add_button(export, wide_only=True)  # elsewhere it is in the File menu
        self.detail.hide()
        title, words, actions = self.plan.empty
        empty = EmptyPage(title, words, actions, self.icon)
        empty.chosen.connect(self.command)
        self._stack.addWidget(self._divider)
        self._stack.addWidget(empty)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        self.list.current_changed.connect(self._current)
        self.list.opened.connect(self._opened)
        self.list.counted.connect(self._counted)
        self.list.chosen.asked.connect(self.command)
        self.detail.go.connect(self.go)
        self.detail.command.connect(self.command)
        self.detail.removed.connect(self.headed)

    @property
    def is_empty(self) -> bool:
        """True while there is nothing to list."""
        return self._stack.currentIndex() == 1

    def _counted(self, every: int) -> None:
        if self.is_empty == bool(every):
            self._stack.setCurrentIndex(0 if every else 1)
            self.headed.emit()

    @property
    def beside(self) -> QWidget | None:
        """The views of the list."""
        return None if self.is_empty else self.views.button

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
        self.session.looked_at(self.plan.cls.TABLE, number)
        if section:
            self.detail.show_tab(section)

    def show_where(self, where: Where) -> None:
        """Put a condition into the filter bar in place of the view and of what stands there."""
        self.views.pick("")
        self.list.show_only(where)

    def show_view(self, key: str) -> None:
        """Show a saved view of the list."""
        self.views.pick(key)

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
            self._divider.size_detail()

    def begin_naming(self) -> None:
        """Put the cursor into the name of the record shown, ready to type over it."""
        first = self.detail.tabs[0].key
        self.detail.show_tab(first)
        self.detail.forms[first].focus_field(self.plan.main)

    def refresh(self, changes: Changes) -> None:
        """Redraw what changed; of very much the record in the turn after the list."""
        self.list.refresh(changes)
        if sum(map(len, changes.rows.values())) > MUCH:
            QTimer.singleShot(0, self.detail, partial(self.detail.refresh, changes))
        else:
            self.detail.refresh(changes)


def _ask_for(command: Callable[[str], object], key: str, _checked: bool = False) -> None:
    command(key)
