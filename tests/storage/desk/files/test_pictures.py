"""A small picture that would unpack to gigabytes is known by its first bytes and never drawn."""

from __future__ import annotations

import base64
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage

from desktop.letterhead import fitted
from storage.desk.files.pictures import MOST_PIXELS, is_safe, pixels
from storage.desk.office import letterhead_picture, letterhead_words
from storage.engine.errors import StorageError


def png(wide: int, high: int) -> bytes:
    """A picture of one colour in very few bytes."""

    def chunk(kind: bytes, held: bytes) -> bytes:
        return len(held).to_bytes(4) + kind + held + zlib.crc32(kind + held).to_bytes(4)

    head = wide.to_bytes(4) + high.to_bytes(4) + bytes([1, 0, 0, 0, 0])
    lines = zlib.compress(bytes((wide // 8 + 1) * high), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


def drawn(wide: int, high: int, form: str) -> bytes:
    """A picture as another program writes it."""
    image = QImage(wide, high, QImage.Format.Format_RGB32)
    image.fill(0xFF3366)
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, form)  # type: ignore[call-overload]
    return bytes(held.data())


@pytest.mark.parametrize("form", ["PNG", "JPG"])
def test_the_size_is_read_without_drawing(form: str) -> None:
    assert pixels(drawn(123, 45, form)) == 123 * 45 and is_safe(drawn(123, 45, form))


def test_k3_a_picture_bomb_is_refused_and_never_drawn() -> None:
    bomb = png(20_000, 20_000)
    assert len(bomb) < 60_000 and pixels(bomb) > MOST_PIXELS and not is_safe(bomb)
    with pytest.raises(StorageError, match="too many pixels"):
        letterhead_words(bomb)
    assert letterhead_picture(base64.b64encode(bomb).decode()) == b"", (
        "not even from a file somebody else made"
    )
    large = bomb + bytes(200_000)
    assert fitted(large) is large, "nothing was decoded to make it smaller"


@given(st.binary(max_size=200))
def test_any_bytes_have_some_size_or_none(tail: bytes) -> None:
    for start in (b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"):
        assert pixels(start + tail) >= 0
