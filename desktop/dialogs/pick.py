"""Pick one record from a list by typing a part of its name, or make a new one of that name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from widgets.icons import icon
from widgets.parts import button, col, row, text
from widgets.shown import set_title

MOST = 200  # lines shown; typing narrows
WIDEST, ROUND = 720, 64  # pixels of the dialog for long names, and around the lines
_MOVES = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


@dataclass(frozen=True, slots=True)
class Picked:
    """What was chosen: a record by id, or the name of a new one; and the role it is to have."""

    id: int
    new_name: str = ""
    role: str = ""


class PickDialog(QDialog):
    """A search line over a list; the last line offers a new record when `may_add`.

    `first` is the place of the line that is chosen until something is typed.
    """

    def __init__(
        self,
        parent: QWidget,
        title: str,
        options: Sequence[tuple[int, str]],
        *,
        may_add: str = "",
        roles: Sequence[str] = (),
        first: int = 0,
    ) -> None:
        super().__init__(parent)
        set_title(self, title)
        self.setMinimumSize(460, 420)
        self._options = [(i, name, name.casefold()) for i, name in options]
        self._may_add, self._first = may_add, first
        self._search, self._list, self._role = QLineEdit(), QListWidget(), QComboBox()
        self._choose, cancel = button("Choose", "primary"), button("Cancel")
        self._search.setPlaceholderText("Type a part of the name")
        self._search.setAccessibleName(title)
        self._search.addAction(icon("magnifying-glass"), QLineEdit.ActionPosition.LeadingPosition)
        self._search.installEventFilter(self)
        self._list.setAccessibleName("Found")
        self._role.addItems(list(roles))
        self._role.setAccessibleName("Role")
        self._role.setParent(self)
        self._role.setVisible(bool(roles))
        role = [col(text("Role", "label"), self._role, gap=4)] if roles else []
        foot = row(None, cancel, self._choose)
        self.setLayout(col(text(title, "strong"), self._search, self._list, *role, foot, gap=12, margins=16))
        self._search.textChanged.connect(self._narrow)
        self._list.itemActivated.connect(self._taken)
        self._choose.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        self._narrow("")
        self.resize(max(460, min(WIDEST, self._list.sizeHintForColumn(0) + ROUND)), 420)

    def _narrow(self, typed: str) -> None:
        words = typed.casefold().split()
        found = [(i, name) for i, name, folded in self._options if all(w in folded for w in words)]
        self._list.clear()
        for number, name in found[:MOST]:
            item = QListWidgetItem(name)
            item.setData(Qt.ItemDataRole.UserRole, number)
            self._list.addItem(item)
        wanted = " ".join(typed.split())
        if self._may_add and wanted and not any(name.casefold() == wanted.casefold() for _, name in found):
            item = QListWidgetItem(f"{self._may_add} “{wanted}”")
            item.setData(Qt.ItemDataRole.UserRole, 0)
            self._list.addItem(item)
        if self._list.count():
            self._list.setCurrentRow(0 if wanted else min(self._first, self._list.count() - 1))
        self._choose.setEnabled(self._list.count() > 0)

    def _taken(self, _item: QListWidgetItem) -> None:
        self.accept()

    def picked(self) -> Picked | None:
        """What was chosen; None when nothing can be."""
        item = self._list.currentItem()
        if self._list.currentRow() < 0:
            return None
        number = int(item.data(Qt.ItemDataRole.UserRole))
        return Picked(
            number, "" if number else " ".join(self._search.text().split()), self._role.currentText()
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows in the search line move the list; Enter chooses."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _MOVES:
                self._list.keyPressEvent(event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._choose.isEnabled():
                self.accept()
                return True
        return super().eventFilter(watched, event)
