"""Today: what is due in the whole file by when, what lies ahead by quarter, and what was worked on last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from desktop.looking import Looking
from desktop.pages.finding_places import PAGES, place_of
from desktop.pages.page import Page, Place
from desktop.pages.today_lines import RECORD_ICONS, decisions_chart, due_line, money_chart
from desktop.session import Session
from desktop.words import count_words
from storage.desk.today.due import LATE, MONTH, REMINDERS, WEEK, Due, grouped
from storage.engine.fields import RECORDS
from storage.engine.reading import Reader
from storage.engine.steps import Changes
from storage.engine.values import long_day, show_day, weekday_name
from widgets.due_rows import DueCard
from widgets.elided import elided_link
from widgets.empty import EmptyPage, FirstAction
from widgets.icons import IconLabel
from widgets.parts import card, col, menu_button, panel, row, scroll, text
from widgets.quarter_bars import ChartCard
from widgets.shown import escaped

if TYPE_CHECKING:
    from storage.desk.today.overview import Overview
    from storage.desk.today.recent import Recent
    from storage.desk.today.watched import Watched

NARROW, SIDE = (
    860,
    380,
)  # pixels of the page below which the charts stand under the list, and their width beside it
EVERYBODY, STATE = "Everybody", "today_owner"
MOST = {LATE: 12, WEEK: 20, MONTH: 12, REMINDERS: 6}
SOME = 8
EMPTY = (
    FirstAction("tray-arrow-down", "Bring your register", "Excel, CSV or Word; or drop the file here",
                "Choose a file…", "file.import"),
    FirstAction("plus", "Enter a contract", "Start with one and add the rest later", "New contract", "new.contract"),
    FirstAction("book-open", "Look around first", "The sample is a file of its own, apart from your work",
                "Open the sample", "file.sample"),
)  # fmt: skip


class TodayPage(Page):
    """Looks over the file on a thread of its own whenever it has changed; every row leads to its record."""

    key, title, icon = "today", "Today", "sun"

    def __init__(self, session: Session) -> None:
        self.tables = tuple(
            t for t in RECORDS if t not in ("import_row", "put_aside", "meeting_snapshot", "shown_contract")
        )
        super().__init__(session)
        self.seen: Overview | None = None
        held = session.state.recall(STATE)
        self.owner = held if isinstance(held, str) else ""
        self._looking = Looking(session, _look, self)
        self._looking.found.connect(self._show)
        self._looking.failed.connect(session.failed)
        self._menu = QMenu()
        self._button = menu_button(self.owner or EVERYBODY, self._menu)
        self._button.setParent(self)
        self._button.hide()  # the window shows it beside the title
        self._charts = (ChartCard(), ChartCard())
        self._groups, self._recent = col(gap=0), col(gap=12)
        self._pages = QStackedWidget()
        self._lay_out()

    def _lay_out(self) -> None:
        side = QWidget()
        side.setLayout(col(*self._charts, self._recent, None, gap=12))
        self._side = side
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._across.setSpacing(24)
        left = col(self._groups, None, gap=0)
        self._across.addLayout(left, 1)
        self._across.addWidget(side)
        empty = EmptyPage("Nothing is due", "What is late and what comes next will stand here, each a press away from "
                          "its record. Begin with the register you have.", EMPTY, self.icon)  # fmt: skip
        empty.chosen.connect(self.command)
        for page in (QWidget(), scroll(panel(col(self._across, margins=(24, 16, 24, 24)))), empty):
            self._pages.addWidget(page)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self._pages)

    # ---- what the window asks

    @property
    def primary(self) -> tuple[str, str]:
        """New action, unless the empty page offers something better."""
        return ("New action", "plus") if self.seen and self.seen.contracts else ("", "")

    def do_primary(self) -> None:
        """Add an action."""
        self.command.emit("new.action")

    @property
    def beside(self) -> QWidget | None:
        """Whose work is shown."""
        return self._button if self.seen and self.seen.contracts else None

    @property
    def settled(self) -> bool:
        """Whether it has looked, and the file has not changed since."""
        return self.seen is not None and not self._looking.busy

    def refresh(self, changes: Changes) -> None:
        """Look again when the file has been quiet for a moment."""
        self._looking.soon()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._looking.busy:
            return
        if self.seen is None or self.seen.day != self.session.today():
            self._looking.now()
        else:
            self._draw_recent(self.seen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= NARROW
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._across.setDirection(way)
        self._side.setFixedWidth(SIDE if beside else self.width() - 48)

    # ---- what is shown

    def choose_owner(self, name: str, _checked: bool = False) -> None:
        """Show the work of one person; blank for everybody. It is remembered with the file."""
        self.owner = name
        self.session.state.remember(STATE, name)
        if self.seen is not None:
            self._draw(self.seen)

    def _show(self, seen: Overview) -> None:
        self.seen = seen
        names = sorted({each.owner for each in seen.due if each.owner}, key=str.casefold)
        if self.owner and self.owner not in names:
            self.owner = ""
        self._menu.clear()
        for name in (EVERYBODY, *names):
            action = QAction(escaped(name), self._menu)
            action.triggered.connect(partial(self.choose_owner, "" if name == EVERYBODY else name))
            self._menu.addAction(action)
        self._draw(seen)
        self.headed.emit()

    def _draw(self, seen: Overview) -> None:
        self._button.setText(escaped(self.owner or EVERYBODY))
        mine = [each for each in seen.due if not self.owner or each.owner == self.owner]
        groups = grouped(mine, seen.day)
        _empty(self._groups)
        week = sum(len(groups.get(name, ())) for name in (LATE, WEEK))
        said = f"{count_words(week, 'thing')} {'needs' if week == 1 else 'need'} you this week"
        day = f"{weekday_name(seen.day)} {long_day(seen.day)}"
        self._groups.addLayout(
            row(text(day, "record"), text(said if week else "Nothing is due this week", "soft"), None, gap=14)
        )
        for name, those in groups.items():
            self._groups.addLayout(
                row(text(name, "strong"), text(f"{len(those):,}", "soft"), None, margins=(0, 14, 0, 6))
            )
            self._groups.addWidget(self._card(name, those, seen))
        for chart, made in zip(self._charts, (decisions_chart, money_chart), strict=True):
            chart.show_chart(made(seen.quarters))
        self._draw_recent(seen)
        self._pages.setCurrentIndex(1 if seen.contracts or seen.due else 2)

    def _card(self, name: str, those: Sequence[Due], seen: Overview) -> DueCard:
        act = "Dismiss" if name == REMINDERS and not self.session.read_only else ""
        made = DueCard([due_line(each, name, seen.day) for each in those], MOST.get(name, SOME), act)
        made.pressed.connect(partial(self._walk, those))
        made.acted.connect(partial(self._dismiss, those))
        return made

    def _walk(self, those: Sequence[Due], place: int) -> None:
        due = those[place]
        self.go.emit(place_of(due.table, due.record, due.field, due.contract))

    def _dismiss(self, those: Sequence[Due], place: int) -> None:
        from storage.desk.today.reminders import dismiss

        self.session.attempt(partial(dismiss, self.session.store, those[place].reminder))

    def _draw_recent(self, seen: Overview) -> None:
        """What was opened since the file was, then what was changed last."""
        from storage.desk.today.recent import named

        _empty(self._recent)
        if seen.watched:
            views = [self._watched_row(each) for each in seen.watched]
            self._recent.addWidget(
                card(text("Views you watch", "strong"), *views, gap=6, margins=(16, 12, 16, 12))
            )
        opened = [
            named(self.session.store, table, number, at)
            for (table, number), at in self.session.opened.items()
        ]
        every = {(r.table, r.record): r for r in seen.recent}
        every |= {(r.table, r.record): r for r in opened if r is not None}
        newest = sorted(every.values(), key=lambda r: r.at, reverse=True)[:SOME]
        if newest:
            rows = [self._recent_row(each) for each in newest]
            self._recent.addWidget(card(text("Recent", "strong"), *rows, gap=6, margins=(16, 12, 16, 12)))

    def _watched_row(self, each: Watched) -> QWidget:
        press = elided_link(each.name, SIDE - 140)
        press.clicked.connect(partial(self._go_to, Place(each.page, view=each.key)))
        made = QWidget()
        icon = IconLabel("list-bullets", "text2", 16)
        made.setLayout(row(icon, press, None, text(f"{each.count:,}", "soft"), gap=8))
        return made

    def _recent_row(self, each: Recent) -> QWidget:
        press = elided_link(each.name, SIDE - 140)
        press.clicked.connect(partial(self._go_to, Place(PAGES[each.table][0], each.record)))
        made = QWidget()
        icon = IconLabel(RECORD_ICONS[each.table], "text2", 16)
        made.setLayout(row(icon, press, None, text(self._when(each.at), "soft"), gap=8))
        return made

    def _when(self, at: datetime) -> str:
        here = at.astimezone()
        days = (self.session.today() - here.date()).days
        if days <= 0:
            return f"{here:%H:%M}"
        return "Yesterday" if days == 1 else show_day(here.date())

    def _go_to(self, place: Place, _checked: bool = False) -> None:
        self.go.emit(place)


def _look(reader: Reader) -> Overview:
    """What it takes is brought in by the thread that looks, so that the window opens quickly."""
    from storage.desk.today.overview import overview

    return overview(reader)


def _empty(layout: QVBoxLayout) -> None:
    """Take everything out of a layout."""
    while item := layout.takeAt(0):
        if (gone := item.widget()) is not None:
            gone.hide()
            gone.deleteLater()
        elif isinstance(inner := item.layout(), QBoxLayout):
            while part := inner.takeAt(0):
                if (held := part.widget()) is not None:
                    held.hide()
                    held.deleteLater()
