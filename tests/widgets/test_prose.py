"""Reading text is formatted, shows HTML as text, and opens and loads nothing."""

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QColor, QImage, QTextDocument
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.formatted import screen_html
from widgets.prose import WIDEST, WIDEST_PICTURE, Prose
from widgets.theme import DARK, apply_theme


@pytest.fixture
def prose(qtbot: QtBot, qapp: QApplication) -> Prose:
    """An empty reading column."""
    apply_theme(qapp, dark=False)
    made = Prose(screen_html)
    qtbot.addWidget(made)
    made.resize(500, 100)
    made.show()
    return made


def test_markdown_is_formatted(prose: Prose) -> None:
    prose.set_markdown("# Aims\n\nA **strong** aim\n\n- one\n- two\n\n| A | B |\n|---|---|\n| 1 | 2 |")
    words = prose.toPlainText()
    assert words.startswith("Aims\nA strong aim\none\ntwo") and "**" not in words and "|" not in words
    block = prose.document().begin()
    assert block.blockFormat().headingLevel() == 1
    assert block.begin().fragment().charFormat().font().pixelSize() == 18


def test_html_in_the_text_is_shown_as_text(prose: Prose) -> None:
    prose.set_markdown("Before <script>alert(1)</script>\n\n<img src='file:///etc/hostname'> <b>bold</b>")
    words = prose.toPlainText()
    assert "<script>alert(1)</script>" in words
    assert "<img src=" in words and "<b>bold</b>" in words


def test_pictures_are_never_loaded(prose: Prose, tmp_path: Path) -> None:
    file = tmp_path / "picture.png"
    QImage(40, 40, QImage.Format.Format_RGB32).save(str(file))
    address = QUrl.fromLocalFile(str(file))
    prose.set_markdown(f"![plan]({address.toString()}) ![plan](https://example.org/x.png)")
    assert "<img" not in screen_html(prose.markdown())
    # Even a picture that got into the document another way stays one clear point.
    prose.setHtml(f'<img src="{address.toString()}"><link rel="stylesheet" href="{address.toString()}">')
    loaded = prose.document().resource(QTextDocument.ResourceType.ImageResource.value, address)
    assert isinstance(loaded, QImage) and (loaded.width(), loaded.height()) == (1, 1)
    style = prose.document().loadResource(QTextDocument.ResourceType.StyleSheetResource.value, address)
    assert bytes(style) == b""


def test_a_picture_that_is_given_is_drawn_no_wider_than_the_column(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    file = tmp_path / "wide.png"
    QImage(2000, 100, QImage.Format.Format_RGB32).save(str(file))
    prose = Prose(screen_html, {"attachment:u1": file.read_bytes()}.get)  # type: ignore[arg-type]
    qtbot.addWidget(prose)
    prose.set_markdown("![plan](attachment:u1 'The plan')")
    drawn = prose.document().loadResource(
        QTextDocument.ResourceType.ImageResource.value, QUrl("attachment:u1")
    )
    assert isinstance(drawn, QImage) and drawn.width() == WIDEST_PICTURE
    assert "The plan" in prose.toPlainText()


def test_a_link_only_says_it_was_clicked(qtbot: QtBot, prose: Prose) -> None:
    prose.set_markdown("[the guideline](https://www.nice.org.uk/guidance)")
    before = prose.toPlainText()
    with qtbot.waitSignal(prose.link_clicked) as heard:
        prose.anchorClicked.emit(QUrl("https://www.nice.org.uk/guidance"))
    assert heard.args == ["https://www.nice.org.uk/guidance"]
    assert prose.toPlainText() == before and not prose.openLinks()


def test_it_is_as_tall_as_its_words_and_never_too_wide(qtbot: QtBot, prose: Prose) -> None:
    prose.set_markdown("short")
    short = prose.height()
    prose.set_markdown("many words " * 200)
    assert prose.height() > 4 * short
    tall = prose.height()
    prose.resize(300, prose.height())
    qtbot.waitUntil(lambda: prose.height() > tall)
    assert prose.maximumWidth() == WIDEST


def test_colours_follow_the_theme(qapp: QApplication, prose: Prose) -> None:
    prose.set_markdown("Words")
    apply_theme(qapp, dark=True)
    colour = prose.document().begin().begin().fragment().charFormat().foreground().color()
    apply_theme(qapp, dark=False)
    assert colour == QColor(DARK.text)
