"""Whoever cannot see the window hears what each control is: on every page, and in every dialog a command opens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.app import Desk
from desktop.pages.specification.tabs import TABS
from desktop.preferences import Preferences
from desktop.window import MainWindow

CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractItemView)
OF_CONTRACTS = (
    *("file.meeting", "list.other", "file.settings", "edit.doubles", "edit.forget", "letters.templates"),
    *("view.lists", "view.fields", "view.remembered", "view.bin", "since.keep", "view.as_at", "view.history"),
    *("help.keys", "help.where", "new.checklist", "new.letter", "meeting.pack", "view.save", "risks.matrix"),
)
OF_SPECIFICATIONS = ("text.move", "text.outline", "text.compare")


@pytest.fixture
def window(qapp: QApplication, sample: Path) -> Iterator[MainWindow]:
    desk = Desk(qapp, Preferences())
    assert desk.open(sample) and desk.window is not None
    yield desk.window
    desk.window.close()
    desk.window.deleteLater()
    desk.deleteLater()


def nameless(shown: QWidget) -> list[str]:
    """The controls in sight that can be come to and say nothing of themselves."""
    controls = [c for c in shown.findChildren(QWidget) if c.isVisible() and isinstance(c, CONTROLS)]
    seen = [c for c in controls if c.focusPolicy() != Qt.FocusPolicy.NoFocus]
    return [type(c).__name__ for c in seen if not isinstance(c.parent(), QComboBox) and not _name(c)]


def _name(control: QWidget) -> str:
    told = QAccessible.queryAccessibleInterface(control)
    return told.text(QAccessible.Text.Name).strip()


def test_every_control_of_every_page_has_a_name(window: MainWindow) -> None:
    """Takes seconds, since it opens each page there is once, with a record."""
    found = {}
    for entry in window.pages.entries:
        window.show_page(entry.key)
        window.page.open_record(1)
        QApplication.processEvents()
        found[entry.key] = nameless(window.page)
    window.show_page("specifications")
    for tab in TABS:
        window.page.open_record(2, tab.key)
        found[tab.key] = nameless(window.page)
    found["around the pages"] = nameless(window)
    assert {where: names for where, names in found.items() if names} == {}


def test_every_control_of_the_dialogs_has_a_name_and_esc_closes_them(
    qtbot: QtBot, window: MainWindow
) -> None:
    for page, record, commands in (("contracts", 1, OF_CONTRACTS), ("specifications", 2, OF_SPECIFICATIONS)):
        window.show_page(page)
        window.page.open_record(record)
        for key in commands:
            window.run(key)
            [dialog] = [d for d in _dialogs() if d.isVisible()]
            assert nameless(dialog) == [], key
            qtbot.keyClick(dialog, Qt.Key.Key_Escape)
            assert not [d for d in _dialogs() if d.isVisible()], key


def _dialogs() -> list[QDialog]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog)]
