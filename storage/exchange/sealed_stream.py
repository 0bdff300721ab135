"""Bytes sealed under a passphrase, piece by piece: nothing can be read, changed, cut off, repeated or moved unseen."""

from __future__ import annotations

import hashlib
import secrets
import struct
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from storage.engine.errors import StorageError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"DESKPACK"
VERSION = 1
PIECE = 256 * 1024  # bytes sealed at once
_TAG = 16
_HEADER = struct.Struct(
    ">8sHBBBBI16s7s"
)  # magic, version, method, log2 n, r, p, piece, salt, start of every nonce
_SCRYPT = 1
_MOST_MEMORY = 256 * 1024 * 1024  # bytes a foreign pack may ask for while the passphrase is tried
_MOST_ROUNDS = 4
_PIECES = range(1, 1024 * 1024 + 1)


class PackError(StorageError):
    """A pack cannot be opened: the wrong passphrase, damage, or not a pack at all."""


@dataclass(frozen=True, slots=True)
class Cost:
    """How hard it is to try a passphrase: memory is 128 * r * 2 ** log_n bytes, the time about p times as much."""

    log_n: int = 17
    r: int = 8
    p: int = 1


def _damaged() -> PackError:
    return PackError(
        "This pack is damaged or was cut off on the way. Nothing was taken from it. Ask for it to be sent again."
    )


class Sealer:
    """Seals what is written to it. Only `finish` makes it whole; what is left without it can never be opened."""

    def __init__(
        self, target: BinaryIO, passphrase: str, cost: Cost | None = None, piece: int = PIECE
    ) -> None:
        cost = cost or Cost()
        salt, start = secrets.token_bytes(16), secrets.token_bytes(7)
        self._header = _HEADER.pack(
            MAGIC, VERSION, _SCRYPT, cost.log_n, cost.r, cost.p, piece, salt, start
        )  # fmt: skip
        self._cipher, self._start = _cipher(passphrase, salt, cost), start
        self._target, self._piece = target, piece
        self._held, self._count = bytearray(), 0
        self.digest = hashlib.sha256()  # of what was sealed
        target.write(self._header)

    def write(self, some: bytes) -> None:
        """Seal some bytes; the last piece waits, since it is marked as the last."""
        self.digest.update(some)
        self._held += some
        while len(self._held) > self._piece:
            self._seal(bytes(self._held[: self._piece]), last=False)
            del self._held[: self._piece]

    def finish(self) -> None:
        """Seal the last piece, and so the end."""
        self._seal(bytes(self._held), last=True)
        self._held.clear()

    def _seal(self, piece: bytes, *, last: bool) -> None:
        nonce = _nonce(self._start, self._count, last)
        self._target.write(self._cipher.encrypt(nonce, piece, self._header))
        self._count += 1


def opened(source: BinaryIO, passphrase: str) -> Iterator[bytes]:
    """What was sealed, a piece at a time; only once the last has come is it known that nothing is missing.

    Raises `PackError`. Which of a wrong passphrase and a damaged beginning it was, nobody can tell.
    """
    header = source.read(_HEADER.size)
    if not header.startswith(MAGIC):
        raise PackError("This is not a hand-over pack of Commissioning Desk. Nothing was taken from it.")
    if len(header) < _HEADER.size:
        raise _damaged()
    cost, piece, salt, start = _read(header)
    yield from _pieces(source, _cipher(passphrase, salt, cost), header, piece, start)


def _read(header: bytes) -> tuple[Cost, int, bytes, bytes]:
    """What the header asks for, within what is ever done for a foreign pack."""
    _, version, method, log_n, r, p, piece, salt, start = _HEADER.unpack(header)
    if version > VERSION:
        raise PackError(
            "This pack was made by a newer version of Commissioning Desk. Nothing was taken from it. "
            "Install the newer version to open it."
        )
    possible = 1 <= log_n < min(32, 16 * r) and 1 <= p <= _MOST_ROUNDS and piece in _PIECES
    if version != VERSION or method != _SCRYPT or not possible or 128 * r * 2**log_n > _MOST_MEMORY:
        raise _damaged()
    return Cost(log_n, r, p), piece, salt, start


def _pieces(source: BinaryIO, cipher: AESGCM, header: bytes, piece: int, start: bytes) -> Iterator[bytes]:
    from cryptography.exceptions import InvalidTag

    held, count, last = source.read(piece + _TAG), 0, False
    while not last:
        following = source.read(piece + _TAG)
        last = not following
        try:
            plain = cipher.decrypt(_nonce(start, count, last), held, header)
        except InvalidTag:
            if count:
                raise _damaged() from None
            raise PackError(
                "The passphrase is not the right one, or the pack is damaged. Nothing was taken from it."
            ) from None
        yield plain
        held, count = following, count + 1


def _nonce(start: bytes, count: int, last: bool) -> bytes:
    """Never used twice under one key: the place of the piece is in it, and whether it is the last."""
    return start + struct.pack(">IB", count, last)


def _cipher(passphrase: str, salt: bytes, cost: Cost) -> AESGCM:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    words = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    try:
        return AESGCM(Scrypt(salt=salt, length=32, n=2**cost.log_n, r=cost.r, p=cost.p).derive(words))
    except MemoryError:
        raise StorageError(
            "There is not enough memory free to work with the passphrase. Nothing was changed. Close other programs "
            "and try again."
        ) from None
