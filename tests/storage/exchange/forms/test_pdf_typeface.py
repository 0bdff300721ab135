"""The typeface of a form: its letters with their widths, and what they stand for when they are copied."""

from __future__ import annotations

from storage.exchange.forms.pdf_typeface import letters_map, typeface


def test_letters_have_glyphs_and_widths() -> None:
    face = typeface()
    assert face.draws("Łódź, Gŵyr – “£5”\nand\tmore") and not face.draws("☂")
    assert face.width("mm") > face.width("ii") > 0 and face.width("ab") == face.width("a") + face.width("b")
    assert len(face.coded("abc")) == 6 and face.outlines.startswith(b"\x01\x00")
    assert 700 < face.capital < 750 and face.edges[1] < 0 < face.edges[3]


def test_what_letters_stand_for_is_said_in_blocks_of_a_hundred() -> None:
    face = typeface()
    named = face.named(["".join(map(chr, range(0x21, 0x7F))), "äöüßŵŷéèêàçñ\n"])
    said = letters_map(named)
    assert said.count(b"beginbfchar") == 2 and said.count(b"> <") - 1 == len(named) == 94 + 12
    assert f"<{face.glyphs[ord('A')]:04x}> <0041>".encode() in said
