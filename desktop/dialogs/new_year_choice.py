"""What is chosen for a new financial year: the year, the contracts, the parts as ticks, and the uplift."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.words import count_words
from storage.desk.finance.new_year_parts import NHS_METHODS, NewYear
from storage.engine.fields import Field, Kind, Value
from storage.rules.indexation import IndexationMethod
from storage.rules.money import financial_year_label, last_day_of_year
from storage.rules.year_ahead import year_to_prepare
from widgets.editors import Chooser, Editor, editor_for
from widgets.parts import Item, col, panel, row, text
from widgets.shown import escaped, set_field

PARTS = (
    ("uplift", "Uplift", "Records a price step from 1 April"),
    ("planned", "Planned value", "Records what the new year is planned to cost"),
    ("variation", "National variation", "Records it on NHS Standard Contracts, as proposed"),
    ("kpis", "KPI periods", "Opens the periods of the year, so that results are asked for"),
    ("close", "Close the year before", "Makes its actual and forecast final, where an actual is recorded"),
)
METHODS = tuple(str(m) for m in IndexationMethod if m is not IndexationMethod.NONE)
UPLIFT = (
    Field("By", Kind.CHOICE, "method", choices=METHODS),
    Field("Rate or uplift (%)", Kind.NUMBER, "rate"),
    Field("Efficiency (%)", Kind.NUMBER, "efficiency", help="Taken off an NHS uplift."),
    Field("Not below (%)", Kind.NUMBER, "floor", help="The least rate that is used, after efficiency."),
    Field("Not above (%)", Kind.NUMBER, "cap"),
    Field("Source", Kind.TEXT, "source", help="Where the rate was published or agreed."),
)
STRETCH = {"method": 3, "source": 2}
YEARS_EACH_WAY = 2
CLOSES_WITHIN = 31  # days before its end in which a year is offered to be closed


@dataclass(frozen=True, slots=True)
class Offer:
    """Some contracts that can be chosen together, in words and by their ids."""

    words: str
    ids: tuple[int, ...]


class NewYearChoice(QWidget):
    """Two lines: what is done to which contracts, and under them by how much prices are raised."""

    changed = Signal()

    def __init__(self, offers: Sequence[Offer], today: date, first: int = 0) -> None:
        super().__init__()
        self._offers, self._today = tuple(offers), today
        self.year = Chooser()
        self.year.setAccessibleName("Financial year")
        proposed = year_to_prepare(today)
        self._years = list(range(proposed - YEARS_EACH_WAY, proposed + YEARS_EACH_WAY + 1))
        self.year.addItems([financial_year_label(year) for year in self._years])
        self.year.setCurrentIndex(self._years.index(proposed))
        self.contracts = Chooser()
        self.contracts.setAccessibleName("Contracts")
        self.contracts.addItems([f"{o.words} ({count_words(len(o.ids), 'contract')})" for o in self._offers])
        self.contracts.setCurrentIndex(first)
        self.parts = {key: QCheckBox(escaped(words)) for key, words, _ in PARTS}
        self.editors: dict[str, Editor] = {f.name: editor_for(f, today=today) for f in UPLIFT}
        self.editors["method"].set_value(str(IndexationMethod.FIXED))
        self.same_only = QCheckBox("Leave other indexations alone")
        self.same_only.setChecked(True)
        self.same_only.setAccessibleDescription(
            "Contracts that agreed another indexation wait for a run with their rate"
        )
        self._tick(proposed)
        self._lay_out()
        self._connect()
        self._fit_parts()

    def _tick(self, year: int) -> None:
        """The parts to do from the start: closing only once the year before is about over."""
        for key, _, tip in PARTS:
            self.parts[key].setChecked(True)
            self.parts[key].setAccessibleDescription(tip)
        left = (last_day_of_year(year - 1) - self._today).days
        self.parts["close"].setChecked(left <= CLOSES_WITHIN)

    def _lay_out(self) -> None:
        year, contracts = text("Financial year", "label"), text("Contracts", "label")
        set_field(year, self.year)
        set_field(contracts, self.contracts)
        self.year.setFixedWidth(112)
        self.contracts.setMinimumWidth(220)
        ticks = row(*self.parts.values(), gap=16)
        first = row(gap=16)
        first.addLayout(col(year, self.year, gap=4))
        first.addLayout(col(contracts, self.contracts, gap=4), 1)
        first.addLayout(col(text("What to do", "label"), row(ticks, margins=(0, 4, 0, 4)), gap=4))
        second = row(gap=16)
        for field in UPLIFT:
            label, editor = text(field.label, "label"), self.editors[field.name]
            set_field(label, editor.control)
            held: list[Item] = [label, editor]
            box = panel(col(*held, gap=4))
            second.addWidget(box, STRETCH.get(field.name, 1))
            if field.name == "efficiency":
                self._efficiency = box
        second.addLayout(col(None, row(self.same_only, margins=(0, 0, 0, 8)), gap=0))
        self._uplift = panel(second)
        self.setLayout(col(first, self._uplift, gap=12))

    def _connect(self) -> None:
        self.year.activated.connect(self._changed)
        self.contracts.activated.connect(self._changed)
        for box in (*self.parts.values(), self.same_only):
            box.toggled.connect(self._changed)
        for editor in self.editors.values():
            editor.committed.connect(self._changed)

    def _changed(self, _what: object = None) -> None:
        self._fit_parts()
        self.changed.emit()

    def _fit_parts(self) -> None:
        """Name the year that closes; show the uplift, and its efficiency, only where they count."""
        before = financial_year_label(self._years[self.year.currentIndex()] - 1)
        self.parts["close"].setText(f"Close {before}")
        self._uplift.setEnabled(self.parts["uplift"].isChecked())
        self._efficiency.setVisible(self._value("method") in [str(m) for m in NHS_METHODS])

    def _value(self, name: str) -> Value:
        return self.editors[name].value()

    def _number(self, name: str) -> Decimal | None:
        return cast("Decimal | None", self._value(name))

    def ids(self) -> tuple[int, ...]:
        """The contracts chosen."""
        place = self.contracts.currentIndex()
        return self._offers[place].ids if place >= 0 else ()

    def commit(self) -> bool:
        """Take over what is being typed; False when some of it cannot be read."""
        return all(editor.commit() for editor in self.editors.values())

    def chosen(self) -> NewYear:
        """Everything chosen, as the desk takes it."""
        method = str(self._value("method") or IndexationMethod.NONE)
        return NewYear(
            self._years[self.year.currentIndex()],
            **{key: box.isChecked() for key, box in self.parts.items()},
            method=IndexationMethod(method),
            rate=self._number("rate"),
            efficiency=self._number("efficiency") if method in NHS_METHODS else None,
            floor=self._number("floor"),
            cap=self._number("cap"),
            source=str(self._value("source") or ""),
            same_only=self.same_only.isChecked(),
        )
