"""A redline says in words and in lines what was put in and taken out; Word has it as changes to accept or refuse."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings

from storage.desk.specification.redline import usual_readings
from storage.desk.specification.sections import edit_section, sections_of
from storage.desk.specification.specifications import issue, start_specification
from storage.engine.store import Store
from storage.exchange.paper.papers import SpecificationPaper
from storage.exchange.paper.print_redline import redline_paper
from storage.exchange.paper.printing import pdf
from storage.exchange.word.specification import specification_word
from storage.text.difference import changed_blocks
from storage.text.plain import plain_text
from storage.text.reading import read_markdown
from storage.text.sides import after, before
from storage.text.tree import Block
from tests.storage.desk.register import make_register
from tests.storage.exchange.paper_samples import words
from tests.storage.exchange.text_papers import opened, paper_of, part
from tests.storage.text.making import DOCUMENTS


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = make_register(tmp_path / "register.desk")
    yield made.store
    made.store.close()


def letters(text: str) -> str:
    return "".join(text.split())


def sides(paper: SpecificationPaper) -> tuple[str, str]:
    """What Word would show after refusing, and after accepting, every change."""
    body = opened(specification_word(paper)).element.body
    found = []
    for gone, tag in (("w:ins", "w:t"), ("w:del", "w:delText")):
        kept = []
        for text in body.iter(qn("w:t"), qn("w:delText")):
            around = {parent.tag for parent in text.iterancestors()}
            if qn(gone) not in around:
                kept.append(text.text or "")
        found.append(letters("".join(kept)))
        assert all(t.tag == qn("w:delText") for t in body.iter(qn(tag)) if tag == "w:delText")
    return found[0], found[1]


@settings(max_examples=8, deadline=None)
@given(DOCUMENTS, DOCUMENTS)
def test_accepting_and_refusing_give_both_texts(old: tuple[Block, ...], new: tuple[Block, ...]) -> None:
    found = changed_blocks(old, new)
    refused, accepted = sides(paper_of(found, change="x"))
    head = sides(paper_of((), change="x"))[0]
    for said, blocks in ((refused, before(found)), (accepted, after(found))):
        alone = sides(paper_of(blocks, change="x"))[0]
        assert said == alone
        assert said.startswith(head)


def test_changes_say_who_and_when_and_whole_paragraphs_and_rows_go_with_their_marks() -> None:
    old = read_markdown("Kept.\n\nGone.\n\n| A |\n|---|\n| kept |\n| gone |")
    new = read_markdown("Kept.\n\n| A |\n|---|\n| kept |\n| put in |\n\nPut in.")
    xml = part(specification_word(paper_of(changed_blocks(old, new), change="x")), "word/document.xml")
    assert 'w:author="Ann Lee"' in xml and 'w:date="2026-10-03T12:00:00Z"' in xml
    assert xml.count("<w:trPr><w:cantSplit/><w:ins ") + xml.count("<w:trPr><w:cantSplit/><w:del ") == 2
    assert xml.count("<w:rPr><w:ins ") == 2 and xml.count("<w:rPr><w:del ") == 2
    numbers = re.findall(r'<w:(?:ins|del) w:id="(\d+)"', xml)
    assert len(set(numbers)) == len(numbers)


def test_the_printed_redline_says_in_words_what_the_lines_show(store: Store) -> None:
    held = start_specification(store, "council", "Meals")
    for each in sections_of(store, held.key):
        edit_section(store, each.key, {"body": "Answered within five days."})
    issue(store, held.key, by="Ann")
    edit_section(store, sections_of(store, held.key)[0].key, {"body": "Answered within three days."})
    paper = redline_paper(store, *usual_readings(store, held.key), date(2026, 10, 3), only_changed=True)
    assert len(paper.sections) == 1 and paper.facts[0].value.startswith("1 of 17; the others")
    said = words(pdf(paper))
    assert "deleted: five end of deletion." in said and "inserted: three end of insertion." in said
    assert "Put in: underlined" in said
    whole = redline_paper(store, *usual_readings(store, held.key), date(2026, 10, 3))
    assert len(whole.sections) == 17


@pytest.mark.parametrize("change", ["in", "out"])
def test_a_text_without_a_person_still_says_whose_changes_they_are(change: str) -> None:
    paper = paper_of(changed_blocks((), read_markdown("a")), change=change)
    nobody = replace(paper, imprint=replace(paper.imprint, printed_by="", organisation=""))
    assert 'w:author="Commissioning Desk"' in part(specification_word(nobody), "word/document.xml")


def test_plain_words_are_not_marked() -> None:
    found = changed_blocks(read_markdown("same"), read_markdown("same"))
    assert "w:ins" not in part(specification_word(paper_of(found)), "word/document.xml")
    assert plain_text(found) == "same"
