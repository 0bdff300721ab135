"""What happened to one record: who changed what, when, from what to what."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.session import Session
from desktop.words import time_words
from storage.engine.fields import Field, Record
from storage.engine.history import Change
from widgets.parts import col, line, scroll, text

MOST = 100  # entries shown


class HistoryTab(QWidget):
    """The history of one record, newest first."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        self._holder: QWidget | None = None

    def show_record(self, record: Record) -> None:
        """Show what happened to this record."""
        fields = self._session.store.fields(type(record))
        changes = self._session.history.of(record.TABLE, record.key)[:MOST]
        down = col(gap=10, margins=(24, 14, 16, 16))
        for change in changes:
            down.addLayout(col(text(_head(change), "label"), *_lines(change, fields), gap=2))
            down.addWidget(line())
        down.addStretch(1)
        area = scroll(down, "surface")
        layout = self.layout()
        if layout is None:
            return
        if self._holder is not None:
            layout.removeWidget(self._holder)
            self._holder.hide()
            self._holder.deleteLater()
        self._holder = area
        layout.addWidget(area)


def _head(change: Change) -> str:
    at = datetime.fromisoformat(change.step.at)
    word = {"undo": "Undone: ", "redo": "Redone: "}.get(change.step.kind, "")
    who = f" · {change.step.who}" if change.step.who else ""
    return f"{time_words(at)}{who} · {word}{change.step.label}"


def _lines(change: Change, fields: dict[str, Field]) -> list[QWidget]:
    if change.old is None or change.new is None:
        return [text("Added" if change.old is None else "Removed", wrap=True)]
    return [text(words, wrap=True) for words in changed_words(change.old, change.new, fields)]


def changed_words(old: dict[str, object], new: dict[str, object], fields: dict[str, Field]) -> list[str]:
    """Each changed field as `Label: from → to`."""
    words = []
    for name, value in new.items():
        if name == "binned":
            words.append("Moved to the bin" if value else "Taken out of the bin")
        elif name in fields:
            field = fields[name]
            before, after = (field.show(field.from_sql(v)) or "blank" for v in (old.get(name), value))
            words.append(f"{field.label}: {before[:200]} → {after[:200]}")
        elif name == "own":
            words.append("A field of your own")
    return words
