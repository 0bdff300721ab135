"""The text of a Word document, block by block, as lines of JSON: for whoever reads it outside this process."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO

from storage.exchange.foreign.book import DAMAGED
from storage.exchange.foreign.word_report import (
    CONTENTS,
    DELETED,
    EMBEDDED,
    HEAD,
    WordReport,
    tell_of_parts,
    text_of,
)
from storage.exchange.foreign.word_runs import Inline, Piece, RunReader
from storage.exchange.foreign.word_xml import MAIN, Style, WordPackage, child, given, name_of, numbering_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

Line = dict[str, object]
OUR_HEAD = "commissioning-desk-head"
MOST_LINES = 200_000
LARGEST_PICTURE = 25 * 1024 * 1024
MOST_PICTURES = 300
_WIDEST = 200  # columns a cell may span


def answer_document(data: bytes, out: BinaryIO) -> None:
    """Write the text, what is to be told, the pictures, and an end mark; or why it cannot be read."""
    try:
        for line in DocumentText(data).lines():
            out.write(json.dumps(line).encode() + b"\n")
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a broken file may break its reader in any way
        out.write(json.dumps({"unreadable": DAMAGED}).encode() + b"\n")
    else:
        out.write(json.dumps({"end": True}).encode() + b"\n")


class DocumentText:
    """Walks through a document once."""

    def __init__(self, data: bytes) -> None:
        self._package = WordPackage(data)
        self._report = WordReport()
        self._runs = RunReader(self._package, self._report)
        self._pictures: dict[str, None] = {}
        self._joins: Inline | None = None  # a paragraph whose end was deleted goes on in the next
        self._notes = {
            sort: {given(n, "id"): n for n in (root if root is not None else ()) if not given(n, "type")}
            for sort, root in (
                ("footnote", self._package.part("word/footnotes.xml")),
                ("endnote", self._package.part("word/endnotes.xml")),
            )
        }
        self._told_notes = 0

    def lines(self) -> Iterator[Line]:
        """Every line of the answer but the last."""
        root = self._package.part(MAIN)
        body = child(root, "body")
        if body is None:
            raise ValueError("no body")
        for count, line in enumerate(self._blocks(body)):
            if count > MOST_LINES:
                yield {"too_much": f"more than {MOST_LINES:,} paragraphs"}
                return
            yield line
        tell_of_parts(self._package, self._report)
        yield from self._report.told
        if self._report.more:
            yield {"more": self._report.more}
        yield from self._picture_lines()

    def _picture_lines(self) -> Iterator[Line]:
        for name in list(self._pictures)[:MOST_PICTURES]:
            content = self._package.content(name)
            if len(content) <= LARGEST_PICTURE:
                yield {"picture": name, "data": base64.b64encode(content).decode()}

    def _blocks(self, holder: Element | Sequence[Element]) -> Iterator[Line]:
        for element in holder:
            name = name_of(element)
            if name == "p":
                yield from self._paragraph(element)
            elif name == "tbl":
                yield self._table(element)
            elif name == "sdt":
                yield from self._control(element)
            elif name in ("customXml", "ins", "moveTo", "smartTag", "Choice", "AlternateContent"):
                yield from self._blocks(element)
            elif name in ("del", "moveFrom"):
                self._report.tell(DELETED, text_of(element), given(element, "author"))
            elif name == "altChunk":
                self._report.tell(EMBEDDED, "")

    def _control(self, control: Element) -> Iterator[Line]:
        """What a content control holds; a list of contents and the head of a document of ours are left out and told."""
        properties = child(control, "sdtPr")
        content = child(control, "sdtContent")
        if content is None:
            return
        gallery = given(child(properties, "docPartObj", "docPartGallery"))
        if gallery == "Table of Contents":
            self._report.tell(CONTENTS, text_of(content))
        elif given(child(properties, "tag")) == OUR_HEAD:
            self._report.tell(HEAD, text_of(content))
        else:
            yield from self._blocks(content)

    def _paragraph(self, paragraph: Element) -> Iterator[Line]:
        properties = child(paragraph, "pPr")
        style = self._package.styles.get(given(child(properties, "pStyle")), Style(""))
        found = self._runs.read(paragraph, style)
        if self._joins is not None:
            found.pieces = [*self._joins.pieces, *found.pieces]
            found.notes = [*self._joins.notes, *found.notes]
            self._joins = None
        if child(properties, "rPr", "del") is not None:
            self._joins = found
            return
        if style.name.casefold().startswith("toc "):
            self._report.tell(CONTENTS, "".join(str(p[0]) for p in found.pieces))
            return
        about = self._about(properties, style, found)
        yield from self._split(found.pieces, about)
        for box in found.boxes:
            yield {"box": list(self._blocks(box))}
        yield from self._note_lines(found.notes)

    def _about(self, properties: Element | None, style: Style, found: Inline) -> Line:
        said = given(child(properties, "outlineLvl"))
        outline = int(said[:2]) + 1 if said.isdecimal() and int(said[:2]) < 9 else style.outline
        about: Line = {"style": style.name, "outline": outline, "bold": not found.plain}
        if found.bookmark:
            about["bookmark"] = found.bookmark
        numbering = numbering_of(properties) or style.numbering
        if numbering is not None and (level := self._package.list_level(*numbering)) is not None:
            about["list"] = [numbering[0], numbering[1], level.ordered, level.start]
        return about

    def _split(self, pieces: list[Piece], about: Line) -> Iterator[Line]:
        """A paragraph, and its pictures as lines of their own between its words."""
        words: list[Piece] = []
        shown = False
        for piece in pieces:
            if piece[0] != "picture" or len(piece) != 4:
                words.append(piece)
                continue
            if any(str(w[0]).strip() for w in words):
                yield about | {"runs": words}
                about = about | {"list": None} if "list" in about else about
            words, shown = [], True
            self._pictures[str(piece[1])] = None
            yield {"shows": piece[1], "alt": piece[2], "name": piece[3]}
        if any(str(w[0]).strip() for w in words) or not shown:
            yield about | {"runs": words}

    def _note_lines(self, notes: Sequence[tuple[str, str]]) -> Iterator[Line]:
        for sort, key in notes:
            self._told_notes += 1
            held = self._notes[sort].get(key)
            words = " ".join(text_of(held).split()) if held is not None else ""
            yield {"note": f"[{self._told_notes}] {words}".strip()}

    def _table(self, table: Element) -> Line:
        """A table: its style, and rows of cells, each the lines of what it holds."""
        rows: list[list[list[Line]]] = []
        for row in _rows(table):
            if child(row, "trPr", "del") is not None:
                self._report.tell(DELETED, text_of(row), given(child(row, "trPr", "del"), "author"))
                continue
            cells: list[list[Line]] = [[] for _ in range(_span(child(row, "trPr"), "gridBefore"))]
            for cell in _cells(row):
                properties = child(cell, "tcPr")
                merged = child(properties, "vMerge")
                held = [] if merged is not None and given(merged) != "restart" else list(self._blocks(cell))
                cells += [held, *([] for _ in range(_span(properties, "gridSpan") - 1))]
            rows.append(cells)
        style = self._package.styles.get(given(child(table, "tblPr", "tblStyle")), Style(""))
        return {"rows": rows, "style": style.name}


def _rows(table: Element) -> Iterator[Element]:
    for inner in table:
        if name_of(inner) == "tr":
            yield inner
        elif name_of(inner) in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _rows(inner)


def _cells(row: Element) -> Iterator[Element]:
    for inner in row:
        if name_of(inner) == "tc":
            yield inner
        elif name_of(inner) in ("sdt", "sdtContent", "customXml"):
            yield from _cells(inner)


def _span(properties: Element | None, name: str) -> int:
    """How many columns a cell spans, or a row leaves out before its first; one, or none, where nothing is said."""
    said = given(child(properties, name))
    usual = 1 if name == "gridSpan" else 0
    return min(int(said[:4]), _WIDEST) if said.isdecimal() and said.isascii() and int(said[:4]) else usual
