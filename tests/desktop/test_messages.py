"""Messages are plain text, their first sentence stands out, and they can be copied for a helper."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox
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
