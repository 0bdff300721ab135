"""A specification as a Word file: every word in its place, styles, headings of tables, page fields."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings

from storage.exchange.word.parts import WordError
from storage.exchange.word.specification import specification_word, write_specification
from storage.text.reading import read_markdown
from storage.text.tree import Block, Heading, Listing, Paragraph, Picture, Run, Table, walk, words_of
from tests.storage.exchange.text_papers import opened, paper_of, part
from tests.storage.text.making import DOCUMENTS


def letters(words: str) -> str:
    return "".join(words.split())


@settings(max_examples=25, deadline=None)
@given(DOCUMENTS)
def test_words_and_structure_come_back(blocks: tuple[Block, ...]) -> None:
    document = opened(specification_word(paper_of(blocks)))
    body = document.element.body
    said = "".join(t.text or "" for t in body.iter(qn("w:t")))
    for block in walk(blocks):
        if isinstance(block, Paragraph | Heading):
            assert letters(words_of(block.runs)) in letters(said)
        elif isinstance(block, Picture):
            assert letters(block.caption) in letters(said)
    tables = [t for t in document.tables if t._tbl.tblPr.find(qn("w:tblStyle")) is not None]
    wanted = [b for b in walk(blocks) if isinstance(b, Table)]
    assert len(tables) == len(wanted)
    for found, block in zip(tables, wanted, strict=True):
        assert (len(found.rows), len(found.columns)) == (1 + len(block.rows), len(block.header))
        assert [letters(c.text) for c in found.rows[0].cells] == [letters(words_of(c)) for c in block.header]
    numbered = sum(1 for p in body.iter(qn("w:p")) if p.pPr is not None and p.pPr.numPr is not None)
    assert numbered == sum(len(b.items) for b in walk(blocks) if isinstance(b, Listing))
    headings = [
        p for p in document.paragraphs if p.style is not None and p.style.name.startswith("Text heading")
    ]
    assert len(headings) == sum(isinstance(b, Heading) for b in walk(blocks))


def test_headings_lists_links_and_pictures_are_what_word_knows_them_as() -> None:
    text = (
        "### Who\n\n- adults\n  1. one\n\n| Measure | Goal |\n|---|---|\n| Wait | 9 |\n\n[NHS](https://www.nhs.uk) "
        "**must**\n\n![A map](attachment:0b0e3a52-7d0c-4d5e-9d67-5f0d7c2f2a10 'Where it is')"
    )
    content = specification_word(paper_of(read_markdown(text)))
    document, xml = opened(content), part(content, "word/document.xml")
    styles = [p.style.name for p in document.paragraphs if p.style is not None]
    assert {"Heading 1", "Text heading 3", "List Bullet", "List Number", "Caption", "Picture"} <= set(styles)
    assert "<w:tblHeader/>" in xml and "<w:cantSplit/>" in xml
    assert 'descr="A map"' in xml and "Where it is" in xml
    assert "https://www.nhs.uk" in part(content, "word/_rels/document.xml.rels")
    assert document.core_properties.language == "en-GB"
    assert "en-US" not in part(content, "word/styles.xml") and "en-US" not in part(
        content, "word/settings.xml"
    )
    foot = document.sections[0].footer.paragraphs[0]._p.xml
    assert 'w:instr="PAGE"' in foot and 'w:instr="NUMPAGES"' in foot
    assert len(list(document.styles)) < 60


def test_what_is_typed_is_never_markup() -> None:
    sly = "</w:t><w:instr>&bomb; <b>\x00\x0b\ud800"
    content = specification_word(paper_of((Paragraph((Run(sly, bold=True),)),), title=sly))
    assert "</w:t><w:instr>&bomb; <b>" in "\n".join(p.text for p in opened(content).paragraphs)


def test_it_is_saved_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "spec.docx"
    write_specification(paper_of(), path)
    assert opened(path.read_bytes()).core_properties.title == "Skin care"
    with pytest.raises(WordError, match=r"End it in \.docx"):
        write_specification(paper_of(), tmp_path / "spec.doc")
    with pytest.raises(WordError, match="does not exist"):
        write_specification(paper_of(), tmp_path / "none" / "spec.docx")
