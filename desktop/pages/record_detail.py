"""The record at the right of a page: its name, its facts, its tabs; edits are saved as each field is left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.pages.detail_forms import DetailForms
from desktop.pages.history_tab import HistoryTab
from desktop.pages.part_list import PartList
from desktop.pages.part_lists import PartsPanel
from desktop.pages.tab_extra import TabExtra
from desktop.session import Session
from storage.engine.fields import Record
from storage.engine.steps import Changes
from widgets.facts import Fact, FactsBand
from widgets.form import Group, RecordForm
from widgets.parts import TabBar, button, col, link, row, scroll, text
from widgets.why import WhyBox, WhyStep

R = TypeVar("R", bound=Record)
HISTORY = "history"


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of a record: groups of its fields, lists of its parts under them, or a widget made by the page.

    `above` and `below` make what stands over and under the form.
    """

    key: str
    title: str
    groups: tuple[Group, ...] = field(default=())
    parts: tuple[PartList[Any], ...] = field(default=())
    above: Callable[[Session], TabExtra] | None = None
    below: Callable[[Session], TabExtra] | None = None


class RecordDetail(QFrame, Generic[R]):
    """Shows one record of a class. Subclasses say its facts, its line and its buttons."""

    go = Signal(object)  # Place
    command = Signal(str)
    removed = Signal()

    cls: type[R]
    tabs: tuple[Tab, ...] = ()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.record: R | None = None
        self.setProperty("part", "detail")
        self.forms = DetailForms(session, self.cls, self.set_options, self)
        self._panels: dict[str, QWidget] = {}
        self._extras: dict[str, list[TabExtra]] = {}
        self._name = text("", "record", wrap=True)
        self._line = QHBoxLayout()
        self._line.setSpacing(6)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._facts = FactsBand()
        self._why = WhyBox()
        self._tab_bar = TabBar([(t.key, t.title) for t in (*self.tabs, Tab(HISTORY, "History"))])
        self._body = QStackedWidget()
        self._lay_out()
        self._facts.why.connect(self._fact_why)
        self._why.hidden.connect(self._why_holder.hide)
        self._tab_bar.chosen.connect(self.show_tab)
        self._tab = self.tabs[0].key
        self.setFocusProxy(self._tab_bar)

    def _lay_out(self) -> None:
        head = col(self._name, self._line, 6, self._buttons, gap=2, margins=(24, 14, 16, 12))
        why = col(self._why, margins=(24, 8, 16, 4))
        self._why_holder = QWidget()
        self._why_holder.setLayout(why)
        self._why_holder.hide()
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addLayout(head)
        down.addWidget(self._facts)
        down.addWidget(self._why_holder)
        down.addLayout(row(self._tab_bar, margins=(24, 2, 16, 0)))
        down.addWidget(self._body, 1)

    # ---- what subclasses say

    def facts(self, record: R) -> Sequence[Fact]:
        """The three or four facts that matter."""
        return ()

    def line(self, record: R) -> Sequence[QWidget]:
        """The quiet line under the name."""
        return ()

    def buttons(self, record: R) -> Sequence[QWidget]:
        """What can be done with it."""
        return ()

    def panel(self, key: str) -> QWidget | None:
        """A tab that is more than a form."""
        return None

    def show_panel(self, key: str, panel: QWidget, record: R) -> None:
        """Fill such a tab."""

    def fact_field(self, key: str) -> str:
        """The field whose reason a fact gives."""
        return key

    # ---- showing

    def show_record(self, number: int) -> None:
        """Show a record; what was being typed in another is saved first."""
        self.leave()
        found = self.session.store.many(self.cls, [number])
        self.record = found.get(number)
        self.setVisible(self.record is not None)
        if self.record is None:
            return
        self._why_holder.hide()
        self._draw()

    def refresh(self, changes: Changes) -> None:
        """Draw again after a change."""
        if self.record is None:
            return
        if changes.ids("own_field"):
            for key in self.forms.drop():
                gone = self._panels.pop(key)
                self._extras.pop(key, None)
                self._body.removeWidget(gone)
                gone.deleteLater()
        found = self.session.store.many(self.cls, [self.record.key])
        if self.record.key not in found or found[self.record.key].binned:
            self.record = None
            self.hide()
            self.removed.emit()
            return
        self.record = found[self.record.key]
        self._draw()

    def _draw(self) -> None:
        record = self.record
        if record is None:
            return
        self._name.setText(record.name)
        _refill(self._line, [*self.line(record)])
        _refill(self._buttons, [*self.buttons(record)])
        facts = self.facts(record)
        self._facts.set_facts(facts)
        self._facts.setVisible(bool(facts))
        if self._why_holder.isVisible():
            self._fact_why(str(self._why_holder.property("fact")))
        self.show_tab(self._tab)

    def show_tab(self, key: str) -> None:
        """Bring a tab to the front and fill it; `part_place` says how a key leads on to one part of it."""
        key, _, place = key.partition("/")
        self._tab = key
        self._tab_bar.set_value(key)
        if fresh := key not in self._panels:
            self._make_tab(key)
            self._fill_tab(key)  # while it is out of sight, where filling costs least
        self._body.setCurrentWidget(self._panels[key])
        self._panels[key].show()
        if not fresh:
            self._fill_tab(key)
        if place:
            table, number, field_name = place.split("/")
            if isinstance(panel := self._panels[key], PartsPanel) and table != self.cls.TABLE:
                panel.reveal(table, int(number), field_name)
            elif key in self.forms and self.forms[key].has(field_name):
                self.forms[key].focus_field(field_name)

    def _make_tab(self, key: str) -> None:
        own = HistoryTab(self.session) if key == HISTORY else self.panel(key)
        if own is not None:
            self._panels[key] = _out_of_sight(self._body, own)
            return
        tab = next(t for t in self.tabs if t.key == key)
        # Out of sight and where it stays, since putting it there when it is full would style every part anew.
        if tab.parts:
            parts = PartsPanel(self.session, tab.parts, self._body)
            parts.go.connect(self.go)
            inside, down = parts.content, parts.above
            self._panels[key] = _out_of_sight(self._body, parts)
        else:
            inside, down = QFrame(), col(gap=12, margins=(24, 14, 16, 16))
            self._panels[key] = _out_of_sight(self._body, scroll(inside, "surface"))
            inside.setLayout(down)
        above, below = (make(self.session) if make else None for make in (tab.above, tab.below))
        with_own = tab is self.tabs[0]
        form = self.forms.make(key, tab.groups, with_own=with_own, inside=inside) if tab.groups else None
        for widget in (above, form, below):
            if widget is not None:
                down.addWidget(widget)
        if not tab.parts:
            down.addStretch(1)
        self._extras[key] = [extra for extra in (above, below) if extra is not None]
        for extra in self._extras[key]:
            extra.go.connect(self.go)

    def _fill_tab(self, key: str) -> None:
        record, panel = self.record, self._panels[key]
        if record is None:
            return
        read_only = self.session.read_only or self.is_sealed(record)
        if isinstance(panel, HistoryTab):
            panel.show_record(record)
            return
        if key in self.forms:
            self.forms.fill(key, record, read_only=read_only)
        for extra in self._extras.get(key, ()):
            extra.show_record(record)
        if isinstance(panel, PartsPanel):
            panel.show_record(record, read_only=read_only)
        if isinstance(panel, PartsPanel) or key not in self.forms:
            self.show_panel(key, panel, record)

    def set_options(self, form: RecordForm) -> None:
        """Give link fields what they can point to."""

    def is_sealed(self, record: R) -> bool:
        """True when the record is issued or signed."""
        seal = self.cls.SEALED_BY
        return bool(seal and getattr(record, seal))

    def leave(self) -> None:
        """Save what is being typed, before something else is shown."""
        self.forms.leave()
        for panel in self._panels.values():
            if isinstance(panel, PartsPanel):
                panel.leave()

    def _fact_why(self, key: str) -> None:
        if self.record is None:
            return
        self._why.show_why(self.why_words(self.record, key), self.why_steps(self.record, key))
        self._why_holder.setProperty("fact", key)
        self._why_holder.show()

    def why_words(self, record: R, key: str) -> str:
        """The sentence behind a fact."""
        return self.session.store.why(record, self.fact_field(key))

    def why_steps(self, record: R, key: str) -> Sequence[WhyStep]:
        """The steps behind that sentence."""
        return self.session.store.reasons(record, self.fact_field(key))


def _out_of_sight(stack: QStackedWidget, panel: QWidget) -> QWidget:
    """Put a panel into a stack, hidden."""
    panel.hide()
    stack.addWidget(panel)
    panel.hide()  # the first of a stack is shown at once
    return panel


def _refill(layout: QHBoxLayout, items: Sequence[QWidget]) -> None:
    """Put other widgets into a row."""
    while item := layout.takeAt(0):
        if gone := item.widget():
            gone.hide()
            gone.deleteLater()
    for made in items:
        layout.addWidget(made)
    layout.addStretch(1)


def dotted(*items: QWidget | str) -> list[QWidget]:
    """Words and links with a middle dot between them; blanks are left out."""
    made: list[QWidget] = []
    for item in items:
        if not item:
            continue
        if made:
            made.append(text("·", "soft"))
        made.append(text(item, "soft") if isinstance(item, str) else item)
    return made


__all__ = ["RecordDetail", "Tab", "button", "dotted", "link"]
