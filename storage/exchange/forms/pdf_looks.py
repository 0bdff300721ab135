"""How what a field holds is drawn: words in Helvetica, which every PDF program has, ticks and dots as shapes.

A program that lets the field be filled in draws it anew; these drawings are what is seen until then, and printed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

SIZE = 9.5  # points
_SMALLEST = 6.5
_EDGE = 3.0
_LINE = 1.22
_ASCENT, _CAPITAL = 0.76, 0.72  # of the size
_CODING = "cp1252"
# Widths of Helvetica in thousandths of its size, from the space on, as Adobe published them for the standard fonts.
_WIDTHS = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
)  # fmt: skip
_WIDER = {
    "—": 1000,
    "…": 1000,
    "Œ": 1000,
    "œ": 944,
    "™": 1000,
    "½": 834,
    "¼": 834,
    "¾": 834,
    "©": 737,
    "®": 737,
}


def can_be_drawn(words: str) -> bool:
    """Whether Helvetica has all of its letters; a program with other fonts draws the rest."""
    try:
        words.encode(_CODING)
    except UnicodeEncodeError:
        return False
    return True


def text_look(words: str, width: float, height: float, *, long: bool) -> bytes:
    """The drawing of words in a field of this size in points, smaller where they would not fit."""
    lines, size = _fitted(words, width - 2 * _EDGE, height - 2 * _EDGE, long=long)
    top = height - _EDGE - size * _ASCENT if long else (height - size * _CAPITAL) / 2
    shown = [
        b"/Tx BMC q 1 1 %.2f %.2f re W n BT /Helv %.2f Tf 0 g" % (width - 2, height - 2, size),
        b"%.2f %.2f Td %.2f TL" % (_EDGE, top, size * _LINE),
    ]
    shown += [b"<%s> Tj T*" % line.encode(_CODING, "replace").hex().encode() for line in lines]
    return b"\n".join([*shown, b"ET Q EMC"])


def tick_look(side: float) -> bytes:
    """A tick in a square."""
    points = (0.2, 0.52, 0.42, 0.27, 0.8, 0.78)
    x1, y1, x2, y2, x3, y3 = (place * side for place in points)
    return b"q 1.6 w 1 J 1 j 0 G %.2f %.2f m %.2f %.2f l %.2f %.2f l S Q" % (x1, y1, x2, y2, x3, y3)


def dot_look(side: float) -> bytes:
    """A dot in a circle, of four curves."""
    c, r = side / 2, side * 0.27
    k = r * 0.5523
    return (
        b"q 0 g %.2f %.2f m %.2f %.2f %.2f %.2f %.2f %.2f c %.2f %.2f %.2f %.2f %.2f %.2f c "
        b"%.2f %.2f %.2f %.2f %.2f %.2f c %.2f %.2f %.2f %.2f %.2f %.2f c f Q"
    ) % (
        *(c + r, c, c + r, c + k, c + k, c + r, c, c + r, c - k, c + r, c - r, c + k, c - r, c),
        *(c - r, c - k, c - k, c - r, c, c - r, c + k, c - r, c + r, c - k, c + r, c),
    )


def _fitted(words: str, width: float, height: float, *, long: bool) -> tuple[list[str], float]:
    """The lines of some words and the size at which they fit, or the smallest there is."""
    size = SIZE
    while True:
        lines = [*_lines(words, width / size)] if long else [" ".join(words.split())]
        tall = len(lines) * size * _LINE <= height if long else _width(lines[0]) * size <= width
        if tall or size <= _SMALLEST:
            return lines, size
        size -= 0.5


def _lines(words: str, room: float) -> Iterator[str]:
    """The words in lines no wider than `room`, in units of the size; a longer word stands alone."""
    for paragraph in words.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if line and _width(longer) > room:
                yield line
                longer = word
            line = longer
        yield line


def _width(words: str) -> float:
    return sum(map(_letter, words)) / 1000


def _letter(letter: str) -> int:
    if letter in _WIDER:
        return _WIDER[letter]
    place = ord(unicodedata.normalize("NFKD", letter)[0]) - 32
    return _WIDTHS[place] if 0 <= place < len(_WIDTHS) else 556
