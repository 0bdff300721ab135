"""The lines a Word document was read into as parts by heading: lists put together, captions given to their pictures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from storage.desk.specification.specification_rows import KEYS
from storage.exchange.tables.sheet import clean
from storage.exchange.word.headings import Headings, Kind
from storage.exchange.word.lists_read import ListBuilder
from storage.exchange.word.source import Part, Told
from storage.exchange.word.styles import BLANK, CODE_TEXT, DIVIDER, SECTION, TABLE, TEXT_HEADING
from storage.text.reading import is_live, tidy
from storage.text.tree import (
    Block,
    Code,
    Divider,
    Heading,
    Paragraph,
    Picture,
    Quote,
    Run,
    Runs,
    Table,
    joined,
    words_of,
)

Line = dict[str, object]
NESTED, SOURCE = "nested", "picture:"
"""A table within a table is told; a picture not yet attached is named by its part, with this before it."""

_ROWS = {key.replace("-", ""): key for key in KEYS}
_BOLD, _ITALIC, _CODE, _STRUCK = 1, 2, 4, 8
_OURS = re.compile(r"attachment:([0-9a-f-]{36})")


@dataclass(slots=True)
class _Open:
    """The part that is being filled."""

    heading: str = ""
    level: int = 0
    section: str = ""
    blocks: list[Block] = field(default_factory=list)
    notes: list[Block] = field(default_factory=list)

    def closed(self) -> Part:
        return Part(self.heading, self.level, (*self.blocks, *self.notes), self.section)


class Shape:
    """Puts one document together."""

    def __init__(self, headings: Sequence[str] = ()) -> None:
        self._headings = Headings(headings)
        self._told: list[Told] = []
        self.title = ""
        self.ours: dict[str, str] = {}  # pictures of a document of ours: their part, and the UUID they had

    @property
    def told(self) -> tuple[Told, ...]:
        """What could not be kept as it was."""
        return tuple(self._told)

    def parts(self, lines: Sequence[Line]) -> tuple[Part, ...]:
        """The parts of the document in their order; the first is what stands before any heading."""
        flat = self._unframed(lines)
        self._headings.look(flat)
        held = _Open()
        done: list[Part] = []
        lists = ListBuilder()
        for line in flat:
            kind, level, words = self._headings.of(line)
            if kind is Kind.HEADING:
                lists.close(held.blocks)
                done.append(held.closed())
                held = _Open(clean(words), level, _section(line))
            elif "note" in line:
                held.notes.append(Paragraph((Run(clean(str(line["note"]))),)))
            else:
                self._put(held, lists, line, kind)
        lists.close(held.blocks)
        done.append(held.closed())
        return tuple(p for p in done if p.heading or p.blocks)

    def _put(self, held: _Open, lists: ListBuilder, line: Line, kind: Kind) -> None:
        """Put a line that is no heading into the part that is open."""
        blocks = self._blocks(line, kind)
        if lists.take(line, blocks, held.blocks):
            return
        for block in blocks:
            _add(held.blocks, block, captioned=_is_caption(line))

    def _blocks(self, line: Line, kind: Kind) -> list[Block]:
        if "rows" in line:
            return self._table(line)
        if "box" in line:
            inner = [b for each in cast("list[Line]", line["box"]) for b in self._blocks(each, Kind.TEXT)]
            return [Quote(tuple(inner))] if inner else []
        if "shows" in line:
            return [self._picture(line)]
        return self._paragraph(line, kind)

    def _paragraph(self, line: Line, kind: Kind) -> list[Block]:
        runs, style = self.runs(line), str(line.get("style", ""))
        if style == DIVIDER:
            return [Divider()]
        if not runs or style == BLANK:
            return []
        if kind is Kind.TITLE and not self.title:
            self.title = words_of(runs).replace("\n", " ")
        if style.startswith(f"{TEXT_HEADING} "):
            return [Heading(runs, int(style[-1]))]
        if style == CODE_TEXT:
            return [Code(words_of(runs))]
        if style.casefold() in ("quote", "intense quote"):
            return [Quote((Paragraph(runs),))]
        return [Paragraph(runs)]

    def runs(self, line: Line) -> Runs:
        """The words of a paragraph, cleaned, links only where they are live."""
        made = []
        for words, flags, address in cast("list[tuple[str, int, str]]", line.get("runs") or []):
            live = address if is_live(address) else ""
            made.append(
                Run(
                    clean(words),
                    bool(flags & _BOLD),
                    bool(flags & _ITALIC),
                    bool(flags & _CODE),
                    live,
                    bool(flags & _STRUCK),
                )
            )
            if address and not live and address not in words:
                made.append(Run(f" ({clean(address)})"))
        return tidy(made)

    def _picture(self, line: Line) -> Picture:
        part, name = str(line["shows"]), str(line["name"])
        if known := _OURS.fullmatch(name):
            self.ours[part] = known[1]
        return Picture(f"{SOURCE}{part}", " ".join(clean(str(line["alt"])).split()))

    # ---- tables

    def _unframed(self, lines: Sequence[Line]) -> list[Line]:
        """Tables of one column, which only draw a frame around text, as the text within them."""
        made: list[Line] = []
        for line in lines:
            rows = cast("list[list[list[Line]]]", line.get("rows") or [])
            filled = [[cell for cell in row if cell] for row in rows]
            if "rows" in line and line.get("style") != TABLE and all(len(row) <= 1 for row in filled):
                made += self._unframed([inner for row in filled for cell in row for inner in cell])
            else:
                made.append(line)
        return made

    def _table(self, line: Line) -> list[Block]:
        """A table; what a cell cannot hold, pictures and the rows of a table within it, follows it."""
        after: list[Block] = []
        rows = [
            [self._cell(cell, after) for cell in row] for row in cast("list[list[list[Line]]]", line["rows"])
        ]
        width = max(map(len, rows), default=0)
        filled = [(*row, *((),) * (width - len(row))) for row in rows if row]
        return [Table(filled[0], tuple(filled[1:])), *after] if filled and width else after

    def _cell(self, lines: Sequence[Line], after: list[Block]) -> Runs:
        """The lines of a cell as one text with line breaks; points of lists keep a sign."""
        made: list[Run] = []
        counts: dict[tuple[object, object], int] = {}
        for line in lines:
            if "shows" in line:
                after.append(self._picture(line))
            elif "rows" in line:
                self._told.append(Told(NESTED, ""))
                after += self._table(line)
            elif "box" in line:
                after += self._blocks(line, Kind.TEXT)
            elif runs := self._cell_line(line, counts):
                made += [Run("\n"), *runs] if made else runs
        return tidy(made)

    def _cell_line(self, line: Line, counts: dict[tuple[object, object], int]) -> Runs:
        if "note" in line:
            return (Run(clean(str(line["note"]))),)
        runs = self.runs(line)
        if not runs or not line.get("list"):
            return runs
        number, level, ordered, start = cast("tuple[str, int, bool, int]", line["list"])
        place = counts[number, level] = counts.get((number, level), start - 1) + 1
        return joined([Run(f"{place}. " if ordered else "• "), *runs])


def _section(line: Line) -> str:
    """The UUID of the section that a heading of ours stands for, or the name of what is kept as rows; else empty."""
    mark = str(line.get("bookmark", ""))
    key = mark.removeprefix(SECTION)
    if key in _ROWS:
        return _ROWS[key]
    if key == mark or not re.fullmatch(r"[0-9a-f]{32}", key):
        return ""
    return "-".join((key[:8], key[8:12], key[12:16], key[16:20], key[20:]))


def _is_caption(line: Line) -> bool:
    return str(line.get("style", "")).casefold() == "caption"


def _add(blocks: list[Block], block: Block, *, captioned: bool) -> None:
    """Add a block; a caption goes to the picture above it, a quotation goes on in the one above it."""
    last = blocks[-1] if blocks else None
    if captioned and isinstance(block, Paragraph) and isinstance(last, Picture) and not last.caption:
        blocks[-1] = replace(last, caption=" ".join(words_of(block.runs).split()))
    elif isinstance(block, Quote) and isinstance(last, Quote):
        blocks[-1] = Quote((*last.blocks, *block.blocks))
    else:
        blocks.append(block)


def attached(blocks: Sequence[Block], uuids: dict[str, str]) -> tuple[Block, ...]:
    """The blocks with their pictures named by the attachments they became; one without becomes its words."""
    made: list[Block] = []
    for block in blocks:
        if not isinstance(block, Picture):
            made.append(block)
        elif uuid := uuids.get(block.uuid.removeprefix(SOURCE)):
            made.append(replace(block, uuid=uuid))
        else:
            words = f"[Picture: {block.alt or block.caption or 'picture'}]"
            made.append(Paragraph((Run(words, italic=True),)))
    return tuple(made)
