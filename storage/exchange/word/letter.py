"""Writes a letter as a Word file: tidy styles, British English, letterhead with its words, pages counted by fields."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from storage.desk.files.pictures import is_safe
from storage.exchange.paper.papers_letter import LetterPaper
from storage.exchange.word.parts import (
    add_foot,
    make_british,
    room,
    save_word,
    use_font,
)
from storage.exchange.word.parts import xml_words as _plain

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section
    from docx.text.paragraph import Paragraph

SIZE, SMALL = 11, 8.5  # points
ADDRESS, QUIET = "Letter address", "Letter reference"


def write_word(paper: LetterPaper, path: Path) -> None:
    """Save the letter at `path`, which ends in .docx: written beside it, read back, then moved into place.

    Raises `WordError` when it cannot; what stood at `path` before is then still there.
    """
    save_word(word(paper), path)


def word(paper: LetterPaper) -> bytes:
    """The letter as the bytes of a Word file."""
    from docx import Document as new_document

    document = new_document()
    _describe(document, paper)
    _set_styles(document)
    section = document.sections[0]
    _set_page(section)
    _head(section, paper)
    _foot(section, paper)
    _body(document, paper)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _describe(document: Document, paper: LetterPaper) -> None:
    day = paper.imprint.printed_on
    moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    about = document.core_properties
    about.title, about.subject, about.language = _plain(paper.subject), _plain(paper.reference), "en-GB"
    about.author = about.last_modified_by = _plain(paper.imprint.organisation)
    about.comments, about.created, about.modified = "", moment, moment


def _set_styles(document: Document) -> None:
    """Few styles, named for what they are for, all in one typeface and in British English."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt, RGBColor

    for name in ("Normal", "Heading 1", "List Bullet", "Header", "Footer"):
        use_font(document, name)
        document.styles[name].font.size = Pt(SMALL if name in ("Header", "Footer") else SIZE)
    for name in ("Header", "Footer"):
        document.styles[name].paragraph_format.tab_stops.clear_all()
    normal, heading = document.styles["Normal"], document.styles["Heading 1"]
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(9), 1.12
    heading.font.bold, heading.font.color.rgb = True, RGBColor(0, 0, 0)
    heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(20), Pt(10)
    document.styles["List Bullet"].paragraph_format.space_after = Pt(3)
    for name in (ADDRESS, QUIET):
        made = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = normal
        made.paragraph_format.space_after, made.paragraph_format.line_spacing = Pt(0), 1.0
    document.styles[QUIET].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.styles[QUIET].font.size = Pt(9.5)
    make_british(document)


def _set_page(section: Section) -> None:
    from docx.shared import Cm

    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(2.0), Cm(2.2)
    section.header_distance, section.footer_distance = Cm(1.0), Cm(1.0)
    section.different_first_page_header_footer = True


def _head(section: Section, paper: LetterPaper) -> None:
    """The letterhead on the first page, what it is about on those that follow."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    first = section.first_page_header.paragraphs[0]
    first.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    picture = paper.imprint.letterhead
    words = paper.imprint.letterhead_words or f"{paper.imprint.organisation} letterhead".strip()
    if not (is_safe(picture) and _add_picture(first, picture, words)):
        run = first.add_run(_plain(paper.imprint.organisation))
        run.bold, run.font.size = True, Pt(14)
    first.paragraph_format.space_after = Cm(0.6)
    later = section.header.paragraphs[0]
    later.text = _plain(f"{paper.subject}\t{paper.day}")
    _one_tab(later, section)


def _add_picture(paragraph: Paragraph, picture: bytes, words: str) -> bool:
    """Put a picture with its words in; False when it turns out to be broken."""
    from docx.image.exceptions import (
        InvalidImageStreamError,
        UnexpectedEndOfFileError,
        UnrecognizedImageError,
    )
    from docx.oxml.ns import qn
    from docx.shared import Cm, Emu

    run = paragraph.add_run()
    try:
        shape = run.add_picture(io.BytesIO(picture), height=Cm(1.8))
    except (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError, ZeroDivisionError):
        return False
    if shape.width > Cm(8):
        shape.height, shape.width = Emu(int(shape.height * Cm(8) / shape.width)), Cm(8)
    properties = shape._inline.find(qn("wp:docPr"))
    properties.set("descr", _plain(words))
    return True


def _foot(section: Section, paper: LetterPaper) -> None:
    """Whose it is, its marking, and the page of how many, on every page."""
    for footer in (section.first_page_footer, section.footer):
        add_foot(footer.paragraphs[0], section, paper.imprint.organisation, paper.imprint.marking)


def _one_tab(paragraph: Paragraph, section: Section) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT

    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(room(section), WD_TAB_ALIGNMENT.RIGHT)


def _body(document: Document, paper: LetterPaper) -> None:
    from docx.shared import Cm, Pt

    quiet = [*paper.sender, paper.day, f"Our reference: {paper.reference}" if paper.reference else ""]
    for number, line in enumerate(paper.addressee):
        paragraph = document.add_paragraph(_plain(line), style=ADDRESS)
        if number == 0:  # down to where the window of an envelope is
            paragraph.paragraph_format.space_before = Cm(2.4)
    for line in quiet:
        if line:
            document.add_paragraph(_plain(line), style=QUIET)
    document.add_heading(_plain(paper.subject), level=1)
    for block in paper.blocks:
        if block.kind == "list":
            for line in block.lines:
                paragraph = document.add_paragraph(_plain(line), style="List Bullet")
            paragraph.paragraph_format.space_after = Pt(9)
        else:
            paragraph = document.add_paragraph("\n".join(_plain(line) for line in block.lines))
            if block.lines[-1].startswith("Yours "):  # room for a signature
                paragraph.paragraph_format.space_after = Cm(1.6)
                paragraph.paragraph_format.keep_with_next = True
