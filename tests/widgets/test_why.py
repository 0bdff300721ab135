"""A reason shows its sentence, then every step with its source; all of it can be heard and copied."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from widgets.parts import Words
from widgets.theme import apply_theme
from widgets.why import WhyBox, WhyTree


@dataclass(frozen=True)
class Step:
    """A step as a rule would give it."""

    words: str
    source: str = ""
    rests_on: tuple[Step, ...] = ()


SENTENCE = "3 Dec 2026 = end 3 Jun 2027 less 6 months’ notice."
STEPS = (
    Step("Counted back by the calendar.", "Our convention", (Step("6 months’ notice.", "GC 17.2"),)),
    Step("The end."),
)
WHOLE = f"""{SENTENCE}
- Counted back by the calendar. (Our convention)
  - 6 months’ notice. (GC 17.2)
- The end."""


@pytest.fixture
def tree(qtbot: QtBot, qapp: QApplication) -> WhyTree:
    apply_theme(qapp, dark=False)
    made = WhyTree()
    qtbot.addWidget(made)
    made.resize(300, 200)
    made.show()
    return made


def shown(tree: WhyTree | WhyBox) -> list[Words]:
    return [label for label in tree.findChildren(Words) if label.isVisible()]


def test_the_sentence_comes_first_and_steps_stand_further_in(qtbot: QtBot, tree: WhyTree) -> None:
    tree.show_why(SENTENCE, STEPS)
    qtbot.waitUntil(lambda: len(shown(tree)) == 6)
    left = {label.text(): label.mapTo(tree, label.rect().topLeft()).x() for label in shown(tree)}
    assert (
        left[SENTENCE] < left["The end."] == left["Counted back by the calendar."] < left["6 months’ notice."]
    )
    assert left["GC 17.2"] == left["6 months’ notice."]


def test_all_of_it_is_copied_and_heard(tree: WhyTree) -> None:
    tree.show_why(SENTENCE, STEPS)
    next(b for b in tree.findChildren(QPushButton) if b.text() == "Copy").click()
    assert QGuiApplication.clipboard().text() == WHOLE == tree.whole()
    assert tree.accessibleName() == SENTENCE
    assert "6 months’ notice. (GC 17.2)" in tree.accessibleDescription()


def test_a_sentence_alone_is_only_a_sentence(qtbot: QtBot, tree: WhyTree) -> None:
    tree.show_why(SENTENCE, STEPS)
    tree.show_why("No end date to count from.")
    qtbot.waitUntil(lambda: [w.text() for w in shown(tree)] == ["No end date to count from."])
    assert tree.words() == "No end date to count from."


def test_words_are_never_cut_off_when_it_gets_narrow(qtbot: QtBot, tree: WhyTree) -> None:
    tree.show_why(SENTENCE, STEPS)
    tree.resize(180, 400)
    qtbot.waitUntil(lambda: all(w.height() >= w.heightForWidth(w.width()) for w in shown(tree)))


def test_a_long_reason_scrolls_in_its_box_and_can_be_hidden(qtbot: QtBot) -> None:
    box = WhyBox()
    qtbot.addWidget(box)
    box.resize(360, 100)
    box.show_why(SENTENCE)
    box.show()
    qtbot.waitUntil(lambda: 0 < box.sizeHint().height() < 80)
    box.show_why(SENTENCE, tuple(Step(f"Step {n} of a long way.", "A clause") for n in range(20)))
    qtbot.waitUntil(lambda: box.sizeHint().height() == WhyBox.MOST + 16)
    with qtbot.waitSignal(box.hidden):
        next(b for b in box.findChildren(QPushButton) if b.text() == "Hide").click()
    assert not box.grab().isNull()
