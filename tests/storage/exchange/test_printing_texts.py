"""Formatted text on paper: the same tree goes into the layout as data, and its words come out on the page."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import Phase, given, settings

from storage.desk.specification.section_pictures import DrawnPicture
from storage.exchange.paper.glyphs import printable
from storage.exchange.paper.printing import _data, _drawable, pdf, svg_pages
from storage.text.difference import changed_blocks
from storage.text.reading import read_markdown
from storage.text.tree import Block, Heading, Paragraph, walk
from tests.storage.exchange.paper_samples import words
from tests.storage.exchange.text_papers import PICTURE, paper_of
from tests.storage.text.making import DOCUMENTS, UUID


def letters(text: str) -> str:
    return "".join(text.replace("\u200b", "").split())


def kinds(data: object) -> list[str]:
    """The kinds of blocks in what the layout is given, in reading order."""
    if isinstance(data, dict):
        own = [str(data["kind"])] if "kind" in data else []
        return own + [kind for value in data.values() for kind in kinds(value)]
    return [kind for value in data for kind in kinds(value)] if isinstance(data, list) else []


@settings(max_examples=20, deadline=None)
@given(DOCUMENTS)
def test_the_layout_is_given_the_words_and_the_structure(blocks: tuple[Block, ...]) -> None:
    given_ = _data(paper_of(blocks))["sections"]
    assert kinds(given_) == [block.kind for block in walk(blocks)]
    shown = letters(json.dumps(given_, ensure_ascii=False))
    for block in walk(blocks):
        for run in block.runs if isinstance(block, Paragraph | Heading) else ():
            plain = letters(json.dumps(printable(run.text, _drawable()), ensure_ascii=False)[1:-1])
            assert plain in shown


@settings(max_examples=4, deadline=None, phases=[Phase.generate])
@given(DOCUMENTS)
def test_every_word_stands_on_the_page(blocks: tuple[Block, ...]) -> None:
    content = pdf(paper_of(blocks))
    assert b"pdfuaid" in content
    shown = letters(words(content))
    for block in walk(blocks):
        for run in block.runs if isinstance(block, Paragraph | Heading) else ():
            for word in run.text.split():
                plain = letters(printable(word, _drawable()))
                assert not plain.isascii() or plain in shown, word


def test_a_picture_is_drawn_with_its_words_and_a_broken_one_leaves_the_paper_whole() -> None:
    blocks = read_markdown(f"Before.\n\n![A map](attachment:{UUID} 'Where it is')\n\nAfter.")
    content = pdf(paper_of(blocks))
    assert b"pdfuaid" in content and "Where it is" in words(content)
    assert "[Picture" not in words(content) and b"/Subtype/Image" in content.replace(b" ", b"")
    assert len(svg_pages(paper_of(blocks))) == 1
    broken = DrawnPicture(UUID, PICTURE.content[:40], "png")
    said = words(pdf(replace(paper_of(blocks), pictures=(broken,))))
    assert "Before." in said and "[Picture: A map]" in said and "After." in said


def test_a_picture_that_was_taken_out_says_so() -> None:
    found = changed_blocks(read_markdown(f"![A map](attachment:{UUID})"), ())
    assert "deleted:" in words(pdf(paper_of(found, change="x")))
