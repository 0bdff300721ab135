"""Actions are entered by keyboard down the lines of the pack, and saved in one step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.dialogs.enter_actions import EnterActions
from desktop.session import Session
from storage.desk.contract.contract_actions import numbered_actions
from storage.records.meetings import ReviewMeeting
from tests.storage.desk.register import Register, make_register
from tests.storage.exchange.contract_samples import add_actions, add_meetings


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    made = make_register(tmp_path / "register.desk")
    held, _ = add_meetings(made.store, made.contract)
    add_actions(made.store, made.contract, held, 2)
    yield made
    made.store.close()


@pytest.fixture
def dialog(qtbot: QtBot, register: Register) -> Iterator[EnterActions]:
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(1366, 768)
    over.show()
    made = EnterActions(over, Session(register.store), register.store.get(ReviewMeeting, 1))
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    over.close()


def typed(dialog: EnterActions, words: str) -> None:
    focus = dialog.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, words)


def press(dialog: EnterActions, key: Qt.Key) -> None:
    focus = dialog.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key)


def test_lines_are_filled_by_keyboard_and_saved(dialog: EnterActions, register: Register) -> None:
    typed(dialog, "Find a room")
    press(dialog, Qt.Key.Key_Tab)
    typed(dialog, "Ann")
    press(dialog, Qt.Key.Key_Return)
    assert dialog.focusWidget() is dialog.lines[3].controls()[1]
    press(dialog, Qt.Key.Key_Up)
    press(dialog, Qt.Key.Key_Tab)
    typed(dialog, "5 jan 2027")
    for place in (2, 1, 0):
        press(dialog, Qt.Key.Key_Up)
        assert dialog.focusWidget() is dialog.lines[max(0, place - 1)].controls()[2]
    dialog.lines[0].done.setFocus()
    press(dialog, Qt.Key.Key_Space)
    dialog.save.click()
    found = numbered_actions(register.store, register.contract)
    assert found[1].status == "Done"
    assert (found[4].title, found[4].owner, found[4].due) == ("Find a room", "Ann", date(2027, 1, 5))
    assert register.labels()[-1] == "Enter the actions of Quarter 1 review"


def test_enter_on_the_last_line_makes_more_lines(dialog: EnterActions) -> None:
    count = len(dialog.lines)
    dialog.lines[-1].controls()[0].setFocus()
    press(dialog, Qt.Key.Key_Return)
    assert len(dialog.lines) == count + 4
    assert dialog.lines[count].number.text() == "N9"
    assert dialog.focusWidget() is dialog.lines[count].controls()[0]


def test_what_cannot_be_read_or_says_nothing_keeps_the_dialog_open(
    dialog: EnterActions, register: Register
) -> None:
    before = register.labels()
    dialog.lines[2].editors["due"].put_back_draft("some day")
    dialog.save.click()
    assert dialog.isVisible()
    dialog.lines[2].editors["due"].put_back_draft("1 Jan 2027")
    dialog.save.click()
    assert dialog.isVisible()
    assert register.labels() == before
    dialog.lines[2].editors["title"].put_back_draft("Find a room")
    dialog.save.click()
    assert len(numbered_actions(register.store, register.contract)) == 4
