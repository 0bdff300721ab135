"""The pages of a damaged file, read without SQLite: whatever bytes they hold, reading ends and raises nothing."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

MAGIC = b"SQLite format 3\x00"
INTERIOR, LEAF = 0x05, 0x0D  # the two sorts of page a table is made of
_KINDS = frozenset({0x02, INTERIOR, 0x0A, LEAF})
_HEAD = struct.Struct(">BHHHB")  # sort of page, first free block, cells, where they begin, fragments
_WORD = struct.Struct(">I")
_SIZES = tuple(1 << n for n in range(9, 17))
_USUAL = 4096
_MOSTLY = 0.6  # a size that makes this much of the sense of the best one, being smaller, is the right one
_SAMPLE = 400  # pages looked at to tell their size
_WIDTHS = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)  # bytes of a value by its serial type
_LONGEST = 64 * 1024 * 1024  # bytes of one row; the program never writes a longer value
_AGAIN = 4  # how many times the size of the file may be read in all, since damaged cells can overlap
_ZEROS = re.compile("\0+")
_MOST_COLUMNS = 2_000  # SQLite's own limit


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A value of which only part could be read."""

    value: object  # what there is of it


@dataclass(frozen=True, slots=True)
class Cell:
    """One row as a page holds it: its number and its values, the key's own place left empty."""

    rowid: int
    values: Sequence[object]


