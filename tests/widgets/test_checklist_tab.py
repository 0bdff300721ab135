"""Tab through a checklist: in reading order, in and out at both ends, never lost."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.widgets.checklist_sample import checklist
from tests.widgets.checklist_working import four, press, shown
from widgets.checklist import ChecklistView
from widgets.checklist_data import SummaryData
from widgets.theme import apply_theme


@pytest.fixture(autouse=True)
def themed(qapp: QApplication) -> None:
    apply_theme(qapp, dark=False)


def test_tab_goes_through_a_card_in_reading_order_and_on_to_the_next(qtbot: QtBot) -> None:
    view = shown(qtbot, checklist(four()))
    names = []
    for _ in range(6):
        press(Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        names.append(focus.accessibleName())
    assert names[2:] == [
        "Note, question 01",
        "Evidence, question 01",
        "Action, question 01",
        "Question 02. Question 2?",
    ]
    assert view.current == "Q2"
    press(Qt.Key.Key_Backtab)
    focus = QApplication.focusWidget()
    assert focus is not None and focus.accessibleName() == "Action, question 01"


def test_tab_leaves_the_checklist_at_both_ends(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    before, view, after = QPushButton("Before"), ChecklistView(), QPushButton("After")
    column = QVBoxLayout(window)
    for widget in (before, view, after):
        column.addWidget(widget)
    view.set_checklist(checklist(four()))
    window.resize(1100, 700)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: view.is_finished and window.isActiveWindow())
    for key, inside in (
        (Qt.Key.Key_Tab, "A Case for change, 0 of 2 answered"),
        (Qt.Key.Key_Backtab, "Print for the meeting"),
    ):
        ends = (before, after) if key == Qt.Key.Key_Tab else (after, before)
        view.go_to("Q2")
        assert tabbed_until(ends[1], key)
        assert tabbed_until(ends[0], key)
        press(key)
        focus = QApplication.focusWidget()
        assert isinstance(focus, QAbstractButton)
        assert inside in (focus.accessibleName(), focus.text())


def tabbed_until(wanted: QWidget, key: Qt.Key) -> bool:
    """Whether Tab, or Shift+Tab, comes to a widget before it has been through everything twice."""
    for _ in range(80):
        press(key)
        if QApplication.focusWidget() is wanted:
            return True
    return False


def test_when_what_has_the_keyboard_is_hidden_the_card_gets_it(qtbot: QtBot) -> None:
    data = replace(checklist(four()), summary=SummaryData(1, 4, score="80%"))
    view = shown(qtbot, data)
    why = next(b for b in view.findChildren(QPushButton) if b.text() == "Why?")
    why.setFocus()
    view.set_checklist(replace(data, summary=SummaryData(0, 4)))
    assert QApplication.focusWidget() is view.card("Q1")
