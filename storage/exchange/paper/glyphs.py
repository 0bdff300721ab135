"""Makes any text printable in the typefaces the program carries, naming in words what they cannot draw."""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby

ZERO_WIDTH_SPACE = "\u200b"
LONGEST_WORD = 24
_SPACES = str.maketrans({"\t": " "} | dict.fromkeys("\r\x0b\x0c\x85\u2028\u2029", "\n"))
_SCRIPTS = {"CJK": "Chinese or Japanese"}
_MODIFIERS = ("VARIATION SELECTOR", "EMOJI MODIFIER")
_JOINERS = "\u00ad\u200b\u200c\u200d"
_LONG_WORD = re.compile(r"\S{13,}")
_BROAD = re.compile(r"[A-Z0-9@%&#_=+<>~]")


def characters_of(font: bytes) -> frozenset[int]:
    """The code points an OpenType font can draw, read from its `cmap` table (formats 4 and 12).

    Raises ValueError when the bytes are no such font.
    """
    return frozenset(glyphs_of(font))


def glyphs_of(font: bytes) -> dict[int, int]:
    """The same with the number of the glyph that draws each. Raises ValueError."""
    try:
        return dict(_glyphs(font, tables_of(font)[b"cmap"].start))
    except (struct.error, KeyError) as error:
        raise ValueError("not an OpenType font") from error


def _glyphs(font: bytes, table: int) -> Iterator[tuple[int, int]]:
    for index in range(struct.unpack_from(">H", font, table + 2)[0]):
        start = table + struct.unpack_from(">I", font, table + 8 + 8 * index)[0]
        layout = struct.unpack_from(">H", font, start)[0]
        if layout == 4:
            yield from _glyphs_of_segments(font, start)
        elif layout == 12:
            for group in range(struct.unpack_from(">I", font, start + 12)[0]):
                first, last, glyph = struct.unpack_from(">III", font, start + 16 + 12 * group)
                yield from ((point, glyph + point - first) for point in range(first, last + 1))


def _glyphs_of_segments(font: bytes, start: int) -> Iterator[tuple[int, int]]:
    """Format 4: four parallel columns of segments; a code point whose glyph number is 0 is not drawn."""
    width = struct.unpack_from(">H", font, start + 6)[0]
    column = f">{width // 2}H"
    ends, starts, deltas, offsets = (
        struct.unpack_from(column, font, start + place)
        for place in (14, 16 + width, 16 + 2 * width, 16 + 3 * width)
    )
    for segment, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for point in range(first, last + 1):
            glyph = point
            if offsets[segment]:
                place = start + 16 + 3 * width + 2 * segment + offsets[segment] + 2 * (point - first)
                glyph = struct.unpack_from(">H", font, place)[0] if point != 0xFFFF else 0
            if glyph and (glyph + deltas[segment]) & 0xFFFF:
                yield point, (glyph + deltas[segment]) & 0xFFFF


def tables_of(font: bytes) -> dict[bytes, slice]:
    """Where the tables of an OpenType font stand, by their tags."""
    count = struct.unpack_from(">H", font, 4)[0]
    entries = (struct.unpack_from(">4sIII", font, 12 + 16 * index) for index in range(count))
    return {tag: slice(start, start + length) for tag, _check, start, length in entries}


def printable(text: str, drawable: frozenset[int]) -> str:
    """`text` as it can be printed with glyphs for `drawable`.

    Letters of another script become one note such as [Bengali text], a symbol its name such as [fire engine];
    control and direction marks go, and very long words may break anywhere.
    """
    text = text.replace("\r\n", "\n").translate(_SPACES)
    if not text.isascii() or not text.isprintable():
        text = "".join(_pieces(text, drawable))
    return _LONG_WORD.sub(_breakable, text)


def _pieces(text: str, drawable: frozenset[int]) -> Iterator[str]:
    for note, run in groupby(text, lambda char: _note(char, drawable)):
        letters = "".join(run)
        if note is None:
            yield letters
        elif note.endswith(" text"):
            yield f"[{note}]"
        else:
            yield f"[{note}]" * len(letters) if note else ""


def _note(char: str, drawable: frozenset[int]) -> str | None:
    """None when the character prints as it is, else the words that stand for it (none: it is left out)."""
    category = unicodedata.category(char)
    if char == "\n" or char in _JOINERS or category == "Zs":
        return None
    name = unicodedata.name(char, "unnamed character")
    if category in ("Cc", "Cf") or name.startswith(_MODIFIERS):
        return ""
    if category in ("Cs", "Co", "Cn"):
        return "unreadable character"
    if ord(char) in drawable:
        return None
    if category[0] in "LMN":
        return f"{_SCRIPTS.get(script := name.split()[0], script.capitalize())} text"
    return name.lower()


def _breakable(match: re.Match[str]) -> str:
    """A word too wide for a narrow column, with places where it may break; others as they are."""
    word = match.group()
    breadth = len(word) + len(_BROAD.findall(word)) * 0.6
    return ZERO_WIDTH_SPACE.join(word) if breadth > LONGEST_WORD else word


def drawable_by(fonts: Iterable[bytes]) -> frozenset[int]:
    """Every code point that at least one of the fonts can draw."""
    return frozenset().union(*(characters_of(font) for font in fonts))
