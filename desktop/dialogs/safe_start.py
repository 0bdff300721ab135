"""Asked at a start after two that failed: careful ways to the data, and the way to tell of the problem."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from desktop.dialogs.cannot_open import AGAIN, OTHER, READ, RESTORE, WAYS
from storage.engine.backup.backups import list_copies
from widgets.empty import FirstAction, action_card
from widgets.icons import IconLabel
from widgets.parts import breakable, button, col, row, text
from widgets.shown import set_title

CHECK, EXPORT, REPORT = "check", "export", "report"
OWN_WAYS = (
    FirstAction("check-circle", "Check the file", "In a window that shows none of its records",
                "Check", CHECK),
    FirstAction("file-xls", "Take the register out", "To a workbook, without showing it",
                "Export to Excel…", EXPORT),
    FirstAction("warning-circle", "Report the problem", "What the program noted when it ended, without your data",
                "Show…", REPORT),
)  # fmt: skip
WIDE = 640


def ways(path: Path) -> list[FirstAction]:
    """What is offered for the file that was being opened."""
    restore = [WAYS[RESTORE]] if list_copies(path) else []
    return [WAYS[READ], *restore, *OWN_WAYS, WAYS[OTHER]]


BARE = {CHECK: "file.check", EXPORT: "file.export"}  # ways through a bare window, and what is then run in it


class SafeStart(QDialog):
    """Nothing of the file is read to show this. `way` is the key of what was chosen; empty for leaving."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        set_title(self, "Commissioning Desk")
        self.setMinimumWidth(WIDE)
        self.way = ""
        words = f"{path.name} was being opened. Nothing in it was changed by that. Choose a careful way to your data."
        head = row(gap=14)
        head.addWidget(IconLabel("warning-circle", "amber_mark", 26), 0, Qt.AlignmentFlag.AlignTop)
        title = text("The program did not start properly the last two times", "fact", wrap=True)
        place = text(breakable(str(path)), "small", wrap=True)
        head.addLayout(col(title, text(breakable(words), "soft", wrap=True), place, gap=6), 1)
        cards = [action_card(way, number == 0, self._choose) for number, way in enumerate(ways(path))]
        usual, leave = button("Try to open it as usual"), button("Leave")
        usual.clicked.connect(partial(self._choose, AGAIN))
        leave.clicked.connect(self.reject)
        self.setLayout(col(head, 8, *cards, 4, row(usual, None, leave), gap=8, margins=24))

    def _choose(self, key: str, _checked: bool = False) -> None:
        self.way = key
        self.accept()


def ask(path: Path) -> str:
    """Show the choice and return the way chosen; empty when the user left."""
    dialog = SafeStart(path)
    dialog.exec()
    dialog.deleteLater()
    return dialog.way
