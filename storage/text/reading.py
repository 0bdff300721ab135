"""Reads Markdown into the tree; nothing is fetched or run, and any text at all can be read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from storage.desk.addresses import is_address
from storage.text.tree import (
    PICTURE,
    Block,
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
    joined,
    restyled,
)

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.tree import SyntaxTreeNode

KEPT = 4_000  # texts whose tree is kept: the sections of some two hundred specifications
_LIVE = ("https://", "http://", "mailto:")
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)


@lru_cache(maxsize=KEPT)
def read_markdown(text: str) -> tuple[Block, ...]:
    """The blocks of a Markdown text (CommonMark with tables and strikethrough).

    Raw HTML stays text, save for `<br>`, which breaks a line, since the cell of a table has no other way. An
    attached picture on a line of its own is a `Picture`; any other becomes its description. A link that is
    no web or e-mail address becomes text. What is not Markdown is a paragraph.
    """
    from markdown_it.tree import SyntaxTreeNode

    return _blocks(SyntaxTreeNode(_parser().parse(text)).children)


def is_live(address: str) -> bool:
    """Whether a link may be followed: http, https or mailto, and nothing that hides where it leads."""
    return address.lower().startswith(_LIVE) and is_address(address)


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.inline.ruler.before("autolink", "cell_break", _break_rule)
    return parser


def _break_rule(state: StateInline, silent: bool) -> bool:
    """`<br>` as a line break, in the manner of the parser's own rules."""
    found = _BREAK.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        state.push("hardbreak", "br", 0)
    state.pos = found.end()
    return True


def _blocks(nodes: Sequence[SyntaxTreeNode]) -> tuple[Block, ...]:
    return tuple(block for node in nodes for block in _block(node))


def _block(node: SyntaxTreeNode) -> list[Block]:
    match node.type:
        case "heading":
            return [Heading(_inline(node), int(node.tag[1:]))]
        case "bullet_list":
            return [Listing(tuple(_blocks(item.children) for item in node.children))]
        case "ordered_list":
            items = tuple(_blocks(item.children) for item in node.children)
            return [Listing(items, ordered=True, start=int(node.attrs.get("start", 1)))]
        case "table":
            return [_table(node)]
        case "blockquote":
            return [Quote(_blocks(node.children))]
        case "fence" | "code_block":
            return [Code(node.content.rstrip("\n"))]
        case "hr":
            return [Divider()]
        case _:
            return _paragraphs(node)


def _table(node: SyntaxTreeNode) -> Table:
    rows = [tuple(_inline(cell) for cell in row.children) for part in node.children for row in part.children]
    return Table(rows[0], tuple(rows[1:]))


def _paragraphs(node: SyntaxTreeNode) -> list[Block]:
    """A paragraph; attached pictures in it stand by themselves, with the text before and after."""
    found: list[Block] = []
    runs: list[Run] = []
    for child in (inner for part in node.children for inner in part.children):
        picture = _picture(child)
        if picture is None:
            runs += _runs([child], Run(""))
            continue
        found += [*_paragraph(runs), picture]
        runs = []
    return found + _paragraph(runs)


def _paragraph(runs: Sequence[Run]) -> list[Block]:
    made = tidy(runs)
    return [Paragraph(made)] if made else []


def _picture(node: SyntaxTreeNode) -> Picture | None:
    address = str(node.attrs.get("src", "")) if node.type == "image" else ""
    if not address.startswith(PICTURE):
        return None
    alt = "".join(run.text for run in _runs(node.children, Run("")))
    caption = str(node.attrs.get("title", ""))
    return Picture(address.removeprefix(PICTURE), " ".join(alt.split()), " ".join(caption.split()))


def _inline(node: SyntaxTreeNode) -> Runs:
    runs: list[Run] = []
    for child in node.children:
        runs.extend(_runs(child.children if child.type == "inline" else [child], Run("")))
    return tidy(runs)


def tidy(runs: Sequence[Run]) -> Runs:
    """Runs as a paragraph holds them: neighbours of one style joined, no space at its ends or beside a line break."""
    made = list(joined(runs))
    if any("\n" in run.text for run in made):
        made = _lines_tidied(made)
    while made and not made[0].text.strip():
        made.pop(0)
    while made and not made[-1].text.strip():
        made.pop()
    if made and made[0].text[0].isspace():
        made[0] = restyled(made[0], made[0].text.lstrip())
    if made and made[-1].text[-1].isspace():
        made[-1] = restyled(made[-1], made[-1].text.rstrip())
    return tuple(made)


def _lines_tidied(runs: Sequence[Run]) -> list[Run]:
    """Runs without a space beside a line break."""
    made = list(runs)
    for place, run in enumerate(made):
        words = re.sub(r"[^\S\n]*\n[^\S\n]*", "\n", run.text)
        if place and made[place - 1].text.endswith("\n"):
            words = words.lstrip(" \t")
        after = made[place + 1].text if place + 1 < len(made) else ""
        made[place] = restyled(run, words.rstrip(" \t") if after.startswith("\n") else words)
    return list(joined(made))


def _runs(nodes: Sequence[SyntaxTreeNode], style: Run) -> list[Run]:
    """The runs below some inline nodes, each in the style of the nodes around it."""
    found: list[Run] = []
    for node in nodes:
        match node.type:
            case "strong":
                found += _runs(node.children, replace(style, bold=True))
            case "em":
                found += _runs(node.children, replace(style, italic=True))
            case "s":
                found += _runs(node.children, replace(style, struck=True))
            case "link":
                found += _link(node, style)
            case "code_inline":
                found.append(Run(node.content, style.bold, style.italic, True, style.address, style.struck))
            case "softbreak":
                found.append(restyled(style, " "))
            case "hardbreak":
                found.append(restyled(style, "\n"))
            case "image":
                found += _runs(node.children, style) or [restyled(style, "picture")]
            case _:
                found.append(restyled(style, node.content))
    return found


def _link(node: SyntaxTreeNode, style: Run) -> list[Run]:
    """The words of a link with its address; one that may not be followed has the address behind its words."""
    address = str(node.attrs.get("href", ""))
    live = is_live(address)
    words = _runs(node.children, replace(style, address=address if live else ""))
    if not "".join(run.text for run in words).strip():
        return [*words, replace(style, text=address, address=address if live else "")]
    spoken = "".join(run.text for run in words)
    if live or address in ("", spoken):
        return words
    return [*words, restyled(style, f" ({address})")]