@dataclass(slots=True)
class Pages:
    """A file cut into pages."""

    data: bytes
    size: int = 0  # bytes of a page; 0: to be told from the file
    _left: int = field(init=False)

    def __post_init__(self) -> None:
        self.size = self.size or page_size(self.data)
        self._left = _AGAIN * len(self.data) + _LONGEST

    @property
    def count(self) -> int:
        """How many pages there are, the last perhaps cut off."""
        return -(-len(self.data) // self.size)

    def kind(self, number: int) -> int:
        """The byte that says what a page is; 0 when it is not there."""
        at = self._start(number)
        return self.data[at] if 0 <= at < len(self.data) else 0

    def _start(self, number: int) -> int:
        return (number - 1) * self.size + (100 if number == 1 else 0)

    def _pointers(self, number: int, head: int) -> Iterator[int]:
        """Where the cells of a page begin, in the file; those that cannot be are passed over."""
        base, at = (number - 1) * self.size, self._start(number)
        end = min(base + self.size, len(self.data))
        if at + head > end:
            return
        cells = _HEAD.unpack_from(self.data, at)[2]
        first = at + head + 2 * cells
        if first > base + self.size:
            return
        for place in range(at + head, min(first, end - 1), 2):
            pointer = base + (self.data[place] << 8 | self.data[place + 1])
            if first <= pointer < end:
                yield pointer

    def children(self, number: int) -> list[int]:
        """The pages below a page of a tree; none for anything else."""
        if self.kind(number) != INTERIOR:
            return []
        at = self._start(number)
        found = [_WORD.unpack_from(self.data, p)[0] for p in self._pointers(number, 12) if self._word(p)]
        return [*found, _WORD.unpack_from(self.data, at + 8)[0]] if self._word(at + 8) else found

    def _word(self, at: int) -> bool:
        return at + 4 <= len(self.data)

    def leaves(self, root: int, seen: set[int]) -> Iterator[int]:
        """The leaf pages of the tree under a root, in order; pages in `seen` are not looked at again."""
        waiting = [root]
        while waiting:
            number = waiting.pop()
            if number in seen or not 0 < number <= self.count:
                continue
            seen.add(number)
            if self.kind(number) == LEAF:
                yield number
            else:
                waiting.extend(reversed(self.children(number)))

    def free(self) -> set[int]:
        """The pages that the header says are no longer in use; none when it cannot be read."""
        if not self.data.startswith(MAGIC) or len(self.data) < 100:
            return set()
        found: set[int] = set()
        trunk = _WORD.unpack_from(self.data, 32)[0]
        while 0 < trunk <= self.count and trunk not in found and self._word((trunk - 1) * self.size + 4):
            found.add(trunk)
            at = (trunk - 1) * self.size
            trunk, many = _WORD.unpack_from(self.data, at)[0], _WORD.unpack_from(self.data, at + 4)[0]
            for place in range(at + 8, at + 8 + 4 * min(many, self.size // 4 - 2), 4):
                if self._word(place):
                    found.add(_WORD.unpack_from(self.data, place)[0])
        return found

    def cells(self, number: int) -> Iterator[Cell]:
        """The rows of a leaf page; those that cannot be made out are passed over."""
        if self.kind(number) != LEAF:
            return
        for at in self._pointers(number, 8):
            try:
                cell = self._cell(at, (number - 1) * self.size + self.size)
            except (IndexError, ValueError, struct.error):
                continue
            if cell is not None:
                yield cell

    def _cell(self, at: int, end: int) -> Cell | None:
        length, at = varint(self.data, at)
        rowid, at = varint(self.data, at)
        if not 2 <= length <= _LONGEST or self._left < length:
            return None
        self._left -= length
        local = self._local(length)
        if at + local > end:
            return None
        if local == length:
            values = values_of(self.data, at, at + length)
        else:
            payload = self.data[at : at + local] + self._overflow(at + local, length - local)
            values = values_of(payload, 0, length)
        return Cell(rowid - (1 << 64) if rowid >> 63 else rowid, values) if values else None

    def _local(self, length: int) -> int:
        """How much of a row lies on its page, as SQLite's file format lays down."""
        most, least = self.size - 35, (self.size - 12) * 32 // 255 - 23
        if length <= most:
            return length
        kept = least + (length - least) % (self.size - 4)
        return kept if kept <= most else least

    def _overflow(self, at: int, length: int) -> bytes:
        """The rest of a row from the pages it is chained over; shorter where the chain is broken."""
        parts: list[bytes] = []
        seen: set[int] = set()
        number = _WORD.unpack_from(self.data, at)[0]
        while length > 0 and 1 < number <= self.count and number not in seen:
            seen.add(number)
            base = (number - 1) * self.size
            if not self._word(base):
                break
            part = self.data[base + 4 : base + min(self.size, 4 + length)]
            parts.append(part)
            length -= len(part)
            number = _WORD.unpack_from(self.data, base)[0]
        return b"".join(parts)


def varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where it ends. Raises `IndexError` at the end of the data."""
    value = data[at]
    if value < 0x80:
        return value, at + 1
    value &= 0x7F
    for place in range(at + 1, at + 8):
        byte = data[place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place + 1
    return value << 8 | data[at + 8], at + 9


def values_of(data: bytes, at: int, end: int) -> list[object]:
    """The values of one row that lies from `at` to `end`; none when it is no row. What is cut off is doubtful."""
    length, place = varint(data, at)
    body = at + length
    if not place < body <= min(end, len(data)):
        return []
    sorts = _sorts(data, place, body)
    if len(sorts) > _MOST_COLUMNS or body + sum(map(_width, sorts)) != end:
        return []
    values: list[object] = []
    for sort in sorts:
        if sort == 0:
            values.append(None)
        elif sort >= 12:
            after = body + (sort - 12 >> 1)
            values.append(_text(data, body, after) if sort & 1 else data[body:after])
            body = after
        elif sort in (8, 9):
            values.append(sort - 8)
        else:
            after = body + _WIDTHS[sort]
            part = data[body:after]
            values.append(_number(part, sort) if body + len(part) == after else Doubtful(None))
            body = after
    return values


def _sorts(data: bytes, place: int, end: int) -> list[int]:
    """The serial types in the head of a row."""
    sorts = []
    while place < end:
        sort = data[place]
        place += 1
        if sort >= 0x80:
            sort, place = varint(data, place - 1)
        sorts.append(sort)
    return sorts


def _width(sort: int) -> int:
    """How many bytes a value takes. Raises `ValueError` for a serial type there is not."""
    if sort >= 12:
        return sort - 12 >> 1
    if sort >= 10:
        raise ValueError("no such serial type")
    return _WIDTHS[sort]


def _number(part: bytes, sort: int) -> object:
    """A number; doubtful where SQLite, which writes none longer than it must be, would have written it shorter."""
    if sort == 7:
        return struct.unpack(">d", part)[0]
    number = int.from_bytes(part, "big", signed=True)
    shorter = 8 * _WIDTHS[sort - 1]  # bits; of zero and one nothing but the sort is written
    fits = number in (0, 1) or (shorter and -(1 << shorter - 1) <= number < 1 << shorter - 1)
    return Doubtful(number) if fits else number


def _text(data: bytes, at: int, end: int) -> object:
    words = legible(data[at:end])
    whole = end <= len(data) or isinstance(words, Doubtful)
    return words if whole else Doubtful(words or None)


def legible(held: bytes) -> object:
    """Words as they were written; doubtful where they are no words, or were overwritten with zeros.

    The program writes no zero into any words, so one can only come from a page that was wiped or never written.
    """
    try:
        words, sure = held.decode(), b"\0" not in held
    except UnicodeDecodeError:
        words, sure = held.decode(errors="replace"), False
    return words if sure else Doubtful(_ZEROS.sub("\ufffd", words) if words.strip("\0") else None)


def page_size(data: bytes) -> int:
    """The size of a page as the header says, or else the least with which most of the file makes sense."""
    if data.startswith(MAGIC) and len(data) >= 18:
        told = int.from_bytes(data[16:18], "big")
        told = 65536 if told == 1 else told
        if told in _SIZES and _sense(data, told):
            return told
    sense = {size: _sense(data, size) for size in _SIZES}
    most = max(sense.values())
    return next(size for size in _SIZES if sense[size] >= _MOSTLY * most) if most else _USUAL


def _sense(data: bytes, size: int) -> float:
    """Which part of some pages begin as pages do that hold something."""
    every = range(size, len(data), size)  # the first page begins otherwise
    some = every[:: max(1, len(every) // _SAMPLE)]
    good = sum(_looks_like_a_page(data, at, size) for at in some)
    return good / len(some) if some else 0.0


def _looks_like_a_page(data: bytes, at: int, size: int) -> bool:
    if at + 12 > len(data) or data[at] not in _KINDS:
        return False
    _, free, cells, begin, fragments = _HEAD.unpack_from(data, at)
    first = 12 if data[at] in (0x02, INTERIOR) else 8
    head = first + 2 * cells
    if not (cells > 0 and head <= (begin or 65536) <= size and free < size and fragments <= 60):
        return False
    pointers = data[at + first : at + head]
    return all(head <= a << 8 | b < size for a, b in zip(pointers[::2], pointers[1::2], strict=False))
