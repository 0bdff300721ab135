"""Numbering in a Word file we write: one bulleted and one numbered pattern, and a run of numbers for every list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.exchange.word.parts import element
from storage.exchange.word.styles import INDENT

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

DEEPEST = 8  # levels of a list are counted from 0
_BULLETS, _NUMBERS = 1, 2  # the two patterns
_SIGNS = ("•", "–", "▪")
_FORMS = ("decimal", "lowerLetter", "lowerRoman")


class WordLists:
    """Gives every list numbers of its own, so that each begins where it should."""

    def __init__(self, document: Document) -> None:
        self._numbering = document.part.numbering_part.element
        for old in list(self._numbering):
            self._numbering.remove(old)
        self._numbering.extend([_pattern(_BULLETS, ordered=False), _pattern(_NUMBERS, ordered=True)])
        self._last = 0

    def begin(self, *, ordered: bool, start: int, level: int) -> int:
        """The number of a new list."""
        self._last += 1
        pattern = element("w:abstractNumId", {"w:val": _NUMBERS if ordered else _BULLETS})
        made = element("w:num", {"w:numId": self._last}, pattern)
        if ordered:
            begins = element("w:startOverride", {"w:val": start})
            made.append(element("w:lvlOverride", {"w:ilvl": level}, begins))
        self._numbering.append(made)
        return self._last


def _pattern(number: int, *, ordered: bool) -> BaseOxmlElement:
    levels = [_level(level, ordered=ordered) for level in range(DEEPEST + 1)]
    kind = element("w:multiLevelType", {"w:val": "hybridMultilevel"})
    return element("w:abstractNum", {"w:abstractNumId": number}, kind, *levels)


def _level(level: int, *, ordered: bool) -> BaseOxmlElement:
    form = _FORMS[level % len(_FORMS)] if ordered else "bullet"
    words = f"%{level + 1}." if ordered else _SIGNS[level % len(_SIGNS)]
    indent = {"w:left": INDENT * (level + 1), "w:hanging": INDENT}
    return element(
        "w:lvl",
        {"w:ilvl": level},
        element("w:start", {"w:val": 1}),
        element("w:numFmt", {"w:val": form}),
        element("w:lvlText", {"w:val": words}),
        element("w:lvlJc", {"w:val": "left"}),
        element("w:pPr", None, element("w:ind", indent)),
    )
