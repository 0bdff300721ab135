"""Going back to a copy: each with its date, why it was made and what it holds."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QWidget

from storage.engine.backups import Copy, list_copies
from widgets.parts import button, col, row, text


class RestoreDialog(QDialog):
    """Lists the checked copies of a file, newest first."""

    def __init__(self, parent: QWidget, path: Path) -> None:
        super().__init__(parent)
        self.setWindowTitle("Restore")
        self.setMinimumSize(680, 420)
        self._copies = list_copies(path)
        self._list = QListWidget()
        self._list.setAccessibleName("Copies, newest first")
        self._list.setWordWrap(True)
        self._list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self._list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self._list.setSpacing(4)
        for copy in self._copies:
            item = QListWidgetItem(copy.summary)
            item.setToolTip(copy.name)
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
