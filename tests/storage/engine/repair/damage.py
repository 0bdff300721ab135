"""Ways in which files are damaged, the same for the same chance, to try what comes back."""

from __future__ import annotations

import random
from collections.abc import Callable

PAGE = 4096
Harm = Callable[[bytes, random.Random], bytes]


def luck(seed: int) -> random.Random:
    """The same chance every time."""
    return random.Random(seed)  # noqa: S311 - which bytes to harm, not a secret


def holes(content: bytes, chance: random.Random) -> bytes:
    """One page in a hundred, and at least one, is overwritten: with zeros, or with anything."""
    made = bytearray(content)
    pages = len(content) // PAGE
    for page in chance.sample(range(1, pages), max(1, pages // 100)):
        filling = bytes(PAGE) if chance.random() < 0.5 else chance.randbytes(PAGE)
        made[page * PAGE : (page + 1) * PAGE] = filling
    return bytes(made)


def no_first_page(content: bytes, chance: random.Random) -> bytes:
    """The first page, on which every way into the file begins, is wiped."""
    return (bytes(PAGE) if chance.random() < 0.5 else chance.randbytes(PAGE)) + content[PAGE:]


def third_cut_off(content: bytes, chance: random.Random) -> bytes:
    """The last third is not there; the cut may go through a page."""
    return content[: len(content) * 2 // 3 + chance.randrange(-PAGE, PAGE)]


def flipped(content: bytes, chance: random.Random) -> bytes:
    """One bit is not as it was."""
    made = bytearray(content)
    made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
    return bytes(made)
