"""The bin: what was thrown away, and putting it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtWidgets import QLayout, QWidget

from desktop.dialogs.list_dialog import ListDialog, list_row
from desktop.session import Session
from desktop.words import time_words
from storage.desk.bin import take_from_bin, without_parts
from storage.engine.fields import RECORDS, Record
from storage.engine.query import Query
from storage.records.views import SavedView
from widgets.parts import button

MOST = 500
WORDS = "What is here is kept until it is put back; links to it stay and say so."


class BinDialog(ListDialog):
    """Everything in the bin, latest first; each can be put back."""

    none = "The bin is empty."

    def __init__(self, parent: QWidget, session: Session) -> None:
        super().__init__(parent, session, "The bin", WORDS)

    def rows(self) -> Sequence[QLayout]:
        """A row for each record in the bin."""
        return [self._row(record) for record in binned(self.session)[:MOST]]

    def _row(self, record: Record) -> QLayout:
        back = button("Put back", "link", "arrow-counter-clockwise")
        back.setAccessibleName(f"Put back {record.name}")
        back.setEnabled(not self.session.read_only)
        back.clicked.connect(partial(self._put_back, type(record), record.key))
        at = time_words(datetime.fromisoformat(record.binned))
        return list_row(record.name, f"{record.LABEL} · binned {at}", back)

    def _put_back(self, cls: type[Record], number: int, _checked: bool = False) -> None:
        self.session.attempt(partial(take_from_bin, self.session.store, cls, [number]))


def binned(session: Session) -> list[Record]:
    """The records in the bin that have a name of their own, latest first; what comes back with another is left out."""
    found: list[Record] = []
    for cls in RECORDS.values():
        if cls.SEARCHED or cls is SavedView:
            found += session.store.all(cls, Query(binned=True))
    return sorted(without_parts(found), key=lambda r: r.binned, reverse=True)
