"""What a search found, under its group headings, as a model for the list of results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from widgets.table_model import Index

_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing found. `kind` heads its group, `line` says more about it, `key` is for the page alone."""

    kind: str
    title: str
    line: str = ""
    icon: str = ""
    key: str = ""


Line = str | Entry  # a heading, or something found


class EntryList(QAbstractListModel):
    """Results under their headings, in the order the groups were first met."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these."""
        self.beginResetModel()
        self.lines = []
        for kind in dict.fromkeys(entry.kind for entry in entries):
            self.lines.append(kind)
            self.lines += [entry for entry in entries if entry.kind == kind]
        self.endResetModel()

    def entry(self, row: int) -> Entry | None:
        """What was found on a line, or None on a heading."""
        line = self.lines[row] if 0 <= row < len(self.lines) else None
        return line if isinstance(line, Entry) else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Headings and results together."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words; for screen readers with the kind of thing and what is said about it."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title if isinstance(line, Entry) else line
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (line.title, line.line, line.kind) if isinstance(line, Entry) else (line,)
            return ", ".join(part for part in parts if part)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings cannot be chosen."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self.entry(index.row()) is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
