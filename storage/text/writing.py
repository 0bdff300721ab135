"""Writes the tree as Markdown that reads back to the same tree: what came from Word or was put together by program."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from storage.text.reading import read_markdown, tidy
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
    words_of,
)

_MARKS = re.compile(r"([\\`*_\[\]<>&~|!])")
_NUMBER = re.compile(r"^(\d{1,9})([.)])", re.MULTILINE)


def write_markdown(blocks: Sequence[Block]) -> str:
    """The blocks as Markdown. Words are never lost; a style that Markdown cannot say in a place is left out there."""
    return "\n\n".join(_written(blocks))


def _written(blocks: Sequence[Block]) -> list[str]:
    made: list[str] = []
    other = False
    before: Block | None = None
    for block in blocks:
        # Two lists in a row would be read as one if they had the same marks.
        other = _runs_on(before, block) and not other
        if words := _block(block, other=other):
            made.append(words)
            before = block
    return made


def _runs_on(before: Block | None, block: Block) -> bool:
    return isinstance(before, Listing) and isinstance(block, Listing) and before.ordered == block.ordered


def _block(block: Block, *, other: bool) -> str:
    match block:
        case Paragraph():
            return _line(block.runs)
        case Heading():
            words = _line(tuple(replace(run, text=run.text.replace("\n", " ")) for run in block.runs))
            return f"{'#' * max(1, min(block.level, 6))} {_closed(words)}" if words else ""
        case Listing():
            return _list(block, other=other)
        case Table():
            return _table(block)
        case Quote():
            return "\n".join(f"> {line}".rstrip() for line in write_markdown(block.blocks).split("\n"))
        case Code():
            return _code(block.text)
        case Picture():
            return _picture(block)
        case Divider():
            return "***"


def _closed(words: str) -> str:
    """The words of a heading, whose last # would be taken for its end."""
    return re.sub(r"(#+)$", lambda found: "\\#" * len(found[1]), words)


def _list(block: Listing, *, other: bool) -> str:
    lines = []
    for place, item in enumerate(block.items):
        end = ")" if other else "."
        mark = f"{block.start + place}{end}" if block.ordered else ("*" if other else "-")
        written = write_markdown(item).split("\n")
        room = " " * (len(mark) + 1)
        lines += [f"{mark} {written[0]}".rstrip(), *((room + line).rstrip() for line in written[1:])]
    return "\n".join(lines)


def _table(block: Table) -> str:
    width = len(block.header)
    rows = [block.header, *block.rows]
    lines = [f"| {' | '.join(_cell(cell) for cell in row)} |" for row in rows]
    return "\n".join([lines[0], f"|{' --- |' * width}", *lines[1:]])


def _cell(runs: Runs) -> str:
    return re.sub(r"\\\n", "<br>", _line(runs)).replace("\n", " ")


def _code(text: str) -> str:
    fence = "`" * max(3, max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    return f"{fence}\n{text}\n{fence}"


def _picture(block: Picture) -> str:
    caption = re.sub(r'([\\"&])', r"\\\1", block.caption)
    said = f' "{caption}"' if caption else ""
    return f"![{_escaped(block.alt)}]({PICTURE}{block.uuid}{said})"


def _line(runs: Runs) -> str:
    """The runs of one paragraph, heading or cell; without styles where those would not be read back."""
    made = tidy(runs)
    if not made:
        return ""
    written = _first("".join(_styled(run) for run in made))
    if all(run == Run(run.text) for run in made) or _reads(written, made):
        return written
    spaced = _first("".join(_styled_inside(run) for run in made))
    return spaced if _reads_words(spaced, made) else _first(_escaped(words_of(made)))


def _reads(written: str, runs: Runs) -> bool:
    found = read_markdown(written)
    return found == (Paragraph(runs),)


def _reads_words(written: str, runs: Runs) -> bool:
    found = read_markdown(written)
    return len(found) == 1 and isinstance(found[0], Paragraph) and words_of(found[0].runs) == words_of(runs)


def _styled(run: Run) -> str:
    words = _code_words(run.text) if run.code else _escaped(run.text)
    for on, mark in ((run.struck, "~~"), (run.italic, "*"), (run.bold, "**")):
        words = f"{mark}{words}{mark}" if on else words
    return f"[{words}](<{run.address}>)" if run.address else words


def _styled_inside(run: Run) -> str:
    """The same with the spaces at both ends outside the marks, where marks are read only beside words."""
    inner = run.text.strip()
    if not inner:
        return _escaped(run.text)
    before, _, after = run.text.partition(inner)
    return f"{_escaped(before)}{_styled(replace(run, text=inner))}{_escaped(after)}"


def _code_words(text: str) -> str:
    tick = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    room = " " if text.startswith(("`", " ")) or text.endswith(("`", " ")) else ""
    return f"{tick}{room}{text}{room}{tick}"


def _escaped(text: str) -> str:
    return _MARKS.sub(r"\\\1", text).replace("\n", "\\\n")


def _first(written: str) -> str:
    """Marks that begin a list, a heading or an underline only at the beginning of a line, made plain there."""
    plain = re.sub(r"^([#+\-=])", r"\\\1", written, flags=re.MULTILINE)
    return _NUMBER.sub(r"\1\\\2", plain)
