"""Draws one tab of the money page: facts, bars and a table, whatever they are about."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.pages.money.sheets import Sheet
from widgets.bar_chart import BarChart
from widgets.facts import FactsBand
from widgets.parts import col, panel, row, text
from widgets.table_listed import ListedRows
from widgets.table_model import RecordTable, Row, Sort
from widgets.table_view import RecordView


class SheetTable(RecordView):
    """The rows of one tab; they keep the order somebody gave them."""

    def __init__(self, sheet: Sheet) -> None:
        self._listed = ListedRows()
        self._model = RecordTable(self._listed, sheet.columns)
        super().__init__(self._model, sheet.fold)
        self._model.setParent(self)
        self.setAccessibleName("Money")
        self.sort_changed.connect(self._sort)

    def show_sheet(self, sheet: Sheet) -> None:
        """Show the rows as they are now; headings may name another year."""
        self._listed.show(sheet.rows)
        if self._model.columns != sheet.columns:
            self._model.set_columns(sheet.columns)
        self._model.refill()

    def shown(self) -> list[Row]:
        """The rows in their order."""
        return [*self._listed.rows(self._listed.ids()).values()]

    def _sort(self, order: list[Sort]) -> None:
        self._listed.sort_by(order)
        self._model.refill()


class SheetView(QWidget):
    """The facts above, bars where there are some, the rows, and a note that says how they are to be read."""

    opened = Signal(int)
    looked_at = Signal(int)  # the row somebody went to
    typed = Signal(str)
    said = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.sheet: Sheet | None = None
        self._facts, self.chart = FactsBand(), BarChart()
        self._bars = panel(row(self.chart, margins=(24, 12, 24, 12)))
        self._note = text("", "small", wrap=True)
        self._none = text("", "soft", wrap=True)
        self._noted = panel(row(self._note, margins=(24, 8, 24, 8)))
        self._empty = panel(col(self._none, None, margins=24))
        self._tables: dict[tuple[str, ...], SheetTable] = {}
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(self._facts)
        down.addWidget(self._bars)
        down.addWidget(self._stack, 1)
        down.addWidget(self._noted)

    @property
    def table(self) -> SheetTable | None:
        """The table shown; None where there is nothing to show."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, SheetTable) else None

    def show_sheet(self, sheet: Sheet) -> None:
        """Show a tab."""
        self.sheet = sheet
        self._facts.set_facts(sheet.facts)
        self._facts.setVisible(bool(sheet.facts))
        self.chart.show_bars(sheet.title, sheet.bars)
        self._bars.setVisible(bool(sheet.bars))
        self._none.setText(sheet.none)
        if sheet.rows:
            table = self._table_for(sheet)
            table.show_sheet(sheet)
            self._stack.setCurrentWidget(table)
            self.setFocusProxy(table)
        else:
            self._stack.setCurrentWidget(self._empty)
        self.say("")

    def say(self, words: str) -> None:
        """Say something under the rows; nothing brings back how they are to be read."""
        sheet = self.sheet
        self._note.setText(words or (sheet.note if sheet else ""))
        self._noted.setVisible(bool(self._note.text() and sheet and sheet.rows))

    def note(self) -> str:
        """What is said under the rows."""
        return self._note.text()

    def _table_for(self, sheet: Sheet) -> SheetTable:
        """The table of a kind of tab, made when it is first shown."""
        kind = tuple(column.name for column in sheet.columns)
        if kind not in self._tables:
            made = self._tables[kind] = SheetTable(sheet)
            made.opened.connect(self.opened)
            made.current_changed.connect(self.looked_at)
            made.typed.connect(self.typed)
            made.said.connect(self.said)
            self._stack.addWidget(made)
        return self._tables[kind]
