"""What the typefaces cannot draw is named in words; what they can is left as it is."""

from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.exchange.paper.glyphs import ZERO_WIDTH_SPACE, characters_of, drawable_by, printable

FONTS = [
    (resources.files("resources") / "fonts" / name).read_bytes()
    for name in ("Inter-Regular.otf", "DejaVuSans.ttf")
]
DRAWABLE = drawable_by(FONTS)


def test_characters_of_the_fonts() -> None:
    inter, dejavu = (characters_of(font) for font in FONTS)
    assert {ord(letter) for letter in "aZ9£–é✓→"} <= inter
    assert ord("م") in dejavu - inter
    assert 0x1F600 in dejavu
    assert ord("漢") not in DRAWABLE


@pytest.mark.parametrize("content", [b"", b"not a font at all, just words that go on", FONTS[0][:40]])
def test_what_is_no_font_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="not an OpenType font"):
        characters_of(content)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plain words, £5 – é", "Plain words, £5 – é"),
        ("one\r\ntwo\rthree\u2028four\tfive", "one\ntwo\nthree\nfour five"),
        ("a\x00b\u202ec\ufe0f", "abc"),
        ("ভাষা here", "[Bengali text] here"),
        ("漢字", "[Chinese or Japanese text]"),
        ("🚒🏽", "[fire engine]"),
        ("\ud800", "[unreadable character]"),
        ("مرحبا", "مرحبا"),
        ("decommissioning", "decommissioning"),
        ("responsibilities", "responsibilities"),
    ],
)
def test_printable(text: str, expected: str) -> None:
    assert printable(text, DRAWABLE) == expected


def test_a_very_long_word_may_break_anywhere() -> None:
    address = "https://example.org/a/very/long/address"
    broken = printable(address, DRAWABLE)
    assert broken.replace(ZERO_WIDTH_SPACE, "") == address
    assert broken.count(ZERO_WIDTH_SPACE) == len(address) - 1


@given(st.text(st.characters(), max_size=40))
def test_only_what_can_be_drawn_is_left(text: str) -> None:
    allowed = DRAWABLE | {ord(char) for char in "\n\u00ad\u200b\u200c\u200d"}
    assert all(ord(char) in allowed or char.isspace() for char in printable(text, DRAWABLE))
