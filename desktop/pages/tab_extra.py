"""What a tab shows above or below its form: a drawing, or values that rules make of the record as it is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.session import Session
from storage.engine.fields import Record
from storage.engine.reading import Reader
from storage.engine.steps import Changes
from widgets.parts import col, text
from widgets.worked import WorkedList, WorkedValue

Values = Callable[[Reader, Record, date], Sequence[WorkedValue]]


class TabExtra(QWidget):
    """Drawn anew whenever its record, or one of `tables`, has changed while it is seen."""

    go = Signal(object)  # Place

    def __init__(self, session: Session, tables: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.session, self._tables = session, tables
        self._record: Record | None = None
        session.changed.connect(self._hear)

    def show_record(self, record: Record) -> None:
        """Draw what belongs to a record."""
        afresh = self._record is None or self._record.uuid != record.uuid
        self._record = record
        self.draw(record, afresh=afresh)

    def draw(self, record: Record, *, afresh: bool) -> None:
        """Draw it; `afresh` says that another record was shown before."""

    def _hear(self, changes: Changes) -> None:
        if self._record is None or not self.isVisible() or not changes.touches(*self._tables):
            return  # a tab that is not seen is drawn when it is next shown
        found = self.session.store.many(type(self._record), [self._record.key]).get(self._record.key)
        if found is not None:
            self.show_record(found)


class WorkedExtra(TabExtra):
    """Worked-out values in their sunken list, with a heading; nothing at all while there are none.

    A value without a sentence of its own is one of the record’s fields, whose reason the store gives.
    """

    def __init__(self, session: Session, title: str, values: Values, tables: tuple[str, ...] = ()) -> None:
        super().__init__(session, tables)
        self._values = values
        self.list = WorkedList()
        self.list.why_asked.connect(self._why)
        heading = [text(title, "strong")] if title else []
        self.setLayout(col(*heading, self.list, gap=8, margins=(0, 4, 0, 4)))

    def draw(self, record: Record, *, afresh: bool) -> None:
        """Show the values as they are now."""
        said = self._values(self.session.store, record, self.session.today())
        self.list.show_values(said, afresh=afresh)
        self.setVisible(bool(said))

    def _why(self, name: str) -> None:
        if self._record is not None:
            store = self.session.store
            self.list.show_why(name, store.why(self._record, name), store.reasons(self._record, name))
