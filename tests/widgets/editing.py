"""Typing into editors, for the tests of editors."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from storage.engine.fields import Field, Kind
from widgets.editors import Editor, editor_for
from widgets.theme import apply_theme

TODAY = date(2026, 11, 24)
Make = Callable[[Field], Editor]
STARTS = Field("Start date", Kind.DAY, "starts", help="The first day of service")
LINKED = Field("Provider", Kind.LINK, "provider", target="organisation")
STAGE = Field("Stage", Kind.CHOICE, "stage", choices=("Draft", "Awarded", "Signed"))
NOTES = Field("Notes", Kind.NOTE, "notes")


@pytest.fixture
def make(qtbot: QtBot, qapp: QApplication) -> Make:
    """Build an editor in a window with another field to go to."""
    apply_theme(qapp, dark=False)

    windows = []

    def built(field: Field) -> Editor:
        window = QWidget()
        windows.append(window)
        down = QVBoxLayout(window)
        editor = editor_for(field, today=TODAY)
        down.addWidget(editor)
        down.addWidget(QLineEdit())
        qtbot.addWidget(window)
        window.resize(320, 200)
        window.show()
        window.activateWindow()
        editor.control.setFocus()
        qtbot.waitUntil(lambda: editor.control.hasFocus() or editor.isAncestorOf(focused()))
        return editor

    return built


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def heard_by(editor: Editor) -> list[object]:
    values: list[object] = []
    editor.committed.connect(values.append)
    return values


def type_words(qtbot: QtBot, editor: Editor, words: str) -> None:
    line = focused()
    assert editor.isAncestorOf(line)
    QTest.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(line, Qt.Key.Key_Delete)
    QTest.keyClicks(line, words)


def leave(qtbot: QtBot) -> None:
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
