"""The rail at the left: the pages of the program, each an icon with its word."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QVBoxLayout, QWidget

from desktop.pages.page import Page
from desktop.pages.shelf import PageEntry
from widgets.parts import IconLabel, button, row, text
from widgets.shown import set_tip

WIDTH = 200


class Rail(QFrame):
    """One button a page; Ctrl+1 … Ctrl+9 go to them in order."""

    chosen = Signal(str)

    def __init__(self, pages: Sequence[Page | PageEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "rail")
        self.setFixedWidth(WIDTH)
        self.setAccessibleName("Pages")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(2)
        layout.addLayout(
            row(
                IconLabel("notebook", "accent", 18),
                text("Commissioning Desk", "bold"),
                None,
                gap=6,
                margins=(6, 8, 0, 12),
            )
        )
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        for number, page in enumerate((p for p in pages if p.on_rail), 1):
            made = button(page.title, "rail", page.icon, on=False)
            if number < 10:  # a key has one figure
                set_tip(made, f"Ctrl+{number}")
            made.clicked.connect(partial(self.chosen.emit, page.key))
            self._group.addButton(made)
            self._buttons[page.key] = made
            layout.addWidget(made)
        layout.addStretch(1)

    def choose(self, key: str) -> None:
        """Show which page is open; none when it is not on the rail."""
        self._group.setExclusive(False)
        for name, made in self._buttons.items():
            made.setChecked(name == key)
        self._group.setExclusive(True)
