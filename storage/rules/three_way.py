"""Three readings of one text put together: what each side changed of a common origin, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of paragraphs. Where only one side changed it, `mine` and `theirs` hold what it is to be."""

    origin: tuple[str, ...]
    mine: tuple[str, ...]
    theirs: tuple[str, ...]

    @property
    def conflicts(self) -> bool:
        """Whether both sides changed it, and differently."""
        return self.mine != self.theirs and self.origin not in (self.mine, self.theirs)

    @property
    def merged(self) -> tuple[str, ...]:
        """What it becomes: the change of the side that made one; nothing may be asked of a conflict."""
        if self.conflicts:
            raise ValueError("both sides changed this")
        return self.theirs if self.mine == self.origin else self.mine


def paragraphs(words: str) -> tuple[str, ...]:
    """The paragraphs of a text, blank lines between them left out; a table or a list is one paragraph."""
    found: list[list[str]] = [[]]
    for line in words.splitlines():
        if line.strip():
            found[-1].append(line.rstrip())
        elif found[-1]:
            found.append([])
    return tuple("\n".join(each) for each in found if each)


def chunks(origin: str, mine: str, theirs: str) -> tuple[Chunk, ...]:
    """The texts side by side: stretches all three share, and stretches that at least one side changed."""
    base, ours, others = paragraphs(origin), paragraphs(mine), paragraphs(theirs)
    made, at, at_mine, at_theirs = list[Chunk](), 0, 0, 0
    for start, start_mine, start_theirs, size in _shared(base, ours, others):
        before = Chunk(base[at:start], ours[at_mine:start_mine], others[at_theirs:start_theirs])
        if before.origin or before.mine or before.theirs:
            made += _apart(before)
        same = base[start : start + size]
        if same:
            made.append(Chunk(same, same, same))
        at, at_mine, at_theirs = start + size, start_mine + size, start_theirs + size
    return tuple(made)


def _apart(chunk: Chunk) -> list[Chunk]:
    """A stretch in which each paragraph has its own on both sides, paragraph by paragraph: neighbours do not clash."""
    if not chunk.conflicts or len({len(chunk.origin), len(chunk.mine), len(chunk.theirs)}) > 1:
        return [chunk]
    rows = zip(chunk.origin, chunk.mine, chunk.theirs, strict=True)
    return [Chunk((origin,), (mine,), (theirs,)) for origin, mine, theirs in rows]


def _shared(
    base: Sequence[str], ours: Sequence[str], others: Sequence[str]
) -> list[tuple[int, int, int, int]]:
    """Runs of paragraphs that stand in all three: where in each, and how many; the end of all three closes the list."""
    in_mine, in_theirs = _places(base, ours), _places(base, others)
    found: list[tuple[int, int, int, int]] = []
    for place in range(len(base)):
        here, there = in_mine.get(place), in_theirs.get(place)
        if here is None or there is None:
            continue
        last = found[-1] if found else None
        if last and (last[0] + last[3], last[1] + last[3], last[2] + last[3]) == (place, here, there):
            found[-1] = (*last[:3], last[3] + 1)
        else:
            found.append((place, here, there, 1))
    return [*found, (len(base), len(ours), len(others), 0)]


def _places(base: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    """Where each paragraph of the origin stands in another text, as far as it stands there in the same order."""
    matcher = SequenceMatcher(a=list(base), b=list(other), autojunk=False)
    return {a + n: b + n for a, b, size in matcher.get_matching_blocks() for n in range(size)}


def merged(origin: str, mine: str, theirs: str, between: str) -> tuple[str, int]:
    """One text of both sides’ changes, and how many stretches both changed.

    There both readings stand, mine first, then `between` as a paragraph, then theirs as a quotation: nothing is lost,
    and somebody decides.
    """
    words, clashes = list[str](), 0
    for chunk in chunks(origin, mine, theirs):
        if not chunk.conflicts:
            words += chunk.merged
            continue
        clashes += 1
        words += [*chunk.mine, between, *(_quoted(p) for p in chunk.theirs)]
    return "\n\n".join(words), clashes


def _quoted(paragraph: str) -> str:
    return "\n".join(f"> {line}" for line in paragraph.split("\n"))
