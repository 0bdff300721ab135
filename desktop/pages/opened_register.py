"""A register whose records open whole: the list with its panel first, then one record over the whole page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.pages.register import RegisterPage
from storage.engine.steps import Changes


class OpenedRegister(RegisterPage):
    """Choosing a row shows its panel; opening it (Enter, a double click or the panel's button) shows the whole."""

    _whole: QWidget | None = None
    _open = 0  # the record that fills the page

    # ---- what subclasses say

    def make_whole(self) -> QWidget:
        """The view of one record, made when the first is opened."""
        raise NotImplementedError

    def show_whole(self, number: int, section: str) -> None:
        """Show a record in that view."""

    def refresh_whole(self, changes: Changes) -> bool:
        """Draw it again; False when the record is gone."""
        return True

    def leave_whole(self) -> None:
        """Save what is being typed in it."""

    # ---- the page

    @property
    def is_open(self) -> bool:
        """True while one record fills the page."""
        return self._open != 0

    @property
    def has_back(self) -> bool:
        """From the record back to the list."""
        return self.is_open

    @property
    def beside(self) -> QWidget | None:
        """The views, while the list is what is seen."""
        return None if self.is_open else super().beside

    def back(self) -> None:
        """Back to the list, on the row that was open."""
        self.leave_whole()
        number, self._open = self._open, 0
        self._stack.setCurrentIndex(0)
        self.setFocusProxy(self.list.view)
        self.list.ask_again()
        if self.list.view.select_id(number):
            self.show_detail(number)
            self.detail.refresh(Changes(""))  # much was written since it was drawn
        self.list.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.headed.emit()

    def show_view(self, key: str) -> None:
        """Back to the list, and show a saved view of it."""
        if self.is_open:
            self.back()
        super().show_view(key)

    def record_shown(self) -> int:
        """The open record, or the one in the panel."""
        return self._open or super().record_shown()

    def selected_ids(self) -> list[int]:
        """The open record, or the chosen rows."""
        return [self._open] if self._open else super().selected_ids()

    def open_record(self, number: int, section: str = "") -> None:
        """Open a record over the whole page."""
        found = self.session.store.many(self.plan.cls, [number]).get(number)
        if found is None or found.binned:
            self.session.said.emit(f"This {self.plan.nouns[0]} is in the bin or no longer in the file.")
            return
        self._whole = self._whole or self._add_whole()
        self._whole.resize(self._stack.size())  # so that it is made for the room it will have
        self.detail.leave()
        self._open = number
        self.show_whole(number, section)
        self._stack.setCurrentWidget(self._whole)
        self.setFocusProxy(self._whole)
        self._whole.setFocus(Qt.FocusReason.OtherFocusReason)
        self.headed.emit()

    def _add_whole(self) -> QWidget:
        whole = self.make_whole()
        self._stack.addWidget(whole)
        return whole

    def refresh(self, changes: Changes) -> None:
        """Redraw the open record, or the list."""
        if not self._open:
            super().refresh(changes)
        elif not self.refresh_whole(changes):
            self.back()
            super().refresh(changes)

    def _opened(self, number: int) -> None:
        self.open_record(number)
