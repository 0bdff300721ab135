"""Typing is kept in the file within two seconds, so that a crash loses at most that."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from desktop.session import Session
from storage.engine.fields import Record

AFTER = 1500  # ms after the first key; the disk has the rest of the two seconds


class Drafts(QObject):
    """Collects what is being typed and writes it down together."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._waiting: dict[str, str] = {}
        self._timer = QTimer(self, singleShot=True, interval=AFTER)
        self._timer.timeout.connect(self._write)

    @staticmethod
    def key(record: Record, field: str) -> str:
        """The name of a draft: which field of which record."""
        return f"{record.TABLE}/{record.uuid}/{field}"

    def typed(self, record: Record, field: str, words: str) -> None:
        """Remember words that are still being typed."""
        self._waiting[self.key(record, field)] = words
        if not self._timer.isActive():
            self._timer.start()

    def settled(self, record: Record, field: str) -> None:
        """The field was left and saved: its draft is no longer needed."""
        name = self.key(record, field)
        self._waiting.pop(name, None)
        self._session.state.drop_draft(name)

    def of(self, record: Record) -> dict[str, str]:
        """Drafts of one record that were never saved, by field."""
        start = f"{record.TABLE}/{record.uuid}/"
        held = self._session.state.drafts()
        return {n.removeprefix(start): words for n, words in held.items() if n.startswith(start)}

    def keep_now(self) -> None:
        """Write down what waits without waiting longer."""
        self._timer.stop()
        self._write()

    def _write(self) -> None:
        waiting, self._waiting = self._waiting, {}
        for name, words in waiting.items():
            self._session.state.draft(name, words)
