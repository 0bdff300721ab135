"""The columns of a register: samples, where each goes, and which of day and month comes first where it is in doubt."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QMenu,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from storage.engine.fields import Kind
from storage.engine.own_fields import OWN_KINDS
from storage.engine.values import Unreadable, long_day, month_first_evidence, read_day
from storage.exchange.importing.columns import DateOrder
from storage.exchange.importing.import_headings import Choices, Heading, Known
from storage.exchange.importing.plan import ImportPlan
from storage.exchange.tables.sheet import Sheet
from widgets.elided import Elided
from widgets.parts import card, col, line, pill, row, scroll, text
from widgets.shown import escaped, set_tip

_STRETCH = (5, 6, 5, 4)
_HIGH, _HEADS = 40, 26  # pixels of a line, and of the titles above them
_AT_ONCE = 8  # lines made in one turn of the event loop


@dataclass
class Decided:
    """What the user said about the columns, by heading."""

    fields: dict[str, str] = field(default_factory=dict)  # heading to the name of a field
    own: dict[str, Kind | None] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)
    orders: dict[str, DateOrder] = field(default_factory=dict)
    meant: dict[str, dict[str, str]] = field(default_factory=dict)  # as in `Choices`
    fixed: dict[str, str] = field(default_factory=dict)
    remembered: dict[str, str] = field(default_factory=dict)  # heading to field, as last time

    @classmethod
    def of(cls, choices: Choices) -> Decided:
        """What is remembered of the last file of a kind, to begin with."""
        placed = {heading: name for name, heading in choices.chosen.items()}
        orders = choices.date_order if isinstance(choices.date_order, Mapping) else {}
        return cls(
            fields=dict(placed),
            left_out=set(choices.left_out),
            orders=dict(orders),
            meant={name: dict(meant) for name, meant in choices.meant.items()},
            fixed=dict(choices.fixed),
            remembered={heading: name for heading, name in placed.items() if heading in choices.remembered},
        )

    def forget(self, heading: str) -> None:
        """Take back what was said about where a heading goes."""
        self.fields.pop(heading, None)
        self.own.pop(heading, None)
        self.left_out.discard(heading)

    def choices(self) -> Choices:
        """The same as the plan takes it."""
        return Choices(
            chosen={name: heading for heading, name in self.fields.items()},
            left_out=frozenset(self.left_out),
            ticked=frozenset(self.own),
            date_order=dict(self.orders),
            own_kinds={heading: kind for heading, kind in self.own.items() if kind is not None},
            meant={name: dict(meant) for name, meant in self.meant.items()},
            fixed=dict(self.fixed),
            remembered=frozenset(h for h, name in self.remembered.items() if self.fields.get(h) == name),
        )


class ColumnsPanel(QWidget):
    """A line for each heading. What is decided here is worked out anew by whoever listens to `changed`."""

    changed = Signal()

    def __init__(self, known: Known) -> None:
        super().__init__()
        self.decided = Decided()
        self._known = known
        self._lines: dict[str, HeadingLine] = {}
        self._plan: ImportPlan | None = None
        self._coming: list[str] = []  # headings that have no line yet
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._add_lines)
        self._questions = QVBoxLayout()
        self._questions.setSpacing(8)
        self._asked: dict[str, QFrame] = {}
        self._needed: dict[str, QWidget] = {}
        self._down = QVBoxLayout()
        self._down.setSpacing(0)
        body = col(self._questions, self._down, None, gap=12, margins=(24, 12, 24, 12))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll(body))

    def show_sheet(self, sheet: Sheet, known: Known, decided: Decided) -> None:
        """Lines for the headings of a sheet, in place of those of another; a wide sheet fills up bit by bit."""
        self.decided, self._known = decided, known
        while (item := self._down.takeAt(0)) is not None:
            if held := item.widget():
                held.hide()
                held.deleteLater()
        self._lines, self._plan, self._coming = {}, None, list(sheet.headings)
        titles = [text(t, "label") for t in ("Heading in the file", "First values", "Goes to", "Why")]
        for title in titles:
            title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        heads = _across(QFrame(), titles)
        heads.setFixedHeight(_HEADS)
        self._down.addWidget(heads)
        self._add_lines()

    def _add_lines(self) -> None:
        """Some more lines; the rest wait for the next turn of the event loop."""
        some, self._coming = self._coming[:_AT_ONCE], self._coming[_AT_ONCE:]
        for heading in some:
            made = self._lines[heading] = HeadingLine(heading, self._known)
            made.chosen.connect(self._choose)
            self._down.addWidget(line())
            self._down.addWidget(made)
        self._show_headings(some)
        if self._coming and self.isVisible():
            self._later.start()

    def showEvent(self, event: QShowEvent) -> None:
        """The lines that were not worth making for nobody to see."""
        super().showEvent(event)
        if self._coming:
            self._later.start()

    def _show_headings(self, names: Collection[str]) -> None:
        for heading in self._plan.headings if self._plan else ():
            if heading.heading in names:
                self._lines[heading.heading].show_heading(heading)

    def show_plan(self, plan: ImportPlan) -> None:
        """Where each heading goes now, and the questions about its dates."""
        self._plan = plan
        self._show_headings(self._lines.keys())
        orders = self.decided.orders
        wanted = [*orders, *(name for name in plan.questions if name not in orders)]
        for name in [name for name in self._asked if name not in wanted]:
            held = self._asked.pop(name)
            held.hide()
            held.deleteLater()
        for name in wanted:
            if name not in self._asked:
                self._asked[name] = self._question(plan.sheet, name)
                self._questions.addWidget(self._asked[name])
            self._needed[name].setVisible(name in plan.questions)

    def _question(self, sheet: Sheet, heading: str) -> QFrame:
        place = sheet.headings.index(heading)
        cells = [str(r[place]) for r in sheet.rows if isinstance(r[place], str)]
        group = QButtonGroup(self)
        orders: tuple[tuple[DateOrder, str], ...] = (("day", "Day first"), ("month", "Month first"))
        buttons = []
        for order, words in orders:
            made = QRadioButton(escaped(f"{words}: {example(cells, order)}"))
            made.setChecked(self.decided.orders.get(heading) == order)
            made.clicked.connect(partial(self._order, heading, order))
            group.addButton(made)
            buttons.append(made)
        asked = text(f"Which comes first in the dates under “{heading}”?", "strong", wrap=True)
        self._needed[heading] = pill("Needs your answer", "amber")
        return card(row(asked, self._needed[heading]), *buttons, gap=6)

    def _order(self, heading: str, order: DateOrder, _checked: bool = False) -> None:
        self.decided.orders[heading] = order
        self.changed.emit()

    def _choose(self, heading: str, goes: Goes, what: object) -> None:
        decided = self.decided
        decided.forget(heading)
        if goes == "field":
            for other in [h for h, name in decided.fields.items() if name == what]:
                decided.forget(other)  # a field takes one heading
            decided.fields[heading] = str(what)
        elif goes == "own":
            decided.own[heading] = what if isinstance(what, Kind) else None
        else:
            decided.left_out.add(heading)
        self.changed.emit()


Goes = Literal["field", "own", "out"]


class HeadingLine(QFrame):
    """A heading, its first values, where it goes and why; the menu of fields is filled when it is opened."""

    chosen = Signal(str, str, object)  # heading, where it goes, and the field or kind

    def __init__(self, heading: str, known: Known) -> None:
        super().__init__()
        self._heading, self._fields, self._kind = heading, known.fields, known.kind
        self._perhaps = ""
        self.name, self.samples, self.why = _elided("medium"), _elided("soft"), _elided("small")
        self.name.show_words(heading)
        self._menu = QMenu()
        self._menu.aboutToShow.connect(self._fill)
        self.goes = PickButton(self._menu)
        _across(self, (self.name, self.samples, self.goes, self.why))
        self.setFixedHeight(_HIGH)

    def show_heading(self, heading: Heading) -> None:
        """Show where it goes now."""
        words = _where(heading)
        self.goes.show_words(words)
        self.goes.setAccessibleName(f"{self._heading} goes to {words}")
        samples = "   ·   ".join(" ".join(s.split())[:80] for s in heading.samples)
        self.samples.show_words(samples or "No values")
        self._perhaps = heading.perhaps
        maybe = f"Perhaps {self._fields[heading.perhaps].label}" if heading.perhaps else ""
        self.why.show_words(maybe or heading.why[:1].upper() + heading.why[1:])

    def _fill(self) -> None:
        """Fields by group, fields of one's own by kind, and leaving it out."""
        self._menu.clear()
        if self._perhaps:
            self._add(self._menu, f"Perhaps {self._fields[self._perhaps].label}", "field", self._perhaps)
            self._menu.addSeparator()
        self._add_own()
        self._add(self._menu, "Leave it out", "out", None)
        self._menu.addSeparator()
        groups: dict[str, QMenu] = {"": self._menu}
        several = len({known.group for known in self._fields.values()}) > 1
        for name, known in self._fields.items():
            if known.derived or known.from_today:
                continue
            title = (known.group or self._kind.record.LABEL) if several else ""
            if title not in groups:
                groups[title] = self._menu.addMenu(escaped(title))
            self._add(groups[title], known.label, "field", name)

    def _add_own(self) -> None:
        """A field of one's own, in a list that may have them."""
        if not self._kind.record.OWN_FIELDS:
            return
        own = next((f for f in self._fields.values() if f.own and f.label == self._heading), None)
        if own is not None:
            self._add(self._menu, f"Your own field “{own.label}”", "own", None)
        else:
            kinds = self._menu.addMenu("A field of my own")
            for kind in OWN_KINDS:
                self._add(kinds, kind.value.capitalize(), "own", kind)

    def _add(self, menu: QMenu, words: str, goes: Goes, what: object) -> None:
        action = menu.addAction(escaped(words))
        action.triggered.connect(partial(self._chosen, goes, what))

    def _chosen(self, goes: Goes, what: object, _checked: bool = False) -> None:
        self.chosen.emit(self._heading, goes, what)


