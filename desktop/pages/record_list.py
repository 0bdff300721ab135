"""The list of a register page: filter bar over a table, its columns, order and totals; remembered in the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.pages.chosen_bar import Chosen, ChosenBar
from desktop.pages.list_groups import GroupControl
from desktop.pages.list_memory import ListMemory
from desktop.pages.record_source import MakeCell, RecordSource, column_of
from desktop.session import Session
from desktop.words import count_words, total_brief, total_words
from storage.desk.lists.arrangement import Arrangement, described
from storage.desk.lists.totals import Section, list_total
from storage.engine.conditions import Where
from storage.engine.fields import Field, Record
from storage.engine.query import Order, Query
from storage.engine.reading import Reader
from storage.engine.steps import Changes
from widgets.columns import ColumnChooser
from widgets.empty import FirstAction
from widgets.filters import Filter, FilterBar
from widgets.parts import button
from widgets.table_model import Column, RecordTable
from widgets.table_painter import FoldPlan
from widgets.table_view import RecordView

MOST_ADDED_UP = 500  # chosen rows whose amounts are added up


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
    certainty: str = ""  # the field that says how sure each amount is
    many: bool = False  # whether several may be changed at once


class RecordList(QWidget):
    """Records of one class, filtered, sorted and counted."""

    current_changed = Signal(int)
    opened = Signal(int)
    counted = Signal(int)  # how many records there are in all, filters aside
    arranged = Signal()  # what is shown, or how, may have changed

    def __init__(
        self, session: Session, plan: RegisterPlan, memory: ListMemory, first: Arrangement | None = None
    ) -> None:
        """`first` is shown in place of the usual columns, order and groups."""
        super().__init__()
        self._session, self._plan, self._memory = session, plan, memory
        self._fields = session.store.fields(plan.cls)
        self.keeps = first is None  # whether columns and order become the usual ones of this list
        made = self.filled(first) if first else self.usual()
        self._shown, self._order, self._group = list(made.columns), made.order, made.group
        adding = (plan.total, plan.certainty)
        said = partial(section_words, plan)
        self.source = RecordSource(session.store, plan.cls, plan.special, said, adding)
        self.source.show(self._shown)
        self.source.query = made.query  # before the table asks: a large one is asked only once
        self.model = RecordTable(self.source, columns_of(self._fields, self._shown, self._plan.main))
        self.bar = FilterBar([*self._fields.values()])
        self.view = RecordView(self.model, plan.fold)
        self.groups = GroupControl(self.model, self)
        self._columns_button = button("Columns", "quiet", "columns")
        may = not session.read_only
        said_of = partial(chosen_words, session.store, plan)
        self.chosen = ChosenBar(self.view, said_of, may_change=may and plan.many, may_bin=may)
        self._lay_out()
        self._show_parts(made)
        self.view.columns.restore(memory.layout() | {"order": list(self._shown)})
        self._connect()

    def _lay_out(self) -> None:
        self.bar.add_button(self.groups.button)
        self.bar.add_button(self._columns_button)
        self._instead: QWidget | None = None  # what stands in the place of the table
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(0)
        self._down.addWidget(self.bar)
        self._down.addWidget(self.view, 1)
        self._down.addWidget(self.chosen)
        self.view.setAccessibleName(self._plan.cls.PLURAL)
        self.setFocusProxy(self.view)

    def _connect(self) -> None:
        self.bar.filters_changed.connect(self.ask_again)
        self.bar.text_changed.connect(self.ask_again)
        self.bar.left.connect(self.setFocus)
        self.view.sort_changed.connect(self.sort_by)
        self.view.current_changed.connect(self.current_changed)
        self.view.opened.connect(self.opened)
        self.view.typed.connect(self.bar.type_on)
        self.view.said.connect(self._session.said)
        self.view.layout_changed.connect(self._layout_changed)
        self._columns_button.clicked.connect(self._choose_columns)
        self.groups.asked.connect(self.group_by)

    # ---- what is shown, as one value

    def arrangement(self) -> Arrangement:
        """What is shown now: the columns as they stand, filters, words, order and groups."""
        columns = tuple(column.name for column in self.view.columns.in_order())
        where = tuple(where_of(f) for f in self.bar.filters())
        return Arrangement(columns, where, self.bar.text(), self._order, self._group)

    def usual(self) -> Arrangement:
        """The usual columns, order and groups of this list, nothing filtered."""
        made = self.filled(Arrangement())
        return replace(made, group=self._memory.group(self._fields))

    def filled(self, made: Arrangement) -> Arrangement:
        """An arrangement with the usual columns and order of this list where it names none."""
        columns = made.columns or self._memory.columns(self._fields)
        return replace(made, columns=columns, order=made.order or self._memory.order(self._fields))

    def arrange(self, made: Arrangement, *, keeps: bool) -> None:
        """Show something else; whether changes to its columns and order become the usual ones of this list."""
        self.keeps = keeps
        made = self.filled(made)
        self._shown, self._order, self._group = list(made.columns), made.order, made.group
        self._show_parts(made)
        self.source.show(self._shown)
        self.model.set_columns(columns_of(self._fields, self._shown, self._plan.main))
        self.view.columns.arrange(self._shown)
        self.ask_again()

    def _show_parts(self, made: Arrangement) -> None:
        self.view.set_sort([(o.field, o.descending) for o in made.order])
        self.groups.show_group(made.group, self._fields)
        self.bar.set_filters([filter_of(w) for w in made.where])
        self.bar.set_text(made.words)

    def _layout_changed(self, layout: dict[str, object]) -> None:
        self._memory.remember_layout(layout, with_order=self.keeps)
        self.arranged.emit()

    # ---- what is shown

    def ask_again(self, _what: object = None) -> None:
        """Put the filters, words and order to the store and show what it finds."""
        self.source.query = self.arrangement().query
        self.model.refill()
        self.count()
        self.arranged.emit()

    def count(self) -> None:
        """Show how many there are and what they are worth together."""
        store, plan, query = self._session.store, self._plan, self.source.query
        found = list_total(store, plan.cls, plan.total, plan.certainty, query)
        words = count_words(found.count, *plan.nouns)
        if plan.total:
            brief = f"{found.count:,} · {total_brief(found.total)}"
            self.bar.set_totals(f"{words} · {total_words(found.total)}", brief, found.total.words())
        else:
            self.bar.set_totals(words)
        filtered = bool(query.where or query.words)
        self.counted.emit(store.count_and_total(plan.cls, "id")[0] if filtered else found.count)

    def sort_by(self, order: Sequence[tuple[str, bool]]) -> None:
        """Sort by these fields, and remember it."""
        self._order = tuple(Order(n, d) for n, d in order)
        if self.keeps:
            self._memory.remember_order(self._order)
        self.ask_again()

    def group_by(self, name: str) -> None:
        """Put the rows under headings by a field, or with no name under none, and remember it."""
        self._group = name
        if self.keeps:
            self._memory.remember("group", name)
        self.groups.show_group(name, self._fields)
        self.ask_again()

    def _choose_columns(self) -> None:
        chooser = ColumnChooser(self, [*self._fields.values()], self._shown, always=(self._plan.main,))
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.changed.connect(self.set_columns)
        chooser.open_under(self._columns_button, right=True)

    def set_columns(self, names: list[str]) -> None:
        """Show these fields as columns, and remember it."""
        self._shown = names
        if self.keeps:
            self._memory.remember_columns(names)
        self.source.show(names)
        self.model.set_columns(columns_of(self._fields, self._shown, self._plan.main))
        self.arranged.emit()

    def filter_words(self) -> str:
        """The filters in words, for the sheet that goes out."""
        store, plan = self._session.store, self._plan
        return described(store, plan.cls, self.arrangement(), f"all {plan.nouns[1]}")

    def show_only(self, where: Where) -> None:
        """Filter by one condition alone."""
        self.bar.set_text("")
        self.bar.set_filters([filter_of(where)])
        self.ask_again()

    def reveal(self, number: int) -> None:
        """Make a record current; filters that hide it are lifted."""
        if not self.view.select_id(number):
            self.bar.set_filters([])
            self.bar.set_text("")
            self.ask_again()
            self.view.select_id(number)

    def show_instead(self, other: QWidget | None) -> None:
        """Show the same records in another way, in place of the table; with None the table again."""
        if self._instead is not None:
            self._instead.hide()
        self._instead = other
        if other is not None:
            self._down.addWidget(other, 1)
            other.show()
        self.view.setVisible(other is None)
        for control in (self._columns_button, self.groups.button):
            control.setVisible(other is None)
        self.chosen.show_chosen()
        self.setFocusProxy(other or self.view)

    def refresh(self, changes: Changes) -> None:
        """Redraw what changed."""
        if changes.touches("own_field"):
            self._fields = self._session.store.fields(self._plan.cls)
            self.bar.set_fields([*self._fields.values()])
            self._order = tuple(o for o in self._order if o.field in self._fields)
            self._group = self._group if self._group in self._fields else ""
            self.set_columns([n for n in self._shown if n in self._fields] or [self._plan.main])
            self.groups.show_group(self._group, self._fields)
            self.ask_again()  # what was asked so far may name a field that is gone
        if changes.touches(self._plan.cls.TABLE):
            self.model.refresh(changes.ids(self._plan.cls.TABLE))
            self.count()


def columns_of(fields: Mapping[str, Field], names: Sequence[str], main: str) -> list[Column]:
    """The columns of a table that shows these fields."""
    return [column_of(fields[name], main) for name in names]


def section_words(plan: RegisterPlan, section: Section) -> str:
    """How many records a group has, and what they come to."""
    words = count_words(section.count, *plan.nouns)
    return f"{words} · {total_words(section.total)}" if plan.total else words


def chosen_words(store: Reader, plan: RegisterPlan, ids: Sequence[int]) -> Chosen:
    """How many rows are chosen and, of not too many, what they come to."""
    many = count_words(len(ids), *plan.nouns)
    if not plan.total or len(ids) > MOST_ADDED_UP:
        return Chosen(f"{many} chosen", f"{len(ids):,} chosen", many)
    asked = Query((Where("id", "any of", tuple(ids)),))
    found = list_total(store, plan.cls, plan.total, plan.certainty, asked)
    brief = f"{len(ids):,} chosen · {total_brief(found.total)}"
    return Chosen(f"{many} chosen · {total_words(found.total)}", brief, many)


def where_of(made: Filter) -> Where:
    """A filter of the bar as a condition of the query."""
    op = "any of" if made.op == "is" and len(made.values) > 1 else made.op
    return Where(made.name, op, made.values)


def filter_of(where: Where) -> Filter:
    """A condition of the query as a filter of the bar."""
    return Filter(where.field, "is" if where.op == "any of" else where.op, where.values)
