"""A bar above a page that leaves out what can be done without when the window is narrow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLayout, QWidget

HEIGHT = 48


class NarrowBar(QFrame):
    """Shows `spared` only when it is at least `narrow` pixels wide; what they do is in the menus too."""

    def __init__(self, layout: QLayout, spared: Sequence[QWidget], narrow: int) -> None:
        super().__init__()
        self.setProperty("part", "subbar")
        self.setFixedHeight(HEIGHT)
        self.setLayout(layout)
        self._spared, self._narrow = tuple(spared), narrow

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for each in self._spared:
            each.setVisible(self.width() >= self._narrow)
