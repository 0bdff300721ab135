"""A Word document as it was read: its parts by heading, what else it held, and its pictures."""

from __future__ import annotations

from dataclasses import dataclass, field

from storage.text.plain import plain_text
from storage.text.tree import Block


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with what follows it up to the next; the first may have no heading.

    `section` is the UUID of the section it was exported from, in a document of ours.
    """

    heading: str
    level: int
    blocks: tuple[Block, ...] = ()
    section: str = ""

    @property
    def words(self) -> int:
        """How many words stand under the heading."""
        return len(plain_text(self.blocks).split())


@dataclass(frozen=True, slots=True)
class Told:
    """Something a person should know of the document: the sort of thing, its words, and whose they are."""

    sort: str
    words: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class SourcePicture:
    """A picture of the document: the name it is shown under in the text, its bytes and the end of its name."""

    name: str
    content: bytes
    ending: str
    ours: str = ""  # the UUID of the attachment it came from, in a document of ours


@dataclass(frozen=True, slots=True)
class WordSource:
    """Everything a document held."""

    source: str  # the file's name
    title: str
    parts: tuple[Part, ...]
    told: tuple[Told, ...] = ()
    pictures: tuple[SourcePicture, ...] = field(default=(), repr=False)

    def words(self) -> list[str]:
        """Every word of headings and text, in their order."""
        return [w for part in self.parts for w in f"{part.heading} {plain_text(part.blocks)}".split()]
