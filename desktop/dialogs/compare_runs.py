"""Two checklists side by side, question by question."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLayout, QWidget

from desktop.dialogs.list_dialog import ListDialog
from desktop.session import Session
from storage.exchange.paper.run_compare import Line, side_by_side
from storage.records.assessments import Run
from widgets.choices import Segmented
from widgets.parts import col, row, text

DIFFERENT, ALL = "different", "all"


class CompareRuns(ListDialog):
    """The answers of two runs; at first only where they differ."""

    none = "Both are answered alike."

    def __init__(self, parent: QWidget, session: Session, left: Run, right: Run) -> None:
        self._left, self._right = left, right
        self._which = Segmented(((DIFFERENT, "Differences"), (ALL, "All")), 112)
        self._which.setAccessibleName("Which questions are listed")
        self._which.set_value(DIFFERENT)
        words = f"{called(left)} on the left, {called(right)} on the right."
        super().__init__(parent, session, "Compare two checklists", words, self._which)
        self.setMinimumSize(860, 560)
        self._which.chosen.connect(self.draw)

    def rows(self) -> Sequence[QLayout]:
        """The questions with both answers."""
        lines = side_by_side(self.session.store, self._left.key, self._right.key)
        return [_row(line) for line in lines if line.differs or self._which.value() == ALL]


def called(run: Run) -> str:
    """A run with what tells it from others of its template."""
    return ", ".join(words for words in (run.reference, run.subject, run.standing.lower()) if words)


def _row(line: Line) -> QLayout:
    sides = row(text(line.left, wrap=True), text(line.right, wrap=True), gap=16)
    sides.setStretch(0, 1)
    sides.setStretch(1, 1)
    return col(text(f"{line.number}  {line.text}", "medium", wrap=True), sides, gap=4)
