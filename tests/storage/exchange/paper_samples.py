"""Papers to print in tests: a checklist, a contract and a specification, and what can be read off the pages."""

import re
import zlib
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import cast

from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from storage.exchange.paper.papers import (
    ChecklistPaper,
    Choices,
    Fact,
    Imprint,
    Option,
    Paper,
    QuestionPaper,
    SectionPaper,
    SpecificationPaper,
    SpecificationSection,
)
from storage.exchange.paper.papers_contract import (
    ContractPaper,
    Explained,
    KpiPaper,
    LinkedPaper,
    MarkPaper,
    NextDay,
    NumberedAction,
    OptionPaper,
    PartyPaper,
)
from storage.exchange.paper.printing import svg_pages
from storage.text.reading import read_markdown

IMPRINT = Imprint(
    date(2026, 10, 3), "Ann Lee", "Northmarsh Integrated Care Board", "OFFICIAL", "3f2a91c0-77aa-4bd1"
)
TRICKY = '#panic("x") *a* $x$ <b>b</b> @ref \\ // `c` = [y]'
# The outline of a tick box in a preview page: as wide as it is high, with rounded corners.
TICK_BOX = re.compile(r'd="M 0 0m [\d.]+ 0h (1[123]\.\d+)c [-\d. ]+v \1c')


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
        next_days=(NextDay("Serve notice by", "26 Jun 2026", "Friday, in 5 days"),),
        needs_attention=("1 action is overdue.",),
        buys="Community dermatology.",
        facts=(Fact("Directorate", "Planned care"),),
        parties=(PartyPaper("Provider", "Millbrook Health CIC", "Unit 4, Mill Lane"),),
        dates=(
            Explained("Current end", "28 Aug 2026", "First end plus one 12-month roll-over"),
            Explained("Last day to give notice", "28 Jun 2026", "28 Aug 2026 less 2 months; a Sunday"),
        ),
        values=(Explained("Current value", "£1,251,230.00", "Sum of the years"),),
        options=(
            OptionPaper("Option 1", "12 months", "to 28 Aug 2027", "£500,000", "28 Jun 2026", "Available"),
        ),
        kpis=(kpi("Seen in four weeks"),),
        actions=(NumberedAction("7", "Ask for the staff list", "Tom Ashby", "18 Dec 2026"),),
        notices=(LinkedPaper("Variation", "served by us 3 Feb 2026"),),
        risks=(LinkedPaper("Two clinicians leave", "Extreme 16"),),
        specifications=(LinkedPaper("Community dermatology", "version 2.1"),),
        checklists=(LinkedPaper("Example review", "in progress"),),
        own_fields=(Fact("Cost centre", "40912"),),
    )


def kpi(title: str) -> KpiPaper:
    ratings = ("Green", "Amber", "Red", "Unrated")
    marks = tuple(MarkPaper(rating, f"9{n}%", f"Q{n + 1} 26/27") for n, rating in enumerate(ratings))
    return KpiPaper(title, "at least 95%", marks, "Red", "Worsening")


def specification() -> SpecificationPaper:
    text = (
        "Care **near home**.\n\n### Who\n\n- adults\n  1. one\n\n| Measure | Goal |\n|---|---|\n| Wait | 9 |"
    )
    sections = tuple(
        SpecificationSection(str(number), f"Section {number}", read_markdown(text)) for number in range(1, 9)
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


def rows_on_pages(content: bytes) -> list[set[int]]:
    """For each row of a table, as the tags of the file tell it, the pages it stands on."""
    reader = read(content)
    numbers = {
        page.indirect_reference.idnum: place
        for place, page in enumerate(reader.pages, 1)
        if page.indirect_reference
    }
    found: list[set[int]] = []

    def page_of(node: DictionaryObject, outer: int) -> int:
        return numbers[node.raw_get("/Pg").idnum] if "/Pg" in node else outer

    def see(node: DictionaryObject, outer: int, row: set[int] | None) -> None:
        here = page_of(node, outer)
        if node.get("/S") == "/TR":
            row = set()
            found.append(row)
        kids = node["/K"] if "/K" in node else ArrayObject()
        for kid in kids if isinstance(kids, ArrayObject) else [kids]:
            part = kid.get_object()
            if isinstance(part, DictionaryObject) and "/S" in part:
                see(part, here, row)
            elif row is not None:
                row.add(page_of(part, here) if isinstance(part, DictionaryObject) else here)

    see(cast("DictionaryObject", reader.root_object["/StructTreeRoot"]), 0, None)
    return found


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
