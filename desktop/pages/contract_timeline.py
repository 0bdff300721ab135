"""The contracts of the list on a scale of time, or the same as a table; the filters and views of the list apply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from desktop.pages.list_memory import ListMemory
from desktop.session import Session
from desktop.words import CLOSE_DAYS, days_words
from storage.desk.planning.timelines import Act, Line, Mark, Sort, in_order, lines
from storage.engine.query import ALL, Query
from storage.engine.reading import Reader
from storage.engine.steps import Changes
from storage.engine.values import show_day
from storage.rules.position import EXPIRED
from widgets.flow import FlowLayout
from widgets.parts import Segmented, button, panel, row, text
from widgets.table_model import Cell, Column, RecordTable, Row
from widgets.table_painter import FoldPlan
from widgets.table_view import RecordView
from widgets.timeline_bars import BarMark, BarStretch, Key, KeySign, MarkKind, StretchKind, TimelineRow
from widgets.timeline_scale import SPANS, Scale
from widgets.timeline_view import TimelineView

YEARS = (("2", "2 years"), ("5", "5 years"), ("10", "10 years"))
SORTS: Mapping[Sort, StretchKind] = {
    Sort.CERTAIN: "certain", Sort.USED: "used", Sort.OPEN: "open", Sort.ROLLS: "rolls",
}  # fmt: skip
ACTS: Mapping[Act, MarkKind] = {
    Act.NOTICE: "notice", Act.SERVE: "serve", Act.ACT: "act", Act.BREAK: "break",
}  # fmt: skip
KEY: Key = (*((SORTS[each], each.value) for each in Sort), *((ACTS[each], each.value) for each in Act))
READ_BY = ("contract", "extension", "break_point")
COLUMNS = (
    Column("title", "Contract", 260, stretch=True, sortable=False),
    Column("reference", "Reference", 104, sortable=False),
    Column("provider", "Provider", 200, sortable=False),
    Column("position", "Position", 110, sortable=False),
    Column("next", "Next date", 116, sortable=False),
    Column("what", "What for", 166, sortable=False),
    Column("start", "Start", 108, sortable=False),
    Column("end", "Ends", 108, sortable=False),
    Column("latest", "With options", 108, sortable=False),
    *(Column(ACTS[each], each.value, 150, sortable=False, narrow=116) for each in Act),
)


class LineSource:
    """Brings the lines of the timeline and the rows of its table."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.order: Sequence[int] = ()

    def ids(self) -> Sequence[int]:
        """The contracts, in the order of their next dates."""
        return self.order

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """The rows of the table."""
        today = self._reader.today()
        return {number: table_row(line, today) for number, line in lines(self._reader, ids).items()}


class BarSource(LineSource):
    """The same as lines of the timeline."""

    def rows(self, ids: Sequence[int]) -> Mapping[int, TimelineRow]:  # type: ignore[override]
        """The lines of the timeline."""
        today = self._reader.today()
        return {number: bar_row(line, today) for number, line in lines(self._reader, ids).items()}


def bar_row(line: Line, today: date) -> TimelineRow:
    """A line as it is painted."""
    under = " · ".join(each for each in (line.reference, line.provider) if each)
    day = line.next_day
    ended = f" {show_day(line.end)}" if line.end and line.position == EXPIRED else ""
    note = line.next_what if day else f"{line.position}{ended}"
    return TimelineRow(
        line.contract,
        line.title,
        under,
        f"{show_day(day)}" if day else "None ahead",
        note,
        "amber" if day and (day - today).days <= CLOSE_DAYS else "",
        tuple(BarStretch(SORTS[each.sort], each.first, each.last) for each in line.stretches),
        tuple(BarMark(ACTS[each.act], each.day, mark_tone(each, today)) for each in line.marks),
        line.settled,
        spoken(line, today),
    )


def mark_tone(mark: Mark, today: date) -> str:
    """Amber when it is close; red when the day to act is over."""
    left = (mark.day - today).days
    if left < 0:
        return "red" if mark.act is Act.ACT else ""
    return "amber" if left <= CLOSE_DAYS else ""


def spoken(line: Line, today: date) -> str:
    """A line as a screen reader says it, and as the tool tip shows it."""
    said = [line.title, *(each for each in (line.reference, line.provider, line.position) if each)]
    if line.next_day:
        said.append(f"Next: {line.next_what}, {show_day(line.next_day)}, {days_words(line.next_day, today)}")
    for each in line.stretches:
        first = show_day(each.first) if each.first else "an unknown start"
        last = f"to {show_day(each.last)}" if each.last else "until somebody ends it"
        said.append(f"{each.sort.value}: {first} {last}")
    said += [f"{each.act.value}: {show_day(each.day)}" for each in line.marks]
    return "; ".join(said)


def table_row(line: Line, today: date) -> Row:
    """A line as a row of the table."""
    day = line.next_day
    close = day is not None and (day - today).days <= CLOSE_DAYS
    cells = {
        "title": Cell(line.title),
        "reference": Cell(line.reference),
        "provider": Cell(line.provider),
        "position": Cell(line.position, "soft"),
        "next": Cell(_day(day), "amber" if close else "", note=days_words(day, today) if day else ""),
        "what": Cell(line.next_what),
        "start": Cell(_day(line.start)),
        "end": Cell(_day(line.end) or ("No end date" if line.start else "")),
        "latest": Cell(_day(line.latest)),
    }
    for act, name in ACTS.items():
        marked = [mark for mark in line.marks if mark.act is act]
        cells[name] = Cell(
            ", ".join(_day(mark.day) for mark in marked), mark_tone(marked[0], today) if marked else ""
        )
    return Row(line.contract, cells)


