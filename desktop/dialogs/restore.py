"""Going back to a copy: each with its date, why it was made and what it holds."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QWidget

from desktop.words import count_words, time_words
from storage.engine.fields import RECORDS
from storage.engine.safety.backups import Copy, list_copies
from widgets.parts import button, col, row, text
from widgets.shown import set_title

LINE = 46  # pixels of one copy, on two lines
TABLES = ("contract", "organisation", "service", "specification", "checklist_run", "action")


class RestoreDialog(QDialog):
    """Lists the checked copies of a file, newest first."""

    def __init__(self, parent: QWidget | None, path: Path) -> None:
        super().__init__(parent)
        set_title(self, "Restore")
        self.setMinimumSize(680, 420)
        self._copies = list_copies(path)
        self._list = QListWidget()
        self._list.setAccessibleName("Copies, newest first")
        for copy in self._copies:
            item = QListWidgetItem(f"{time_words(copy.made)}, {copy.why}\n{held_words(copy)}")
            item.setSizeHint(QSize(0, LINE))
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        words = (
            "The file as it is now is kept aside, and you are told where. What was changed after the copy was "
            "made is not in it."
            if self._copies
            else "There is no copy of this file yet. One is made before every import, every half hour while you "
            "work, and when you close."
        )
        go = button("Restore this copy", "primary")
        go.setEnabled(bool(self._copies))
        go.clicked.connect(self.accept)
        cancel = button("Cancel")
        cancel.clicked.connect(self.reject)
        self._list.itemDoubleClicked.connect(self.accept)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        heading = text(f"Go back to a copy of {path.name}", "title", wrap=True)
        said = text(words, "soft", wrap=True)
        self.setLayout(col(heading, said, self._list, row(None, cancel, go), gap=12, margins=24))

    def chosen(self) -> Copy | None:
        """The copy to go back to."""
        place = self._list.currentRow()
        return self._copies[place] if 0 <= place < len(self._copies) else None


def held_words(copy: Copy) -> str:
    """How much of what matters most a copy holds."""
    counts = [(RECORDS[table], copy.counts.get(table, 0)) for table in TABLES]
    return ", ".join(count_words(n, cls.LABEL.lower(), cls.PLURAL.lower()) for cls, n in counts)
