"""Whatever is done to a checklist, what is in sight is made, lies where it should, and shows what is kept."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.widgets.checklist_sample import checklist, question
from tests.widgets.checklist_working import shown
from widgets.checklist import ChecklistView
from widgets.checklist_data import PartKind, QuestionData
from widgets.theme import apply_theme

COUNT = 50
KINDS = tuple(PartKind)


class Somebody:
    """Does one thing after another to a checklist, by chance."""

    def __init__(self, view: ChecklistView, seed: int) -> None:
        self.view, self.chance = view, random.Random(seed)  # noqa: S311 - the same things each time it is run
        self.asked = list(questions())
        self.bar = view._questions.verticalScrollBar()

    def do_something(self) -> None:
        acts: list[Callable[[], object]] = [
            self._scroll, self._press, self._go, self._hide, self._answer, self._resize, self._filter, self._note,
        ]  # fmt: skip
        self.chance.choice(acts)()

    def _scroll(self) -> None:
        self.bar.setValue(
            self.chance.choice((0, self.bar.maximum(), self.chance.randint(0, self.bar.maximum())))
        )

    def _press(self) -> None:
        key = self.chance.choice((Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Down, Qt.Key.Key_Up))
        for _ in range(self.chance.randint(1, 5)):
            focus = QApplication.focusWidget()
            if focus is not None:
                QTest.keyClick(focus, key)

    def _go(self) -> None:
        self.view.go_to(f"Q{self.chance.randint(1, COUNT)}")

    def _hide(self) -> None:
        first, why = self.chance.randrange(COUNT), self.chance.choice(("", "Asked if question 01 is Yes."))
        for place in range(first, min(COUNT, first + 25)):
            self.asked[place] = replace(self.asked[place], not_asked=why)
        self.view.set_checklist(checklist(tuple(self.asked)))

    def _answer(self) -> None:
        place = self.chance.randrange(COUNT)
        note = "As agreed. " * self.chance.randint(0, 60)
        self.asked[place] = replace(self.asked[place], answered=self.chance.random() < 0.5, note=note)
        self.view.set_checklist(checklist(tuple(self.asked)))

    def _resize(self) -> None:
        self.view.resize(self.chance.choice((700, 900, 1166, 1600)), self.chance.choice((400, 640, 900)))

    def _filter(self) -> None:
        self.view.bar._which.set_value(self.chance.choice(("all", "open")))
        self.view.bar.filtered.emit()

    def _note(self) -> None:
        card = self.view.card(self.view.current)
        if card is not None and card.isVisible():
            card.edit_note()


def questions() -> tuple[QuestionData, ...]:
    """One of each kind, over and over, of differing height."""
    kinds = (KINDS[n % len(KINDS)] for n in range(1, COUNT + 1))
    return tuple(question(n, kind, text="Is it so? " * (1 + n % 9)) for n, kind in enumerate(kinds, start=1))


@pytest.mark.parametrize("seed", [4, 9, 11])
def test_after_anything_everything_in_sight_is_in_its_place_and_as_it_is_kept(
    qtbot: QtBot, qapp: QApplication, seed: int
) -> None:
    apply_theme(qapp, dark=False)
    view = shown(qtbot, checklist(questions()))
    somebody = Somebody(view, seed)
    for _ in range(25):
        somebody.do_something()
    qtbot.waitUntil(lambda: view.is_finished and not view._questions._later.isActive())
    column = view._questions.column
    assert column is not None and list(column.places.keys) == column.asked.seen()
    for key in column.places.between(*view._questions._sight()):
        made = column.store.held[key]
        wanted = max(made.heightForWidth(made.width()), made.minimumSizeHint().height())
        assert made.isVisible()
        assert (made.y(), made.height()) == (column.places.top(key), wanted)
    for key, made in column.store.held.items():
        assert made.isVisible() == column.places.has(key)
    for card in column.store.cards:
        if column.store.is_ready(column.asked.key(card.question.id)):
            assert card.question == somebody.asked[int(card.question.id[1:]) - 1]
