"""The bar at the top: where you are, the one search, and the one thing this page does next."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from widgets.icons import icon
from widgets.parts import IconLabel, button, escaped, row, text

HEIGHT = 56
SEARCH_WIDE, SEARCH_NARROW = 420, 300


class SearchButton(QPushButton):
    """Looks like a field, opens the search: typing happens there."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "search")
        self.setAccessibleName("Search or do anything, Ctrl+K")
        words = text("Search or do anything", "soft")
        keys = text("Ctrl+K", "small")
        self.setLayout(row(IconLabel("magnifying-glass"), words, None, keys, margins=(10, 0, 10, 0)))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(SEARCH_WIDE)
        self.setMinimumWidth(200)


class TopBar(QFrame):
    """Back arrow when there is something to go back from, title, search, primary button."""

    back = Signal()
    search = Signal()
    primary = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "bar")
        self.setFixedHeight(HEIGHT)
        self._back = button("", "quiet", "arrow-left")
        self._back.setAccessibleName("Back")
        self._back.setToolTip("Back (Alt+Left)")
        self._title = text("", "title")
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.search_button = SearchButton()
        self._primary = button("", "primary", "plus")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 0, 24, 0)
        layout.setSpacing(12)
        layout.addWidget(self._back)
        layout.addWidget(self._title, 3)
        layout.addWidget(self.search_button, 2)
        layout.addWidget(self._primary)
        self._back.clicked.connect(self.back)
        self.search_button.clicked.connect(self.search)
        self._primary.clicked.connect(self.primary)

    def show_page(self, title: str, primary: tuple[str, str], has_back: bool, *, may_write: bool) -> None:
        """Say where we are and what the page does next."""
        self._back.setVisible(has_back)
        self._title.setText(title)
        self._title.setToolTip("")
        words, icon_name = primary
        self._primary.setVisible(bool(words) and may_write)
        self._primary.setText(escaped(words))
        self._primary.setAccessibleName(words)
        if icon_name:
            self._primary.setIcon(icon(icon_name, "on_accent"))
