"""Rows are rescued from what is left of a file, and each is told for the table it belongs to."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.engine.opening import open_store
from storage.engine.repair.pages import Pages
from storage.engine.repair.scavenging import Rescued, scavenge, scavenged
from storage.engine.store import Store
from tests.storage.engine.library import Author, Book, Shelf, Writing
from tests.storage.engine.repair.damage import luck

PAGE = 4096
TOLD = ("author", "book", "shelf", "writing", "step", "change", "meta", "own_field")


@pytest.fixture
def filled(store: Store, path: Path) -> Path:
    """A closed file with rows in several tables that look alike."""
    with store.step("Add"):
        store.save_many([Author(title=f"Author {n}") for n in range(60)])
        store.save_many([Shelf(title=f"Shelf {n}") for n in range(60)])
        store.save_many([Book(title=f"Book {n}", notes="x" * 40 * n, shelf=n + 1) for n in range(60)])
        store.save_many([Writing(book=n + 1, author=n + 1) for n in range(60)])
    store.change(Book, 3, {"title": "Emma"})
    store.close()
    return path


def by_sqlite(path: Path) -> dict[str, dict[int, dict[str, object]]]:
    with closing(sqlite3.connect(path)) as conn:
        conn.row_factory = sqlite3.Row
        return {
            table: {r["_n"]: {k: r[k] for k in r.keys() if k != "_n"} for r in rows}  # noqa: SIM118
            for table in TOLD
            if (rows := conn.execute(f"select rowid _n, * from {table}").fetchall())
        }


def told(rescued: Rescued) -> dict[str, dict[int, dict[str, object]]]:
    return {table: rows for table in TOLD if (rows := rescued.rows(table))}


def test_every_row_of_a_whole_file_is_told(filled: Path) -> None:
    found = scavenge(filled)
    assert told(found) == by_sqlite(filled) and not found.unplaced and not found.others


def test_c3_every_row_is_told_without_the_first_page(filled: Path) -> None:
    content = filled.read_bytes()
    assert told(scavenged(bytes(PAGE) + content[PAGE:])) == by_sqlite(filled)


def test_every_row_is_told_without_any_schema_or_tree(filled: Path) -> None:
    pages, content = Pages(filled.read_bytes()), bytearray(filled.read_bytes())
    lost = {1, *pages.leaves(1, set())} | {n for n in range(1, pages.count + 1) if pages.kind(n) == 0x05}
    for number in lost:
        content[(number - 1) * PAGE : number * PAGE] = bytes(PAGE)
    found = scavenged(bytes(content))
    assert told(found) == by_sqlite(filled) and not found.unplaced


def test_deleted_rows_and_freed_pages_do_not_come_back(filled: Path) -> None:
    store = open_store(filled)
    with store.step("Delete"):
        store.conn.execute("delete from writing")
        store.conn.execute("delete from book where id > 5")
    store.close()
    found = told(scavenge(filled))
    assert found == by_sqlite(filled) and len(found["book"]) == 5 and "writing" not in found


def test_a_column_that_was_added_later_is_left_out_of_earlier_rows(filled: Path) -> None:
    with closing(sqlite3.connect(filled)) as conn:
        conn.execute("alter table shelf add column colour text")
        conn.execute(
            "insert into current_step(one) values(1) on conflict do update set step = 1, kind = 'edit'"
        )
        conn.execute("update shelf set colour = 'red' where id = 2")
        conn.commit()
    shelves = scavenge(filled).rows("shelf")
    assert "colour" not in shelves[1] and shelves[2]["colour"] == "red" and len(shelves) == 60


def test_a_schema_that_never_ends_is_passed_over(filled: Path) -> None:
    endless = (
        "create table t as with recursive n(x) as (select 1 union all select x + 1 from n) select x from n"
    )
    with closing(sqlite3.connect(filled)) as conn:
        conn.execute("pragma writable_schema = on")
        conn.execute("update sqlite_master set sql = ? where name = 'draft'", (endless,))
        conn.commit()
    assert len(scavenge(filled).rows("book")) == 60


@given(st.integers(0, 1 << 32))
def test_any_damage_ends_in_rows(seed: int) -> None:
    chance = luck(seed)
    content = bytearray(chance.randbytes(PAGE * chance.randrange(6)) + b"x" * chance.randrange(PAGE))
    content[:16] = b"SQLite format 3\0"
    for at in range(0, len(content), PAGE):
        content[at] = 0x0D
    assert scavenged(bytes(content)).pages >= 0 and scavenged(b"").tables == {}
