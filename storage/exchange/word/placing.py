"""Where each part of a Word document goes: the section whose heading comes nearest, the part above, or nowhere yet."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from storage.exchange.word.headings import LOOSELY, bare, fold
from storage.exchange.word.source import Part
from storage.text.tree import Block, Heading, Run

ABOVE, OWN, UNPLACED, LEFT_OUT = "above", "own", "unplaced", "out"
"""Where a part goes that goes to no section: with the part above, a section of its own, *Unplaced*, or nowhere."""

UNPLACED_HEADING = "Unplaced"
ALIKE = 84  # of 100: how near a heading must come to that of a section, or to another name of it
_SAME, _NAMED = 101, 100
_INSIDE = 3  # the level of a heading within a section, next below those of sections


@dataclass(frozen=True, slots=True)
class Target:
    """A section that text can go to, known by a key of its own."""

    key: str
    heading: str
    level: int = 1
    uuid: str = ""


@dataclass(frozen=True, slots=True)
class Placing:
    """Where one part goes, the key of a section or one of the words above, and why."""

    goes: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class OwnSection:
    """A section made of a part of the document, with what goes with it."""

    heading: str
    level: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The text by where it goes."""

    sections: dict[str, tuple[Block, ...]]
    own: tuple[OwnSection, ...]
    unplaced: tuple[Block, ...]


def known_headings() -> list[str]:
    """Every heading of an outline and every other name of one."""
    return [words for heading, names in _synonyms().items() for words in (heading, *names)]


@cache
def _synonyms() -> dict[str, tuple[str, ...]]:
    text = files("resources").joinpath("reference", "section_headings.toml").read_text(encoding="utf-8")
    return {heading: tuple(names) for heading, names in tomllib.loads(text).items()}


def place(parts: Sequence[Part], targets: Sequence[Target]) -> list[Placing]:
    """Where each part goes by its heading; without sections to go to, each becomes one of its own.

    A part that fits nothing goes with the one above when it stands under it, otherwise to *Unplaced*.
    """
    made: list[Placing] = []
    under: list[int] = []  # levels of the parts that those after them may stand under
    for part in parts:
        found = _find(part, targets) if part.heading else None
        while under and under[-1] >= part.level:
            under.pop()
        if found is not None:
            made.append(found)
        elif part.heading and not targets:
            made.append(Placing(OWN, "a heading of the document"))
        elif part.heading and under:
            made.append(Placing(ABOVE, "stands under the one above"))
        else:
            why = "no section has a heading like it" if part.heading else "stands before the first heading"
            made.append(Placing(UNPLACED, why))
        if part.heading and (found is not None or targets):
            under.append(part.level)
    return made


def _find(part: Part, targets: Sequence[Target]) -> Placing | None:
    """The section whose heading comes nearest, if any comes near."""
    if part.section:
        for target in targets:
            if target.uuid == part.section:
                return Placing(target.key, "was exported from it")
    scored = [(_score(part.heading, target.heading), -place) for place, target in enumerate(targets)]
    best, place_of_best = max(scored, default=(0.0, 0))
    if best < ALIKE:
        return None
    why = (
        "same heading"
        if best >= _SAME
        else "another name of it"
        if best >= _NAMED
        else "heading much like it"
    )
    return Placing(targets[-place_of_best].key, why)


def _score(words: str, heading: str) -> float:
    """How near a heading comes to that of a section or to one of its other names."""
    from rapidfuzz import fuzz

    forms = {fold(words), fold(bare(words)), fold(LOOSELY.sub("", words))}
    if fold(heading) in forms:
        return _SAME
    names = [fold(name) for name in _synonyms().get(heading, ())]
    if forms & set(names):
        return _NAMED
    return max((fuzz.ratio(f, n) for f in forms for n in (fold(heading), *names)), default=0) - 0.5


def gather(parts: Sequence[Part], placings: Sequence[Placing], targets: Sequence[Target]) -> Gathered:
    """The text of the document by where it goes. Every word of it is in one of the three, unless it was left out."""
    headings = {target.key: target for target in targets}
    sections: dict[str, list[Block]] = {}
    own: list[tuple[str, int, list[Block]]] = []
    unplaced: list[Block] = []
    into, level = unplaced, 0  # what the part above went into, and its level in the document
    for part, placing in zip(parts, placings, strict=True):
        if placing.goes in headings:
            target = headings[placing.goes]
            into, level = sections.setdefault(target.key, []), part.level
            into += _headed(part, 0 if fold(bare(part.heading)) == fold(target.heading) else _INSIDE)
        elif placing.goes == OWN and part.heading:
            own.append((part.heading, part.level, []))
            into, level = own[-1][2], part.level
            into += part.blocks
        elif placing.goes == LEFT_OUT:
            into, level = [], part.level
        elif placing.goes == ABOVE:
            into += _headed(part, _INSIDE + max(0, part.level - level - 1))
        else:
            into, level = unplaced, part.level
            into += _headed(part, _INSIDE)
    return Gathered(
        {key: tuple(blocks) for key, blocks in sections.items() if blocks},
        tuple(OwnSection(heading, deep, tuple(blocks)) for heading, deep, blocks in own),
        tuple(unplaced),
    )


def _headed(part: Part, level: int) -> list[Block]:
    """A part with its heading inside the text; without, for level 0 or a part that has none."""
    if not part.heading or not level:
        return list(part.blocks)
    return [Heading((Run(part.heading),), min(level, 6)), *part.blocks]
