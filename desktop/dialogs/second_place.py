"""Where every backup is put once more, and choosing another place or none."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QFrame, QMenu

from desktop.preferences import Preferences
from storage.engine.backup.copies import second_place
from widgets.parts import breakable, menu_button, row, text


class SecondPlace(QFrame):
    """One line: the second place of the backups, and a button to change it."""

    def __init__(self) -> None:
        super().__init__()
        self._said = text("", "small", wrap=True)
        menu = QMenu()
        menu.addAction("Choose a folder…").triggered.connect(self._choose)
        menu.addAction("No second place").triggered.connect(self._none)
        across = row(gap=12)
        across.addWidget(self._said, 1)
        across.addWidget(menu_button("Second place", menu, "quiet"))
        self.setLayout(across)
        self._show()

    def _show(self) -> None:
        place = second_place()
        words = (
            f"Every backup is also put in {place}"
            if place
            else "Backups lie in one place only, on this computer"
        )
        self._said.setText(breakable(words))

    def _choose(self, _checked: bool = False) -> None:
        start = second_place()
        name = QFileDialog.getExistingDirectory(self, "A second place for backups", str(start or ""))
        if name:
            self._set(Path(name))

    def _none(self, _checked: bool = False) -> None:
        self._set(None)

    def _set(self, folder: Path | None) -> None:
        Preferences().set_second_place(folder)
        self._show()
