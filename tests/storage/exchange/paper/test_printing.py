"""Paper: tagged PDFs and previews from one layout, with every text kept as data and no half-written file."""

import re
import zlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf.generic import DictionaryObject

from storage.exchange.paper.papers import (
    Entry,
    Fact,
    GateWords,
    Matrix,
    Paper,
    SectionPaper,
    SignOff,
    SpecificationSection,
    Written,
)
from storage.exchange.paper.printing import pdf, svg_pages
from storage.text.reading import read_markdown
from tests.storage.exchange.paper_samples import (
    IMPRINT,
    PAPERS,
    TRICKY,
    boxes,
    checklist,
    contract,
    letterhead,
    lowest,
    question,
    read,
    specification,
    words,
    yes_no,
)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.layout)
def test_pdf_is_tagged_titled_and_in_british_english(paper: Paper) -> None:
    content = pdf(paper)
    catalogue = read(content).root_object
    mark_info = catalogue["/MarkInfo"]
    assert isinstance(mark_info, DictionaryObject)
    assert str(mark_info["/Marked"]) == "True"
    assert "/StructTreeRoot" in catalogue
    assert str(catalogue["/Lang"]) == "en-GB"
    information = read(content).metadata
    assert information is not None
    assert information.title == paper.document_title
    assert b"pdfuaid" in content


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.layout)
def test_every_page_says_what_it_is(paper: Paper) -> None:
    pages = read(pdf(paper)).pages
    for number, page in enumerate(pages, start=1):
        text = page.extract_text()
        assert f"Page {number} of {len(pages)}" in text
        assert "Uncontrolled when printed" in text
        assert "Printed 3 October 2026" in text
        assert "by Ann Lee" in text
        assert "OFFICIAL" in text
        assert "File 3f2a91c0" in text
        assert paper.running_title in text


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.layout)
def test_preview_has_the_pages_of_the_file(paper: Paper) -> None:
    previews = svg_pages(paper)
    assert len(previews) == len(read(pdf(paper)).pages)
    assert all(page.startswith("<svg") for page in previews)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.layout)
def test_equal_papers_give_equal_bytes(paper: Paper) -> None:
    assert pdf(paper) == pdf(replace(paper))


def test_text_is_data_and_prints_literally() -> None:
    tricky = question(1, text=TRICKY, note=TRICKY, parts=(Written(value=TRICKY),))
    paper = checklist(tricky, title=TRICKY, subject=TRICKY, facts=(Fact(TRICKY, TRICKY),), status="part")
    content = pdf(paper)
    assert words(content).count(TRICKY) >= 6
    assert b"pdfuaid" in content


@pytest.mark.parametrize(
    "typed", ["{x.__class__.__mro__}", "{0:>2000000000}", '#eval("1 + 1")', "${HOME} %s %n"]
)
def test_r5_what_looks_like_a_template_is_printed_as_it_was_typed(typed: str) -> None:
    paper = checklist(question(1, text=typed, note=typed), title=typed, subject=typed, status="part")
    assert words(pdf(paper)).count(typed) >= 4


def test_one_box_an_option_and_one_tick_a_chosen_one() -> None:
    blank = checklist(question(1), question(2, may_be_not_applicable=True), sign_off=None)
    answered = checklist(
        question(1, parts=(yes_no("Partly"),)), question(2), sign_off=None, status="complete"
    )
    assert boxes(blank) == 3 + 4
    assert boxes(answered) == 3 + 3
    assert words(pdf(blank)).count("✓") == 0
    assert words(pdf(answered)).count("✓") == 1
    assert "✓ Partly" in words(pdf(answered))


def test_a_grid_is_two_rows_of_five_boxes() -> None:
    grid = checklist(question(1, parts=(Matrix("Now"),)), sign_off=None)
    assert boxes(grid) == 2 * 5
    scored = checklist(question(1, parts=(Matrix("Now", 4, 3, "12", "High"),)), status="complete")
    text = words(pdf(scored))
    assert text.count("✓") == 2
    assert "Score 12, High" in text


def test_blank_part_filled_and_complete_differ() -> None:
    asked = question(1, gate=GateWords("Gate: must be Yes"), go_to="if No, go to 14")
    blank = words(pdf(checklist(asked)))
    part = words(pdf(checklist(asked, status="part", status_words="In progress: 0 of 1 answered")))
    signed = SignOff("Dr A Mehta", "Chair", "3 December 2026", "Go on", signed="In Commissioning Desk")
    complete = words(
        pdf(
            checklist(
                replace(asked, answered=True), status="complete", status_words="Complete", sign_off=signed
            )
        )
    )
    assert "Blank form" in blank
    assert "Look in the folder first." in blank
    assert "if No, go to 14" in blank
    assert "Signature" in blank
    assert "Still to answer" in part
    assert "Still to answer" not in blank + complete
    assert "Look in the folder first." not in complete
    assert "Dr A Mehta" in complete
    assert "In Commissioning Desk" in complete
    assert "Signature" not in complete
    assert "Gate: must be Yes" in complete


def test_guidance_can_be_left_out() -> None:
    assert "Look in the folder first." not in words(pdf(checklist(guidance=False)))


