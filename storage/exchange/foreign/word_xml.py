"""The parts of a Word document as XML, read without entities, with what its styles and numbering say of a text."""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAIN = "word/document.xml"
_EXTERNAL = "External"
_MOST_STYLES = 60  # a style is based on one before it; a chain longer than this goes in a circle


def name_of(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def given(element: Element | None, name: str = "val") -> str:
    """An attribute by its name without its namespace; empty when it is not there."""
    if element is None:
        return ""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def child(element: Element | None, *names: str) -> Element | None:
    """The first element down a path of names."""
    for name in names:
        if element is None:
            return None
        element = next((inner for inner in element if name_of(inner) == name), None)
    return element


def is_on(element: Element | None, name: str) -> bool | None:
    """Whether properties switch something on or off; None when they say nothing of it."""
    found = child(element, name)
    return None if found is None else given(found) not in ("0", "false", "off", "none")


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says: its name, its level as a heading from 1 or 0, its list, and how its letters are."""

    name: str
    outline: int = 0
    numbering: tuple[str, int] | None = None
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class ListLevel:
    """One level of a list: whether it is numbered, and from where."""

    ordered: bool
    start: int


class WordPackage:
    """The parts of one document."""

    def __init__(self, data: bytes) -> None:
        self._archive = zipfile.ZipFile(BytesIO(data))
        self._names = set(self._archive.namelist())
        self.related = self._relations(MAIN)
        self.styles = _styles(self.part("word/styles.xml"))
        self._lists = _lists(self.part("word/numbering.xml"))

    def part(self, name: str) -> Element | None:
        """A part read as XML; None when it is not there. Document types and entities are refused."""
        if name not in self._names:
            return None
        from defusedxml.ElementTree import fromstring

        root: Element = fromstring(self._archive.read(name), forbid_dtd=True)
        return root

    def parts_named(self, *begins: str) -> list[Element]:
        """The parts whose names begin so, in the order of their names."""
        found = sorted(n for n in self._names if n.startswith(begins) and n.endswith(".xml"))
        return [part for name in found if (part := self.part(name)) is not None]

    def has(self, name: str) -> bool:
        """Whether there is a part of this name."""
        return name in self._names

    def content(self, target: str) -> bytes:
        """The bytes of a part; none when it is not there."""
        return self._archive.read(target) if target in self._names else b""

    def list_level(self, number: str, level: int) -> ListLevel | None:
        """A level of a list; None for what is no list."""
        return self._lists.get((number, level)) or self._lists.get((number, 0))

    def _relations(self, part: str) -> dict[str, tuple[str, bool]]:
        """What a part refers to, by key: the part or address, and whether it lies outside the file."""
        folder, _, name = part.rpartition("/")
        root = self.part(f"{folder}/_rels/{name}.rels")
        made = {}
        for relation in root if root is not None else ():
            target, outside = given(relation, "Target"), given(relation, "TargetMode") == _EXTERNAL
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            made[given(relation, "Id")] = (target, outside)
        return made


def _styles(root: Element | None) -> dict[str, Style]:
    """Every style by its identifier, with what it takes from those it is based on."""
    own = {given(s, "styleId"): s for s in (root if root is not None else ()) if name_of(s) == "style"}
    return {key: _style(key, own) for key in own}


def _style(key: str, own: dict[str, Element]) -> Style:
    chain: list[Element] = []
    while key in own and len(chain) < _MOST_STYLES:
        chain.append(own[key])
        key = given(child(own[key], "basedOn"))
    name = given(child(chain[0], "name"))
    outline = next((level for s in chain if (level := _outline(s))), 0)
    numbering = next((n for s in chain if (n := numbering_of(child(s, "pPr")))), None)
    bold = next((on for s in chain if (on := is_on(child(s, "rPr"), "b")) is not None), False)
    italic = next((on for s in chain if (on := is_on(child(s, "rPr"), "i")) is not None), False)
    return Style(name, outline, numbering, bool(bold), bool(italic))


def _outline(style: Element) -> int:
    """The level of a heading, by its outline level or by its name in English."""
    said = given(child(style, "pPr", "outlineLvl"))
    if said.isdecimal() and int(said[:2]) < 9:
        return int(said[:2]) + 1
    name = given(child(style, "name")).casefold()
    number = name.removeprefix("heading ")
    return int(number) if number != name and number.isdecimal() and 1 <= int(number[:2]) <= 9 else 0


def numbering_of(properties: Element | None) -> tuple[str, int] | None:
    """The list and level that properties of a paragraph name; number 0 takes a paragraph out of its list."""
    held = child(properties, "numPr")
    if held is None:
        return None
    number, level = given(child(held, "numId")), given(child(held, "ilvl"))
    return number, min(int(level[:2]), 8) if level.isdecimal() else 0


def _lists(root: Element | None) -> dict[tuple[str, int], ListLevel]:
    """The levels of every list, by its number and the level."""
    patterns: dict[str, dict[int, ListLevel]] = {}
    made: dict[tuple[str, int], ListLevel] = {}
    for each in root if root is not None else ():
        if name_of(each) == "abstractNum":
            patterns[given(each, "abstractNumId")] = _levels(each)
    for each in root if root is not None else ():
        if name_of(each) != "num":
            continue
        levels = dict(patterns.get(given(child(each, "abstractNumId")), {}))
        for override in each:
            number = _whole(given(override, "ilvl"), 0)
            if name_of(override) == "lvlOverride" and number in levels:
                start = _whole(given(child(override, "startOverride")), levels[number].start)
                levels[number] = ListLevel(levels[number].ordered, start)
        made |= {(given(each, "numId"), level): held for level, held in levels.items()}
    return made


def _levels(pattern: Element) -> dict[int, ListLevel]:
    made = {}
    for level in pattern:
        if name_of(level) == "lvl":
            ordered = given(child(level, "numFmt")) not in ("bullet", "none", "")
            made[_whole(given(level, "ilvl"), 0)] = ListLevel(
                ordered, _whole(given(child(level, "start")), 1)
            )
    return made


def _whole(words: str, otherwise: int) -> int:
    return int(words[:9]) if words.isdecimal() and words.isascii() else otherwise
