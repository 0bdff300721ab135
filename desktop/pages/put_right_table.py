"""The table of what is to be put right: each finding as a row that leads to the cell that mends it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.pages.finding_places import place_of
from desktop.pages.listed_rows import ListedRows
from storage.desk.put_right.finding import Finding, Severity
from storage.desk.put_right.listing import NOBODY
from widgets.parts import col
from widgets.table_model import Cell, Column, RecordTable, Sort
from widgets.table_painter import FoldPlan
from widgets.table_view import RecordView

MARKS = {Severity.MUST: "red", Severity.SHOULD: "amber", Severity.COULD: "unrated"}
ASIDE = "aside"  # the column that puts a finding aside, or brings it back
COLUMNS = (
    Column("severity", "Level", 94),
    Column("words", "What is to be put right", 300, stretch=True),
    Column("subject", "Where", 330),
    Column("owner", "Who", 140),
    Column(ASIDE, "", 92, sortable=False),
)
FOLD = FoldPlan(
    "words", ("subject", "owner"), label="What is to be put right, and where", below=1180, least=360
)
PUT_ASIDE, BRING_BACK = "Not now…", "Bring back"


class FindingRows(ListedRows[Finding]):
    """Findings as rows, as listed until they are sorted."""

    aside = PUT_ASIDE  # the words of the last column; blank where nothing can be written

    def cells_of(self, one: Finding) -> Mapping[str, Cell]:
        """How much it matters, what it is, where and whose."""
        severity = one.kind.severity
        where = " · ".join(words for words in (one.subject, one.reference) if words)
        return {
            "severity": Cell(severity.words, mark=MARKS[severity]),
            "words": Cell(one.words),
            "subject": Cell(where, "soft"),
            "owner": Cell(one.owner or NOBODY, "soft"),
            ASIDE: Cell(self.aside, "blue"),
        }

    def sorted_by(self, one: Finding, column: str) -> tuple[object, ...]:
        """Levels by weight, words without regard to capitals, those of nobody last."""
        if column == "severity":
            return (one.kind.severity,)
        if column == "owner":
            return (not one.owner, one.owner.casefold())
        return ((one.words if column == "words" else one.subject).casefold(),)


class FindingTable(QWidget):
    """Findings of which a click, or Enter, goes to the cell; the last column, or N, puts one aside."""

    go = Signal(object)  # Place
    aside_asked = Signal(object)  # the finding to put aside or to bring back
    said = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.source = FindingRows()
        self.model = RecordTable(self.source, COLUMNS)
        self.view = RecordView(self.model, FOLD)
        self.view.setAccessibleName("What is to be put right")
        self.view.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.setLayout(col(self.view))
        self.setFocusProxy(self.view)
        self._writable = True
        self.view.opened.connect(self.walk)
        self.view.clicked.connect(self._clicked)
        self.view.typed.connect(self._key)
        self.view.said.connect(self.said)
        self.view.sort_changed.connect(self._sort)

    def show_findings(self, found: Sequence[Finding], aside: str) -> None:
        """Show these, with the words that put one aside or bring it back; none when nothing can be written."""
        self._writable = bool(aside)
        self.source.aside = aside
        self.source.show(found)
        self.model.refill()

    def shown(self) -> list[Finding]:
        """The findings shown, in their order."""
        return [self.source.one(n) for n in self.source.ids()]

    def walk(self, number: int) -> None:
        """Go to the cell that mends a finding."""
        finding = self.source.one(number)
        self.go.emit(place_of(finding.table, finding.record, finding.field, finding.contract))

    def _clicked(self, index: QModelIndex) -> None:
        number = self.model.id_at(index.row())
        if number is None:
            return
        if COLUMNS[index.column()].name == ASIDE and self._writable:
            self.aside_asked.emit(self.source.one(number))
        else:
            self.walk(number)

    def _key(self, letter: str) -> None:
        if letter.casefold() == "n" and self.view.current_id() and self._writable:
            self.aside_asked.emit(self.source.one(self.view.current_id()))

    def _sort(self, order: Sequence[Sort]) -> None:
        self.source.sort_by(order)
        self.model.refill()
