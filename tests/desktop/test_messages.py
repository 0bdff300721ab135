"""Messages are plain text, their first sentence stands out, and they can be copied for a helper."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from desktop.messages import message_box
from storage import __version__


def test_a_long_path_does_not_widen_the_box_and_is_copied_whole(qtbot: QtBot) -> None:
    words = f"There is no file /{'long_folder_name/' * 20}<b>x</b>.desk. Nothing was changed. Look elsewhere."
    box = message_box(words, QMessageBox.Icon.Warning)
    qtbot.addWidget(box)
    box.show()
    assert box.textFormat() == Qt.TextFormat.PlainText and box.width() < 800
    assert box.informativeText() == "Nothing was changed. Look elsewhere."
    copy = next(press for press in box.buttons() if press.text() == "Copy the words")
    copy.click()
    assert box.isVisible(), "copying is not an answer"
    copied = QApplication.clipboard().text()
    assert copied.startswith(words) and __version__ in copied


@pytest.mark.parametrize(
    "words",
    ["<img src=x>", "<b>bold</b> & <a href='file:///etc/passwd'>here</a>", "![plan](file:///etc/passwd)"],
)
def test_every_part_of_a_message_is_plain(qtbot: QtBot, words: str) -> None:
    box = message_box(f"{words} failed. Then {words}. Try again.", QMessageBox.Icon.Warning)
    qtbot.addWidget(box)
    box.open()
    labels = [label for label in box.findChildren(QLabel) if label.text()]
    assert [label.text() for label in labels] == [f"{words} failed.", f"Then {words}. Try again."]
    for label in labels:
        assert label.textFormat() is Qt.TextFormat.PlainText
        assert not label.openExternalLinks()
