"""Carrying a checklist to another version of its template: the questions side by side, reworded ones ticked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QCheckBox, QLayout, QWidget

from desktop.dialogs.list_dialog import ListDialog
from desktop.session import Session
from storage.checklists.migration import Fate, Pair
from storage.desk.checklists.carrying import Move, carry
from storage.records.assessments import Run
from widgets.choices import Segmented
from widgets.parts import button, col, pill, row, text

TONES = {Fate.REWORDED: "amber", Fate.NEW: "blue", Fate.DROPPED: "grey", Fate.UNCHANGED: "grey"}
CHANGED, ALL = "changed", "all"


class CarryDialog(ListDialog):
    """What became of each question. An answer to a reworded one is carried; without a tick it waits on its card."""

    none = "No question is reworded, new or dropped."

    def __init__(self, parent: QWidget, session: Session, move: Move, done: Callable[[Run], None]) -> None:
        self._move, self._done = move, done
        self._ticked: set[str] = set()
        self._which = Segmented(((CHANGED, "Changed"), (ALL, "All")), 96)
        self._which.setAccessibleName("Which questions are listed")
        self._which.set_value(CHANGED)
        take = button("Carry over", "primary")
        take.clicked.connect(self._carry)
        words = (
            f"To {move.template.title}, version {move.template.version}: {move.words}. Tick each reworded question "
            "whose answer still holds; the others wait on the new checklist. This one stays as it is."
        )
        super().__init__(parent, session, "Carry over to another version", words, self._which, take)
        self.setMinimumSize(860, 560)
        self._which.chosen.connect(self.draw)

    def rows(self) -> Sequence[QLayout]:
        """Reworded, new and dropped questions, or all of them."""
        shown = self._move.pairs
        if self._which.value() == CHANGED:
            shown = tuple(pair for pair in shown if pair.fate is not Fate.UNCHANGED)
        return [self._row(pair) for pair in shown]

    def _row(self, pair: Pair) -> QLayout:
        question = pair.after or pair.before
        fate = pill(pair.fate.value, TONES[pair.fate])
        sides = row(
            col(text("Before", "small"), text(pair.before.text if pair.before else "–", wrap=True), gap=0),
            col(text("Now", "small"), text(pair.after.text if pair.after else "–", wrap=True), gap=0),
            gap=16,
        )
        sides.setStretch(0, 1)
        sides.setStretch(1, 1)
        told = (
            [f"Differs in {', '.join(pair.differs)}."] if pair.differs and pair.before and pair.after else []
        )
        told += [f"No longer fits: {', '.join(pair.lost)}."] if pair.lost else []
        tail = [text(" ".join(told), "small", wrap=True)] if told else []
        head = row(text(question.number if question else "", "strong"), fate, None, *self._tick(pair))
        return col(head, sides, *tail, gap=4)

    def _tick(self, pair: Pair) -> list[QWidget]:
        if pair not in self._move.to_tick:
            return []
        box = QCheckBox("The answer still holds")
        box.setAccessibleName(f"The answer to question {pair.after.number if pair.after else ''} still holds")
        box.setChecked(pair.id in self._ticked)
        box.toggled.connect(partial(self._set, pair.id))
        return [box]

    def _set(self, question: str, on: bool) -> None:
        (self._ticked.add if on else self._ticked.discard)(question)

    def _carry(self) -> None:
        made: list[Run] = []
        ticked = frozenset(self._ticked)
        if self.session.attempt(lambda: made.append(carry(self.session.store, self._move, ticked=ticked))):
            self.accept()
            self._done(made[0])
