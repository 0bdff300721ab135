"""The words of one paragraph of a Word document, as if every tracked change had been accepted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from storage.exchange.foreign.word_report import (
    BOX,
    DELETED,
    DRAWING,
    INSERTED,
    OUTSIDE,
    WordReport,
    text_of,
)
from storage.exchange.foreign.word_xml import Style, WordPackage, child, given, is_on, name_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

BOLD, ITALIC, CODE, STRUCK = 1, 2, 4, 8
Piece = list[object]  # words, style and address; or of a picture "picture", its part, alt text, name
_WITHIN = {
    "smartTag", "sdtContent", "customXml", "fldSimple", "moveTo", "ins", "dir", "bdo", "rubyBase", "Choice",
}  # fmt: skip
_SIGNS = {"noBreakHyphen": "\u2011", "tab": " ", "cr": "\n", "ptab": " "}
_LINK = re.compile(r'\s*HYPERLINK\s+"([^"]+)"', re.IGNORECASE)
_NUMBER_STYLE, _CODE_STYLE = "section number", "code in text"
_PRIVATE = range(0xE000, 0xF900)


@dataclass(slots=True)
class Field:
    """A field that is open: what it says to do, and whether what it shows has begun."""

    code: str = ""
    shows: bool = False


@dataclass(slots=True)
class Inline:
    """What a paragraph holds: pieces in order, notes it refers to, text boxes, and how much of it is bold."""

    pieces: list[Piece] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)  # sort and identifier
    boxes: list[Element] = field(default_factory=list)
    bookmark: str = ""
    plain: int = 0  # letters that are not bold


class RunReader:
    """Reads paragraph after paragraph; notes are numbered through the whole document."""

    def __init__(self, package: WordPackage, report: WordReport) -> None:
        self._package, self._report = package, report
        self._fields: list[Field] = []
        self._notes = 0
        self._held = Inline()

    def read(self, paragraph: Element, style: Style) -> Inline:
        """The pieces of one paragraph."""
        self._held = Inline()
        for inner in paragraph:
            self._take(inner, "", style)
        return self._held

    def _take(self, element: Element, address: str, style: Style) -> None:
        name = name_of(element)
        if name == "r":
            self._run(element, address, style)
        elif name == "hyperlink":
            target, outside = self._package.related.get(given(element, "id"), ("", False))
            for inner in element:
                self._take(inner, target if outside else "", style)
        elif name in ("del", "moveFrom"):
            self._report.tell(DELETED, text_of(element), given(element, "author"))
        elif name == "bookmarkStart":
            self._held.bookmark = self._held.bookmark or given(element, "name")
        elif name in ("oMath", "oMathPara"):
            self._add(text_of(element), 0, address, style)
        elif name in _WITHIN or name in ("sdt", "AlternateContent", "ruby"):
            if name in ("ins", "moveTo"):
                self._report.tell(INSERTED, text_of(element), given(element, "author"))
            for inner in element:
                self._take(inner, address, style)

    def _run(self, run: Element, address: str, style: Style) -> None:
        properties = child(run, "rPr")
        held = self._package.styles.get(given(child(properties, "rStyle")), Style(""))
        if held.name.casefold() == _NUMBER_STYLE:
            return
        flags = _flags(properties, held)
        for inner in run:
            self._in_run(inner, flags, address, style)

    def _in_run(self, inner: Element, flags: int, address: str, style: Style) -> None:
        name = name_of(inner)
        if name == "fldChar":
            self._field(given(inner, "fldCharType"))
        elif name == "instrText":
            if self._fields and not self._fields[-1].shows:
                self._fields[-1].code += inner.text or ""
        elif not self._fields or self._fields[-1].shows:
            self._shown(name, inner, flags, address, style)

    def _shown(self, name: str, inner: Element, flags: int, address: str, style: Style) -> None:
        """What a reader of the document sees."""
        if name == "t":
            self._add(inner.text or "", flags, address or self._linked(), style)
        elif name in _SIGNS:
            self._add(_SIGNS[name], flags, address, style)
        elif name == "br":
            if given(inner, "type") not in ("page", "column"):
                self._add("\n", flags, address, style)
        elif name == "sym":
            self._add(_sign(given(inner, "char")), flags, address, style)
        elif name in ("footnoteReference", "endnoteReference"):
            self._notes += 1
            self._add(f"[{self._notes}]", 0, "", style)
            self._held.notes.append((name.removesuffix("Reference"), given(inner, "id")))
        elif name in ("drawing", "pict", "object"):
            self._drawn(inner)
        elif name in ("AlternateContent", "Choice"):
            for deeper in inner:
                self._in_run(deeper, flags, address, style)

    def _field(self, sort: str) -> None:
        if sort == "begin":
            self._fields.append(Field())
        elif sort == "separate" and self._fields:
            self._fields[-1].shows = True
        elif sort == "end" and self._fields:
            self._fields.pop()

    def _linked(self) -> str:
        """The address of the field the words stand in, if it is a link."""
        found = (_LINK.match(f.code) for f in reversed(self._fields))
        return next((match[1] for match in found if match), "")

    def _add(self, words: str, flags: int, address: str, style: Style) -> None:
        if not words:
            return
        pieces = self._held.pieces
        if not (flags & BOLD or style.bold):
            self._held.plain += len(words.strip())
        if pieces and pieces[-1][0] != "picture" and pieces[-1][1:] == [flags, address]:
            pieces[-1][0] = f"{pieces[-1][0]}{words}"
        else:
            pieces.append([words, flags, address])

    def _drawn(self, drawing: Element) -> None:
        """A picture, the words of a text box, or something that cannot be kept."""
        boxes = [e for e in drawing.iter() if name_of(e) == "txbxContent"]
        if boxes:
            self._held.boxes += boxes[:1]
            self._report.tell(BOX, text_of(boxes[0]))
        named = next((e for e in drawing.iter() if name_of(e) in ("docPr", "shape")), None)
        found = [e for e in drawing.iter() if name_of(e) in ("blip", "imagedata")]
        words = given(named, "descr") or given(named, "title") or given(named, "alt")
        for picture in found:
            key = given(picture, "embed") or given(picture, "id")
            target, outside = self._package.related.get(key, ("", True))
            if outside or not self._package.has(target):
                self._report.tell(OUTSIDE, words)
            else:
                self._held.pieces.append(["picture", target, words, given(named, "name")])
        if not found and not boxes:
            self._report.tell(DRAWING, words)


def _flags(properties: Element | None, style: Style) -> int:
    """How the letters of a run are, by itself or by its style."""
    bold, italic = is_on(properties, "b"), is_on(properties, "i")
    made = BOLD * bool(style.bold if bold is None else bold)
    made |= ITALIC * bool(style.italic if italic is None else italic)
    made |= CODE * (style.name.casefold() == _CODE_STYLE)
    return made | STRUCK * bool(is_on(properties, "strike") or is_on(properties, "dstrike"))


def _sign(code: str) -> str:
    """A sign of a symbol font; one of the fonts' own is a point, since nobody else knows what it looks like."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return "•" if number in _PRIVATE or number > 0x10FFFF or number < 32 else chr(number)
