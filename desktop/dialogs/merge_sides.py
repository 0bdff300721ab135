"""Differences to choose a side for: ways for all of them, the list, and below it all that the chosen line holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.dialogs.merge_table import HEADS, L, Line, MergeTable, MergeView, Shown
from widgets.parts import button, card, col, row, scroll, text

SIDES = ("base", "theirs", "mine")


class Choices(Shown[L], Protocol[L]):
    """The lines, and what can be chosen for all of them at once."""

    def take_unless_conflict(self) -> None:
        """What only they changed from them, the rest as it is here."""

    def take_all(self) -> None:
        """Theirs wherever it can be."""

    def take_none(self) -> None:
        """Mine everywhere."""

    def told(self, line: L) -> str:
        """What is said of theirs before its words."""


class MergeSides(QWidget):
    """The list with what goes around it; `heads` name its columns."""

    changed = Signal()

    def __init__(self, choices: Choices[L], parent: QWidget, heads: Sequence[str] = HEADS) -> None:
        super().__init__(parent)
        self.choices = cast("Choices[Line]", choices)
        self.table = MergeTable(choices, heads)
        self.view = MergeView(self.table, self)
        self.count = text("", "small")
        self._full = {side: text("", "soft", wrap=True) for side in SIDES}
        self.table.dataChanged.connect(self.changed)
        self.view.looked_at.connect(self._show_whole)
        self.setLayout(
            col(
                row(*self._for_all(), None, self.count),
                card(self.view, margins=1),
                self._below(heads),
                gap=12,
            )
        )
        self.view.setCurrentIndex(self.table.index(self._first(), 0))

    def _first(self) -> int:
        """The first line that holds words, so that they stand below at once."""
        lines = enumerate(self.choices.lines)
        return next((n for n, line in lines if any(self.choices.words(line, side) for side in SIDES)), 0)

    def _for_all(self) -> list[QWidget]:
        ways = (
            ("Theirs where only they changed it", self.choices.take_unless_conflict),
            ("All theirs", self.choices.take_all),
            ("All mine", self.choices.take_none),
        )
        made: list[QWidget] = []
        for words, choose in ways:
            press = button(words)
            press.clicked.connect(partial(self._choose, choose))
            made.append(press)
        return made

    def _choose(self, choose: Callable[[], None], _checked: bool = False) -> None:
        choose()
        self.table.redraw()

    def _below(self, heads: Sequence[str]) -> QWidget:
        across = row(gap=16, margins=(12, 8, 12, 8))
        for side, words in zip(SIDES, heads[1:], strict=True):
            across.addLayout(col(text(words, "label"), self._full[side], None, gap=2), 1)
        area = scroll(across)
        area.setFixedHeight(104)
        return area

    def _show_whole(self, number: int) -> None:
        found = self.choices.lines[max(number, 0)]
        for side in SIDES:
            self._full[side].setText(self.choices.words(found, side) or "–")
        if told := self.choices.told(found):
            self._full["theirs"].setText(f"{told}\n\n{self.choices.words(found, 'theirs')}".strip())
