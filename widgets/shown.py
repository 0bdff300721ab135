"""The one place for what Qt would read as more than words: tool tips, titles, keys in labels, boxes, documents."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QByteArray, Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QLabel, QWidget

PLACEHOLDER = "[*]"  # Qt's mark for a window with changes; twice in a row it stands for itself


def escaped(words: str) -> str:
    """Words for a button, tab, menu or label with a field: there & would underline a letter, a tab begin a key."""
    return words.replace("&", "&&").replace("\t", " ")


def plain_tip(words: str) -> str:
    """Words for a tool tip, shown exactly as they are: Qt would read `<` in them as markup."""
    return f"<qt>{escape(words.strip()).replace(chr(10), '<br>')}</qt>" if words.strip() else ""


def set_tip(widget: QWidget, words: str) -> None:
    """Give a widget a tool tip that shows the words as they are; none for no words."""
    widget.setToolTip(plain_tip(words))


def set_title(window: QWidget, words: str) -> None:
    """Give a window a title that shows the words as they are, on one line."""
    window.setWindowTitle(" ".join(words.split()).replace(PLACEHOLDER, 2 * PLACEHOLDER))


def set_field(label: QLabel, control: QWidget) -> None:
    """Say which field a label belongs to; from then on Qt reads & in it as a key, so it is escaped."""
    label.setText(escaped(label.text()))
    label.setBuddy(control)


def keep_plain(window: QWidget) -> None:
    """Make every label in a window of Qt's own plain: it guesses the form of some, and opens their links."""
    for label in window.findChildren(QLabel):
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setOpenExternalLinks(False)


class QuietDocument(QTextDocument):
    """A document on whose behalf nothing is ever loaded: a picture is one clear point, a style sheet is empty.

    Something must come back each time: Qt loads the file itself when it is given nothing.
    """

    def loadResource(self, kind: int, _name: QUrl | str) -> object:
        """What Qt asks for while it reads or lays out the text."""
        if kind == QTextDocument.ResourceType.ImageResource.value:
            blank = QImage(1, 1, QImage.Format.Format_ARGB32)
            blank.fill(Qt.GlobalColor.transparent)
            return blank
        return QByteArray()
