"""Reads Markdown into a small tree of blocks that paper and screen both draw; nothing is fetched or run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style. `address` is where a link points: shown beside it, never opened."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    address: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text that runs on; a newline inside a run is a line break the writer asked for."""

    runs: tuple[Run, ...]
    kind: Literal["paragraph"] = field(default="paragraph", init=False)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside the text, level 1 to 6 as written."""

    runs: tuple[Run, ...]
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

    header: tuple[tuple[Run, ...], ...]
    rows: tuple[tuple[tuple[Run, ...], ...], ...]
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
    kind: Literal["code"] = field(default="code", init=False)


@dataclass(frozen=True, slots=True)
class Divider:
    """A line across the page."""

    kind: Literal["divider"] = field(default="divider", init=False)


Block = Paragraph | Heading | Listing | Table | Quote | Code | Divider


def markdown_blocks(text: str) -> list[Block]:
    """The blocks of a Markdown text (CommonMark with tables).

    Raw HTML stays text, a picture becomes its description, and a link keeps its words and address.
    Any text is accepted; what is not Markdown is a paragraph.
    """
    tree = SyntaxTreeNode(_parser().parse(text))
    return list(_blocks(tree.children))


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _blocks(nodes: Sequence[SyntaxTreeNode]) -> tuple[Block, ...]:
    return tuple(block for node in nodes if (block := _block(node)) is not None)


def _block(node: SyntaxTreeNode) -> Block | None:
    match node.type:
        case "heading":
            return Heading(_inline(node), int(node.tag[1:]))
        case "bullet_list":
            return Listing(tuple(_blocks(item.children) for item in node.children))
        case "ordered_list":
            items = tuple(_blocks(item.children) for item in node.children)
            return Listing(items, ordered=True, start=int(node.attrs.get("start", 1)))
        case "table":
            return _table(node)
        case "blockquote":
            return Quote(_blocks(node.children))
        case "fence" | "code_block":
            return Code(node.content.rstrip("\n"))
        case "hr":
            return Divider()
        case _:
            runs = _inline(node)
            return Paragraph(runs) if runs else None


def _table(node: SyntaxTreeNode) -> Table:
    rows = [tuple(_inline(cell) for cell in row.children) for part in node.children for row in part.children]
    return Table(rows[0], tuple(rows[1:]))


def _inline(node: SyntaxTreeNode) -> tuple[Run, ...]:
    runs: list[Run] = []
    for child in node.children:
        runs.extend(_runs(child.children if child.type == "inline" else [child], Run("")))
    return tuple(_joined(runs))


def _runs(nodes: Sequence[SyntaxTreeNode], style: Run) -> list[Run]:
    """The runs below some inline nodes, each in the style of the nodes around it."""
    found: list[Run] = []
    for node in nodes:
        match node.type:
            case "strong":
                found += _runs(node.children, replace(style, bold=True))
            case "em":
                found += _runs(node.children, replace(style, italic=True))
            case "link":
                found += _link(node, style)
            case "code_inline":
                found.append(replace(style, text=node.content, code=True))
            case "softbreak":
                found.append(replace(style, text=" "))
            case "hardbreak":
                found.append(replace(style, text="\n"))
            case "image":
                found += _runs(node.children, style) or [replace(style, text="picture")]
            case _:
                found.append(replace(style, text=node.content))
    return found


def _link(node: SyntaxTreeNode, style: Run) -> list[Run]:
    """The words of a link with its address; the address alone when the words already say it."""
    address = str(node.attrs.get("href", ""))
    words = _runs(node.children, replace(style, address=address))
    if not words:
        return [replace(style, text=address)]
    spoken = "".join(run.text for run in words)
    if address.removeprefix("mailto:") == spoken:
        return [replace(run, address="") for run in words]
    return words


def _joined(runs: Sequence[Run]) -> list[Run]:
    """Neighbouring runs of one style as one, empty ones left out."""
    joined: list[Run] = []
    for run in runs:
        if joined and replace(joined[-1], text="") == replace(run, text=""):
            joined[-1] = replace(run, text=joined[-1].text + run.text)
        elif run.text:
            joined.append(run)
    return joined
