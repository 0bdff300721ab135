"""Good files of every kind, changed at random: bytes, parts of packed files, and the XML or records inside them."""

from __future__ import annotations

import random
import re
import tempfile
from collections.abc import Callable, Mapping
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Final

from storage.engine.opening import new_store
from storage.records.contracts import Contract
from tests.storage.exchange.foreign.making import MAKERS, packed, parts_of, shared

_WORDS: Final = (
    b"", b"0", b"-1", b"1e999", b"99999999999999999999", b"XFD1048576", b"A1:XFD1048576", b"\xff\xfe", b"\0", b"&#0;",
    b"&x;", b"<", b"]]>", b"_x0000_", b"true", b"=1+1", b"x" * 5_000, b'"', "ﷺ\u202e".encode(),
)  # fmt: skip
_TAG = re.compile(rb"<[^>]{1,200}>")
_VALUE = re.compile(rb"(?<==\")[^\"]*(?=\")|(?<=>)[^<]+(?=<)")
Change = Callable[[random.Random, bytes], bytes]


@cache
def _desk() -> bytes:
    """A small file of the program's own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.desk"
        with closing(new_store(path)) as store, store.step("Fill"):
            store.save_many([Contract(title=f"Contract {n}", description="x" * 9_000) for n in range(20)])
        return path.read_bytes()


_MAKERS: Final = MAKERS | {"xlsm": shared, "desk": _desk}


@cache
def _good(kind: str) -> tuple[bytes, Mapping[str, bytes]]:
    data = _MAKERS[kind]()
    return data, parts_of(data) if data.startswith(b"PK") else {}


def changed(chance: random.Random) -> tuple[str, bytes]:
    """One file: its name, and its bytes after one to four changes."""
    kind = chance.choice([*_MAKERS])
    data, parts = _good(kind)
    if parts and chance.random() < 0.75:  # past the checksums of the packing
        held = dict(parts)
        for _ in range(chance.randint(1, 3)):
            name = chance.choice([*held] or ["x"])
            held[name] = _change(chance, held.get(name, b""), deep=True)
        return f"register.{kind}", packed(held)
    for _ in range(chance.randint(1, 4)):
        data = _change(chance, data, deep=kind == "csv")
    return f"register.{kind}", data


def _change(chance: random.Random, data: bytes, *, deep: bool) -> bytes:
    return chance.choice(_DEEP if deep else _FLAT)(chance, data) if data else data


def _flip(chance: random.Random, data: bytes) -> bytes:
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8, 40))):
        made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
    return bytes(made)


def _cut(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randrange(len(data))]


def _hole(chance: random.Random, data: bytes) -> bytes:
    start = chance.randrange(len(data))
    end = min(len(data), start + chance.choice((1, 4, 16, 512)))
    return data[:start] + chance.choice((b"", bytes(end - start), b"\xff" * (end - start))) + data[end:]


def _again(chance: random.Random, data: bytes) -> bytes:
    start = chance.randrange(len(data))
    piece = data[start : start + chance.choice((4, 40, 400))]
    return data[:start] + piece * chance.choice((2, 20, 300)) + data[start:]


def _word(chance: random.Random, data: bytes) -> bytes:
    start = chance.randrange(len(data))
    word = chance.choice(_WORDS)
    return data[:start] + word + data[start + chance.choice((0, len(word))) :]


def _value(chance: random.Random, data: bytes) -> bytes:
    """Another value in an attribute or an element."""
    places = [*_VALUE.finditer(data)]
    if not places:
        return _word(chance, data)
    place = chance.choice(places)
    return data[: place.start()] + chance.choice(_WORDS) + data[place.end() :]


def _element(chance: random.Random, data: bytes) -> bytes:
    """A tag taken out, doubled, or in the place of another."""
    tags = [*_TAG.finditer(data)]
    if not tags:
        return _flip(chance, data)
    tag, other = chance.choice(tags), chance.choice(tags)
    new = chance.choice((b"", tag[0] * chance.choice((2, 50)), other[0]))
    return data[: tag.start()] + new + data[tag.end() :]


def _random(chance: random.Random, _: bytes) -> bytes:
    return chance.randbytes(chance.choice((1, 30, 3_000)))


_FLAT: Final[tuple[Change, ...]] = (_flip, _flip, _cut, _hole, _again, _word)
_DEEP: Final[tuple[Change, ...]] = (*_FLAT, _value, _value, _value, _element, _element, _element, _random)
