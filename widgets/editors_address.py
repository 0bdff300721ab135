"""The editor of a web or e-mail address: one line of typing, with a button that asks for it to be opened."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from widgets.editors_line import LineEditor
from widgets.icons import icon
from widgets.shown import set_tip

ROOM = 26  # pixels the button takes of the line


class AddressEditor(LineEditor):
    """Says that the address should be opened; what may be opened, and how, is decided elsewhere."""

    opened = Signal(str)  # the words of the field

    def _build(self) -> QWidget:
        line = super()._build()
        self._button = QToolButton()
        self._button.setIcon(icon("arrow-square-out", "accent"))
        self._button.setIconSize(QSize(16, 16))
        self._button.setFixedSize(24, 24)
        self._button.setCursor(Qt.CursorShape.ArrowCursor)
        self._button.setAccessibleName(f"Open {self.field.label}")
        set_tip(self._button, "Shows the whole address first")
        self._button.clicked.connect(self._on_press)
        inside = QHBoxLayout(line)
        inside.setContentsMargins(0, 0, 4, 0)
        inside.addStretch(1)
        inside.addWidget(self._button)
        self.line.setTextMargins(0, 0, ROOM, 0)
        self.line.textChanged.connect(self._on_changed)
        self._on_changed("")
        return line

    def _on_changed(self, words: str) -> None:
        self._button.setVisible(bool(words.strip()))

    def _on_press(self) -> None:
        self.opened.emit(self.words())
