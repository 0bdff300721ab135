"""Rows copied in a spreadsheet are pasted into the list of the page, and text fields keep their own paste."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.bringing import NO_ROWS, Bringing, is_block
from desktop.dialogs.import_register import ImportDialog
from desktop.dialogs.remembered import Remembered
from desktop.pages.shelf import PAGES
from desktop.session import Session
from desktop.window import MainWindow

BLOCK = 'Action\tOwner\n"Send the pack,\nthen call"\tAsha\nBook a room\tBen\n'


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> MainWindow:
    made = MainWindow(session, PAGES)
    qtbot.addWidget(made)
    made.offer(Bringing(made).runs())
    made.show_page("actions")
    made.show()
    return made


def dialogs(window: MainWindow) -> list[ImportDialog]:
    return [d for d in window.findChildren(ImportDialog) if d.isVisible()]


def test_a_block_goes_to_the_list_of_the_page_and_keeps_its_lines(qtbot: QtBot, window: MainWindow) -> None:
    QApplication.clipboard().setText(BLOCK)
    window.page.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(dialogs(window)), timeout=20_000)
    [dialog] = dialogs(window)
    assert dialog._lists.currentText() == "Actions" and dialog._title.text() == "Import copied rows"
    samples = dialog._columns._lines["Action"].samples.accessibleName()
    assert samples.startswith("Send the pack, then call")
    dialog.reject()


def test_what_is_no_block_is_said_and_a_text_field_pastes_for_itself(
    qtbot: QtBot, window: MainWindow
) -> None:
    QApplication.clipboard().setText("one word")
    window.run("edit.paste")
    assert NO_ROWS in [label.accessibleName() for label in window.status.findChildren(QLabel)]
    line = window.top.search_line
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert line.text() == "one word" and not dialogs(window)
    window.run("view.remembered")
    assert window.findChildren(Remembered)
    window.findChildren(Remembered)[0].reject()


@pytest.mark.parametrize(
    ("words", "expected"), [("", False), ("word", False), ("word\n", False), ("a\tb", True), ("a\nb", True)]
)
def test_a_block_is_more_than_one_cell(words: str, expected: bool) -> None:
    assert is_block(words) is expected