def test_everything_said_about_an_answer_is_printed() -> None:
    answered = question(
        4,
        parts=(yes_no("Yes"), Entry("Amount", "£125,123.00")),
        answered=True,
        note="Seen in draft.",
        evidence=("Panel pack, page 14",),
        actions=("Ask two practices (Joy Okafor)",),
        waiver="By Dr A Mehta on 1 May 2026: no choice.",
        gate=GateWords("Gate: must be Yes"),
        answered_by="Ann Lee, 2 May 2026",
    )
    skipped = question(5, not_asked="Not asked: the answer to 4 was Yes.")
    not_applicable = question(6, may_be_not_applicable=True, not_applicable=True, reason="A company.")
    text = words(pdf(checklist(answered, skipped, not_applicable, status="part")))
    for expected in (
        "Note: Seen in draft.",
        "Evidence: Panel pack, page 14",
        "Action: Ask two practices (Joy Okafor)",
        "Gate waived: By Dr A Mehta on 1 May 2026: no choice.",
        "Waived, see notes",
        "Answered: Ann Lee, 2 May 2026",
        "£125,123.00",
        "Not asked: the answer to 4 was Yes.",
        "✓ Not applicable",
        "Reason: A company.",
    ):
        assert expected in text


def test_a_long_note_is_printed_whole_over_several_pages() -> None:
    note = " ".join(f"word{number}" for number in range(2_000))
    content = pdf(checklist(question(1, note=note), status="complete"))
    assert len(read(content).pages) > 2
    printed = set(re.findall(r"word\d+", words(content)))
    assert printed == set(note.split())


def test_many_lines_never_run_off_the_page() -> None:
    lines = "\n".join(f"line{number}" for number in range(300))
    tall = question(1, text=lines, note=lines, parts=(Written(value=lines),))
    paper = checklist(tall, status="part", sign_off=SignOff(conditions=lines))
    for page in read(pdf(paper)).pages:
        assert lowest(page) >= 28


def test_a_section_heading_is_never_alone_at_the_foot() -> None:
    for rows in range(3, 12):
        first = SectionPaper("A", "Beginnings", tuple(question(number) for number in range(1, rows + 1)))
        second = SectionPaper("B", "Endings", (question(90),))
        paper = replace(checklist(), sections=(first, second))
        page = next(text for p in read(pdf(paper)).pages if "Endings" in (text := p.extract_text()))
        assert "Is thing 90 in place?" in re.sub(r"\s+", " ", page)


def test_missing_glyphs_are_named_and_never_fail() -> None:
    text = "Fire 🚒, বাংলা, مرحبا, ☐ done, \ud800 \x00 end"
    content = pdf(checklist(question(1, note=text), title=text, status="part"))
    printed = words(content)
    assert "Fire [fire engine], [Bengali text]," in printed
    assert "☐ done" in printed
    assert b"pdfuaid" in content


@given(st.text(st.characters(), max_size=60))
def test_any_text_prints(text: str) -> None:
    paper = replace(contract(), title=text, facts=(Fact(text, text),))
    assert b"pdfuaid" in pdf(paper)


def test_a_letterhead_is_described_and_a_broken_one_left_out() -> None:
    good = replace(
        checklist(), imprint=replace(IMPRINT, letterhead=letterhead(), letterhead_words="Our crest")
    )
    content = pdf(good)
    assert b"/Image" in content
    assert b"/Alt (Our crest)" in content or b"Our crest" in b"".join(
        zlib.decompress(found) for found in re.findall(rb"stream\r?\n(x.+?)\r?\nendstream", content, re.S)
    )
    for broken in (b"\x89PNG\r\n\x1a\nbroken", b"<svg onload='x'/>"):
        printed = pdf(replace(checklist(), imprint=replace(IMPRINT, letterhead=broken)))
        assert b"pdfuaid" in printed
        assert "Northmarsh Integrated Care Board" in words(printed)


def test_contract_page_says_why() -> None:
    text = words(pdf(contract()))
    for expected in (
        "Community dermatology clinics",
        "Signed, in force",
        "Millbrook Health CIC",
        "28 Aug 2026 less 2 months; a Sunday",
        "£1,251,230.00",
        "version 2.1",
        "Cost centre",
        "Ask for the staff list",
    ):
        assert expected in text
    assert len(svg_pages(contract())) == 1


def test_specification_has_contents_and_heading_levels_without_gaps() -> None:
    section = SpecificationSection("1", "Scope", read_markdown("###### Deep\n\ntext"), level=4)
    content = pdf(replace(specification(), sections=(section,)))
    assert b"pdfuaid" in content
    text = words(pdf(specification()))
    assert "Contents" in text
    assert text.count("1 Section 1") == 2
    assert "Version 2.1, issued 3 October 2026" in text


def test_a_link_is_printed_with_its_address_and_only_web_and_mail_can_be_clicked() -> None:
    blocks = read_markdown("See [the plan](https://example.org/plan), <https://a.org>, [f](file-x:/etc).")
    content = pdf(replace(specification(), sections=(SpecificationSection("1", "Links", blocks),)))
    assert "See the plan (https://example.org/plan), https://a.org, f (file-x:/etc)." in words(content)
    found = [str(a.get_object()["/A"]["/URI"]) for p in read(content).pages for a in p.get("/Annots", [])]
    assert found == ["https://example.org/plan", "https://a.org"]
