"""How large a picture would be once it is drawn, read from its first bytes: a small file may unpack to gigabytes."""

from __future__ import annotations

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
MOST_PIXELS = 50_000_000  # more than the cameras of telephones make
_SIZES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # the marks of a JPEG after which its size stands
_BARE = {0x01, *range(0xD0, 0xD9)}  # marks without a length


def pixels(picture: bytes) -> int:
    """How many pixels a PNG or JPEG says it has; 0 for what is neither or does not say."""
    if picture.startswith(PNG) and picture[12:16] == b"IHDR":
        return int.from_bytes(picture[16:20]) * int.from_bytes(picture[20:24])
    return _jpeg(picture) if picture.startswith(JPEG) else 0


def is_safe(picture: bytes) -> bool:
    """Whether it is a PNG or JPEG of a size that can be drawn."""
    return 0 < pixels(picture) <= MOST_PIXELS


def _jpeg(picture: bytes) -> int:
    place = 2
    while place + 9 <= len(picture) and picture[place] == 0xFF:
        mark = picture[place + 1]
        if mark in _SIZES:
            return int.from_bytes(picture[place + 5 : place + 7]) * int.from_bytes(
                picture[place + 7 : place + 9]
            )
        if mark == 0xFF:
            place += 1
        elif mark in _BARE:
            place += 2
        else:
            place += 2 + int.from_bytes(picture[place + 2 : place + 4])
    return 0
