"""The typeface in which a form shows what was answered: that of our pages, whole, so that none of its letters lacks."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from storage.exchange.paper.glyphs import glyphs_of, tables_of

NAME = "Inter-Regular"


@dataclass(frozen=True, slots=True)
class Typeface:
    """A typeface: its glyphs by code point, their widths in thousandths of the size, and the outlines themselves."""

    glyphs: Mapping[int, int]
    widths: tuple[int, ...]
    edges: tuple[int, int, int, int]  # of all glyphs, in thousandths
    capital: int  # how high a capital letter is, likewise
    outlines: bytes  # the table CFF of the font

    def draws(self, words: str) -> bool:
        """Whether it has all letters of some words; line ends and tabs need none."""
        return all(ord(letter) in self.glyphs for letter in words if letter not in "\n\t")

    def width(self, words: str) -> float:
        """How wide some words are, in units of their size."""
        return sum(self.widths[self._glyph(letter)] for letter in words) / 1000

    def coded(self, words: str) -> bytes:
        """The numbers of the glyphs, two bytes each."""
        return b"".join(self._glyph(letter).to_bytes(2, "big") for letter in words)

    def named(self, words: Iterable[str]) -> dict[int, str]:
        """The letters that are used, by the numbers of their glyphs."""
        return {self._glyph(letter): letter for letter in sorted(set().union(*words)) if letter not in "\n\t"}

    def _glyph(self, letter: str) -> int:
        return self.glyphs.get(ord(letter), 0)


@cache
def typeface() -> Typeface:
    """The one there is."""
    font = (resources.files("resources") / "fonts" / f"{NAME}.otf").read_bytes()
    tables = tables_of(font)
    head, hhea, maxp = (font[tables[tag]] for tag in (b"head", b"hhea", b"maxp"))
    unit = struct.unpack_from(">H", head, 18)[0] / 1000
    long, count = struct.unpack_from(">H", hhea, 34)[0], struct.unpack_from(">H", maxp, 4)[0]
    pairs = struct.unpack_from(f">{2 * long}H", font, tables[b"hmtx"].start)
    wide = [*pairs[::2], *pairs[-2:-1] * (count - long)]  # the rest are as wide as the last that is listed
    left, low, right, high = (round(edge / unit) for edge in struct.unpack_from(">4h", head, 36))
    capital = struct.unpack_from(">h", font[tables[b"OS/2"]], 88)[0]
    return Typeface(
        glyphs=glyphs_of(font),
        widths=tuple(round(w / unit) for w in wide),
        edges=(left, low, right, high),
        capital=round(capital / unit),
        outlines=font[tables[b"CFF "]],
    )


def letters_map(named: Mapping[int, str]) -> bytes:
    """What letters the glyphs stand for, in the form PDF programs copy and search text by."""
    lines = [f"<{glyph:04x}> <{letter.encode('utf-16-be').hex()}>" for glyph, letter in named.items()]
    parts = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def /CMapName /Letters def",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "1 begincodespacerange <0000> <ffff> endcodespacerange",
    ]
    for start in range(0, len(lines), 100):  # no block may hold more
        some = lines[start : start + 100]
        parts += [f"{len(some)} beginbfchar", *some, "endbfchar"]
    return "\n".join([*parts, "endcmap end end"]).encode()
