"""The reference lists of a file: lead times, meetings, limits, bank holidays, letter templates, usual reminders."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from desktop.dialogs.list_tables import LISTS, ReferenceList
from desktop.pages.part_section import PartSection
from desktop.session import Session
from storage.desk.office import office
from storage.engine.steps import Changes
from widgets.parts import TabBar, button, col, row, scroll, text
from widgets.shown import set_title

WIDE, TALL = 860, 620


class ListsDialog(QDialog):
    """One list at a time, each made when it is first shown; what is typed is saved as each field is left."""

    def __init__(self, parent: QWidget, session: Session, lists: Sequence[ReferenceList] = LISTS) -> None:
        super().__init__(parent)
        set_title(self, "Lists")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(WIDE, TALL)
        self._session = session
        self._lists = {each.key: each for each in lists}
        self._sections: dict[str, PartSection] = {}
        self._pages: dict[str, QWidget] = {}
        self._body = QStackedWidget()
        self._tabs = TabBar([(each.key, each.title) for each in lists])
        self._tabs.chosen.connect(self.show_list)
        close = button("Close", "primary")
        close.clicked.connect(self.reject)
        words = (
            "What the dates and duties of every contract are worked out from. A change here counts at once."
        )
        head = col(text("Lists", "title"), text(words, "soft", wrap=True), gap=4, margins=(24, 16, 24, 0))
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addLayout(head)
        down.addLayout(row(self._tabs, margins=(24, 4, 24, 0)))
        down.addWidget(self._body, 1)
        down.addLayout(row(None, close, margins=(24, 10, 24, 16)))
        session.changed.connect(self._changed)
        self.show_list(lists[0].key)

    def names(self) -> list[str]:
        """The lists there are."""
        return list(self._lists)

    def section(self, key: str) -> PartSection:
        """One list, made when it is first asked for."""
        if key not in self._sections:
            made = PartSection(self._session, self._lists[key].parts)
            note = text(self._lists[key].note, "soft", wrap=True)
            whole = col(col(note, margins=(24, 0, 24, 0)), made, None, gap=10, margins=(0, 14, 0, 20))
            self._sections[key], self._pages[key] = made, scroll(whole, "surface")
            self._body.addWidget(self._pages[key])
            made.show_parent(office(self._session.store), read_only=self._session.read_only)
        return self._sections[key]

    def show_list(self, key: str) -> None:
        """Bring a list to the front."""
        for each in self._sections.values():
            each.leave()
        self._tabs.set_value(key)
        self.section(key)
        self._body.setCurrentWidget(self._pages[key])

    def _changed(self, changes: Changes) -> None:
        for each in self._sections.values():
            each.refresh(changes)

    def reject(self) -> None:
        """Save what is being typed and close: by the button, Esc and the window frame alike."""
        for each in self._sections.values():
            each.close_part()
        super().reject()
