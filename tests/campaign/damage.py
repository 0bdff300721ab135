"""Ways to damage a file: bits, ranges, pages, lengths, and the very fields SQLite and the program trust."""

import struct
from collections.abc import Callable
from random import Random
from typing import Final

HEADER: Final = {  # the fields of the first hundred bytes: where each lies, and how long it is
    "page size": (16, 2), "write version": (18, 1), "read version": (19, 1), "reserved": (20, 1),
    "payload": (21, 3), "change counter": (24, 4), "pages": (28, 4), "first free page": (32, 4),
    "free pages": (36, 4), "schema cookie": (40, 4), "schema format": (44, 4), "cache": (48, 4),
    "root": (52, 4), "encoding": (56, 4), "user version": (60, 4), "vacuum": (64, 4),
    "application": (68, 4), "valid for": (92, 4), "library": (96, 4),
}  # fmt: skip
ODD: Final = (0, 1, 2, 3, 5, 7, 8, 0x10, 0x7F, 0x80, 0xFF, 0x1000, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)
Damage = Callable[[bytearray, Random], None]


def page_size(data: bytearray) -> int:
    """As the header says, if that can be."""
    size = int.from_bytes(data[16:18], "big")
    return 65536 if size == 1 else size if size >= 512 else 4096


def _pages(data: bytearray) -> int:
    return max(1, len(data) // page_size(data))


def _place(data: bytearray, random: Random) -> int:
    return random.randrange(max(1, len(data)))


def flip(data: bytearray, random: Random) -> None:
    """Bits anywhere."""
    for _ in range(random.choice((1, 1, 3, 20, 200))):
        place = _place(data, random)
        data[place : place + 1] = bytes(b ^ 1 << random.randrange(8) for b in data[place : place + 1])


def wipe(data: bytearray, random: Random) -> None:
    """A range set to zero, or to anything."""
    place, length = _place(data, random), random.choice((1, 16, 100, 512, 4096, 20_000))
    length = min(length, len(data) - place)
    data[place : place + length] = random.choice((bytes(length), random.randbytes(length)))


def swap(data: bytearray, random: Random) -> None:
    """Two pages exchanged, or one written over another."""
    size, pages = page_size(data), _pages(data)
    one, other = random.randrange(pages) * size, random.randrange(pages) * size
    first, second = data[one : one + size], data[other : other + size]
    data[one : one + size] = second
    if random.random() < 0.5:
        data[other : other + size] = first


def cut(data: bytearray, random: Random) -> None:
    """Shorter, to a whole page or not, or longer."""
    if random.random() < 0.2:
        data.extend(random.randbytes(random.randrange(1, 9_000)))
        return
    length = _place(data, random)
    del data[length // page_size(data) * page_size(data) if random.random() < 0.5 else length :]


def beginning(data: bytearray, random: Random) -> None:
    """The first bytes overwritten."""
    length = random.choice((1, 16, 100, 512))
    data[:length] = random.choice((bytes(length), random.randbytes(length), b"PK\x03\x04".ljust(length)))


def header(data: bytearray, random: Random) -> None:
    """One or more fields of the header set to odd values."""
    for place, length in random.sample(list(HEADER.values()), random.choice((1, 1, 2, 4))):
        value = random.choice((*ODD, random.getrandbits(32))) & (1 << 8 * length) - 1
        data[place : place + length] = value.to_bytes(length, "big")


def tree(data: bytearray, random: Random) -> None:
    """The head of a page of a tree: its kind, its cells, its right-hand page, or where a cell lies."""
    start = random.randrange(_pages(data)) * page_size(data)
    start += 100 if start == 0 else 0
    field, length = random.choice(((0, 1), (1, 2), (3, 2), (5, 2), (7, 1), (8, 4), (8, 2), (12, 2), (14, 2)))
    value = random.choice((*ODD, random.randrange(_pages(data) + 2))) & (1 << 8 * length) - 1
    data[start + field : start + field + length] = value.to_bytes(length, "big")


def pointer(data: bytearray, random: Random) -> None:
    """A page number anywhere, which makes chains and trees lead astray or round in circles."""
    page = random.randrange(_pages(data)) * page_size(data)
    place = page + random.choice((0, 4, 8, random.randrange(0, 512, 4)))
    struct.pack_into(">I", data, min(place, max(0, len(data) - 4)), random.randrange(_pages(data) + 2))


def free_list(data: bytearray, random: Random) -> None:
    """Free pages that are not free."""
    struct.pack_into(
        ">II", data, 32, random.randrange(_pages(data) + 2), random.choice((1, 2, 50, 0x7FFFFFFF))
    )
    pointer(data, random)


def structure(data: bytearray, random: Random) -> None:
    """The text that says what tables and triggers there are."""
    _overwrite(data, random, (b"CREATE ", b"create ", b"insert ", b"select "), 300)


def text(data: bytearray, random: Random) -> None:
    """What the records and their history say: dates, JSON, hashes, identities."""
    _overwrite(data, random, (b'{"', b"2026-", b"word ", b"Add a book", b"-4", b"file_uuid"), 40)


def _overwrite(data: bytearray, random: Random, marks: tuple[bytes, ...], within: int) -> None:
    found = data.find(random.choice(marks), _place(data, random))
    if found < 0:
        flip(data, random)
        return
    place = min(len(data) - 1, found + random.randrange(within))
    more = random.choice(
        (b"\xff", b"\x00", b"\xed\xa0\x80", b"'", b'"', b"x", b"9", b"{[", b"DROP", b"\xc3(")
    )
    data[place : place + len(more)] = more


DAMAGES: Final[tuple[Damage, ...]] = (
    flip, flip, wipe, wipe, swap, cut, beginning, header, header, tree, tree, pointer, free_list, structure, text,
)  # fmt: skip


def damaged(whole: bytes, random: Random) -> bytearray:
    """A copy of a file with one to three kinds of damage."""
    data = bytearray(whole)
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        if len(data) >= 100:
            random.choice(DAMAGES)(data, random)
    return data
