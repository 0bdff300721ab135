"""A letter on paper: who writes to whom, about what, in which words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from storage.exchange.paper.papers import Imprint


@dataclass(frozen=True, slots=True)
class LetterBlock:
    """A paragraph, line by line, or a list with one line for each item."""

    kind: Literal["paragraph", "list"]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LetterPaper:
    """A letter; `sender` and `addressee` are lines, `about` are the quiet lines beside the address."""

    layout: ClassVar[str] = "letter"
    imprint: Imprint
    subject: str
    addressee: tuple[str, ...]
    day: str
    blocks: tuple[LetterBlock, ...]
    sender: tuple[str, ...] = ()
    reference: str = ""

    @property
    def document_title(self) -> str:
        """The title that PDF readers show."""
        return self.subject

    @property
    def running_title(self) -> str:
        """The first line at the top of every page but the first."""
        return self.subject

    @property
    def running_subject(self) -> str:
        """The second line at the top of every page but the first."""
        return self.day


def letter_blocks(words: str) -> tuple[LetterBlock, ...]:
    """The words of a letter as blocks: a blank line parts them, lines stay lines, and - begins an item of a list.

    Nothing else is markup: what the words say is what is printed.
    """
    blocks: list[LetterBlock] = []
    fresh = True  # a blank line has come, so that the next line begins a block
    for line in words.splitlines():
        said = line.strip()
        item = said.startswith(("- ", "• "))
        kind: Literal["paragraph", "list"] = "list" if item else "paragraph"
        shown = said[2:].strip() if item else said
        if shown and not fresh and blocks and blocks[-1].kind == kind:
            blocks[-1] = LetterBlock(kind, (*blocks[-1].lines, shown))
        elif shown:
            blocks.append(LetterBlock(kind, (shown,)))
        fresh = not said
    return tuple(blocks)