class PickButton(QPushButton):
    """A button that shows what is chosen and opens a menu; words too long for it end in an ellipsis."""

    def __init__(self, menu: QMenu) -> None:
        super().__init__()
        self._whole = ""
        self.setProperty("kind", "pick")
        self.setProperty("menu", True)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        menu.setParent(self, menu.windowFlags())
        self.setMenu(menu)

    def show_words(self, words: str) -> None:
        """Show another choice."""
        self._whole = words
        self.setAccessibleName(words)
        self._fit()

    def words(self) -> str:
        """What is chosen, whole."""
        return self._whole

    def sizeHint(self) -> QSize:
        return QSize(160, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - 40
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        # A button with a menu does not keep its padding at the left; two spaces stand in for it.
        self.setText("  " + escaped(shown))
        set_tip(self, self._whole if shown != self._whole else "")


def _across(frame: QFrame, parts: Sequence[QWidget]) -> QFrame:
    """Four columns that stand under one another in every line, since none asks for room of its own."""
    across = row(gap=16)
    for part, stretch in zip(parts, _STRETCH, strict=True):
        across.addWidget(part, stretch)
    frame.setLayout(across)
    return frame


def _elided(role: str) -> Elided:
    made = Elided(role)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return made


def _where(heading: Heading) -> str:
    if heading.goes == "field":
        return heading.label
    if heading.goes == "own field":
        named = "" if heading.label == heading.heading else f" “{heading.label}”"
        return f"Your own field{named}: {heading.kind.value if heading.kind else ''}"
    return {
        "identity": "Tells which contract it is",
        "empty": "Nothing: it is empty",
        "worked out": "Not kept",
    }.get(heading.goes, "Left out")


def example(cells: Sequence[str], order: DateOrder) -> str:
    """What an order makes of the first date that fits both, and of the first that fits only one."""
    first: dict[str, str] = {}
    for cell in cells:
        first.setdefault(month_first_evidence(cell), cell)
    told = [first[kind] for kind in ("either", "month", "day") if kind in first]
    return "; ".join(_told(cell, order) for cell in told)


def _told(cell: str, order: DateOrder) -> str:
    try:
        return f"{cell} is {long_day(read_day(cell, month_first=order == 'month'))}"
    except Unreadable:
        return f"{cell} cannot be read"
