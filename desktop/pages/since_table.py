"""The table of what has changed since a meeting: each change as a row that leads to its contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.pages.finding_places import place_of
from desktop.pages.listed_rows import ListedRows
from storage.desk.meeting.since_meeting import ChangeRow
from storage.engine.values import show_day
from storage.rules.since_meeting import Kind
from widgets.parts import col
from widgets.table_model import Cell, Column, RecordTable, Sort
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


class ChangeRows(ListedRows[ChangeRow]):
    """Changes as rows, the most important first until they are sorted."""

    def cells_of(self, one: ChangeRow) -> Mapping[str, Cell]:
        """What changed, from what to what, by whom and when."""
        return {
            "kind": Cell(one.kind_words, TONES.get(one.kind, "")),
            "contract": Cell(one.title),
            "reference": Cell(one.reference, "soft"),
            "field": Cell(one.field, "soft"),
            "before": Cell(_line(one.before), "soft"),
            "after": Cell(_line(one.after)),
            "by": Cell(one.by, "soft"),
            "when": Cell(show_day(one.when) if one.when else "", "soft"),
        }

    def sorted_by(self, one: ChangeRow, column: str) -> tuple[object, ...]:
        """Kinds by importance, days by day, words without regard to capitals; blanks last."""
        if column == "kind":
            return ([*Kind].index(one.kind),)
        if column == "when":
            return (one.when is None, one.when.toordinal() if one.when else 0)
        words = one.title if column == "contract" else str(getattr(one, column))
        return (not words, words.casefold())


def _line(words: str) -> str:
    return " ".join(words.split())


class ChangeTable(QWidget):
    """Changes of which a click, or Enter, goes to the contract."""

    go = Signal(object)  # Place
    said = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.source = ChangeRows()
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
        return [self.source.one(n) for n in self.source.ids()]

    def walk(self, number: int) -> None:
        """Go to the contract, to the field where its page has it."""
        change = self.source.one(number)
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
