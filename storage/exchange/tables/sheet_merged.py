"""Cells merged over several rows, filled down: every row they cover gets what they say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from storage.exchange.tables.sheet import Cell

Numbered = tuple[int, Sequence[Cell]]
_ROWS = re.compile(r"[A-Z]*(\d+):[A-Z]*(\d+)|rows (\d+) to (\d+)")


@dataclass(frozen=True, slots=True)
class Merged:
    """One merge: its first and last row and its first column, counted from 1."""

    first: int
    last: int
    column: int


def merged(column: int, words: str) -> Merged | None:
    """A merge from its column and what the reading process said of its rows; None for other words."""
    found = _ROWS.fullmatch(words)
    if found is None:
        return None
    first, last = (int(each) for each in found.groups() if each is not None)
    return Merged(first, last, column)


def filled(rows: Sequence[Numbered], merges: Iterable[Merged]) -> list[Numbered]:
    """The rows with what stands in the first row of each merge in all others that are there and blank in its column."""
    made = {number: list(cells) for number, cells in rows}
    for merge in merges:
        top = made.get(merge.first, [])
        said = top[merge.column - 1] if len(top) >= merge.column else None
        if said is None or said == "":
            continue
        for number in range(merge.first + 1, min(merge.last, max(made)) + 1):
            if (cells := made.get(number)) is None:
                continue
            cells += [None] * (merge.column - len(cells))
            if cells[merge.column - 1] in (None, ""):
                cells[merge.column - 1] = said
    return list(made.items())