def _day(day: date | None) -> str:
    return show_day(day) if day else ""


class ContractTimeline(QFrame):
    """A bar of its own over the lines, the key to them below; a press on a line opens the contract."""

    current_changed = Signal(int)
    opened = Signal(int)
    left = Signal()
    typed = Signal(str)
    command = Signal(str)

    def __init__(self, session: Session, memory: ListMemory) -> None:
        super().__init__()
        self._session, self._memory = session, memory
        self._query: Query = ALL
        self._stale = True
        reader = session.store
        self._bars, self._rows = BarSource(reader), LineSource(reader)
        self.view = TimelineView(self._bars, session.today())
        self.table = RecordTable(self._rows, COLUMNS)
        self.grid = RecordView(self.table, FoldPlan("title", ("reference", "provider"), label="Contract"))
        self.grid.setAccessibleName("Timeline of contracts as a table")
        self.years = Segmented(YEARS, 84)
        self.years.setAccessibleName("How much time is in sight")
        self.as_table = button("As a table", "quiet", "table", on=False)
        self._key = QFrame()
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        held = memory.recall("timeline.years")
        self.view.show_years(held if held in SPANS else 5)

    def _lay_out(self) -> None:
        self._tools = [
            button("Earlier", "quiet", "caret-left"),
            button("Today", "quiet"),
            button("Later", "quiet", "caret-right"),
        ]
        printing = button("Print…", "quiet", "printer")
        printing.clicked.connect(partial(self._run, "print.timeline"))
        bar = row(self.years, *self._tools, None, self.as_table, printing, gap=6, margins=(24, 8, 12, 8))
        flow = FlowLayout(gap=16, line_gap=2)
        for kind, words in KEY:
            flow.addWidget(panel(row(KeySign(kind), text(words, "small"), gap=6)))
        self._key.setProperty("part", "surface")
        down = QVBoxLayout(self._key)
        down.setContentsMargins(24, 6, 16, 6)
        down.addLayout(flow)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.grid)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(panel(bar, "surface"))
        whole.addWidget(self._stack, 1)
        whole.addWidget(self._key)
        self.setFocusProxy(self.view)

    def _connect(self) -> None:
        earlier, today, later = self._tools
        earlier.clicked.connect(partial(self._move, -1))
        later.clicked.connect(partial(self._move, 1))
        today.clicked.connect(self._to_today)
        self.years.chosen.connect(self._choose_years)
        self.as_table.toggled.connect(self._show_table)
        self.view.scale_changed.connect(self._scale_changed)
        for each in (self.view, self.grid):
            each.current_changed.connect(self.current_changed)
            each.opened.connect(self.opened)
            each.typed.connect(self.typed)
        self.grid.said.connect(self._session.said)
        self.view.left.connect(self.left)
        self._session.changed.connect(self._hear)

    # ---- showing

    def show_query(self, query: Query) -> None:
        """Show what a query finds, at once when it is seen; the same again costs nothing."""
        if query != self._query:
            self._query, self._stale = query, True
        if self._stale and self.isVisible():
            self._read()

    def _read(self) -> None:
        self._stale = False
        order = in_order(self._session.store, self._query)
        self._bars.order = self._rows.order = order
        self.view.set_ids(order)
        self.table.refill()

    def current_id(self) -> int:
        """The contract chosen, or 0."""
        return self.grid.current_id() if self.as_table.isChecked() else self.view.current_id()

    def select_id(self, number: int) -> None:
        """Make a contract current."""
        self.view.select_id(number)
        self.grid.select_id(number)

    def scale(self) -> Scale:
        """The stretch of time in sight, for the paper."""
        return self.view.scale()

    def _hear(self, changes: Changes) -> None:
        if changes.touches(*READ_BY):
            self._stale = True
            self.show_query(self._query)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._read()

    # ---- what a person does

    def _choose_years(self, key: str) -> None:
        self.view.show_years(int(key))

    def _move(self, way: int, _checked: bool = False) -> None:
        scale = self.view.scale()
        self.view.set_scale(scale.moved(way * scale.years * 73))  # a fifth of what is in sight

    def _to_today(self, _checked: bool = False) -> None:
        self.view.show_years(self.view.scale().years)

    def _scale_changed(self) -> None:
        years = self.view.scale().years
        self.years.set_value(str(years))
        self._memory.remember("timeline.years", years)

    def _show_table(self, on: bool) -> None:
        shown: QWidget = self.grid if on else self.view
        if number := (self.view.current_id() if on else self.grid.current_id()):
            self.select_id(number)
        self._stack.setCurrentWidget(shown)
        self._key.setVisible(not on)
        self.years.setVisible(not on)
        for tool in self._tools:
            tool.setVisible(not on)
        self.setFocusProxy(shown)
        shown.setFocus()

    def _run(self, key: str, _checked: bool = False) -> None:
        self.command.emit(key)
