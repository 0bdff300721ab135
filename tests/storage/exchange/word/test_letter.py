"""A letter as a Word file: read back, in British English, with its letterhead, marking and page fields."""

import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.exchange.word.letter import word, write_word
from storage.exchange.word.parts import WordError
from tests.storage.exchange.letter_samples import letter, odd_letter
from tests.storage.exchange.paper_samples import letterhead


def opened(content: bytes) -> Document:
    return docx.Document(BytesIO(content))


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(BytesIO(content)) as packed:
        return packed.read(name).decode()


def test_words_address_and_styles_come_back() -> None:
    document = opened(word(letter()))
    said = [(p.style.name if p.style else "", p.text) for p in document.paragraphs]
    assert said[:2] == [("Letter address", "Millbrook Health CIC"), ("Letter address", "Unit 4, Mill Lane")]
    assert ("Letter reference", "20 November 2026") in said
    assert ("Letter reference", "Our reference: CD-0064") in said
    assert ("Heading 1", "Notice that Night care will end") in said
    assert ("List Bullet", "property & data") in said
    assert said[-1] == ("Normal", "Joy Okafor\nManager")


def test_the_file_says_whose_it_is_and_in_which_language() -> None:
    content = word(letter())
    about = opened(content).core_properties
    assert (about.title, about.author, about.language) == (
        "Notice that Night care will end",
        "Northmarsh ICB",
        "en-GB",
    )
    assert about.created is not None
    assert about.created.date().isoformat() == "2026-11-20"
    styles = part(content, "word/styles.xml")
    assert 'w:val="en-GB"' in styles
    assert "en-US" not in styles


def test_pages_are_counted_by_fields_and_marked() -> None:
    section = opened(word(letter())).sections[0]
    assert section.different_first_page_header_footer
    for footer in (section.first_page_footer, section.footer):
        line = footer.paragraphs[0]
        assert "OFFICIAL" in line.text
        assert 'w:instr="PAGE"' in line._p.xml
        assert 'w:instr="NUMPAGES"' in line._p.xml
    assert section.header.paragraphs[0].text == "Notice that Night care will end\t20 November 2026"
    assert section.first_page_header.paragraphs[0].text == "Northmarsh ICB"


def test_a_letterhead_has_its_words_and_a_broken_one_is_left_out() -> None:
    content = word(letter(picture=letterhead()))
    header = opened(content).sections[0].first_page_header.paragraphs[0]
    assert 'descr="Our crest"' in header._p.xml
    broken = opened(word(letter(picture=letterhead()[:40])))
    assert broken.sections[0].first_page_header.paragraphs[0].text == "Northmarsh ICB"


def test_what_stood_there_is_kept_when_it_cannot_be_written(tmp_path: Path) -> None:
    write_word(letter(), tmp_path / "letter.docx")
    assert opened((tmp_path / "letter.docx").read_bytes()).paragraphs
    with pytest.raises(WordError, match=r"End it in \.docx"):
        write_word(letter(), tmp_path / "letter.doc")
    with pytest.raises(WordError, match="does not exist"):
        write_word(letter(), tmp_path / "none" / "letter.docx")
    assert [p.name for p in tmp_path.iterdir()] == ["letter.docx"]


@settings(max_examples=25)
@given(st.text(st.characters(), max_size=60))
def test_any_text_makes_a_file_that_opens(text: str) -> None:
    assert opened(word(odd_letter(text))).paragraphs
