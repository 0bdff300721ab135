"""The bin: what was thrown away, and putting it back."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.session import Session
from storage.desk.bin import take_from_bin
from storage.engine.fields import RECORDS, Record
from storage.engine.query import Query
from storage.engine.steps import Changes
from storage.engine.values import show_day
from widgets.parts import button, col, line, row, scroll, text

MOST = 500


class BinDialog(QDialog):
    """Everything in the bin, latest first; each can be put back."""

    def __init__(self, parent: QWidget, session: Session) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("The bin")
        self.setMinimumSize(600, 420)
        self._session = session
        self._held: QWidget | None = None
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 16, 0, 16)
        heading = text("The bin", "title")
        heading.setContentsMargins(24, 0, 24, 0)
        said = text(
            "What is here is kept until it is put back; links to it stay and say so.", "soft", wrap=True
        )
        said.setContentsMargins(24, 0, 24, 8)
        close = button("Close", "primary")
        close.clicked.connect(self.accept)
        self._down.addWidget(heading)
        self._down.addWidget(said)
        self._down.addLayout(row(None, close, margins=(24, 8, 24, 0)))
        session.changed.connect(self._changed)
        self._show()

    def _changed(self, _changes: Changes) -> None:
        self._show()

    def _show(self) -> None:
        found = binned(self._session)
        down = col(gap=6, margins=(24, 4, 24, 8))
        for record in found[:MOST]:
            back = button("Put back", "link", "arrow-counter-clockwise")
            back.setAccessibleName(f"Put back {record.name}")
            back.setEnabled(not self._session.read_only)
            back.clicked.connect(partial(self._put_back, type(record), record.key))
            at = datetime.fromisoformat(record.binned).astimezone()
            words = col(
                text(record.name, "medium"),
                text(f"{record.LABEL} · binned {show_day(at.date())}", "small"),
                gap=0,
            )
            across = row(gap=8)
            across.addLayout(words, 1)
            across.addWidget(back)
            down.addLayout(across)
            down.addWidget(line())
        if not found:
            down.addWidget(text("The bin is empty.", "soft"))
        down.addStretch(1)
        area = scroll(down)
        if self._held is not None:
            self._down.removeWidget(self._held)
            self._held.hide()
            self._held.deleteLater()
        self._held = area
        self._down.insertWidget(2, area, 1)

    def _put_back(self, cls: type[Record], number: int, _checked: bool = False) -> None:
        self._session.attempt(partial(take_from_bin, self._session.store, cls, [number]))


def binned(session: Session) -> list[Record]:
    """The records in the bin that have a name of their own, latest first."""
    found: list[Record] = []
    for cls in RECORDS.values():
        if cls.SEARCHED:
            found += session.store.all(cls, Query(binned=True))
    return sorted(found, key=lambda r: r.binned, reverse=True)
