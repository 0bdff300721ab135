"""One road for messages: what happened, what was kept, what to do, shown as plain text."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


class Messages:
    """Shows errors and questions over one window."""

    def __init__(self, parent: QWidget) -> None:
        self._parent = parent
        self.shown: list[str] = []  # what was said, for Help and for tests

    def failed(self, words: str) -> None:
        """Tell of an error without stopping the event loop."""
        self.shown.append(words)
        box = self._box(words, QMessageBox.Icon.Warning)
        box.open()

    def told(self, words: str) -> None:
        """Tell of something done that is worth reading."""
        self.shown.append(words)
        self._box(words, QMessageBox.Icon.Information).open()

    def _box(self, words: str, icon: QMessageBox.Icon) -> QMessageBox:
        first, _, rest = words.partition(". ")
        box = QMessageBox(icon, "Commissioning Desk", first + ("." if rest else ""), parent=self._parent)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(rest)
        box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return box
