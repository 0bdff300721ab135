"""The few facts that matter most about a record, side by side above everything else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLayout, QSizePolicy, QWidget

from widgets.parts import col, link, row, text
from widgets.theme import mark, tokens

NARROWEST = 118  # of one fact with all of them in one row, in pixels at 100 %


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: its label, its value, a line saying what the value means, and whether it can say why."""

    key: str
    label: str
    value: str
    note: str = ""
    why: bool = False
    rating: bool = False  # the value is a rating and gets its mark
    tone: str = ""  # of the note: red, amber or green


class RatingMark(QWidget):
    """The mark of a rating; its word stands beside it."""

    def __init__(self, rating: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rating = rating
        self.setFixedSize(13, 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        mark(QPainter(self), 1, self.height() / 2 - 5.5, 11, self._rating, tokens(self))


class FactsBand(QFrame):
    """The facts of a record: all in a row where they can be read whole, otherwise in two rows, or two by two."""

    why = Signal(str)  # the key of the fact whose reason is wanted

    def __init__(self, facts: Sequence[Fact] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "facts")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._cells: list[QWidget] = []
        self._shown: tuple[Fact, ...] = ()
        self._across = 0
        self._grid = QGridLayout(self)
        # Facts side by side must not keep the band from becoming narrower.
        self._grid.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._grid.setContentsMargins(24, 10, 24, 10)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self.set_facts(facts)

    def set_facts(self, facts: Sequence[Fact]) -> None:
        """Show these facts; those that are shown already stay as they are."""
        if (facts := tuple(facts)) == self._shown:
            return
        self._shown = facts
        for cell in self._cells:
            self._grid.removeWidget(cell)
            cell.deleteLater()
            cell.hide()
        self._cells = [self._cell(fact) for fact in facts]
        self._across = 0
        self._place()

    def across(self) -> int:
        """How many facts stand in one row just now."""
        return self._across

    def minimumSizeHint(self) -> QSize:
        return QSize(200, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _cell(self, fact: Fact) -> QWidget:
        value = text(fact.value, "fact")
        value.setAccessibleName(f"{fact.label}: {fact.value} {fact.note}".strip())
        shown = row(RatingMark(fact.value), value, None, gap=7) if fact.rating else row(value, None)
        note = row(*([text(fact.note, "small", fact.tone)] if fact.note else []), gap=8)
        if fact.why:
            ask = link("Why?")
            ask.setAccessibleName(f"Why is {fact.label} {fact.value}?")
            ask.clicked.connect(partial(self._asked, fact.key))
            note.addWidget(ask)
        note.addStretch(1)
        cell = QWidget(self)
        cell.setLayout(col(text(fact.label, "label"), shown, note, None, gap=1))
        return cell

    def _asked(self, key: str, _checked: bool = False) -> None:
        self.why.emit(key)

    def _fits(self, across: int, inside: int) -> bool:
        """Whether so many side by side can be read whole."""
        if inside < across * NARROWEST:
            return False
        hints = [cell.sizeHint().width() for cell in self._cells]
        widest = sum(max(hints[column::across]) for column in range(across))
        return inside >= widest + self._grid.horizontalSpacing() * (across - 1)

    def _place(self) -> None:
        count = max(1, len(self._cells))
        inside = self.width() - 48
        few = min(2, count) if inside >= 2 * 110 else 1
        across = next((n for n in (count, -(-count // 2)) if n > few and self._fits(n, inside)), few)
        if across == self._across:
            return
        for column in range(max(across, self._grid.columnCount())):
            self._grid.setColumnStretch(column, 1 if column < across else 0)
        for place, cell in enumerate(self._cells):
            self._grid.addWidget(cell, place // across, place % across)
        self._across = across
