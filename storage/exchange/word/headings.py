"""Which paragraphs of a Word document are headings: by style or outline level, or bold, as people write them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import cast

from storage.exchange.word.styles import SECTION

_WORD = r"(?:(?:section|part|schedule|annex|appendix)\s+)?"
NUMBERED = re.compile(
    rf"\s*{_WORD}(?:\d{{1,2}}(?:\.\d{{1,2}}){{1,4}}[.):]?|\d{{1,2}}[.):]|[A-Z][.):]|[ivx]{{1,5}}[.):])\s+(?=\S)",
    re.IGNORECASE,
)
"""The number a heading is written with: 1. or 2.3, B) or iv. A figure alone may belong to the words: 24 hour care."""

LOOSELY = re.compile(rf"\s*{_WORD}\d{{1,2}}\s+(?=\S)", re.IGNORECASE)
_LONGEST = 120  # letters of a paragraph that can be a heading without being styled as one
_DEPTH = re.compile(r"\d{1,2}")
_ALIKE = 90  # of 100: how near a bold line must come to a heading that is known
_TITLES = ("title", "subtitle")
Line = Mapping[str, object]


class Kind(Enum):
    """What a line of a document is to its structure."""

    HEADING = "heading"
    TITLE = "title"
    TEXT = "text"


class Headings:
    """Tells the headings of one document; whether it has headings by style decides how far bold lines are believed."""

    def __init__(self, known: Sequence[str] = ()) -> None:
        self._known = [fold(words) for words in known]
        self._styled = self._ours = False
        self._level = 0

    def look(self, lines: Sequence[Line]) -> None:
        """Look through the document once, before it is gone through line by line."""
        self._styled = any(line.get("outline") and _words(line).strip() for line in lines)
        self._ours = any(map(is_ours, lines))  # whose headings are all styled
        self._level = 0

    def of(self, line: Line) -> tuple[Kind, int, str]:
        """What a line is, its level as a heading and its words."""
        words = " ".join(_words(line).split())
        if not words or "style" not in line or "rows" in line:
            return Kind.TEXT, 0, ""
        style, level = str(line["style"]).casefold(), cast("int", line.get("outline") or 0)
        if style.startswith("text heading "):  # within a section of ours
            return Kind.TEXT, 0, ""
        if style in _TITLES:
            return Kind.TITLE, 0, ""
        level = level or self._bold_level(line, words)
        if not level:
            return Kind.TEXT, 0, ""
        self._level = level
        return Kind.HEADING, level, words if is_ours(line) else bare(words)

    def _bold_level(self, line: Line, words: str) -> int:
        """The level of a bold line that reads like a heading; 0 for any other."""
        if self._ours or not line.get("bold") or len(words) > _LONGEST or "\n" in _words(line).strip():
            return 0
        if style_is_of_a_list(line):
            return 0
        number = NUMBERED.match(words) or LOOSELY.match(words)
        listed = cast("list[object] | None", line.get("list"))
        if number is not None and not words.endswith((".", ";", ",")):
            return max(1, len(_DEPTH.findall(number[0])))
        if listed and listed[2] and not words.endswith((".", ";", ",")):
            return cast("int", listed[1]) + 1
        if listed or words.endswith((".", ";", ",", "?")):
            return 0
        if self._is_known(words):
            return max(1, self._level)
        return 0 if self._styled else max(1, self._level)

    def _is_known(self, words: str) -> bool:
        from rapidfuzz import fuzz

        plain = fold(bare(words))
        return any(plain == known or fuzz.ratio(plain, known) >= _ALIKE for known in self._known)


def style_is_of_a_list(line: Line) -> bool:
    """Whether a paragraph is a point of a bulleted list."""
    listed = cast("list[object] | None", line.get("list"))
    return bool(listed) and not cast("list[object]", listed)[2]


def is_ours(line: Line) -> bool:
    """Whether a heading is that of a section of ours."""
    return str(line.get("bookmark", "")).startswith(SECTION)


def bare(words: str) -> str:
    """The words of a heading without the number they were written with; all of them where nothing else is left."""
    return NUMBERED.sub("", words, count=1).strip() or words.strip()


def fold(words: str) -> str:
    """Words to compare headings by: small letters and figures, `and` for `&`."""
    return " ".join(re.findall(r"\w+", words.casefold().replace("&", " and ")))


def _words(line: Line) -> str:
    return "".join(str(run[0]) for run in cast("list[list[object]]", line.get("runs") or []))
