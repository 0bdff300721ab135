"""One road for messages: what happened, what was kept, what to do, shown as plain text."""

from __future__ import annotations

import platform
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget

from storage import __version__
from widgets.parts import breakable
from widgets.shown import keep_plain

NAME = "Commissioning Desk"
LONGEST = 600  # letters of a value that a question shows
MAIN_LABEL = "qt_msgbox_label"  # what Qt calls the first words of its message box


class Messages:
    """Shows errors and questions over one window."""

    def __init__(self, parent: QWidget) -> None:
        self._parent = parent
        self.shown: list[str] = []  # what was said, for Help and for tests

    def failed(self, words: str) -> None:
        """Tell of an error without stopping the event loop."""
        self.shown.append(words)
        message_box(words, QMessageBox.Icon.Warning, self._parent).open()

    def told(self, words: str) -> None:
        """Tell of something done that is worth reading."""
        self.shown.append(words)
        message_box(words, QMessageBox.Icon.Information, self._parent).open()


def first_sentence(words: str) -> tuple[str, str]:
    """The first sentence and the rest."""
    first, _, rest = words.partition(". ")
    return first + ("." if rest else ""), rest


def message_box(words: str, icon: QMessageBox.Icon, parent: QWidget | None = None) -> QMessageBox:
    """A message as plain text, its first sentence bold; deletes itself when it is closed."""
    first, rest = first_sentence(words)
    box = QMessageBox(icon, NAME, "", QMessageBox.StandardButton.Ok, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)  # before there are words that Qt could guess about
    box.setText(breakable(first))
    box.setInformativeText(breakable(rest))
    keep_plain(box)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if said := box.findChild(QLabel, MAIN_LABEL):
        said.setProperty("role", "strong")
    copy = box.addButton("Copy the words", QMessageBox.ButtonRole.HelpRole)
    copy.clicked.disconnect()  # it copies and leaves the box open
    copy.clicked.connect(partial(copy_message, words))
    return box


def asked(parent: QWidget | None, words: str, yes: str, no: str) -> bool:
    """Show words with two ways to go on; True for the first, which is what Enter does. Esc is the second."""
    box = message_box(words, QMessageBox.Icon.Question, parent)
    box.setStandardButtons(QMessageBox.StandardButton.NoButton)
    go = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    box.setEscapeButton(box.addButton(no, QMessageBox.ButtonRole.RejectRole))
    box.setDefaultButton(go)
    pressed: list[bool] = []
    box.buttonClicked.connect(lambda button: pressed.append(button is go))
    box.exec()
    return True in pressed


def asked_which(parent: QWidget | None, label: str, held: str, typed: str) -> bool:
    """Show what a field holds by now and what was typed in it meanwhile; True when the typed words are to be saved."""
    words = (
        f"{label} was changed elsewhere while you were typing. Now it holds:\n{held[:LONGEST] or '(nothing)'}\n\n"
        f"You typed:\n{typed[:LONGEST] or '(nothing)'}"
    )
    return asked(parent, words, "Save what I typed", "Keep what it holds")


def copy_message(words: str, _checked: bool = False) -> None:
    """Put a message on the clipboard with what a helper needs to know of it."""
    at = datetime.now().astimezone().isoformat(timespec="seconds")
    QApplication.clipboard().setText(f"{words}\n\n{NAME} {__version__}, {platform.platform()}, {at}")
