"""A letter on paper: its words as they were made, under the letterhead, tagged, with its marking on every page."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from storage.desk.correspondence.letters import Draft, Serving, make_letter
from storage.desk.office import change_office
from storage.exchange.paper.print_letter import draft_paper, letter_paper
from storage.exchange.paper.printing import pdf
from storage.records.letters import Letter
from tests.storage.desk.register import Register, make_register
from tests.storage.exchange.letter_samples import WORDS, letter, odd_letter
from tests.storage.exchange.paper_samples import TRICKY, letterhead, read, words

DRAFT = Draft("Other", "About the rota", "Millbrook\nMill Lane", "Dear all\n\n- one\n- two")


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    made = make_register(tmp_path / "register.desk")
    change_office(
        made.store,
        {"organisation": "Northmarsh ICB", "marking": "OFFICIAL", "address": "1 Hill Road\n\nTown"},
    )
    yield made
    made.store.close()


def test_a_letter_prints_as_it_was_made(register: Register) -> None:
    kept = make_letter(register.store, register.contract, DRAFT, Serving(date(2026, 11, 19), "Post"))
    paper = letter_paper(register.store, kept.key)
    assert (paper.subject, paper.day, paper.reference) == ("About the rota", "19 November 2026", "CD-0064")
    assert paper.addressee == ("Millbrook", "Mill Lane")
    assert paper.sender == ("1 Hill Road", "Town")
    content = pdf(paper)
    assert b"pdfuaid" in content
    assert read(content).metadata is not None
    printed = words(content)
    for expected in ("Northmarsh ICB", "OFFICIAL", "Our reference: CD-0064", "Page 1 of 1", "• two"):
        assert expected in printed
    assert "Uncontrolled" not in printed
    assert pdf(letter_paper(register.store, kept.key)) == content


def test_a_draft_prints_before_it_is_kept(register: Register) -> None:
    paper = draft_paper(register.store, register.contract, DRAFT, date(2026, 11, 23))
    assert paper.day == "23 November 2026"
    assert register.store.all(Letter) == []


def test_a_long_letter_says_on_every_page_what_it_is() -> None:
    content = pdf(letter("\n\n".join([WORDS] * 12)))
    pages = [page.extract_text() for page in read(content).pages]
    assert len(pages) > 2
    assert all("OFFICIAL" in page for page in pages)
    assert "Notice that Night care will end" in pages[1].split("\n")[0]
    assert b"pdfuaid" in content


def test_a_letterhead_and_odd_words_print() -> None:
    assert b"/Image" in pdf(letter(picture=letterhead()))
    content = pdf(odd_letter(TRICKY))
    assert b"pdfuaid" in content
    assert "#panic" in words(content)
