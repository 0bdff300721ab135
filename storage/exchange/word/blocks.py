"""The tree of a text as the body of a Word file; what is marked as changed becomes tracked changes."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import TYPE_CHECKING

from storage.desk.specification.section_pictures import DrawnPicture
from storage.exchange.word.lists import DEEPEST, WordLists
from storage.exchange.word.parts import element, room, xml_words
from storage.exchange.word.styles import (
    AFTER_TABLE,
    CODE,
    CODE_TEXT,
    CONTINUED,
    DIVIDER,
    LINK,
    PICTURE,
    TABLE,
    TABLE_HEADING,
    TABLE_TEXT,
    TEXT_HEADING,
    style_id,
)
from storage.text.tree import (
    PICTURE as ADDRESS,
)
from storage.text.tree import (
    Block,
    Change,
    Code,
    Divider,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Quote,
    Run,
    Runs,
    Table,
    words_of,
)

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

HIGHEST_PICTURE = 0.7  # of the width of the text
_TAGS: dict[Change, str] = {"in": "w:ins", "out": "w:del"}


@dataclass(frozen=True, slots=True)
class Reviser:
    """Whose tracked changes these are."""

    name: str
    day: date


class WordBlocks:
    """Writes blocks at the end of a document."""

    def __init__(
        self, document: Document, pictures: Mapping[str, DrawnPicture], reviser: Reviser | None = None
    ) -> None:
        self._document, self._pictures, self._reviser = document, pictures, reviser
        self._body = document.element.body
        self._lists = WordLists(document)
        self._numbers = count(1)

    def add(self, made: BaseOxmlElement) -> None:
        """Put an element at the end, before what says how large the page is."""
        self._body.insert(len(self._body) - 1, made)

    def write(self, blocks: Sequence[Block], *, style: str = "Normal", outline: Sequence[int] = ()) -> None:
        """Some blocks; `outline` gives the level in the whole document of each that is a heading."""
        for place, block in enumerate(blocks):
            self._block(block, style, outline[place] if place < len(outline) else 0)

    def paragraph(
        self, runs: Runs, style: str, *extra: BaseOxmlElement, before: Iterable[BaseOxmlElement] = ()
    ) -> BaseOxmlElement:
        """A paragraph; one of which all was put in or taken out is so as a whole."""
        properties = element("w:pPr", None, element("w:pStyle", {"w:val": style_id(style)}), *extra)
        changes = {run.change for run in runs}
        if len(changes) == 1 and (mark := self._mark(changes.pop())) is not None:
            properties.append(element("w:rPr", None, mark))
        return element("w:p", None, properties, *before, *self._inline(runs))

    def _block(self, block: Block, style: str, outline: int) -> None:
        match block:
            case Paragraph():
                self.add(self.paragraph(block.runs, style))
            case Heading():
                level = element("w:outlineLvl", {"w:val": min(outline or block.level, 9) - 1})
                self.add(self.paragraph(block.runs, f"{TEXT_HEADING} {max(1, min(block.level, 6))}", level))
            case Listing():
                self._list(block, 0)
            case Table():
                self._table(block)
            case Quote():
                self.write(block.blocks, style="Quote")
            case Code():
                self.add(self.paragraph((Run(block.text, change=block.change),), CODE_TEXT))
            case Picture():
                self._picture(block)
            case Divider():
                self.add(self.paragraph((), DIVIDER))

    def _list(self, block: Listing, level: int) -> None:
        deep = min(level, DEEPEST)
        number = self._lists.begin(ordered=block.ordered, start=block.start, level=deep)
        style = "List Number" if block.ordered else "List Bullet"
        for item in block.items:
            first = item[0].runs if item and isinstance(item[0], Paragraph) else ()
            numbered = element(
                "w:numPr", None, element("w:ilvl", {"w:val": deep}), element("w:numId", {"w:val": number})
            )
            self.add(self.paragraph(first, style, numbered))
            self._rest(item[1:] if first else item, level)

    def _rest(self, blocks: Sequence[Block], level: int) -> None:
        """What else an item holds, as far in as its words."""
        for block in blocks:
            if isinstance(block, Listing):
                self._list(block, level + 1)
            elif isinstance(block, Paragraph):
                self.add(self.paragraph(block.runs, CONTINUED[min(level, len(CONTINUED) - 1)]))
            else:
                self._block(block, "Normal", 0)

    def _table(self, block: Table) -> None:
        rows = [self._row(block.header, TABLE_HEADING), *(self._row(row, TABLE_TEXT) for row in block.rows)]
        words = ", ".join(filter(None, ("".join(r.text for r in cell) for cell in block.header)))
        properties = element(
            "w:tblPr",
            None,
            element("w:tblStyle", {"w:val": style_id(TABLE)}),
            element("w:tblW", {"w:w": 5000, "w:type": "pct"}),
            element("w:tblLook", {"w:val": "0020", "w:firstRow": 1, "w:lastRow": 0, "w:noVBand": 1}),
            element("w:tblDescription", {"w:val": f"Table of {words}"[:250] if words else "Table"}),
        )
        shares = self._widths(block)
        grid = element("w:tblGrid", None, *(element("w:gridCol", {"w:w": w}) for w in shares))
        self.add(element("w:tbl", None, properties, grid, *rows))
        self.add(self.paragraph((), AFTER_TABLE))

    def _widths(self, block: Table) -> list[int]:
        """The width of each column in twentieths of a point: it follows its longest cell, within limits."""
        rows = (block.header, *block.rows)
        longest = [_share([words_of(row[n]) for row in rows]) for n in range(len(block.header))]
        whole = room(self._document.sections[0]) // 635
        return [whole * each // sum(longest) for each in longest]

    def _row(self, cells: Sequence[Runs], style: str) -> BaseOxmlElement:
        properties = element("w:trPr", None, element("w:cantSplit"))
        if style == TABLE_HEADING:
            properties.append(element("w:tblHeader"))
        changes = {run.change for cell in cells for run in cell}
        if len(changes) == 1 and (mark := self._mark(changes.pop())) is not None:
            properties.append(mark)
        return element(
            "w:tr", None, properties, *(element("w:tc", None, self.paragraph(cell, style)) for cell in cells)
        )

    def _picture(self, block: Picture) -> None:
        held = self._pictures.get(block.uuid)
        run = self._drawing(held, block) if held is not None else None
        if run is None:
            words = block.alt or block.caption or "picture"
            self.add(self.paragraph((Run(f"[Picture: {words}]", italic=True, change=block.change),), PICTURE))
        else:
            paragraph = self.paragraph((), PICTURE)
            mark = self._mark(block.change)
            paragraph.append(run if mark is None else self._wrapped(mark, run))
            self.add(paragraph)
        if block.caption:
            self.add(self.paragraph((Run(block.caption, change=block.change),), "Caption"))

    def _drawing(self, held: DrawnPicture, block: Picture) -> BaseOxmlElement | None:
        """A run that shows a picture; None for one that turns out to be broken."""
        from docx.image.exceptions import (
            InvalidImageStreamError,
            UnexpectedEndOfFileError,
            UnrecognizedImageError,
        )
        from docx.oxml.ns import qn
        from docx.shared import Emu

        paragraph = self._document.add_paragraph()
        try:
            shape = paragraph.add_run().add_picture(io.BytesIO(held.content))
        except (
            InvalidImageStreamError,
            UnexpectedEndOfFileError,
            UnrecognizedImageError,
            ZeroDivisionError,
        ):
            return None
        finally:
            self._body.remove(paragraph._p)
        widest = room(self._document.sections[0])
        share = min(1.0, widest / shape.width, widest / HIGHEST_PICTURE / shape.height)
        shape.width, shape.height = Emu(int(shape.width * share)), Emu(int(shape.height * share))
        for side in "TBLR":  # else LibreOffice leaves room at the left
            shape._inline.set(f"dist{side}", "0")
        about = shape._inline.find(qn("wp:docPr"))
        about.set("descr", xml_words(block.alt or block.caption or "picture"))
        about.set("name", xml_words(f"{ADDRESS}{block.uuid}"))
        run: BaseOxmlElement = paragraph._p.find(qn("w:r"))
        return run

    def _inline(self, runs: Runs) -> list[BaseOxmlElement]:
        return [self._run(run) for run in runs if run.text]

    def _run(self, run: Run) -> BaseOxmlElement:
        made = element("w:r", None, *self._style_of(run), *_texts(run))
        if run.address:
            made = self._linked(run.address, made)
        mark = self._mark(run.change)
        return made if mark is None else self._wrapped(mark, made)

    @staticmethod
    def _style_of(run: Run) -> list[BaseOxmlElement]:
        style = LINK if run.address else CODE if run.code else ""
        parts = [element("w:rStyle", {"w:val": style_id(style)})] if style else []
        on = ((run.bold, "w:b"), (run.italic, "w:i"), (run.struck, "w:strike"))
        parts += [element(tag) for wanted, tag in on if wanted]
        return [element("w:rPr", None, *parts)] if parts else []

    def _linked(self, address: str, run: BaseOxmlElement) -> BaseOxmlElement:
        from docx.opc.constants import RELATIONSHIP_TYPE

        key = self._document.part.relate_to(xml_words(address), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return element("w:hyperlink", {"r:id": key}, run)

    def _mark(self, change: Change) -> BaseOxmlElement | None:
        """A tracked change without anything in it; None for what was kept."""
        if not change or self._reviser is None:
            return None
        about: dict[str, str | int] = {
            "w:id": next(self._numbers),
            "w:author": self._reviser.name or "Commissioning Desk",
            "w:date": f"{self._reviser.day.isoformat()}T12:00:00Z",
        }
        return element(_TAGS[change], about)

    @staticmethod
    def _wrapped(mark: BaseOxmlElement, inside: BaseOxmlElement) -> BaseOxmlElement:
        """A change around a run; around a link it goes inside, as the format wants it."""
        from docx.oxml.ns import qn

        if inside.tag == qn("w:hyperlink"):
            mark.extend(list(inside))
            inside.append(mark)
            return inside
        mark.append(inside)
        return mark


def _share(cells: Sequence[str]) -> int:
    """The share of a column: as its longest cell within limits, and no narrower than its longest usual word."""
    word = max((len(w) for cell in cells for w in cell.split()), default=0)
    return max(min(36, max(8, *map(len, cells), 8)), min(20, word) + 6)


def _texts(run: Run) -> list[BaseOxmlElement]:
    """The words of a run, with its line breaks and tabs."""
    tag = "w:delText" if run.change == "out" else "w:t"
    made: list[BaseOxmlElement] = []
    for place, line in enumerate(xml_words(run.text).split("\n")):
        if place:
            made.append(element("w:br"))
        for part, words in enumerate(line.split("\t")):
            if part:
                made.append(element("w:tab"))
            if words:
                text = element(tag, {"xml:space": "preserve"})
                text.text = words
                made.append(text)
    return made
