"""A page of records: filter bar and table at the left, the open record at the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.pages.page import Page
from desktop.pages.record_detail import RecordDetail
from desktop.pages.record_source import MakeCell, RecordSource, column_of
from desktop.session import Session
from desktop.words import count_words
from storage.engine.conditions import Where
from storage.engine.fields import Record
from storage.engine.query import Order, Query
from storage.engine.steps import Changes
from storage.engine.values import money_brief, show_money_short
from widgets.columns import ColumnChooser
from widgets.empty import EmptyPage, FirstAction
from widgets.filters import Filter, FilterBar
from widgets.parts import button
from widgets.table_model import RecordTable
from widgets.table_painter import FoldPlan
from widgets.table_view import RecordView

NARROW_WINDOW, DETAIL_NARROW, DETAIL_WIDE = 1500, 396, 600


@dataclass(frozen=True, slots=True)
class RegisterPlan:
    """What one register page shows."""

    cls: type[Record]
    nouns: tuple[str, str]  # contract, contracts
    main: str  # the field whose column takes the room that is left
    order: tuple[Order, ...]
    fold: FoldPlan
    empty: tuple[str, str, tuple[FirstAction, ...]]
    special: Mapping[str, MakeCell] = field(default_factory=dict)
    total: str = ""  # a money field to add up


class RegisterPage(Page):
    """Master and detail for one class of record; remembers columns, filters, order and widths."""

    plan: RegisterPlan
    export_words = ""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._source = RecordSource(session.store, self.plan.cls, self.plan.special)
        self._fields = session.store.fields(self.plan.cls)
        self._shown = self._recall_columns()
        self._model = RecordTable(self._source)
        self._bar = FilterBar([*self._fields.values()])
        self._view = RecordView(self._model, self.plan.fold)
        self._detail = self.make_detail()
        self._lay_out()
        self._connect()
        self._restore()

    # ---- what subclasses say

    def make_detail(self) -> RecordDetail[Any]:
        """The panel that shows one record."""
        raise NotImplementedError

    # ---- building

    def _lay_out(self) -> None:
        self._columns_button = button("Columns", "quiet", "columns")
        self._bar.add_button(self._columns_button)
        if self.export_words:
            self._export_button = button(self.export_words, "quiet", "export")
            self._export_button.clicked.connect(self._export)
            self._bar.add_button(self._export_button)
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(self._bar)
        left.addWidget(self._view, 1)
        holder = QWidget()
        holder.setLayout(left)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(holder)
        self._splitter.addWidget(self._detail)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 0)
        self._detail.setMinimumWidth(360)
        self._detail.hide()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._splitter)
        title, words, actions = self.plan.empty
        self._empty = EmptyPage(title, words, actions, self.icon)
        self._stack.addWidget(self._empty)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        self.setFocusProxy(self._view)

    def _connect(self) -> None:
        self._bar.filters_changed.connect(self._ask_again)
        self._bar.text_changed.connect(self._ask_again)
        self._bar.left.connect(self._view.setFocus)
        self._view.sort_changed.connect(self._sorted)
        self._view.current_changed.connect(self._current)
        self._view.opened.connect(self._opened)
        self._view.typed.connect(self._bar.type_on)
        self._view.said.connect(self.session.said)
        self._view.layout_changed.connect(self._remember_layout)
        self._detail.go.connect(self.go)
        self._detail.command.connect(self.command)
        self._detail.removed.connect(self._after_removal)
        self._columns_button.clicked.connect(self._choose_columns)
        self._empty.chosen.connect(self.command)
        self._splitter.splitterMoved.connect(self._remember_splitter)

    # ---- state kept in the file, outside the steps

    def _recall(self, what: str) -> object:
        return self.session.state.recall(f"{self.key}.{what}")

    def _remember(self, what: str, value: object) -> None:
        self.session.state.remember(f"{self.key}.{what}", value)

    def _recall_columns(self) -> list[str]:
        held = self._recall("columns")
        names = [n for n in held if n in self._fields] if isinstance(held, list) else []
        return names or [n for n, f in self._fields.items() if f.shown]

    def _restore(self) -> None:
        self._model.set_columns(self._columns())
        self._source.show(self._shown)
        order = self.plan.order
        held = self._recall("order")
        if isinstance(held, list):
            order = tuple(Order(str(n), bool(d)) for n, d in held if n in self._fields) or order
        self._order = order
        self._view.set_sort([(o.field, o.descending) for o in order])
        layout = self._recall("layout")
        if isinstance(layout, dict):
            self._view.restore_layout(layout)
        self._ask_again()

    def _remember_layout(self, layout: dict[str, object]) -> None:
        self._remember("layout", layout)

    def _remember_splitter(self, _place: int, _index: int) -> None:
        self._remember("detail", self._splitter.sizes()[1])

    # ---- the table

    def _columns(self) -> list[Any]:
        return [column_of(self._fields[n], self.plan.main) for n in self._shown]

    def _ask_again(self, _what: object = None) -> None:
        """Put the filters, words and order to the store and show what it finds."""
        where = tuple(where_of(f) for f in self._bar.filters())
        self._source.query = Query(where, self._order, self._bar.text())
        self._model.refill()
        self._after_refill()

    def _after_refill(self) -> None:
        every = self.session.store.count_and_total(self.plan.cls, self.plan.total or "id")[0]
        self._stack.setCurrentIndex(0 if every else 1)
        self._show_totals()

    def _show_totals(self) -> None:
        query, total = self._source.query, self.plan.total
        count, amount = self.session.store.count_and_total(self.plan.cls, total or "id", query)
        words = count_words(count, *self.plan.nouns)
        if not total:
            self._bar.set_totals(words)
            return
        self._bar.set_totals(f"{words} · {show_money_short(amount)}", f"{count:,} · {money_brief(amount)}")

    def _sorted(self, order: Sequence[tuple[str, bool]]) -> None:
        self._order = tuple(Order(n, d) for n, d in order)
        self._remember("order", [list(o) for o in order])
        self._ask_again()

    def _choose_columns(self) -> None:
        chooser = ColumnChooser(self, [*self._fields.values()], self._shown, always=(self.plan.main,))
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.changed.connect(self._set_columns)
        chooser.open_under(self._columns_button, right=True)

    def _set_columns(self, names: list[str]) -> None:
        self._shown = names
        self._remember("columns", names)
        self._source.show(names)
        self._model.set_columns(self._columns())

    def current_query(self) -> Query:
        """What the table shows, for the export."""
        return self._source.query

    def filter_words(self) -> str:
        """The filters in words, for the sheet that goes out."""
        said = [f.words(self._fields[f.name]) for f in self._bar.filters()]
        if words := self._bar.text():
            said.append(f"has “{words}”")
        return "; ".join(said) or f"all {self.plan.nouns[1]}"

    def _export(self) -> None:
        self.command.emit("file.export")

    # ---- the record

    def record_shown(self) -> int:
        """The record at the right, or 0."""
        record = self._detail.record
        return record.key if record is not None else 0

    def selected_ids(self) -> list[int]:
        """The chosen rows."""
        return self._view.selected_ids()

    def _current(self, number: int) -> None:
        if number:
            self._show_detail(number)

    def _opened(self, number: int) -> None:
        self._show_detail(number)
        self._detail.setFocus()

    def _show_detail(self, number: int) -> None:
        was_hidden = self._detail.isHidden()
        if was_hidden or self.record_shown() != number:
            self._detail.show_record(number)
        if was_hidden and not self._detail.isHidden():
            self._size_detail()

    def _size_detail(self) -> None:
        held = self._recall("detail")
        usual = DETAIL_NARROW if self.window().width() < NARROW_WINDOW else DETAIL_WIDE
        wanted = held if isinstance(held, int) and held >= DETAIL_NARROW else usual
        self._splitter.setSizes([max(200, self.width() - wanted), wanted])

    def open_record(self, number: int, section: str = "") -> None:
        """Show one record; filters that hide it are lifted."""
        if not self._view.select_id(number):
            self._bar.set_filters([])
            self._bar.set_text("")
            self._ask_again()
            self._view.select_id(number)
        self._show_detail(number)
        if section:
            self._detail.show_tab(section)

    def _after_removal(self) -> None:
        self.headed.emit()

    # ---- changes

    def refresh(self, changes: Changes) -> None:
        """Redraw what changed."""
        if changes.touches("own_field"):
            self._fields = self.session.store.fields(self.plan.cls)
            self._bar.set_fields([*self._fields.values()])
            self._set_columns([n for n in self._shown if n in self._fields] or [self.plan.main])
        if changes.touches(self.plan.cls.TABLE):
            self._model.refresh(changes.ids(self.plan.cls.TABLE))
            self._after_refill()
        self._detail.refresh(changes)

    def focus_filter(self) -> None:
        """Put the cursor into the filter line."""
        self._bar.type_on("")


def where_of(made: Filter) -> Where:
    """A filter of the bar as a condition of the query."""
    op = "any of" if made.op == "is" and len(made.values) > 1 else made.op
    return Where(made.name, op, made.values)
