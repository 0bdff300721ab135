"""Whatever the words are, tool tips, titles, labels, boxes and documents show them as typed and load nothing."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage, QTextDocument, QTextDocumentFragment
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from widgets.editors_note import GrowingText
from widgets.parts import text
from widgets.shown import QuietDocument, escaped, plain_tip, set_field, set_tip, set_title

HOSTILE = (
    "<img src=x>",
    "<b>bold</b> & <a href='file:///etc/passwd'>here</a>",
    "![plan](file:///etc/passwd)",
    "<style>@import url(file:///etc/passwd)</style>",
    "a &amp; b &lt;c&gt;",
    "R&D and Q&&A",
    "</qt><h1>large</h1>",
)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(lambda s: s.strip() == s))
def test_a_tool_tip_says_exactly_the_words(words: str) -> None:
    tip = plain_tip(words)
    assert tip.startswith("<qt>")  # so Qt never guesses
    shown = QTextDocumentFragment.fromHtml(tip).toPlainText()
    assert "".join(shown.split()) == "".join(words.split())


@pytest.mark.parametrize("words", HOSTILE)
def test_a_tip_and_a_title_take_hostile_words(qtbot: QtBot, words: str) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    set_tip(widget, words)
    assert QTextDocumentFragment.fromHtml(widget.toolTip()).toPlainText() == words
    set_tip(widget, "")
    assert widget.toolTip() == ""
    set_title(widget, f"{words}\n[*] draft")
    assert widget.windowTitle() == f"{words} [*][*] draft"  # Qt draws the doubled mark once


def test_a_key_in_a_label_or_button_is_no_key(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    button = QPushButton(escaped("R&D"), holder)
    assert button.shortcut().isEmpty() and QPushButton("R&D", holder).shortcut().toString() == "Alt+D"
    label, field = text("R&D"), QLineEdit(holder)
    label.setParent(holder)
    set_field(label, field)
    assert label.text() == "R&&D" and label.buddy() is field
    assert escaped("a\tCtrl+Q") == "a Ctrl+Q"


def test_a_document_loads_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    picture = tmp_path / "planted.png"
    QImage(40, 40, QImage.Format.Format_RGB32).save(str(picture))
    address = QUrl.fromLocalFile(str(picture)).toString()
    document = QuietDocument()
    document.setHtml(f'<link rel="stylesheet" href="{address}"><img src="{address}"><img src="//host/x.png">')
    kinds = QTextDocument.ResourceType
    for wanted in (address, "//host/x.png", str(picture)):
        loaded = document.resource(kinds.ImageResource.value, QUrl(wanted))
        assert isinstance(loaded, QImage) and loaded.width() == 1
        assert bytes(document.resource(kinds.StyleSheetResource.value, QUrl(wanted))) == b""
    # Without the cure Qt reads the file itself, whatever comes back.
    plain = QTextDocument()
    plain.setHtml(f'<img src="{address}">')
    assert plain.resource(kinds.ImageResource.value, QUrl(address)) is not None


def test_pasting_brings_words_and_nothing_else(qtbot: QtBot, tmp_path: Path) -> None:
    picture = tmp_path / "planted.png"
    QImage(40, 40, QImage.Format.Format_RGB32).save(str(picture))
    box = GrowingText()
    qtbot.addWidget(box)
    mime = QMimeData()
    mime.setHtml(f'<img src="{picture.as_uri()}"><b>bold</b>')
    mime.setText("bold")
    mime.setImageData(QImage(str(picture)))
    box.insertFromMimeData(mime)
    assert box.toPlainText() == "bold" and "<img" not in box.document().toHtml()
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(picture))])
    box.insertFromMimeData(dropped)
    assert "<img" not in box.document().toHtml()
