"""The tree as plain words: for search, for excerpts, and to compare what went in with what came out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from storage.text.tree import (
    Block,
    Code,
    Divider,
    Heading,
    Paragraph,
    Picture,
    Table,
    children,
    words_of,
)

_LINKED = re.compile(r"!?\[([^\]]*)\]\([^)]*\)?")
_ROW = re.compile(r"\s*\|\s*")
_MARKS = re.compile(
    r"\*\*|~~|`+|^\s*#{1,6}\s|^\s*(?:[-*+]|\d{1,9}[.)])\s|^\s*>\s?|\\(?=[^\w\s])|(?<!\w)\*(?=\w)|(?<=\w)\*(?!\w)"
)


def plain_text(blocks: Sequence[Block]) -> str:
    """The words of some blocks, a line for each paragraph, item or row; cells are divided by tabs."""
    return "\n".join(_lines(blocks))


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                yield words_of(block.runs)
            case Table():
                for row in (block.header, *block.rows):
                    yield "\t".join(words_of(cell) for cell in row)
            case Code():
                yield block.text
            case Picture():
                yield from (words for words in (block.alt, block.caption) if words)
            case Divider():
                continue
            case _:
                yield from _lines(children(block))


def in_short(block: Block) -> str:
    """The words of one block on one line."""
    return " ".join(plain_text((block,)).split())


def unmarked(excerpt: str) -> str:
    """A piece cut out of a Markdown text, without the marks that only a whole text makes sense of."""
    words = _LINKED.sub(r"\1", excerpt)
    words = _MARKS.sub("", _ROW.sub(" · ", words.strip().strip("|")))
    return " ".join(words.split())
