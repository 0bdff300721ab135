"""The sheet over the window: it blocks, it counts, and it cancels once."""

from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from widgets.parts import ProgressLine
from widgets.progress_sheet import ProgressSheet, Veil

W = TypeVar("W", bound=QWidget)


def only(parent: QWidget, kind: type[W]) -> W:
    """The child of a sort."""
    found = parent.findChild(kind)
    assert found is not None
    return found


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(800, 600)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def words(sheet: ProgressSheet) -> list[str]:
    return [label.text() for label in sheet.findChildren(QLabel)]


def test_says_what_is_done_and_how_far(window: QWidget) -> None:
    sheet = ProgressSheet(window, "Bringing in the register", "Reading rows")
    sheet.advance(1_204, 5_729, "Matching providers")
    assert words(sheet) == ["Bringing in the register", "Matching providers", "1,204 of 5,729"]
    assert only(sheet, ProgressLine).accessibleName() == "21 per cent done"
    sheet.advance(0, 0)
    assert words(sheet)[-1] == ""
    sheet.grab()
    sheet.finish()


def test_the_window_beneath_waits(window: QWidget) -> None:
    sheet = ProgressSheet(window, "Working")
    assert sheet.windowModality() == Qt.WindowModality.WindowModal
    veil = only(window, Veil)
    window.resize(700, 500)
    assert veil.geometry() == window.rect()
    window.grab()
    sheet.finish()
    assert not veil.isVisible()
    assert not sheet.isVisible()


def test_esc_cancels_once_and_the_sheet_stays_until_all_is_put_back(qtbot: QtBot, window: QWidget) -> None:
    sheet = ProgressSheet(window, "Working", "Writing")
    told: list[None] = []
    sheet.cancelled.connect(lambda: told.append(None))
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    sheet.close()
    assert len(told) == 1
    assert sheet.asked_to_stop
    assert sheet.isVisible()
    sheet.advance(2, 3, "Writing more")
    assert words(sheet)[1].startswith("Stopping")
    sheet.finish()
    assert not sheet.isVisible()


def test_the_button_cancels_and_finishing_twice_is_nothing(qtbot: QtBot, window: QWidget) -> None:
    sheet = ProgressSheet(window, "Working")
    cancel = only(sheet, QPushButton)
    with qtbot.waitSignal(sheet.cancelled):
        QTest.keyClick(cancel, Qt.Key.Key_Return)
    assert not cancel.isEnabled()
    sheet.finish()
    sheet.finish()
