"""How the fields of a form are drawn: words within their edges, smaller where there are many."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from storage.exchange.forms.pdf_looks import SIZE, text_look
from storage.exchange.forms.pdf_typeface import typeface

LETTERS = {glyph: chr(point) for point, glyph in sorted(typeface().glyphs.items(), reverse=True)}


def lines(drawn: bytes) -> list[str]:
    found = (bytes.fromhex(each.decode()) for each in re.findall(rb"<([0-9a-f]*)> Tj", drawn))
    pairs = ([int.from_bytes(line[at : at + 2]) for at in range(0, len(line), 2)] for line in found)
    return ["".join(LETTERS[glyph] for glyph in line) for line in pairs]


def size(drawn: bytes) -> float:
    return float((re.search(rb"/Inter ([\d.]+) Tf", drawn) or [b"", b"0"])[1])


def test_long_words_break_into_lines_and_a_short_field_keeps_one() -> None:
    long = text_look("One of many words " * 6, 160, 40, long=True)
    assert len(lines(long)) > 2 and size(long) < SIZE
    one = text_look("Jo Bell,\nBrightwater", 200, 18, long=False)
    assert lines(one) == ["Jo Bell, Brightwater"] and size(one) == SIZE


@settings(max_examples=60)
@given(st.text(alphabet=" abcdefgÉŵŁß£€“”–0123456789,.()", max_size=200))
def test_no_letter_is_lost(words: str) -> None:
    drawn = text_look(words, 120, 30, long=True)
    assert "".join(lines(drawn)).replace(" ", "") == words.replace(" ", "")
