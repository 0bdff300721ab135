"""What changed between two texts, word by word, as one tree whose runs say what was put in and what taken out.

Taking out what was put in gives the first text again, taking out what was taken out the second (`before`, `after`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import TypeVar

from storage.text.plain import in_short
from storage.text.tree import (
    Block,
    Change,
    Code,
    Divider,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Quote,
    Run,
    Runs,
    Style,
    Table,
    joined,
    words_of,
)

ALIKE = 0.4  # share of words in common from which two pieces count as one that was changed
_WORD = re.compile(r"\w+|\s+|[^\w\s]")
T = TypeVar("T")
Word = tuple[str, Style]
Pair = tuple[T | None, T | None]


def changed_blocks(old: Sequence[Block], new: Sequence[Block]) -> tuple[Block, ...]:
    """Two texts as one, with what changed marked in it."""
    made: list[Block] = []
    for before, after in paired(old, new, key=lambda b: b, likeness=_likeness):
        made += _merged(before, after)
    return tuple(made)


def changed_runs(old: Runs, new: Runs) -> Runs:
    """Two lines of text as one, with the words that changed marked in it."""
    if old == new:
        return new
    first, second = _words(old), _words(new)
    begin = _alike_at(first, second)
    end = _alike_at(first[begin:][::-1], second[begin:][::-1])
    head, rest = second[:begin], second[len(second) - end :]
    first, second = first[begin : len(first) - end], second[begin : len(second) - end]
    made = _marked_words(head, "")
    # Words that stay but in another style are taken out and put in again.
    for kind, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if kind == "equal" and not _is_gap(first[a:b], made, len(first) - b):
            made += _marked_words(second[c:d], "")
        else:
            made += _marked_words(first[a:b], "out") + _marked_words(second[c:d], "in")
    return joined(list(_gathered(made + _marked_words(rest, ""))))


def _alike_at(first: Sequence[Word], second: Sequence[Word]) -> int:
    """How many words at the beginning of both are the same."""
    return next(
        (n for n, (a, b) in enumerate(zip(first, second, strict=False)) if a != b),
        min(len(first), len(second)),
    )


def _marked_words(words: Sequence[Word], change: Change) -> list[Run]:
    return [Run(word, *style[:-1], change) for word, style in words]


def marked(block: Block, change: Change) -> Block:
    """A block all of which was put in or taken out."""
    match block:
        case Paragraph() | Heading():
            return replace(block, runs=_all(block.runs, change))
        case Listing():
            return replace(block, items=tuple(tuple(marked(b, change) for b in item) for item in block.items))
        case Table():
            return Table(
                tuple(_all(cell, change) for cell in block.header),
                tuple(tuple(_all(cell, change) for cell in row) for row in block.rows),
            )
        case Quote():
            return Quote(tuple(marked(b, change) for b in block.blocks))
        case Code() | Picture():
            return replace(block, change=change)
        case Divider():
            return block


def has_change(blocks: Sequence[Block]) -> bool:
    """Whether anything is marked in some blocks."""
    return any(change for block in blocks for change in changes_in(block))


def changes_in(block: Block) -> Iterator[Change]:
    """What the pieces of a block say of themselves, in reading order."""
    match block:
        case Paragraph() | Heading():
            yield from (run.change for run in block.runs)
        case Listing():
            yield from (change for item in block.items for b in item for change in changes_in(b))
        case Table():
            yield from (run.change for row in (block.header, *block.rows) for cell in row for run in cell)
        case Quote():
            yield from (change for b in block.blocks for change in changes_in(b))
        case Code() | Picture():
            yield block.change


def paired(
    old: Sequence[T], new: Sequence[T], *, key: Callable[[T], Hashable], likeness: Callable[[T, T], float]
) -> Iterator[Pair[T]]:
    """Two rows of pieces side by side, in the order of both: the same, the changed, and those on one side only."""
    matcher = SequenceMatcher(None, [key(x) for x in old], [key(x) for x in new], autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            yield from zip(old[a:b], new[c:d], strict=True)
        else:
            yield from _alike(old[a:b], new[c:d], likeness)


def _alike(old: Sequence[T], new: Sequence[T], likeness: Callable[[T, T], float]) -> Iterator[Pair[T]]:
    """Pieces that differ: the most alike one opposite the first is its other form, what lies between stands alone."""
    done = 0
    for piece in old:
        rest = [(likeness(piece, other), -place) for place, other in enumerate(new[done:])]
        best, place = max(rest, default=(0.0, 0))
        if best < ALIKE:
            yield piece, None
            continue
        for other in new[done : done - place]:
            yield None, other
        done -= place
        yield piece, new[done]
        done += 1
    for other in new[done:]:
        yield None, other


def _likeness(old: Block, new: Block) -> float:
    if old.kind != new.kind or not _same_frame(old, new):
        return 0.0
    return words_alike(in_short(old), in_short(new))


def words_alike(old: str, new: str) -> float:
    """How much of two texts is the same, from 0 to 1; words are counted, not their order."""
    first, second = old.casefold().split(), new.casefold().split()
    if not first or not second:
        return 1.0 if first == second else 0.0
    left = list(second)
    shared = 0
    for word in first:
        if word in left:
            left.remove(word)
            shared += 1
    return 2 * shared / (len(first) + len(second))


def _same_frame(old: Block, new: Block) -> bool:
    """Whether what is around the words is the same, so that the two can be shown as one."""
    match old, new:
        case Heading(), Heading():
            return old.level == new.level
        case Listing(), Listing():
            return (old.ordered, old.start) == (new.ordered, new.start)
        case Table(), Table():
            return len(old.header) == len(new.header)
        case (Code(), Code()) | (Picture(), Picture()):
            return False
    return True


def _merged(old: Block | None, new: Block | None) -> list[Block]:
    if old is None or new is None or old == new:
        whole = new if new is not None else old
        change: Change = "in" if old is None else "out" if new is None else ""
        return [marked(whole, change) if change else whole] if whole is not None else []
    match old, new:
        case Paragraph(), Paragraph():
            return [Paragraph(changed_runs(old.runs, new.runs))]
        case Heading(), Heading():
            return [replace(new, runs=changed_runs(old.runs, new.runs))]
        case Listing(), Listing():
            return [replace(new, items=tuple(_items(old, new)))]
        case Table(), Table():
            return [Table(_cells(old.header, new.header), tuple(_rows(old, new)))]
        case Quote(), Quote():
            return [Quote(changed_blocks(old.blocks, new.blocks))]
    return [marked(old, "out"), marked(new, "in")]


def _items(old: Listing, new: Listing) -> Iterator[tuple[Block, ...]]:
    def likeness(a: tuple[Block, ...], b: tuple[Block, ...]) -> float:
        return words_alike(" ".join(map(in_short, a)), " ".join(map(in_short, b)))

    for before, after in paired(old.items, new.items, key=lambda item: item, likeness=likeness):
        yield changed_blocks(before or (), after or ())


def _rows(old: Table, new: Table) -> Iterator[tuple[Runs, ...]]:
    def likeness(a: tuple[Runs, ...], b: tuple[Runs, ...]) -> float:
        return words_alike(" ".join(map(words_of, a)), " ".join(map(words_of, b)))

    empty: tuple[Runs, ...] = ((),) * len(new.header)
    for before, after in paired(old.rows, new.rows, key=lambda row: row, likeness=likeness):
        yield _cells(before or empty, after or empty)


def _cells(old: Sequence[Runs], new: Sequence[Runs]) -> tuple[Runs, ...]:
    return tuple(changed_runs(a, b) for a, b in zip(old, new, strict=True))


def _all(runs: Runs, change: Change) -> Runs:
    return tuple(replace(run, change=change) for run in runs)


def _words(runs: Runs) -> list[Word]:
    return [(word, run.style) for run in runs for word in _WORD.findall(run.text)]


def _is_gap(same: Sequence[Word], before: Sequence[Run], after: int) -> bool:
    """Whether what stays is only a space between two changes: it reads better as part of them."""
    return bool(before and before[-1].change and after) and all(word.isspace() for word, _ in same)


def _gathered(runs: Sequence[Run]) -> Iterator[Run]:
    """Of changes that touch, what was taken out before what was put in."""
    waiting: dict[str, list[Run]] = {"out": [], "in": []}
    for run in runs:
        if run.change:
            waiting[run.change].append(run)
            continue
        yield from (*waiting["out"], *waiting["in"])
        waiting = {"out": [], "in": []}
        yield run
    yield from (*waiting["out"], *waiting["in"])
