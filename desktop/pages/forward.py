"""The forward plan: what to start, decide and serve, what ends, by quarter; and where too much comes at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from desktop.pages.page import Page, Place
from desktop.session import Session
from desktop.words import CLOSE_DAYS, count_words, days_words
from storage.desk.planning.forward import LATE, Ahead, Gathered, Quarter, What, gather, laid_out
from storage.engine.reading import Reader
from storage.engine.steps import Changes
from storage.engine.values import show_day, show_money_short
from storage.records.contracts import Contract
from storage.rules.forward_plan import MOST_AT_ONCE, Planned
from storage.rules.kpi_periods import QUARTERLY, period_label
from widgets.empty import EmptyPage, FirstAction
from widgets.load_chart import LoadBar, LoadChart
from widgets.parts import IconLabel, Segmented, button, col, link, panel, row, text
from widgets.table_model import Cell, Column, RecordTable, Row
from widgets.table_painter import FoldPlan
from widgets.table_view import RecordView

YEARS = (("1", "1 year"), ("3", "3 years"), ("5", "5 years"))
EDGE = (24, 0, 16, 0)  # tables have an edge of their own
KEPT_YEARS = "forward.years"
SAID = 3  # so many clashes are said on the page; the table and the paper have them all
ITEMS = (
    Column("title", "Contract", 260, stretch=True, sortable=False),
    Column("provider", "Provider", 260, sortable=False),
    Column("day", "Day", 112, sortable=False),
    Column("what", "What", 124, sortable=False),
    Column("quarter", "Quarter", 104, sortable=False),
    Column("value", "Value", 128, align="right", sortable=False),
)
QUARTERS = (
    Column("quarter", "Quarter", 120, stretch=True, sortable=False),
    *(Column(what, words, 110, align="right", sortable=False) for what, words in (
        (What.START, "To start"), (What.DECIDE, "To decide"), (What.SERVE, "To serve"), (What.ENDS, "Ending"))),
    Column("ending", "Value that ends", 190, align="right", sortable=False),
    Column("at_once", "At once", 130, align="right", sortable=False),
)  # fmt: skip
NOTHING = "Nothing is to be done in this time, and nothing ends."
NO_ROUTE = "choose the route on the tab Plan of each, or the usual one under My organisation and me."

EMPTY = (
    "Nothing lies ahead yet",
    "Once there are contracts, this page says by quarter what to start, what to decide, when to serve notice and "
    "what ends, and where too much comes at once.",
    (
        FirstAction("tray-arrow-down", "Bring your register", "Excel, CSV or Word; or drop the file here",
                    "Choose a file…", "file.import"),
        FirstAction("plus", "Enter a contract", "Start with one and add the rest later", "New contract",
                    "new.contract"),
    ),
)  # fmt: skip


class ItemSource:
    """What falls into the quarter chosen."""

    def __init__(self, reader: Reader) -> None:
        self.items: Sequence[Planned] = ()
        self._reader, self._today = reader, reader.today()

    def ids(self) -> Sequence[int]:
        """Places in the list, from 1."""
        return range(1, len(self.items) + 1)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """The rows at these places."""
        items = {number: self.items[number - 1] for number in ids}
        held = self._reader.many(Contract, sorted({item.contract for item in items.values()}))
        return {number: self._row(number, item, held.get(item.contract)) for number, item in items.items()}

    def _row(self, number: int, item: Planned, contract: Contract | None) -> Row:
        left = (item.day - self._today).days
        tone = "red" if left < 0 else "amber" if left <= CLOSE_DAYS else ""
        cells = {
            "title": Cell(item.title),
            "provider": Cell(contract.provider_name if contract else "", "soft"),
            "day": Cell(show_day(item.day), tone, note=days_words(item.day, self._today)),
            "what": Cell(item.what),
            "quarter": Cell(LATE if left < 0 else period_label(QUARTERLY, item.day), "soft"),
            "value": Cell(show_money_short(item.pence) if item.pence is not None else "", ""),
        }
        return Row(number, cells)


class QuarterSource:
    """The quarters as a table."""

    def __init__(self) -> None:
        self.quarters: Sequence[Quarter] = ()

    def ids(self) -> Sequence[int]:
        """Places in the list, from 1."""
        return range(1, len(self.quarters) + 1)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """The rows at these places."""
        return {number: _quarter_row(number, self.quarters[number - 1]) for number in ids}


def _quarter_row(number: int, quarter: Quarter) -> Row:
    cells = {what.value: Cell(f"{count:,}") for what, count in quarter.counts.items()}
    ending = quarter.ending.short() if quarter.counts[What.ENDS] else ""
    over = quarter.clash is not None
    at_once = Cell(f"{quarter.at_once:,}{', too many' if over else ''}", "amber" if over else "")
    return Row(number, cells | {"quarter": Cell(quarter.label), "ending": Cell(ending), "at_once": at_once})


class ForwardPage(Page):
    """A chart of the load over what falls into the quarter chosen; Enter on a row goes to the contract."""

    key, title, icon = "forward", "Forward plan", "calendar-blank"
    tables = ("contract",)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.ahead: Ahead | None = None
        self._gathered: Gathered | None = None
        self.quarter = ""
        self.years = Segmented(YEARS, 84)
        self.years.setAccessibleName("How far ahead")
        self.as_table = button("As a table", "quiet", "table", on=False)
        self.chart = LoadChart(MOST_AT_ONCE)
        self._quarters, self._items = QuarterSource(), ItemSource(session.store)
        self._quarter_table = RecordTable(self._quarters, QUARTERS)
        self.quarters = RecordView(self._quarter_table)
        self._item_table = RecordTable(self._items, ITEMS)
        self.items = RecordView(self._item_table, FoldPlan("title", ("provider",), label="Contract"))
        self._head, self._count = text("", "strong"), text("", "soft")
        self.every, self.late = link("All quarters"), link("")
        self.late.hide()  # until it has words
        self._clash = text("", "", wrap=True)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._lay_out()
        self._connect()
        held = session.state.recall(KEPT_YEARS)
        self.years.set_value(held if held in dict(YEARS) else "3")
        self._stale = True

    def _lay_out(self) -> None:
        export, printing = button("Export", "quiet", "export"), button("Print…", "quiet", "printer")
        export.clicked.connect(partial(self._run, "list.export"))
        printing.clicked.connect(partial(self._run, "print.forward"))
        bar = row(self.years, None, self.as_table, export, printing, gap=6, margins=(24, 8, 12, 7))
        self._stack = QStackedWidget(self)
        main = QFrame(self._stack)
        surface = QFrame(main)
        surface.setProperty("part", "surface")
        self._lay_out_load(surface)
        heading = row(self._head, self._count, None, self.late, self.every, gap=12, margins=(24, 4, 16, 4))
        self.items.setAccessibleName("What lies ahead")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        clash = col(self._clash_part, gap=0, margins=EDGE)
        body = col(12, self._swap, 8, clash, 8, heading, gap=0)
        body.addWidget(self.items, 100)
        body.addStretch(1)
        surface.setLayout(body)
        filled = col(panel(bar, "subbar", inside=main), gap=0)
        filled.addWidget(surface, 1)
        main.setLayout(filled)
        title, words, actions = EMPTY
        empty = EmptyPage(title, words, actions, self.icon)
        empty.chosen.connect(self.command)
        self._stack.addWidget(main)
        self._stack.addWidget(empty)
        whole.addWidget(self._stack)
        self.setFocusProxy(self.items)

    def _lay_out_load(self, surface: QWidget) -> None:
        """The load as a chart or a table, and what it clashes with."""
        self._swap = QStackedWidget(surface)
        load = col(text("Procurements running at once", "strong"), self.chart, None, gap=2, margins=EDGE)
        self._swap.addWidget(panel(load, "surface", inside=self._swap))
        self._swap.addWidget(self.quarters)
        self._swap.setFixedHeight(176)
        self._sign = IconLabel("warning", "amber", 16)
        clash_row = row(self._sign, gap=8, margins=(10, 8, 10, 8))
        clash_row.setAlignment(self._sign, Qt.AlignmentFlag.AlignTop)
        clash_row.addWidget(self._clash, 1)
        self._clash_part = panel(clash_row, "inset", inside=surface)
        self.quarters.setAccessibleName("The load by quarter")

    def _connect(self) -> None:
        self.years.chosen.connect(self._choose_years)
        self.as_table.toggled.connect(self._show_table)
        self.chart.chosen.connect(self._choose_bar)
        self.quarters.current_changed.connect(self._choose_row)
        self.every.clicked.connect(partial(self.show_quarter, ""))
        self.late.clicked.connect(partial(self.show_quarter, LATE))
        self.items.opened.connect(self._walk)
        self.items.said.connect(self.session.said)
        self._soon.timeout.connect(self._read)

    # ---- showing

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._soon.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._soon.stop()  # the window may be closing, and with it the file

    def refresh(self, changes: Changes) -> None:
        """Read again what lies ahead."""
        self._stale = True
        if self.isVisible():
            self._soon.start()

    def _read(self) -> None:
        """Read in one turn and lay out in the next, so that neither keeps the window waiting."""
        if self._gathered is None:
            self._gathered = gather(self.session.store, int(self.years.value()))
            self._soon.start()
            return
        self.ahead, self._gathered, self._stale = laid_out(self._gathered), None, False
        self._stack.setCurrentIndex(0 if self.session.store.count_and_total(Contract, "id")[0] else 1)
        self._quarters.quarters = self.ahead.quarters
        self._quarter_table.refill()
        labels = [each.label for each in self.ahead.quarters]
        chosen = labels.index(self.quarter) if self.quarter in labels else -1
        self.chart.set_bars([_bar(each) for each in self.ahead.quarters], chosen)
        self._say_clashes(self.ahead)
        self.show_quarter(self.quarter if self.quarter in (*labels, LATE) else "")

    def _say_clashes(self, found: Ahead) -> None:
        said = list(found.clashes[:SAID])
        if len(found.clashes) > SAID:
            said.append(
                f"And {count_words(len(found.clashes) - SAID, 'quarter')} more with over {MOST_AT_ONCE} at once."
            )
        if not said and found.unplanned:
            said = [f"{count_words(found.unplanned, 'contract')} without a day to start: {NO_ROUTE}"]
        self._sign.set_icon("warning" if found.clashes else "info", "amber" if found.clashes else "text2")
        self._clash.setText("\n".join(said))
        self._clash_part.setVisible(bool(said))

    def show_quarter(self, label: str, _checked: bool = False) -> None:
        """Show what falls into one quarter, what is late, or with no label all of it."""
        self.quarter = label
        found = self.ahead
        if found is None:
            return
        self._items.items = found.items(label)
        self._item_table.refill()
        quarter = next((each for each in found.quarters if each.label == label), None)
        self._head.setText(label or f"From today to {show_day(found.last)}")
        words = quarter.words() if quarter else count_words(len(self._items.items), "date")
        self._count.setText(words if self._items.items else NOTHING)
        self.items.setVisible(bool(self._items.items))
        self.setFocusProxy(self.items if self._items.items else self.years)
        self.every.setVisible(bool(label))
        self.late.setText(f"{count_words(len(found.late), 'date')} passed")
        self.late.setVisible(bool(found.late) and label != LATE)

    # ---- what a person does

    def _choose_years(self, key: str) -> None:
        self.session.state.remember(KEPT_YEARS, key)
        self._gathered = None
        self._soon.start()

    def _choose_bar(self, place: int) -> None:
        if self.ahead is not None:
            self.show_quarter(self.ahead.quarters[place].label if place >= 0 else "")

    def _choose_row(self, number: int) -> None:
        if number and self.as_table.isChecked():
            self._choose_bar(number - 1)

    def _show_table(self, on: bool) -> None:
        self._swap.setCurrentIndex(1 if on else 0)

    def _walk(self, number: int) -> None:
        self.go.emit(Place("contracts", self._items.items[number - 1].contract, "plan"))

    def _run(self, key: str, _checked: bool = False) -> None:
        self.command.emit(key)


def _bar(quarter: Quarter) -> LoadBar:
    """A quarter as a bar of the chart."""
    words = f"{quarter.label}: {quarter.at_once:,} at once; {quarter.words()}"
    return LoadBar(quarter.label.split()[0], quarter.year, quarter.at_once, quarter.clash is not None, words)
