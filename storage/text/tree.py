"""The tree that formatted text is read into: blocks of runs, frozen, without Qt, paper or Markdown in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

Change = Literal["", "in", "out"]
"""What became of a piece between two texts: kept, put in, taken out."""

PICTURE = "attachment:"  # what the address of an attached picture begins with; its UUID follows


Style = tuple[bool, bool, bool, str, bool, Change]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style. A newline is a line break; `address` is where a live link points."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    address: str = ""
    struck: bool = False
    change: Change = ""

    @property
    def style(self) -> Style:
        """How it looks and what became of it, without its words."""
        return self.bold, self.italic, self.code, self.address, self.struck, self.change


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text that runs on."""

    runs: Runs
    kind: Literal["paragraph"] = field(default="paragraph", init=False)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside the text, level 1 to 6 as written."""

    runs: Runs
    level: int
    kind: Literal["heading"] = field(default="heading", init=False)


@dataclass(frozen=True, slots=True)
class Listing:
    """A list, numbered from `start` or bulleted; each item is a row of blocks."""

    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False
    start: int = 1
    kind: Literal["list"] = field(default="list", init=False)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: one heading row and the rows below it, every row as wide as the heading."""

    header: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]
    kind: Literal["table"] = field(default="table", init=False)


@dataclass(frozen=True, slots=True)
class Quote:
    """Quoted blocks."""

    blocks: tuple[Block, ...]
    kind: Literal["quote"] = field(default="quote", init=False)


@dataclass(frozen=True, slots=True)
class Code:
    """Text kept as typed, spaces and lines included."""

    text: str
    change: Change = ""
    kind: Literal["code"] = field(default="code", init=False)


@dataclass(frozen=True, slots=True)
class Picture:
    """An attached picture: the UUID of its document, the words for who cannot see it, and its caption."""

    uuid: str
    alt: str = ""
    caption: str = ""
    change: Change = ""
    kind: Literal["picture"] = field(default="picture", init=False)


@dataclass(frozen=True, slots=True)
class Divider:
    """A line across the page."""

    kind: Literal["divider"] = field(default="divider", init=False)


Block = Paragraph | Heading | Listing | Table | Quote | Code | Picture | Divider


def children(block: Block) -> tuple[Block, ...]:
    """The blocks directly inside another."""
    match block:
        case Listing():
            return tuple(inner for item in block.items for inner in item)
        case Quote():
            return block.blocks
    return ()


def walk(blocks: Sequence[Block]) -> Iterator[Block]:
    """Every block in reading order, those inside others behind them."""
    for block in blocks:
        yield block
        yield from walk(children(block))


def pictures_in(blocks: Sequence[Block]) -> list[str]:
    """The UUIDs of the pictures in some blocks, in reading order."""
    return [block.uuid for block in walk(blocks) if isinstance(block, Picture)]


def words_of(runs: Sequence[Run]) -> str:
    """The text of some runs."""
    return "".join(run.text for run in runs)


def restyled(run: Run, words: str) -> Run:
    """Other words in the style of a run."""
    return Run(words, *run.style)


def joined(runs: Sequence[Run]) -> Runs:
    """Neighbouring runs of one style as one, empty ones left out."""
    made: list[Run] = []
    words: list[str] = []
    for run in runs:
        if not run.text:
            continue
        if made and made[-1].style == run.style:
            words.append(run.text)
            continue
        if len(words) > 1:
            made[-1] = Run("".join(words), *made[-1].style)
        made.append(run)
        words = [run.text]
    if len(words) > 1:
        made[-1] = Run("".join(words), *made[-1].style)
    return tuple(made)
