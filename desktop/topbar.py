"""The bar at the top: where you are, the one search, and the one thing this page does next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from widgets.elided import Elided
from widgets.icons import icon
from widgets.parts import button, row, text
from widgets.shown import escaped, set_tip

HEIGHT = 56
SEARCH_WIDE = 420
KEYS_FIT = 260  # below this the words of the search need the room


class SearchLine(QLineEdit):
    """The one search: typing opens the panel of results under it."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("part", "search")
        self.setPlaceholderText("Search or do anything")
        self.setAccessibleName("Search or do anything, Ctrl+K")
        self.addAction(icon("magnifying-glass"), QLineEdit.ActionPosition.LeadingPosition)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(200)
        self.setMaximumWidth(SEARCH_WIDE)
        keys = text("Ctrl+K", "small")
        keys.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._keys = keys
        self.setLayout(row(None, keys, margins=(0, 0, 10, 0)))
        self.textChanged.connect(self._show_keys)

    def _show_keys(self, words: str) -> None:
        self._keys.setVisible(not words and self.width() >= KEYS_FIT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Drop the keys where they would stand on the words."""
        super().resizeEvent(event)
        self._show_keys(self.text())


class TopBar(QFrame):
    """Back arrow where there is something to go back from, title and what is beside it, search, primary button."""

    back = Signal()
    primary = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "bar")
        self.setFixedHeight(HEIGHT)
        self._back = button("", "quiet", "arrow-left")
        self._back.setAccessibleName("Back")
        set_tip(self._back, "Back (Alt+Left)")
        self._title = Elided("title")
        self._beside: QWidget | None = None
        self.search_line = SearchLine()
        self._primary = button("", "primary", "plus")
        layout = self._across = QHBoxLayout(self)
        layout.setContentsMargins(24, 0, 24, 0)
        layout.setSpacing(12)
        layout.addWidget(self._back)
        layout.addWidget(self._title)
        layout.addStretch(3)
        layout.addWidget(self.search_line, 2)
        layout.addWidget(self._primary)
        self._back.clicked.connect(self.back)
        self._primary.clicked.connect(self.primary)

    def show_page(self, title: str, primary: tuple[str, str], has_back: bool, *, may_write: bool) -> None:
        """Say where we are and what the page does next."""
        self._back.setVisible(has_back)
        self._title.show_words(title)
        words, icon_name = primary
        self._primary.setVisible(bool(words) and may_write)
        self._primary.setText(escaped(words))
        self._primary.setAccessibleName(words)
        if icon_name:
            self._primary.setIcon(icon(icon_name, "on_accent"))

    def show_beside(self, control: QWidget | None) -> None:
        """Put what belongs to the page shown beside its title, and hide what belonged to the page before."""
        if self._beside is not None and self._beside is not control:
            self._beside.hide()
        self._beside = control
        if control is not None:
            if control.parentWidget() is not self:
                self._across.insertWidget(self._across.indexOf(self._title) + 1, control)
            control.show()
