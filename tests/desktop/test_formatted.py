"""Formatted text on screen has the words and the structure of the tree, and nothing in it that could act."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from PySide6.QtGui import QTextDocument, QTextTable
from PySide6.QtWidgets import QApplication

from desktop.formatted import blocks_html, screen_html
from storage.text.plain import plain_text
from storage.text.tree import Block, Heading, Picture, Run, Table, walk
from storage.text.tree import Paragraph as P
from tests.storage.text.making import DOCUMENTS


def letters(words: str) -> str:
    return "".join(words.replace("\ufffc", "").split())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DOCUMENTS)
def test_words_and_structure_reach_the_screen(qapp: QApplication, blocks: tuple[Block, ...]) -> None:
    document = QTextDocument()
    document.setHtml(blocks_html(blocks))
    captions = "".join(b.caption for b in walk(blocks) if isinstance(b, Picture))
    said = plain_text([b for b in blocks if not isinstance(b, Picture)])
    assert sorted(letters(document.toPlainText())) == sorted(letters(said + captions))
    tables = [f for f in document.rootFrame().childFrames() if isinstance(f, QTextTable)]
    assert len(tables) == sum(isinstance(b, Table) for b in blocks)
    block, headings = document.begin(), 0
    while block.isValid():
        headings += bool(block.blockFormat().headingLevel())
        block = block.next()
    assert headings == sum(isinstance(b, Heading) for b in walk(blocks))


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "vbscript:x", "ftp://e.org", "#x"]
)
def test_dangerous_links_stay_text(address: str) -> None:
    assert "<a " not in screen_html(f"[x]({address})")


def test_changes_are_underlined_and_struck(qapp: QApplication) -> None:
    document = QTextDocument()
    document.setHtml(blocks_html((P((Run("new", change="in"), Run("old", change="out"))),)))
    place = document.begin().begin()
    fragments = []
    while not place.atEnd():
        fragments.append(place.fragment())
        place += 1
    assert fragments[0].charFormat().fontUnderline() and fragments[1].charFormat().fontStrikeOut()
