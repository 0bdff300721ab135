"""Paper: tagged PDFs and previews from one layout, with every text kept as data and no half-written file."""

import re
import subprocess
import sys
import zipfile
import zlib
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject

from storage.exchange import printing
from storage.exchange.markdown import markdown_blocks
from storage.exchange.papers import (
    ActionPaper,
    ChecklistPaper,
    Choices,
    ContractPaper,
    Entry,
    Explained,
    Fact,
    GateWords,
    Imprint,
    LinkedPaper,
    Matrix,
    Option,
    Paper,
    PartyPaper,
    QuestionPaper,
    SectionPaper,
    SignOff,
    SpecificationPaper,
    SpecificationSection,
    Written,
)
from storage.exchange.printing import PrintError, pdf, svg_pages, write_pdf

IMPRINT = Imprint(
    date(2026, 10, 3), "Ann Lee", "Northmarsh Integrated Care Board", "OFFICIAL", "3f2a91c0-77aa-4bd1"
)
TRICKY = '#panic("x") *a* $x$ <b>b</b> @ref \\ // `c` = [y]'
# The outline of a tick box in a preview page: as wide as it is high, with rounded corners.
TICK_BOX = re.compile(r'd="M 0 0m [\d.]+ 0h (12\.\d+)c [-\d. ]+v \1c')


def yes_no(chosen: str = "") -> Choices:
    return Choices(tuple(Option(words, words == chosen) for words in ("Yes", "Partly", "No")))


def question(number: int, **changes: object) -> QuestionPaper:
    base = QuestionPaper(
        str(number),
        f"X01-{number:02}",
        f"Is thing {number} in place?",
        (yes_no(),),
        "Look in the folder first.",
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def checklist(*questions: QuestionPaper, **changes: object) -> ChecklistPaper:
    sections = (SectionPaper("A", "Beginnings", questions or (question(1), question(2))),)
    base = ChecklistPaper(IMPRINT, "X01", "3", "Example review", "blank", "Blank form", sections)
    return replace(base, **changes)  # type: ignore[arg-type]


def contract() -> ContractPaper:
    return ContractPaper(
        IMPRINT,
        "Community dermatology clinics",
        "CD-0064",
        "Signed, in force",
        facts=(Fact("Directorate", "Planned care"),),
        parties=(PartyPaper("Provider", "Millbrook Health CIC", "Unit 4, Mill Lane"),),
        dates=(Explained("Current end", "28 Aug 2026", "First end plus one 12-month roll-over"),),
        values=(Explained("Current value", "£1,251,230.00", "Sum of the years"),),
        notice=(Explained("Last day to give notice", "28 Jun 2026", "28 Aug 2026 less 2 months; a Sunday"),),
        specifications=(LinkedPaper("Community dermatology", "version 2.1"),),
        checklists=(LinkedPaper("Example review", "in progress"),),
        own_fields=(Fact("Cost centre", "40912"),),
        actions=(ActionPaper("Ask for the staff list", "Tom Ashby", "18 Dec 2026"),),
    )


def specification() -> SpecificationPaper:
    text = (
        "Care **near home**.\n\n### Who\n\n- adults\n  1. one\n\n| Measure | Goal |\n|---|---|\n| Wait | 9 |"
    )
    sections = tuple(
        SpecificationSection(str(number), f"Section {number}", tuple(markdown_blocks(text)))
        for number in range(1, 9)
    )
    return SpecificationPaper(
        IMPRINT, "Dermatology", "SPEC-1", "issued", "Version 2.1, issued 3 October 2026", sections
    )


def read(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


def words(content: bytes) -> str:
    """The text of every page on one line, without the marks that let long words break."""
    text = "\n".join(page.extract_text() for page in read(content).pages)
    return re.sub(r"\s+", " ", text.replace("\u200b", ""))


def lowest(page: PageObject) -> float:
    """How far above the foot of the sheet the lowest text stands, in points."""
    heights: list[float] = []

    def see(text: str, outer: list[float], inner: list[float], _font: object, _size: float) -> None:
        if text.strip():
            heights.append(inner[4] * outer[1] + inner[5] * outer[3] + outer[5])

    page.extract_text(visitor_text=see)
    return min(heights)


def boxes(paper: Paper) -> int:
    return sum(len(TICK_BOX.findall(page)) for page in svg_pages(paper))


def letterhead() -> bytes:
    """A picture of one blue dot."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    head = b"\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00"
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\x00\x10\x30\x80"))
        + chunk(b"IEND", b"")
    )


PAPERS = [checklist(), contract(), specification()]


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
    section = SpecificationSection("1", "Scope", tuple(markdown_blocks("###### Deep\n\ntext")), level=4)
    content = pdf(replace(specification(), sections=(section,)))
    assert b"pdfuaid" in content
    text = words(pdf(specification()))
    assert "Contents" in text
    assert text.count("1 Section 1") == 2
    assert "Version 2.1, issued 3 October 2026" in text


def test_a_link_is_printed_with_its_address_and_cannot_be_clicked() -> None:
    blocks = tuple(markdown_blocks("See [the plan](https://example.org/plan)."))
    content = pdf(replace(specification(), sections=(SpecificationSection("1", "Links", blocks),)))
    assert "See the plan (https://example.org/plan)." in words(content)
    assert b"/URI" not in content


def test_write_pdf_replaces_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "paper.pdf"
    target.write_bytes(b"older")
    write_pdf(checklist(), target)
    assert len(read(target.read_bytes()).pages) >= 1
    assert [entry.name for entry in tmp_path.iterdir()] == ["paper.pdf"]


def test_write_pdf_to_a_missing_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(PrintError, match="could not be saved"):
        write_pdf(checklist(), tmp_path / "gone" / "paper.pdf")
    assert list(tmp_path.iterdir()) == []


def test_a_failing_disk_leaves_the_older_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "paper.pdf"
    target.write_bytes(b"older")

    def refuse(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", refuse)
    with pytest.raises(PrintError, match="No space left on device"):
        write_pdf(checklist(), target)
    assert target.read_bytes() == b"older"
    assert [entry.name for entry in tmp_path.iterdir()] == ["paper.pdf"]


def test_what_is_not_a_pdf_is_never_moved_into_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "pdf", lambda _paper: b"%PDF-1.7 cut short")
    with pytest.raises(PrintError):
        write_pdf(checklist(), tmp_path / "paper.pdf")
    assert list(tmp_path.iterdir()) == []


def test_prints_from_an_archive(project: Path, tmp_path: Path) -> None:
    archive = tmp_path / "program.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for room in (
            "storage/__init__.py",
            "storage/exchange/*.py",
            "resources/__init__.py",
            "resources/*/*",
        ):
            for file in project.glob(room):
                if file.is_file():
                    packed.write(file, file.relative_to(project))
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from datetime import date\n"
        "from storage.exchange import printing\n"
        "from storage.exchange.papers import ContractPaper, Imprint\n"
        "assert printing.__file__.startswith(sys.argv[1])\n"
        "made = printing.pdf(ContractPaper(Imprint(date(2026, 10, 3)), 'Title', 'C-1', 'Draft'))\n"
        "print(b'pdfuaid' in made)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, str(archive)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == "True"
