"""What a Word document holds besides its text: tracked changes, comments, heads and feet, what cannot be kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from storage.exchange.foreign.word_xml import WordPackage, given, name_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

INSERTED, DELETED, COMMENT, FURNITURE = "inserted", "deleted", "comment", "furniture"
CONTENTS, DRAWING, EMBEDDED, OUTSIDE, BOX, HEAD = "contents", "drawing", "embedded", "outside", "box", "head"
"""The sorts of what is told; a word on the way, a sentence on the screen."""

MOST_TOLD = 500
_LONGEST = 2_000  # letters of one thing that is told


class WordReport:
    """Gathers what is to be told, up to a limit; the rest is only counted."""

    def __init__(self) -> None:
        self.told: list[dict[str, object]] = []
        self.more = 0

    def tell(self, sort: str, words: str, by: str = "") -> None:
        """Note one thing; nothing for a change or comment without words."""
        plain = " ".join(words.split())
        if not plain and sort in (INSERTED, DELETED, COMMENT, FURNITURE, BOX):
            return
        if len(self.told) >= MOST_TOLD:
            self.more += 1
            return
        self.told.append({"told": sort, "words": plain[:_LONGEST], "by": by[:200]})


def text_of(element: Element) -> str:
    """All words within an element, deleted ones too; a space between paragraphs."""
    return "".join(_words(element))


def _words(element: Element) -> Iterator[str]:
    for inner in element.iter():
        name = name_of(inner)
        if name in ("t", "delText"):
            yield inner.text or ""
        elif name in ("p", "br", "cr", "tab"):
            yield " "


def tell_of_parts(package: WordPackage, report: WordReport) -> None:
    """Comments with their writers, and the words at the head and foot of pages, each once."""
    comments = package.part("word/comments.xml")
    for comment in comments if comments is not None else ():
        report.tell(COMMENT, text_of(comment), given(comment, "author"))
    said = []
    for part in package.parts_named("word/header", "word/footer"):
        words = " ".join(text_of(part).split())
        if words and words not in said:
            said.append(words)
            report.tell(FURNITURE, words)
