"""The table of what has changed since a meeting: each change as a row that leads to its contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.pages.finding_places import place_of
from storage.desk.since_meeting import ChangeRow
from storage.engine.values import show_day
from storage.rules.since_meeting import Kind
from widgets.parts import col
from widgets.table_model import Cell, Column, RecordTable, Row, Sort
from widgets.table_painter import FoldPlan
from widgets.table_view import RecordView

COLUMNS = (
    Column("kind", "Change", 132, narrow=116),
    Column("contract", "Contract", 260, stretch=True),
    Column("reference", "Reference", 104),
    Column("field", "What", 178),
    Column("before", "Before", 178, narrow=140),
    Column("after", "Now", 212, narrow=172),
    Column("by", "By", 128, narrow=110),
    Column("when", "When", 116, narrow=112),
)
FOLD = FoldPlan("contract", ("reference", "field"), label="Contract, and what changed", below=1180, least=240)
TONES = {
    Kind.SLIPPED: "red",
    Kind.RATING: "amber",
    Kind.GONE: "amber",
    Kind.NEW: "blue",
    Kind.EXTENDED: "blue",
}
GONE = "This contract is not in the file any more, so there is nothing to open."


class ChangeSource:
    """Changes as rows; their numbers count from 1 in the order of the list."""

    def __init__(self) -> None:
        self._every: tuple[ChangeRow, ...] = ()
        self._shown: list[int] = []
        self._order: Sequence[Sort] = ()

    def show(self, rows: Sequence[ChangeRow]) -> None:
        """Show these."""
        self._every = tuple(rows)
        self._sort()

    def sort_by(self, order: Sequence[Sort]) -> None:
        """Sort by columns, the first given counting most; without one, the most important first."""
        self._order = tuple(order)
        self._sort()

    def _sort(self) -> None:
        self._shown = list(range(1, len(self._every) + 1))
        for name, descending in reversed(self._order):
            self._shown.sort(key=lambda n: _sorted_by(self.change(n), name), reverse=descending)

    def change(self, number: int) -> ChangeRow:
        """The change of a row."""
        return self._every[number - 1]

    def ids(self) -> Sequence[int]:
        """Every row, in order."""
        return self._shown

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """The rows of these numbers."""
        return {n: Row(n, _cells(self.change(n))) for n in ids if 0 < n <= len(self._every)}


def _cells(change: ChangeRow) -> Mapping[str, Cell]:
    return {
        "kind": Cell(change.kind_words, TONES.get(change.kind, "")),
        "contract": Cell(change.title),
        "reference": Cell(change.reference, "soft"),
        "field": Cell(change.field, "soft"),
        "before": Cell(_line(change.before), "soft"),
        "after": Cell(_line(change.after)),
        "by": Cell(change.by, "soft"),
        "when": Cell(show_day(change.when) if change.when else "", "soft"),
    }


def _line(words: str) -> str:
    return " ".join(words.split())


def _sorted_by(change: ChangeRow, name: str) -> tuple[object, ...]:
    if name == "kind":
        return ([*Kind].index(change.kind),)
    if name == "when":
        return (change.when is None, change.when.toordinal() if change.when else 0)
    words = change.title if name == "contract" else str(getattr(change, name))
    return (not words, words.casefold())


class ChangeTable(QWidget):
    """Changes of which a click, or Enter, goes to the contract."""

    go = Signal(object)  # Place
    said = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.source = ChangeSource()
        self.model = RecordTable(self.source, COLUMNS)
        self.view = RecordView(self.model, FOLD)
        self.view.setAccessibleName("Changes since the meeting")
        self.view.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.setLayout(col(self.view))
        self.setFocusProxy(self.view)
        self.view.opened.connect(self.walk)
        self.view.clicked.connect(self._clicked)
        self.view.said.connect(self.said)
        self.view.sort_changed.connect(self._sort)

    def show_changes(self, rows: Sequence[ChangeRow]) -> None:
        """Show these changes."""
        self.source.show(rows)
        self.model.refill()

    def shown(self) -> list[ChangeRow]:
        """The changes shown, in their order."""
        return [self.source.change(n) for n in self.source.ids()]

    def walk(self, number: int) -> None:
        """Go to the contract, to the field where its page has it."""
        change = self.source.change(number)
        if change.contract:
            self.go.emit(place_of("contract", change.contract, change.name, change.contract))
        else:
            self.said.emit(GONE)

    def _clicked(self, index: QModelIndex) -> None:
        number = self.model.id_at(index.row())
        if number is not None:
            self.walk(number)

    def _sort(self, order: Sequence[Sort]) -> None:
        self.source.sort_by(order)
        self.model.refill()
