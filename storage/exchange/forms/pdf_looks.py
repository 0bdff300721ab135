"""How what a field holds is drawn: words in our typeface, ticks and dots as shapes.

A program that lets the field be filled in draws it anew; these drawings are what is seen until then, and printed.
"""

from __future__ import annotations

from collections.abc import Iterator

from storage.exchange.forms.pdf_typeface import typeface

SIZE = 9.5  # points
_SMALLEST = 6.5
_EDGE = 3.0
_LINE = 1.22
_ASCENT, _CAPITAL = 0.76, 0.72  # of the size


def text_look(words: str, width: float, height: float, *, long: bool) -> bytes:
    """The drawing of words in a field of this size in points, smaller where they would not fit."""
    lines, size = _fitted(words.replace("\t", "  "), width - 2 * _EDGE, height - 2 * _EDGE, long=long)
    top = height - _EDGE - size * _ASCENT if long else (height - size * _CAPITAL) / 2
    shown = [
        b"/Tx BMC q 1 1 %.2f %.2f re W n BT /Inter %.2f Tf 0 g" % (width - 2, height - 2, size),
        b"%.2f %.2f Td %.2f TL" % (_EDGE, top, size * _LINE),
    ]
    shown += [b"<%s> Tj T*" % typeface().coded(line).hex().encode() for line in lines]
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
        tall = len(lines) * size * _LINE <= height if long else typeface().width(lines[0]) * size <= width
        if tall or size <= _SMALLEST:
            return lines, size
        size -= 0.5


def _lines(words: str, room: float) -> Iterator[str]:
    """The words in lines no wider than `room`, in units of the size; a longer word stands alone."""
    for paragraph in words.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if line and typeface().width(longer) > room:
                yield line
                longer = word
            line = longer
        yield line
