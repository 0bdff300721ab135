"""Writes a specification, a bundle or a redline as a Word file: tidy styles, page fields, words for pictures."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from storage.exchange.paper.papers import Fact, SpecificationPaper, SpecificationSection, leveled
from storage.exchange.word.blocks import Reviser, WordBlocks
from storage.exchange.word.parts import add_foot, element, room, save_word, xml_words
from storage.exchange.word.styles import (
    BLANK,
    CONTENTS,
    KICKER,
    NUMBER,
    SECTION,
    STATUS,
    TABLE_TEXT,
    set_styles,
    style_id,
)
from storage.text.tree import Heading, Run

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.section import Section

HEAD = "commissioning-desk-head"
"""The tag of the part before the first section, which a specification that is brought in again leaves out."""
_RUNNING = 52  # letters of each half of the line at the head of every page
_FEWEST_LISTED = 6  # sections from which a list of contents helps


def write_specification(paper: SpecificationPaper, path: Path) -> None:
    """Save a specification at `path`, which ends in .docx. Raises `WordError`; nothing half-made is left."""
    save_word(specification_word(paper), path)


def specification_word(paper: SpecificationPaper) -> bytes:
    """A specification as the bytes of a Word file; what is marked as changed in it as tracked changes."""
    from docx import Document as new_document

    document = new_document()
    for old in list(document.element.body)[:-1]:
        document.element.body.remove(old)
    _describe(document, paper)
    set_styles(document)
    section = document.sections[0]
    _set_page(section)
    _set_head_and_foot(section, paper)
    imprint = paper.imprint
    reviser = Reviser(imprint.printed_by or imprint.organisation, imprint.printed_on)
    writer = WordBlocks(document, {p.uuid: p for p in paper.pictures}, reviser)
    _write_head(writer, paper)
    for number, (held, level) in enumerate(zip(paper.sections, leveled(paper.sections), strict=True)):
        _write_section(writer, held, level, number)
    held_in = io.BytesIO()
    document.save(held_in)
    return held_in.getvalue()


def _describe(document: Document, paper: SpecificationPaper) -> None:
    day = paper.imprint.printed_on
    moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    about = document.core_properties
    about.title, about.subject, about.language = (
        xml_words(paper.title)[:255],
        xml_words(paper.version_words)[:255],
        "en-GB",
    )
    about.author = about.last_modified_by = xml_words(paper.imprint.organisation)[:255]
    about.comments, about.created, about.modified = "", moment, moment


def _set_page(section: Section) -> None:
    from docx.shared import Cm

    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2.0)
    section.header_distance, section.footer_distance = Cm(1.0), Cm(0.9)


def _set_head_and_foot(section: Section, paper: SpecificationPaper) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT

    line = section.header.paragraphs[0]
    title, version = (_cut(words, _RUNNING) for words in (paper.running_title, paper.version_words))
    line.text = xml_words(f"{title}\t{version}")
    line.paragraph_format.tab_stops.add_tab_stop(room(section), WD_TAB_ALIGNMENT.RIGHT)
    add_foot(section.footer.paragraphs[0], section, paper.imprint.organisation, paper.imprint.marking)


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def _write_head(writer: WordBlocks, paper: SpecificationPaper) -> None:
    """What stands before the sections, wrapped so that it is known again: title, state, facts, contents."""
    kicker = "  ".join(filter(None, (paper.kicker, paper.reference)))
    inside = [
        writer.paragraph((Run(kicker),), KICKER),
        writer.paragraph((Run(paper.title),), "Title"),
        writer.paragraph((Run(paper.version_words, bold=True),), STATUS),
    ]
    if paper.state_words:
        inside.append(writer.paragraph((Run(paper.state_words),), STATUS))
    if paper.facts:
        inside += [_facts(writer, paper.facts), writer.paragraph((), STATUS)]
    if paper.contents and len(paper.sections) >= _FEWEST_LISTED:
        inside += _contents(writer, paper.sections)
    about = element(
        "w:sdtPr",
        None,
        element("w:alias", {"w:val": "Head of the document"}),
        element("w:tag", {"w:val": HEAD}),
    )
    writer.add(element("w:sdt", None, about, element("w:sdtContent", None, *inside)))


def _facts(writer: WordBlocks, facts: Sequence[Fact]) -> BaseOxmlElement:
    rows = []
    for fact in facts:
        cells = [
            element("w:tc", None, writer.paragraph((Run(words, bold=bold),), TABLE_TEXT))
            for words, bold in ((fact.label, True), (fact.value or "–", False))
        ]
        rows.append(element("w:tr", None, element("w:trPr", None, element("w:cantSplit")), *cells))
    properties = element(
        "w:tblPr",
        None,
        element("w:tblW", {"w:w": 5000, "w:type": "pct"}),
        element("w:tblLook", {"w:val": "0080", "w:firstColumn": 1, "w:firstRow": 0}),
        element("w:tblDescription", {"w:val": "Facts about the document: label and value"}),
    )
    grid = element("w:tblGrid", None, *(element("w:gridCol", {"w:w": w}) for w in (2800, 6600)))
    return element("w:tbl", None, properties, grid, *rows)


def _contents(writer: WordBlocks, sections: Sequence[SpecificationSection]) -> list[BaseOxmlElement]:
    """The sections of the first level, each leading to its place; without page numbers, it is never out of date."""
    made = [writer.paragraph((Run("Contents", bold=True),), STATUS)]
    for number, section in enumerate(sections):
        if section.level != 1:
            continue
        line = writer.paragraph((), CONTENTS)
        shown = writer.paragraph((Run("  ".join(filter(None, (section.number, section.heading)))),), CONTENTS)
        line.append(element("w:hyperlink", {"w:anchor": _bookmark(section, number)}, *list(shown)[1:]))
        made.append(line)
    return made


def _bookmark(section: SpecificationSection, number: int) -> str:
    return f"{SECTION}{section.uuid.replace('-', '')[:32] or number}"


def _write_section(
    writer: WordBlocks, section: SpecificationSection, whole: SpecificationSection, number: int
) -> None:
    runs = section.marked or (Run(section.heading),)
    begin = element("w:bookmarkStart", {"w:id": number, "w:name": _bookmark(section, number)})
    before = [begin, element("w:bookmarkEnd", {"w:id": number})]
    if section.number:
        before.append(_number(section.number))
    writer.add(writer.paragraph(runs, f"Heading {whole.level}", before=before))
    outline = [b.level if isinstance(b, Heading) else 0 for b in whole.blocks]
    writer.write(section.blocks, style=BLANK if section.blank else "Normal", outline=outline)


def _number(number: str) -> BaseOxmlElement:
    text = element("w:t", {"xml:space": "preserve"})
    text.text = xml_words(f"{number}  ")
    style = element("w:rStyle", {"w:val": style_id(NUMBER)})
    return element("w:r", None, element("w:rPr", None, style), text)
