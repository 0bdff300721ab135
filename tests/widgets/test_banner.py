"""Strips about the open file: words as words, their buttons, and put away by the user where they may be."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from widgets.banner import Banners


def test_a_strip_says_its_words_and_its_buttons_say_their_keys(qtbot: QtBot) -> None:
    banners = Banners()
    qtbot.addWidget(banners)
    banners.add("<b>Open</b> to read only.", "lock-simple", [("Save a copy…", "file.copy")], stays=True)
    banners.add("This file is older than the one you saved.", "warning-circle")
    banners.show()
    assert any("<b>Open</b>" in label.text() for label in banners.findChildren(QLabel))
    chosen: list[str] = []
    banners.chosen.connect(chosen.append)
    buttons = {b.accessibleName(): b for b in banners.findChildren(QPushButton)}
    buttons["Save a copy…"].click()
    assert chosen == ["file.copy"]
    buttons["Put away"].click()
    assert banners.words == ["<b>Open</b> to read only."]
