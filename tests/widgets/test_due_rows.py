"""Rows of what is due: one line or two by the room, the first of many, a button where one is wanted."""

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from widgets.due_rows import ONE_LINE, TWO_LINES, WIDE, DueCard, DueLine

LINES = [
    DueLine("flag", f"Write {n}", "Night shelter · C-1", "Ann Lee", "3 Dec 2026", "in 4 days")
    for n in range(5)
]


def test_a_row_folds_when_it_is_narrow(qtbot: QtBot) -> None:
    card = DueCard(LINES, 5)
    qtbot.addWidget(card)
    card.resize(WIDE + 40, 400)
    card.show()
    assert card.rows[0].height() == ONE_LINE
    wide = card.grab().toImage()
    card.resize(500, 400)
    qtbot.waitUntil(lambda: card.rows[0].height() == TWO_LINES)
    assert card.grab().toImage() != wide


def test_of_many_the_first_are_shown_and_a_press_shows_the_rest(qtbot: QtBot) -> None:
    card = DueCard(LINES, 2)
    qtbot.addWidget(card)
    card.show()
    assert len(card.rows) == 2
    more = next(b for b in card.findChildren(QPushButton) if b.text() == "Show 3 more")
    more.click()
    assert len(card.rows) == 5
    with qtbot.waitSignal(card.pressed) as pressed:
        card.rows[4].click()
    assert pressed.args == [4]


def test_a_row_is_spoken_whole_and_may_have_a_button(qtbot: QtBot) -> None:
    card = DueCard(LINES[:1], 5, "Dismiss")
    qtbot.addWidget(card)
    assert card.rows[0].accessibleName() == "Write 0, Night shelter · C-1, Ann Lee, 3 Dec 2026, in 4 days"
    press = next(b for b in card.findChildren(QPushButton) if b.text() == "Dismiss")
    with qtbot.waitSignal(card.acted) as acted:
        press.click()
    assert acted.args == [0]
