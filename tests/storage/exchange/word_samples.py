"""Word documents as other people send them, made for tests: styles, bold numbers, changes, comments, notes, boxes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from docx import Document as new_document
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.storage.exchange.paper_samples import letterhead

W = nsdecls("w")
CHANGED = (
    f"<w:p {W}><w:r><w:t xml:space='preserve'>Seen within </w:t></w:r>"
    "<w:del w:id='1' w:author='Ann Lee'><w:r><w:delText>ten</w:delText></w:r></w:del>"
    "<w:ins w:id='2' w:author='Bo Day'><w:r><w:t>five</w:t></w:r></w:ins><w:r><w:t> days.</w:t></w:r></w:p>"
)
JOINED = (
    f"<w:p {W}><w:pPr><w:rPr><w:del w:id='3' w:author='Ann Lee'/></w:rPr></w:pPr>"
    "<w:r><w:t>First half </w:t></w:r></w:p>",
    f"<w:p {W}><w:r><w:t>second half.</w:t></w:r></w:p>",
)
BOX = (
    f"<w:p {W} {nsdecls('wp', 'a')} xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' "
    "xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape'><w:r><mc:AlternateContent>"
    "<mc:Choice Requires='wps'><w:drawing><wp:inline><wp:docPr id='9' name='Box'/><a:graphic><a:graphicData>"
    "<wps:wsp><wps:txbx><w:txbxContent><w:p><w:r><w:t>Words in a box</w:t></w:r></w:p></w:txbxContent></wps:txbx>"
    "</wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict>"
    "<w:txbxContent><w:p><w:r><w:t>Words in a box</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r></w:p>"
)
NOTED = f"<w:p {W}><w:r><w:t>Claimed</w:t></w:r><w:r><w:footnoteReference w:id='5'/></w:r></w:p>"
FOOTNOTES = (
    f"<w:footnotes {W}><w:footnote w:id='-1' w:type='separator'><w:p/></w:footnote>"
    "<w:footnote w:id='5'><w:p><w:r><w:t>The source of the claim</w:t></w:r></w:p></w:footnote></w:footnotes>"
)


def saved(document: Document, parts: Mapping[str, str] | None = None) -> bytes:
    """The bytes of a document, with parts put in that python-docx does not know."""
    held = io.BytesIO()
    document.save(held)
    if not parts:
        return held.getvalue()
    made = io.BytesIO()
    with zipfile.ZipFile(held) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return made.getvalue()


def put(document: Document, xml: str) -> None:
    """An element of raw XML at the end."""
    document.element.body.insert(len(document.element.body) - 1, parse_xml(xml))


def schedule() -> bytes:
    """A specification in the long-standing headings, with all that people leave in such a file."""
    document = new_document()
    document.add_paragraph("Schedule 2 Part A", style="Title")
    document.add_paragraph("Prepared by the team for discussion.")
    document.add_heading("1. Population Needs", 1)
    document.add_heading("1.1 National/local context and evidence base", 2)
    document.add_paragraph("People need it.")
    put(document, CHANGED)
    for xml in JOINED:
        put(document, xml)
    document.add_heading("3. Scope", 1)
    document.add_heading("3.1 Aims and objectives of service", 2)
    document.add_paragraph("one aim", style="List Bullet")
    document.add_paragraph("under it", style="List Bullet 2")
    document.add_paragraph("another aim", style="List Bullet")
    document.add_heading("Hopes", 3)
    document.add_paragraph("We hope.")
    document.add_heading("3.4 Any acceptance and exclusion criteria and thresholds", 2)
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip(table._cells, ("Who", "When", "Adults", "Always"), strict=True):
        cell.text = words
    table.cell(1, 1).add_paragraph("but not at night")
    put(document, NOTED)
    put(document, BOX)
    document.add_heading("Parking", 1)
    document.add_paragraph("Free after six.")
    picture = document.add_paragraph()
    shape = picture.add_run().add_picture(io.BytesIO(letterhead()))
    shape._inline.docPr.set("descr", "A map of the car park")
    document.add_paragraph("Figure 1: where to park", style="Caption")
    document.sections[0].header.paragraphs[0].text = "Draft for comment"
    document.add_comment(document.paragraphs[4].runs, text="Is this still so?", author="Cy Fox")
    return saved(document, {"word/footnotes.xml": FOOTNOTES})


def bold_numbers() -> bytes:
    """A document without styles: its headings are bold, some with a number."""
    document = new_document()
    for words, bold in (
        ("1. Introduction", True), ("Why we buy it.", False), ("2.1 Referral", True), ("By letter.", False),
        ("Safeguarding", True), ("Everybody is safe.", False), ("This is important, so it is bold.", True),
    ):  # fmt: skip
        document.add_paragraph().add_run(words).bold = bold
    return saved(document)


def framed() -> bytes:
    """The form that has all of a specification in one table of one column."""
    document = new_document()
    table = document.add_table(rows=4, cols=1)
    for row, (words, bold) in enumerate(
        (
            ("2. Outcomes", True),
            ("People are better.", False),
            ("6. Location of Provider Premises", True),
            ("Here.", False),
        )
    ):
        table.cell(row, 0).paragraphs[0].add_run(words).bold = bold
    return saved(document)
