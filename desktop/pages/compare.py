"""Extend, re-procure or stop: what was assumed of a contract, what each would cost by year, and by when to decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from desktop.pages.last_safe import TONES, short_day
from desktop.pages.page import Page, Place
from desktop.session import Session
from storage.desk.planning.comparing import INPUTS, Compared, compared, set_back, set_input, signed
from storage.engine.steps import Changes
from storage.engine.values import money_brief, show_money_short
from storage.records.scenarios import Scenario
from storage.rules.last_safe_date import urgency
from storage.rules.money import financial_year_label
from storage.rules.scenarios import Comparison, Spend
from widgets.empty import EmptyPage, FirstAction
from widgets.form import Group, RecordForm
from widgets.parts import Item, button, card, col, link, panel, row, scroll, text
from widgets.row_list import Stack
from widgets.shown import escaped
from widgets.spend_chart import SpendChart, SpendGroup
from widgets.table_model import Cell, Column, RecordTable, Row
from widgets.table_view import RecordView
from widgets.theme import HEAD, ROW

ABOUT = "What is not changed here follows the contract. Inputs are kept with it."
NONE = (
    "Extending, buying again and stopping are set side by side for one contract: what each costs by year, "
    "and by when it has to be decided."
)
CHOOSE = FirstAction("briefcase", "Choose a contract", "Open it, then compare its options from its tab Plan",
                     "Go to contracts", "contracts")  # fmt: skip
SIDE, WIDEST = 268, 1040
LARGE = 100_000_000_00  # pence from which a sum needs more room
READ_BY = ("contract", "scenario", "extension", "lead_time", "decision_meeting", "bank_holiday", "desk")


class YearSource:
    """The years of a comparison, and all together, as rows."""

    def __init__(self) -> None:
        self._rows: dict[int, Row] = {}

    def show(self, found: Comparison) -> None:
        """Take over another comparison."""
        made = [_year_row(place, found, year) for place, year in enumerate(found.years, 1)]
        made.append(_total_row(len(made) + 1, found))
        self._rows = {each.id: each for each in made}

    def ids(self) -> Sequence[int]:
        """Places, from 1."""
        return list(self._rows)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """The rows at these places."""
        return {number: self._rows[number] for number in ids if number in self._rows}


def _columns(found: Comparison) -> list[Column]:
    """A column for the spend of each way, and one for what it costs more or less than the first."""
    first = found.options[0].option.name
    wide = 128 if max(each.total for each in found.options) < LARGE else 148
    columns = [Column("year", "Year", 72, stretch=True, sortable=False)]
    for place, each in enumerate(found.options):
        columns.append(Column(f"spend{place}", each.option.name, wide, align="right", sortable=False))
        if place:
            against = f"{each.option.name} vs {first.lower()}"
            columns.append(Column(f"more{place}", against, 148, align="right", sortable=False))
    return columns


def _year_row(number: int, found: Comparison, year: int) -> Row:
    cells = {"year": Cell(financial_year_label(year))}
    for place, each in enumerate(found.options):
        cells[f"spend{place}"] = Cell(show_money_short(each.years.get(year, 0)))
        cells[f"more{place}"] = Cell(signed(found.differences[place].get(year, 0)), "soft")
    return Row(number, cells)


def _total_row(number: int, found: Comparison) -> Row:
    cells = {"year": Cell("In all")}
    for place, each in enumerate(found.options):
        cells[f"spend{place}"] = Cell(show_money_short(each.total))
        cells[f"more{place}"] = Cell(signed(found.more(place)), "soft")
    return Row(number, cells)


class ComparePage(Page):
    """The inputs at the left; what follows from them at the right, drawn again with each."""

    key, title, icon = "compare", "Compare options", "graph"
    tables = READ_BY

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._number = 0
        self.shown: Compared | None = None
        # Each part is made where it stays: moving the form would style every field anew.
        self._pages = QStackedWidget(self)
        self._main = QFrame(self._pages)
        self._inputs = QFrame(self._main)
        self.form = RecordForm(
            (Group("", INPUTS), Group("", ("notes",))), Scenario.FIELDS, today=session.today(), columns=1,
            parent=self._inputs,
        )  # fmt: skip
        self.form.edited.connect(self._edited)
        self.back_link = link("Set every input back", "arrow-counter-clockwise")
        self.back_link.clicked.connect(self._set_back)
        self._name = link("")
        self._name.clicked.connect(self._walk)
        self.printing = button("Print…", "quiet", "printer")
        self.printing.clicked.connect(partial(self._run, "print.compare"))
        self.sentence = text("", "question", wrap=True)
        self.note = text("", "soft", wrap=True)
        self.chart = SpendChart()
        self._years = YearSource()
        self.table = RecordTable(self._years)
        self.grid = RecordView(self.table)
        self.grid.setAccessibleName("Spend by year")
        self.grid.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._decisions = Stack()
        self._held: QWidget | None = None
        self._body = QFrame()
        self._lay_out()

    def _lay_out(self) -> None:
        bar = row(self._name, None, self.printing, margins=(24, 8, 12, 7))
        inputs = col(
            text("Inputs", "strong"), text(ABOUT, "small", wrap=True), self.form, row(self.back_link, None),
            None, gap=10, margins=(24, 14, 16, 16),
        )  # fmt: skip
        self._inputs.setLayout(inputs)
        side = scroll(self._inputs, "surface")
        side.setFixedWidth(SIDE)
        inset = (24, 0, 0, 0)  # the table has an edge of its own
        chart = col(text("Spend by financial year", "strong"), self.chart, gap=8, margins=inset)
        days = col(text("Days to decide", "strong"), self._decisions, gap=8, margins=inset)
        self._body.setLayout(col(chart, self.grid, days, gap=10))
        self._body.setMaximumWidth(WIDEST)
        said = col(self.sentence, self.note, gap=6, margins=inset)
        right = scroll(col(said, self._body, None, gap=12, margins=(0, 14, 24, 24)), "surface")
        across = row(side, panel(col(), "vline"), gap=0)
        across.addWidget(right, 1)
        whole = col(panel(bar, "subbar"), gap=0)
        whole.addLayout(across, 1)
        none = EmptyPage("No contract is chosen", NONE, (CHOOSE,), self.icon)
        none.chosen.connect(self._choose)
        self._main.setLayout(whole)
        for page in (none, self._main):
            self._pages.addWidget(page)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self._pages)
        self.setFocusProxy(self.form.editor(INPUTS[0]))

    # ---- showing

    def open_record(self, number: int, section: str = "") -> None:
        """Compare the options of a contract."""
        self.form.leave()
        self._number = number
        self._draw()

    def record_shown(self) -> int:
        """The contract compared."""
        return self._number

    def refresh(self, changes: Changes) -> None:
        """Draw again what changed."""
        self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._pages.setCurrentIndex(1 if self._number else 0)

    def _draw(self) -> None:
        if not self._number:
            return
        try:
            shown = self.shown = compared(self.session.store, self._number)
        except KeyError:
            self._number, self.shown = 0, None
            self._pages.setCurrentIndex(0)
            return
        self._pages.setCurrentIndex(1)
        self._name.setText(escaped(shown.contract.name))
        values = {**shown.values, "notes": shown.notes}
        self.form.show_record(
            values, problems={}, read_only=self.session.read_only, record=shown.contract.uuid
        )
        self.back_link.setVisible(bool(shown.own) and not self.session.read_only)
        self.sentence.setText(shown.missing or (shown.found.why if shown.found else ""))
        self.note.setText(shown.no_option)
        self.note.setVisible(bool(shown.no_option) and shown.found is not None)
        self._body.setVisible(shown.found is not None)
        self.printing.setEnabled(shown.found is not None)
        if shown.found is not None:
            self._draw_comparison(shown.found.value)

    def _draw_comparison(self, found: Comparison) -> None:
        names = [each.option.name for each in found.options]
        self.chart.set_groups(names, [_group(found, year) for year in found.years])
        self._years.show(found)
        self.table.set_columns(_columns(found))
        self.table.refill()
        self.grid.setFixedHeight(HEAD + ROW * self.table.rowCount() + 14)
        if self._held is not None:
            self._decisions.down.removeWidget(self._held)
            self._held.hide()
            self._held.deleteLater()
        across = row(gap=12)
        for each in found.options:
            across.addWidget(self._decided(each), 1)
        self._held = panel(across)
        self._decisions.down.addWidget(self._held)

    def _decided(self, spend: Spend) -> QWidget:
        """The days by which one way has to be decided."""
        today = self.session.today()
        lines: list[Item] = []
        for each in spend.option.decisions:
            tone = TONES.get(urgency(each.day, today).value, "")
            day = text(short_day(each.day), "medium", tone)
            across = row(gap=8)
            across.addWidget(text(each.title, wrap=True), 1)
            across.addWidget(day, 0, Qt.AlignmentFlag.AlignTop)
            lines.append(across)
        if not lines:
            lines.append(text("No day to decide is known.", "soft", wrap=True))
        return card(text(spend.option.name, "strong"), *lines, None, gap=6)

    # ---- what a person does

    def _edited(self, name: str, value: object) -> None:
        save = partial(set_input, self.session.store, self._number, name, value)
        if not self.session.attempt(save):
            held = self.shown.values.get(name) if self.shown else None
            self.form.not_saved(name, held)

    def _set_back(self, _checked: bool = False) -> None:
        self.session.attempt(partial(set_back, self.session.store, self._number))

    def _walk(self, _checked: bool = False) -> None:
        self.go.emit(Place("contracts", self._number, "plan"))

    def _choose(self, page: str) -> None:
        self.go.emit(Place(page))

    def _run(self, key: str, _checked: bool = False) -> None:
        self.command.emit(key)


def _group(found: Comparison, year: int) -> SpendGroup:
    """A year as bars of the chart."""
    figures = tuple(each.years.get(year, 0) for each in found.options)
    return SpendGroup(financial_year_label(year), figures, tuple(money_brief(each) for each in figures))
