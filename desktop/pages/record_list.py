"""The list of a register page: filter bar over a table, its columns, order and totals; remembered in the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.pages.record_source import MakeCell, RecordSource, column_of
from desktop.session import Session
from desktop.words import count_words
from storage.engine.conditions import Where
from storage.engine.fields import Record
from storage.engine.query import Order, Query
from storage.engine.steps import Changes
from storage.engine.values import money_brief, show_money_short
from widgets.columns import ColumnChooser
from widgets.empty import FirstAction
from widgets.filters import Filter, FilterBar
from widgets.parts import button
from widgets.table_model import Column, RecordTable
from widgets.table_painter import FoldPlan
from widgets.table_view import RecordView


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


class RecordList(QWidget):
    """Records of one class, filtered, sorted and counted."""

    current_changed = Signal(int)
    opened = Signal(int)
    counted = Signal(int)  # how many records there are in all, filters aside

    def __init__(self, session: Session, plan: RegisterPlan, key: str) -> None:
        super().__init__()
        self._session, self._plan, self._key = session, plan, key
        self._fields = session.store.fields(plan.cls)
        self._shown, self._order = self._recall_columns(), self._recall_order()
        self.source = RecordSource(session.store, plan.cls, plan.special)
        self.source.show(self._shown)
        self.source.query = Query(order=self._order)  # before the table asks: a large one is asked only once
        self.model = RecordTable(self.source, self._columns())
        self.bar = FilterBar([*self._fields.values()])
        self.view = RecordView(self.model, plan.fold)
        self._columns_button = button("Columns", "quiet", "columns")
        self.bar.add_button(self._columns_button)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(self.bar)
        down.addWidget(self.view, 1)
        self.view.setAccessibleName(plan.cls.PLURAL)
        self.setFocusProxy(self.view)
        self.view.set_sort([(o.field, o.descending) for o in self._order])
        layout = self.recall("layout")
        if isinstance(layout, dict):
            self.view.restore_layout(layout)
        self._connect()

    def _connect(self) -> None:
        self.bar.filters_changed.connect(self.ask_again)
        self.bar.text_changed.connect(self.ask_again)
        self.bar.left.connect(self.view.setFocus)
        self.view.sort_changed.connect(self.sort_by)
        self.view.current_changed.connect(self.current_changed)
        self.view.opened.connect(self.opened)
        self.view.typed.connect(self.bar.type_on)
        self.view.said.connect(self._session.said)
        self.view.layout_changed.connect(self._remember_layout)
        self._columns_button.clicked.connect(self._choose_columns)

    # ---- what is remembered, outside the steps

    def recall(self, what: str) -> object:
        """Something remembered of this list."""
        return self._session.state.recall(f"{self._key}.{what}")

    def remember(self, what: str, value: object) -> None:
        """Remember something of this list."""
        self._session.state.remember(f"{self._key}.{what}", value)

    def _recall_columns(self) -> list[str]:
        held = self.recall("columns")
        names = [n for n in held if n in self._fields] if isinstance(held, list) else []
        return names or [n for n, f in self._fields.items() if f.shown]

    def _recall_order(self) -> tuple[Order, ...]:
        held = self.recall("order")
        kept = (
            [Order(str(n), bool(d)) for n, d in held if n in self._fields] if isinstance(held, list) else []
        )
        return tuple(kept) or self._plan.order

    def _remember_layout(self, layout: dict[str, object]) -> None:
        self.remember("layout", layout)

    # ---- what is shown

    def ask_again(self, _what: object = None) -> None:
        """Put the filters, words and order to the store and show what it finds."""
        where = tuple(where_of(f) for f in self.bar.filters())
        self.source.query = Query(where, self._order, self.bar.text())
        self.model.refill()
        self.count()

    def count(self) -> None:
        """Show how many there are and what they are worth together."""
        store, plan, query = self._session.store, self._plan, self.source.query
        count, amount = store.count_and_total(plan.cls, plan.total or "id", query)
        words = count_words(count, *plan.nouns)
        if plan.total:
            self.bar.set_totals(f"{words} · {show_money_short(amount)}", f"{count:,} · {money_brief(amount)}")
        else:
            self.bar.set_totals(words)
        filtered = bool(query.where or query.words)
        self.counted.emit(store.count_and_total(plan.cls, "id")[0] if filtered else count)

    def sort_by(self, order: Sequence[tuple[str, bool]]) -> None:
        """Sort by these fields, and remember it."""
        self._order = tuple(Order(n, d) for n, d in order)
        self.remember("order", [list(o) for o in order])
        self.ask_again()

    def _columns(self) -> list[Column]:
        return [column_of(self._fields[n], self._plan.main) for n in self._shown]

    def _choose_columns(self) -> None:
        chooser = ColumnChooser(self, [*self._fields.values()], self._shown, always=(self._plan.main,))
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.changed.connect(self.set_columns)
        chooser.open_under(self._columns_button, right=True)

    def set_columns(self, names: list[str]) -> None:
        """Show these fields as columns, and remember it."""
        self._shown = names
        self.remember("columns", names)
        self.source.show(names)
        self.model.set_columns(self._columns())

    def filter_words(self) -> str:
        """The filters in words, for the sheet that goes out."""
        said = [f.words(self._fields[f.name]) for f in self.bar.filters()]
        if words := self.bar.text():
            said.append(f"has “{words}”")
        return "; ".join(said) or f"all {self._plan.nouns[1]}"

    def show_only(self, where: Where) -> None:
        """Filter by one condition alone."""
        self.bar.set_text("")
        self.bar.set_filters([Filter(where.field, where.op, where.values)])
        self.ask_again()

    def reveal(self, number: int) -> None:
        """Make a record current; filters that hide it are lifted."""
        if not self.view.select_id(number):
            self.bar.set_filters([])
            self.bar.set_text("")
            self.ask_again()
            self.view.select_id(number)

    def refresh(self, changes: Changes) -> None:
        """Redraw what changed."""
        if changes.touches("own_field"):
            self._fields = self._session.store.fields(self._plan.cls)
            self.bar.set_fields([*self._fields.values()])
            self.set_columns([n for n in self._shown if n in self._fields] or [self._plan.main])
        if changes.touches(self._plan.cls.TABLE):
            self.model.refresh(changes.ids(self._plan.cls.TABLE))
            self.count()


def where_of(made: Filter) -> Where:
    """A filter of the bar as a condition of the query."""
    op = "any of" if made.op == "is" and len(made.values) > 1 else made.op
    return Where(made.name, op, made.values)
