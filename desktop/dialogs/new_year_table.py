"""The preview of a new financial year: a row a contract, what is done to it, and a tick that leaves it out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent

from storage.desk.finance.new_year_parts import Doing, YearRow
from storage.engine.values import show_money_short
from widgets.table_listed import Key, ListedRows
from widgets.table_model import Cell, Column, RecordTable, Row, Sort
from widgets.table_painter import FoldPlan
from widgets.table_view import RecordView

DO, DONE, OUT = "do", "✓", "Out"
COLUMNS = (
    Column(DO, "Do", 60),
    Column("title", "Contract", 200, stretch=True),
    Column("before", "This year", 118, "right"),
    Column("uplift", "Uplift", 92, "right"),
    Column("planned", "Next year", 118, "right"),
    Column("variation", "Variation", 88),
    Column("kpis", "KPI periods", 90),
    Column("close", "Closing", 104),
    Column("warning", "To look at", 320),
)
FOLD = FoldPlan("title", ("variation", "kpis", "close"), label="Contract", below=1140, least=200)


class NewYearTable(RecordView):
    """The rows of the preview; the space bar, or a click on the tick, leaves a contract out and takes it in."""

    def __init__(self) -> None:
        self._listed = ListedRows()
        self._model = RecordTable(self._listed, COLUMNS)
        super().__init__(self._model, FOLD)
        self._model.setParent(self)
        self._rows: dict[int, YearRow] = {}
        self.left_out: set[int] = set()
        self.setAccessibleName("Preview of the new financial year")
        self.sort_changed.connect(self._sorted)
        self.clicked.connect(self._ticked)

    def show_rows(self, rows: Iterable[YearRow]) -> None:
        """Show another preview; what was left out stays so."""
        self._rows = {row.contract: row for row in rows}
        self._draw()

    def rows(self) -> list[YearRow]:
        """The rows that are not left out."""
        return [row for number, row in self._rows.items() if number not in self.left_out]

    def row_of(self, number: int) -> YearRow | None:
        """One row."""
        return self._rows.get(number)

    def toggle(self, numbers: Iterable[int]) -> None:
        """Leave contracts out, or take them in again."""
        self.left_out ^= {n for n in numbers if n in self._rows and self._rows[n].writes}
        self._draw()
        self.selection_changed.emit(len(self.selected_ids()))

    def _draw(self) -> None:
        self._listed.show(
            (Row(number, _cells(row, number in self.left_out)), _keys(row, number in self.left_out))
            for number, row in self._rows.items()
        )
        self._model.refill()

    def _sorted(self, order: list[Sort]) -> None:
        self._listed.sort_by(order)
        self._model.refill()

    def _ticked(self, index: QModelIndex) -> None:
        if COLUMNS[index.column()].name == DO and (number := self._model.id_at(index.row())):
            self.toggle([number])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.toggle(self.selected_ids())
        else:
            super().keyPressEvent(event)


def _cells(row: YearRow, out: bool) -> Mapping[str, Cell]:
    """A row in words; what is left out, and what is there already, stands back."""
    soft = "soft" if out or not row.writes else ""
    done = Cell(OUT if out else DONE if row.writes else "", soft)
    before, after = (show_money_short(p) if p is not None else "" for p in (row.this_year, row.next_year))
    said = (
        row.warnings[0] + (f" (+{len(row.warnings) - 1})" if len(row.warnings) > 1 else "")
        if row.warnings
        else ""
    )
    return {
        DO: done,
        "title": Cell(" ".join(w for w in (row.reference, row.title) if w), soft, note=row.provider),
        "before": Cell(before, "soft"),
        "uplift": _done(row.uplift, out),
        "planned": Cell(after or "not planned", soft if after else "soft"),
        "variation": _done(row.variation, out),
        "kpis": _done(row.kpis, out),
        "close": _done(row.close, out),
        "warning": Cell(said, "soft" if out else "amber" if said else ""),
    }


def _done(doing: Doing, out: bool) -> Cell:
    """A part in words; a part that was done before says so."""
    if doing.there:
        return Cell(f"{doing.words} (there)", "soft")
    return Cell(doing.words, "" if doing.new and not out else "soft")


def _keys(row: YearRow, out: bool) -> Mapping[str, Key]:
    """What each column is sorted by."""
    return {
        DO: 0 if out or not row.writes else 1,
        "title": f"{row.reference} {row.title}",
        "before": row.this_year,
        "planned": row.next_year,
        "warning": " ".join(row.warnings),
        **{name: doing.words for name, doing in zip(("uplift", "variation", "kpis", "close"),
           (row.uplift, row.variation, row.kpis, row.close), strict=True)},
    }  # fmt: skip
