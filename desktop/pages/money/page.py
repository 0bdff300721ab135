"""Money: planned, forecast and actual by year, what is committed, what ends, what partners pay, what is inherited."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.looking import Looking
from desktop.pages.money.making import Making
from desktop.pages.money.sheets import (
    COMMITTED,
    ENDING,
    FORMS,
    INHERITED,
    MOVING,
    POOLED,
    YEAR,
    Wish,
)
from desktop.pages.money.view import SheetView
from desktop.pages.money.work import Read, Seen, read
from desktop.pages.page import Page, Place
from desktop.session import Session
from storage.desk.finance.money import explained
from storage.desk.finance.money_tables import CONTRACT, COST_CENTRE, DIRECTORATE, this_year
from storage.engine.steps import Changes
from storage.rules.money import financial_year_label
from widgets.editors import Chooser
from widgets.empty import EmptyPage, FirstAction
from widgets.filters import FilterLine
from widgets.narrow_bar import NarrowBar
from widgets.parts import Segmented, TabBar, button, col, line, panel, row, text
from widgets.shown import set_field

TABS = (
    (YEAR, "By year"),
    (COMMITTED, "Committed"),
    (ENDING, "Ending 31 March"),
    (POOLED, "Paid in by partners"),
    (INHERITED, "Inherited"),
)
WAYS = {
    YEAR: ((CONTRACT, "Contract"), (COST_CENTRE, "Cost centre"), (DIRECTORATE, "Directorate")),
    INHERITED: ((FORMS, "By form"), (MOVING, "Still to move")),
}
EMPTY = (
    FirstAction("tray-arrow-down", "Bring your register", "Excel, CSV or Word; or drop the file here",
                "Choose a file…", "file.import"),
    FirstAction("plus", "Enter a contract", "Start with one and add the rest later", "New contract", "new.contract"),
)  # fmt: skip
NARROW = 900  # pixels of the bar below which it keeps only what chooses
NONE_YET = (
    "Once there are contracts, this page adds up what they are planned to cost, are expected to cost and did cost by "
    "financial year, what is committed, what ends with the year, and what partners pay in."
)


class MoneyPage(Page):
    """Reads the register on a thread of its own, and again a moment after it has changed."""

    key, title, icon = "money", "Money", "chart-bar"
    tables = (
        "contract",
        "value_year",
        "contribution",
        "extension",
        "notice",
        "organisation",
        "contract_party",
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.held: Read | None = None
        self.wish = Wish()
        self._years: list[int] = []
        self._looking = Looking(session, read, self)
        self._looking.found.connect(self._read)
        self._looking.failed.connect(self._could_not)
        self._making = Making(self)
        self._making.made.connect(self._show)
        self._making.failed.connect(self._could_not)
        self.tabs, self.filter, self.year = TabBar(TABS), FilterLine(), Chooser()
        self.ways = {tab: Segmented(ways, 130) for tab, ways in WAYS.items()}
        self.view = SheetView()
        self._said = text("Adding up…", "soft", wrap=True)
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._label = text("Financial year", "label")
        set_field(self._label, self.year)
        self.year.setFixedWidth(112)
        self.filter.setMaximumWidth(200)
        self._print = button("Print…", "quiet", "printer")
        export = button("Export", "quiet", "export")
        export.clicked.connect(lambda: self.command.emit("list.export"))
        tools = row(
            self._label,
            self.year,
            self.filter,
            None,
            *self.ways.values(),
            export,
            self._print,
            margins=(24, 0, 24, 0),
        )
        bar = NarrowBar(tools, (export, self._print), NARROW)
        whole = QWidget()
        tabs = row(self.tabs, margins=(24, 0, 24, 0))
        whole.setLayout(col(tabs, line(), bar, self.view, gap=0))
        self._empty = EmptyPage("No contracts yet", NONE_YET, EMPTY, self.icon)
        self._empty.chosen.connect(self.command)
        self._whole, self._waits = whole, panel(col(self._said, None, margins=24))
        for each in (self._waits, self._empty, whole):
            self._pages.addWidget(each)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self._pages)
        self.setFocusProxy(self.view)
        for tab, way in self.ways.items():
            way.set_value(WAYS[tab][0][0])
        self._show_ways()

    def _connect(self) -> None:
        self.tabs.chosen.connect(self.show_tab)
        self.year.activated.connect(lambda place: self.show_year(self._years[place]))
        self.filter.paused.connect(lambda words: self._wish_for(replace(self.wish, words=words)))
        self.filter.left.connect(self.setFocus)
        for way in self.ways.values():
            way.chosen.connect(self.show_by)
        self._print.clicked.connect(self.print_page)
        self.view.opened.connect(self._walk)
        self.view.looked_at.connect(self._explain)
        self.view.typed.connect(self._type_on)
        self.view.said.connect(self.session.said)

    # ---- what the window asks

    @property
    def primary(self) -> tuple[str, str]:
        """Prepare the next financial year."""
        return ("New financial year…", "calendar-blank") if self.held and self.held.money.lines else ("", "")

    def do_primary(self) -> None:
        """Prepare the next financial year."""
        self.command.emit("year.begin")

    def print_page(self) -> bool:
        """The money of the year shown; from their tab the inherited contracts alone."""
        from desktop.pages.money.printing import preview

        if self.held is not None and self.held.money.lines:
            preview(self, self.session, self.held, self.wish)
        return True

    def refresh(self, changes: Changes) -> None:
        """Read again when the file has been quiet for a moment."""
        self._looking.soon()

    def showEvent(self, event: QShowEvent) -> None:
        """The register is first read when the page is first seen."""
        super().showEvent(event)
        if self.held is None and not self._looking.busy:
            self._looking.now()

    @property
    def settled(self) -> bool:
        """Whether what is shown is what the file holds and what was wished for."""
        return self.held is not None and not self._looking.busy and not self._making.busy

    # ---- what was wished for

    def show_tab(self, tab: str) -> None:
        """Show one of the tabs."""
        self.tabs.set_value(tab)
        by = self.ways[tab].value() if tab in self.ways else ""
        self._wish_for(Wish(tab, self.wish.year, by, self.wish.words))
        self._show_ways()

    def show_year(self, year: int) -> None:
        """Show another financial year."""
        self._wish_for(replace(self.wish, year=year))

    def show_by(self, by: str, words: str | None = None) -> None:
        """Break the tab down otherwise, perhaps with another filter."""
        self.ways[self.wish.tab].set_value(by)
        if words is not None:
            self.filter.put(words)
        self._wish_for(Wish(self.wish.tab, self.wish.year, by, self.filter.words()))

    def _show_ways(self) -> None:
        for tab, way in self.ways.items():
            way.setVisible(tab == self.tabs.value())
        for each in (self._label, self.year):
            each.setVisible(self.tabs.value() != INHERITED)

    def _type_on(self, words: str) -> None:
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.insert(words)

    def _walk(self, number: int) -> None:
        """Follow a row: to a contract or partner, or from a group to its contracts."""
        lead = self.view.sheet.leads.get(number) if self.view.sheet else None
        if isinstance(lead, Place) and lead.record:
            self.go.emit(lead)
        elif isinstance(lead, str):
            self.show_by(MOVING if self.wish.tab == INHERITED else CONTRACT, lead)

    def _explain(self, number: int) -> None:
        """Say how the plan of the contract gone to comes about."""
        held, wish = self.held, self.wish
        if held is None or (wish.tab, wish.by) != (YEAR, CONTRACT):
            return
        line = next((one for one in held.money.lines if one.contract.key == number), None)
        self.view.say(f"{line.name}, planned: {explained(line, wish.year).why}" if line else "")

    # ---- reading and showing

    def _could_not(self, words: str) -> None:
        self._said.setText(words)
        if self.held is None:
            self._pages.setCurrentWidget(self._waits)

    def _read(self, found: object) -> None:
        self.held = cast("Read", found)
        money = self.held.money
        self._years = money.years()
        year = self.wish.year if self.wish.year in self._years else this_year(money)
        self.year.clear()
        self.year.addItems([financial_year_label(each) for each in self._years])
        self.year.setCurrentIndex(self._years.index(year))
        self._pages.setCurrentWidget(self._whole if money.lines else self._empty)
        self._wish_for(replace(self.wish, year=year))
        self.headed.emit()

    def _wish_for(self, wish: Wish) -> None:
        self.wish = wish
        if wish.year in self._years:
            self.year.setCurrentIndex(self._years.index(wish.year))
        if self.held is not None:
            self._making.make(self.held, wish)

    def _show(self, found: object) -> None:
        self.view.show_sheet(cast("Seen", found).sheet)
