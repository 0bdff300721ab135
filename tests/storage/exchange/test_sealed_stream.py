"""A sealed stream opens with its passphrase and whole, or not at all."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.exchange.sealed_stream import _HEADER, MAGIC, Cost, PackError, Sealer, opened
from tests.campaign.frame import report, scaled

QUICK = Cost(log_n=1, r=1, p=1)  # so that a test can open thousands
WORDS = "correct horse battery staple"
PIECE = 64


def sealed(content: bytes, passphrase: str = WORDS, piece: int = PIECE) -> bytes:
    target = io.BytesIO()
    sealer = Sealer(target, passphrase, QUICK, piece)
    sealer.write(content)
    sealer.finish()
    return target.getvalue()


def open_all(held: bytes, passphrase: str = WORDS) -> bytes:
    return b"".join(opened(io.BytesIO(held), passphrase))


@given(st.binary(max_size=5 * PIECE), st.text(max_size=20))
def test_what_is_sealed_opens_the_same(content: bytes, passphrase: str) -> None:
    assert open_all(sealed(content, passphrase), passphrase) == content


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_every_length_round_a_piece_opens(size: int) -> None:
    assert open_all(sealed(b"x" * size)) == b"x" * size


def test_s5_a_wrong_passphrase_is_refused_and_says_no_more() -> None:
    held = sealed(b"content")
    for wrong in ("", WORDS.upper(), WORDS + " ", WORDS[:-1]):
        with pytest.raises(PackError, match="passphrase is not the right one, or the pack is damaged"):
            open_all(held, wrong)


def test_accents_typed_on_another_keyboard_are_the_same_passphrase() -> None:
    assert open_all(sealed(b"content", "cafe\u0301 au lait"), "caf\u00e9 au lait") == b"content"


def test_s5_every_single_flipped_bit_is_refused() -> None:
    content = bytes(range(256))[: 2 * PIECE + 20]
    held = sealed(content)
    refused = 0
    for bit in range(8 * len(held)):
        changed = bytearray(held)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(PackError):
            open_all(bytes(changed))
        refused += 1
    assert refused == 8 * len(held)
    report("S5", {"flipped bits refused": refused, "flipped bits taken": 8 * len(held) - refused})


def test_a_stream_cut_off_anywhere_is_refused() -> None:
    held = sealed(b"y" * (3 * PIECE))
    for end in range(len(held)):
        with pytest.raises(PackError):
            open_all(held[:end])


def test_pieces_left_out_repeated_moved_or_added_are_refused() -> None:
    held, whole, step = sealed(bytes(range(256))), _HEADER.size, PIECE + 16
    head, pieces = held[:whole], [held[at : at + step] for at in range(whole, len(held), step)]
    swapped = [pieces[1], pieces[0], *pieces[2:]]
    for made in (
        pieces[1:],
        [pieces[0], *pieces],
        swapped,
        pieces[:-1],
        [*pieces, pieces[-1]],
        [*pieces, b"x"],
    ):
        with pytest.raises(PackError):
            open_all(head + b"".join(made))


def test_pieces_of_another_stream_under_the_same_passphrase_are_refused() -> None:
    one, two = sealed(b"a" * 200), sealed(b"b" * 200)
    with pytest.raises(PackError):
        open_all(one[: _HEADER.size + PIECE + 16] + two[_HEADER.size + PIECE + 16 :])


@pytest.mark.parametrize(
    ("log_n", "r", "p", "piece"),
    [
        (25, 8, 1, 64), (31, 255, 4, 64), (17, 8, 5, 64), (0, 8, 1, 64), (17, 0, 1, 64), (17, 1, 1, 64), (1, 1, 1, 0),
        (1, 1, 1, 2**31),
    ],
)  # fmt: skip
def test_a_pack_that_asks_for_too_much_is_refused_at_once(log_n: int, r: int, p: int, piece: int) -> None:
    header = _HEADER.pack(MAGIC, 1, 1, log_n, r, p, piece, bytes(16), bytes(7))
    with pytest.raises(PackError, match="damaged"):
        open_all(header + bytes(100))


def test_a_pack_of_a_newer_program_says_so() -> None:
    with pytest.raises(PackError, match="newer version"):
        open_all(_HEADER.pack(MAGIC, 2, 1, 1, 1, 1, 64, bytes(16), bytes(7)) + bytes(100))


def test_what_is_no_pack_is_called_so() -> None:
    for held in (b"", b"PK\3\4", b"DESKPAC", bytes(1_000)):
        with pytest.raises(PackError, match="not a hand-over pack"):
            open_all(held)


def test_no_plain_byte_of_what_is_sealed_is_to_be_seen() -> None:
    content = b"Millbrook Health CIC " * scaled(quick=500, night=50_000, release=500_000)
    held = sealed(content, piece=4096)
    assert b"Millbrook" not in held and WORDS.encode() not in held
    assert sealed(content, piece=4096)[_HEADER.size :] != held[_HEADER.size :]
