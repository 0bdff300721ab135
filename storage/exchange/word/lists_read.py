"""Puts the points of a Word document together into lists within lists: Word only numbers and indents its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from storage.exchange.word.styles import CONTINUED
from storage.text.tree import Block, Listing, Paragraph

_STYLE = re.compile(r"list (?:bullet|number|paragraph)? ?([2-9])", re.IGNORECASE)
Line = dict[str, object]


@dataclass(slots=True)
class _List:
    """A list that is open: its number in the file, how deep it is, and what it holds so far."""

    number: str
    level: int
    ordered: bool
    start: int
    items: list[list[Block]] = field(default_factory=list)

    def closed(self) -> Listing:
        return Listing(
            tuple(tuple(item) for item in self.items),
            ordered=self.ordered,
            start=self.start if self.ordered else 1,
        )


def _level_of(style: str) -> int:
    """The level that Word's own styles of lists have by their names: `List Bullet 2` is one within another."""
    found = _STYLE.fullmatch(style)
    return int(found[1]) - 1 if found else 0


class ListBuilder:
    """The lists open at one place of a text, the outermost first."""

    def __init__(self) -> None:
        self._open: list[_List] = []
        self._counts: dict[tuple[str, int], int] = {}

    def take(self, line: Line, blocks: Sequence[Block], into: list[Block]) -> bool:
        """Take a paragraph of a list, or what goes on in it; anything else ends the lists. True when it was taken."""
        style = str(line.get("style", ""))
        held = cast("tuple[str, int, bool, int] | None", line.get("list"))
        if held and blocks and isinstance(blocks[0], Paragraph):
            number, level, ordered, start = held
            self._point(number, max(level, _level_of(style)), ordered, start, blocks, into)
            return True
        if self._open and style in CONTINUED and blocks:
            self._close_below(CONTINUED.index(style), into)
            if self._open:
                self._open[-1].items[-1].extend(blocks)
                return True
        if not blocks and "runs" in line:
            return True  # an empty paragraph between points does not end their list
        self.close(into)
        return False

    def close(self, into: list[Block]) -> None:
        """End every list, and put the outermost into the text."""
        self._close_below(-1, into)

    def _point(
        self, number: str, level: int, ordered: bool, start: int, blocks: Sequence[Block], into: list[Block]
    ) -> None:
        self._close_below(level, into)
        last = self._open[-1] if self._open else None
        if last is not None and last.level == level and (last.number, last.ordered) != (number, ordered):
            self._close_below(level - 1, into)
            last = self._open[-1] if self._open else None
        if last is None or last.level < level:
            self._open.append(_List(number, level, ordered, self._counts.get((number, level), start - 1) + 1))
        self._open[-1].items.append(list(blocks))
        opened = self._open[-1]
        self._counts[number, level] = opened.start + len(opened.items) - 1
        for deeper in [key for key in self._counts if key[0] == number and key[1] > level]:
            del self._counts[deeper]

    def _close_below(self, level: int, into: list[Block]) -> None:
        """End the lists that are deeper than a level, each into the point it stands under."""
        while self._open and self._open[-1].level > level:
            done = self._open.pop().closed()
            if self._open:
                self._open[-1].items[-1].append(done)
            else:
                into.append(done)
