"""Writes a checklist as a Word file: every question with its answer, and a sign-off block that is filled in there."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from storage.exchange.paper.papers import (
    BoardPaper,
    ChecklistPaper,
    Choices,
    Entry,
    Matrix,
    Part,
    QuestionPaper,
    Rows,
    Written,
)
from storage.exchange.word.parts import add_foot, make_british, save_word, use_font, xml_words

if TYPE_CHECKING:
    from docx.document import Document

TICKED, EMPTY = "☒", "☐"
SIZE = 10.5  # points
NO_ANSWER = "No answer yet"
DRAFT = "DRAFT"  # at the head of every page until it is signed


def write_checklist(paper: ChecklistPaper, path: Path) -> None:
    """Save the checklist at `path`, which ends in .docx. Raises `WordError`; nothing half-made is left."""
    save_word(checklist_word(paper), path)


def checklist_word(paper: ChecklistPaper) -> bytes:
    """The checklist as the bytes of a Word file."""
    from docx import Document as new_document

    document = new_document()
    _set_up(document, paper)
    _head(document, paper)
    for section in paper.sections:
        document.add_heading(xml_words(f"{section.letter}  {section.title}"), 1)
        for words in (section.guidance, f"Review: {section.review}" if section.review else ""):
            if words:
                document.add_paragraph(xml_words(words))
        for question in section.questions:
            _question(document, question)
    if paper.board:
        _board(document, paper.board)
    if paper.actions:
        document.add_heading("Actions", 1)
        rows = [(action.title, action.owner, action.due) for action in paper.actions]
        _table(document, ("Action", "Owner", "Due"), rows)
    _sign_off(document, paper)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _set_up(document: Document, paper: ChecklistPaper) -> None:
    from docx.shared import Cm, Pt, RGBColor

    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Header", "Footer"):
        use_font(document, name)
        document.styles[name].font.color.rgb = RGBColor(0, 0, 0)
    document.styles["Normal"].font.size = Pt(SIZE)
    document.styles["Normal"].paragraph_format.space_after = Pt(4)
    document.styles["Heading 2"].font.size = Pt(SIZE + 0.5)
    make_british(document)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.0)
    about, imprint = document.core_properties, paper.imprint
    about.title, about.subject, about.language = (
        xml_words(paper.document_title),
        xml_words(paper.subject),
        "en-GB",
    )
    about.author = about.last_modified_by = xml_words(imprint.organisation)
    head = section.header.paragraphs[0]
    if paper.status != "complete":
        head.add_run(f"{DRAFT}  ").bold = True
    head.add_run(xml_words(f"{paper.running_title} – {paper.status_words}"))
    add_foot(section.footer.paragraphs[0], section, imprint.organisation, imprint.marking)


def _head(document: Document, paper: ChecklistPaper) -> None:
    document.add_heading(xml_words(paper.title), 0)
    for words in (paper.subject, paper.status_words, paper.purpose):
        if words:
            document.add_paragraph(xml_words(words))
    facts = [(fact.label, fact.value) for fact in paper.facts]
    for words in (paper.progress, paper.score, paper.gates):
        if words:
            document.add_paragraph(xml_words(words))
    _table(document, ("About", "As recorded"), facts)


def _question(document: Document, question: QuestionPaper) -> None:
    document.add_heading(xml_words(f"{question.number}  {question.text}"), 2)
    if question.not_asked:
        document.add_paragraph(xml_words(question.not_asked))
        return
    for label, words in _said(question):
        paragraph = document.add_paragraph()
        if label:
            paragraph.add_run(xml_words(f"{label}: ")).bold = True
        paragraph.add_run(xml_words(words))
    for part in question.parts if not question.not_applicable else ():
        if isinstance(part, Rows):
            _table(
                document, [heading[0] for heading in part.headings], part.rows or [[""] * len(part.headings)]
            )


def _said(question: QuestionPaper) -> Iterator[tuple[str, str]]:
    """Every line of a question that is not rows: label and words."""
    if question.asked_if:
        yield "", question.asked_if
    if question.not_applicable:
        yield "", f"{TICKED} Not applicable: {question.reason}"
    else:
        yield from ((part.label, _part(part)) for part in question.parts if not isinstance(part, Rows))
        yield from ((part.label, "") for part in question.parts if isinstance(part, Rows) and part.label)
    if question.gate:
        yield "Gate", question.gate.words
    for label, words in (
        ("Gate waived", question.waiver),
        ("Note", question.note),
        ("Mitigation", question.mitigation),
    ):
        if words:
            yield label, words
    if question.room_to_mitigate:
        yield "Mitigation, what is done about it", ""
    yield from (("Evidence", words) for words in question.evidence)
    yield from (("Action", words) for words in question.actions)
    if question.answered_by:
        yield "Answered", question.answered_by


def _part(part: Part) -> str:
    match part:
        case Choices():
            return "   ".join(
                f"{TICKED if option.chosen else EMPTY} {option.words}" for option in part.options
            )
        case Matrix() if part.likelihood is not None:
            score = f"{part.likelihood} × {part.consequence} = {part.score}, {part.band}"
            return f"{score}. {part.moved}" if part.moved else score
        case Written() | Entry() if part.value:
            return part.value
    return NO_ANSWER


def _board(document: Document, board: BoardPaper) -> None:
    """The risks as a table, and the matrix as another with their numbers in its squares."""
    document.add_heading("Risks on one matrix", 1)
    document.add_paragraph(xml_words(board.counts))
    words = ("Consequence, upwards; likelihood, to the right", *_numbered(board.likelihood))
    squares = [
        (each, *(", ".join(numbers) for numbers in board.squares[5 * line : 5 * line + 5]))
        for line, each in enumerate(reversed(_numbered(board.consequence)))
    ]
    _table(document, words, squares)
    if board.since:
        document.add_paragraph(xml_words(f"Compared with the last review: {board.since}."))
    rows = [(r.number, r.words, r.place, r.moved) for r in board.rows]
    _table(document, ("No.", "Risk", "Score", "Since the last review"), rows)


def _numbered(words: Sequence[str]) -> list[str]:
    return [f"{step} {word}" for step, word in enumerate(words, start=1)]


def _sign_off(document: Document, paper: ChecklistPaper) -> None:
    """The decision and the signature as a table with room to write; what is signed already stands in it."""
    if paper.sign_off is None:
        return
    done = paper.sign_off
    document.add_heading("Decision and sign-off", 1)
    offered = "\n".join(f"{TICKED if o.chosen else EMPTY} {o.words}" for o in done.decisions) or done.decision
    rows = [
        ("Decision", offered), ("Conditions", done.conditions), ("Name", done.name), ("Role", done.role),
        ("Signature", done.signed), ("Date", done.date), ("Next review", done.review),
    ]  # fmt: skip
    _table(document, ("Sign-off", "To be filled in"), rows)


def _table(document: Document, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A plain table whose first row is repeated on every page; no row goes over two pages."""
    from docx.oxml import OxmlElement

    table = document.add_table(rows=0, cols=len(headings), style="Table Grid")
    for cells in (headings, *rows):
        row = table.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = xml_words(words)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell in table.rows[0].cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True
    document.add_paragraph()
