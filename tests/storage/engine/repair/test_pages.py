"""Pages read without SQLite hold what SQLite reads from them, and no bytes make the reading raise or go on for ever."""

import sqlite3
from contextlib import closing
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.engine.repair.pages import LEAF, Doubtful, Pages, varint
from storage.engine.store import Store
from tests.storage.engine.library import Book
from tests.storage.engine.repair.damage import luck


def a_table(path: Path, page_size: int, rows: list[tuple[object, ...]]) -> bytes:
    with closing(sqlite3.connect(path)) as conn:
        conn.execute(f"pragma page_size={page_size}")
        conn.execute("create table t(a, b, c)")
        conn.executemany("insert into t values(?, ?, ?)", rows)
        conn.commit()
    return path.read_bytes()


def every_row(pages: Pages) -> dict[int, list[object]]:
    found: dict[int, list[object]] = {}
    for number in range(2, pages.count + 1):
        if pages.kind(number) == LEAF:
            found |= {cell.rowid: list(cell.values) for cell in pages.cells(number)}
    return found


ROWS: list[tuple[object, ...]] = [
    (n, "text " * (n % 400), value)
    for n, value in enumerate(
        [None, 0, 1, -1, 127, -128, 40_000, -(1 << 23), 1 << 40, -(1 << 63), 1.5, b"\0\xff", "é", ""] * 20
    )
]


@pytest.mark.parametrize("page_size", [512, 1024, 4096, 8192, 65536])
def test_rows_are_as_sqlite_reads_them_whatever_the_page_size(tmp_path: Path, page_size: int) -> None:
    content = a_table(tmp_path / "t.db", page_size, ROWS)
    wanted = {n: list(row) for n, row in enumerate(ROWS, 1)}
    assert every_row(Pages(content)) == wanted
    without_header = Pages(bytes(page_size) + content[page_size:])
    assert without_header.size == page_size and every_row(without_header) == wanted


def test_a_value_whose_chain_is_broken_is_doubtful_and_the_others_are_not(tmp_path: Path) -> None:
    content = bytearray(a_table(tmp_path / "t.db", 4096, [("before", "x" * 20_000, "after")]))
    content[3 * 4096 : 4 * 4096] = bytes(4096)
    ((first, long, last),) = every_row(Pages(bytes(content))).values()
    assert first == "before" and isinstance(long, Doubtful) and str(long.value).startswith("xxx")
    assert last == Doubtful(None)


def test_a_number_or_a_word_that_was_wiped_is_doubtful(tmp_path: Path) -> None:
    content = bytearray(a_table(tmp_path / "t.db", 4096, [("before", 9_999, "and after"), (1, 2, "whole")]))
    at = content.index(b"before")
    content[at + 4 : at + 12] = bytes(8)
    first, second = every_row(Pages(bytes(content))).values()
    assert first == [Doubtful("befo\ufffd"), Doubtful(0), Doubtful("\ufffdafter")]
    assert second == [1, 2, "whole"]


def test_pages_that_were_freed_are_told(tmp_path: Path) -> None:
    path = tmp_path / "t.db"
    a_table(path, 4096, [(n, "x" * 1000, None) for n in range(400)])
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("delete from t where a < 300")
        conn.commit()
        free = conn.execute("pragma freelist_count").fetchone()[0]
    assert free > 10 and len(Pages(path.read_bytes()).free()) == free


@given(st.integers(0, (1 << 64) - 1), st.binary(max_size=3))
def test_numbers_of_any_length(number: int, before: bytes) -> None:
    made = bytes([number & 0xFF]) if number >> 56 else b""
    rest = number >> 8 if made else number
    groups = [rest & 0x7F] if not made else [rest & 0x7F | 0x80]
    while (rest := rest >> 7) or (made and len(groups) < 8):
        groups.append(rest & 0x7F | 0x80)
    written = bytes(reversed(groups)) + made
    assert varint(before + written, len(before)) == (number, len(before) + len(written))


@given(st.integers(0, 1 << 32), st.sampled_from([512, 4096]), st.integers(0, 40_000))
def test_any_bytes_end_without_an_error(seed: int, size: int, length: int) -> None:
    chance = luck(seed)
    content = bytearray(chance.randbytes(length))
    for at in range(0, len(content), size):
        content[at] = chance.choice([0x05, 0x0D, 0x0D, content[at]])
    pages = Pages(bytes(content), chance.choice([0, size]))
    seen: set[int] = set()
    for number in range(pages.count + 2):
        assert all(cell.values for cell in pages.cells(number))
        list(pages.leaves(number, seen))
        pages.children(number)
    pages.free()


def test_cells_that_share_a_chain_do_not_make_the_reading_endless(store: Store, path: Path) -> None:
    with store.step("Add"):
        store.save(Book(title="Long", notes="x" * 500_000))
    store.close()
    content = bytearray(path.read_bytes())
    pages = Pages(bytes(content))
    leaf = next(
        n for n in range(2, pages.count + 1) if any("x" * 100 in str(c.values) for c in pages.cells(n))
    )
    base = (leaf - 1) * 4096
    pointer = bytes(content[base + 8 : base + 10])
    content[base + 3 : base + 5] = (1_500).to_bytes(2, "big")
    room = int.from_bytes(pointer, "big") - 8
    content[base + 8 : base + 8 + room // 2 * 2] = pointer * (room // 2)
    for number in range(2, pages.count + 1):
        content[(number - 1) * 4096 : number * 4096] = content[base : base + 4096]
    began, pages = process_time(), Pages(bytes(content))
    count = sum(1 for number in range(2, pages.count + 1) for _ in pages.cells(number))
    assert process_time() - began < 5 and count >= 0
