"""The records of somebody else's file come into a fresh one, checked; what they cannot be is told."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from storage.engine.connection import APPLICATION_ID
from storage.engine.errors import DamagedFile, ForeignFile, MissingFile, NotADeskFile, StorageError
from storage.engine.foreign import child_process, copying_rows
from storage.engine.foreign.copying_rows import CHILD_ARGUMENT, copy_rows, report_of
from storage.engine.history import History
from storage.engine.opening import open_store
from storage.engine.own_fields import OwnField
from storage.engine.store import Store
from tests.storage.engine.conftest import all_of, stale, unsearched
from tests.storage.engine.library import Author, Book, Edition, Page, Shelf, Writing

ENDLESS = "with recursive n(i) as (select 1 union all select i + 1 from n) select i id from n"


@pytest.fixture
def theirs(store: Store, path: Path) -> Path:
    """A file with something of every kind, closed."""
    with store.step("Add"):
        own = OwnField(table="book", code="pages_read", label="Pages read", kind="whole number")
        store.save(own)
        shelf = store.save(Shelf(title="=cmd|' /c calc'!A0"))
        book = store.save(Book(title="Emma <b>", shelf=shelf.key, own={"pages_read": 12}, price=999))
        store.save(Writing(book=book.key, author=store.save(Author(title="Jane Austen")).key))
        edition = store.save(Edition(number="1"))
        store.save(Page(edition=edition.key, words="It is a truth"))
    with store.step("Issue", "seal"):
        store.save(Edition(**{**edition.__dict__, "issued_on": store.today()}))
    store.close()
    return path


def alter(path: Path, script: str) -> bytes:
    with closing(sqlite3.connect(path)) as conn:
        conn.create_function("ours", 1, lambda words: words, deterministic=True)
        conn.executescript(script)
    return path.read_bytes()


def without_types(path: Path, table: str, script: str) -> None:
    """Let a table hold anything, as somebody who means harm would, then fill it."""
    with closing(sqlite3.connect(path)) as conn:
        names = ", ".join(f'"{r[1]}"' for r in conn.execute(f"pragma table_info({table})"))
        triggers = conn.execute("select name from sqlite_master where type = 'trigger'").fetchall()
        for (name,) in triggers:
            conn.execute(f'drop trigger "{name}"')
        conn.executescript(
            f"create table loose({names}); insert into loose select * from {table};"
            f"drop table {table}; alter table loose rename to {table}; {script}"
        )


def test_i11_everything_comes_over_and_the_other_file_is_only_read(theirs: Path, tmp_path: Path) -> None:
    before = alter(theirs, "create trigger more after insert on book begin delete from book; end")
    with pytest.raises(ForeignFile):
        open_store(theirs)
    with closing(open_store(theirs, read_only=True)) as store:
        expected = all_of(store)
    made = tmp_path / "new.desk"
    copied = copy_rows(theirs, made)
    assert theirs.read_bytes() == before
    assert not copied.missing and not copied.doubtful and not copied.cleared
    assert "records copied from books.desk to new.desk" in report_of(copied)
    with closing(open_store(made)) as store:
        assert all_of(store) == expected
        assert not stale(store) and not unsearched(store) and History(store).first_broken() is None
        labels = store.conn.execute("select label from step").fetchall()
        assert labels == [("Copied from books.desk",)]


@pytest.mark.parametrize(
    "script",
    [
        f"drop table draft; create view draft as {ENDLESS}",
        f"create view anything as {ENDLESS}",
        "create virtual table more using fts5(words)",
        "create index extra on book(ours(title))",
        "create trigger s after update on current_step begin delete from step; end",
        "alter table book add column more text as (ours(title)) virtual",
    ],
)
def test_i11_whatever_is_in_the_schema_the_records_come(theirs: Path, tmp_path: Path, script: str) -> None:
    before = alter(theirs, script)
    copied = copy_rows(theirs, tmp_path / "new.desk")
    assert theirs.read_bytes() == before and not copied.missing
    with closing(open_store(tmp_path / "new.desk")) as store:
        assert store.get(Book, 1).title == "Emma <b>" and store.get(Book, 1).written_by == "Jane Austen"


def test_i11_values_that_cannot_be_are_left_out_and_told(theirs: Path, tmp_path: Path) -> None:
    without_types(
        theirs,
        "book",
        'update book set own = \'{"pages_read": "many", "unknown": 1}\' where id = 1;'
        "insert into book(id, uuid, title, price, published, loan, extra, shelf) values"
        "(2, 'u2', x'00', 'dear', '2026-99-99', 'long', '[', 77),"
        "(-3, 'u3', 'minus', 1, null, null, null, null),"
        "(9223372036854775807, 'u4', 'last', 1, null, null, null, null),"
        "('five', 'u5', 'words', 1, null, null, null, null),"
        "(6, 'u2', 'the same identity', 1e300, '9999-12-31', null, null, 1)",
    )
    copied = copy_rows(theirs, tmp_path / "new.desk")
    words = report_of(copied)
    for said in (
        "Book 1, own field pages_read",
        "Book 1, own field unknown",
        "Price",
        "Published",
        "Loan",
        "Shelf",
    ):
        assert said in words
    assert sum("number that can be used" in line for line in copied.doubtful) == 3
    with closing(open_store(tmp_path / "new.desk")) as store:
        books = {book.key: book for book in store.all(Book)}
        assert not {-3, 1 << 62} & set(books) and books[1].own == {}
        assert (books[2].title, books[2].price, books[2].published, books[2].shelf) == ("", None, None, None)
        with store.step("Go on"):
            store.save(Book(title="There is room for more"))


def test_i11_a_table_of_ours_that_is_a_view_brings_nothing(theirs: Path, tmp_path: Path) -> None:
    alter(theirs, f"drop table page; create view page as {ENDLESS}")
    copied = copy_rows(theirs, tmp_path / "new.desk")
    assert "page" not in {came.table for came in copied.tables}


def test_what_cannot_be_copied_is_said(theirs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = tmp_path / "new.desk"
    with pytest.raises(StorageError, match="already exists"):
        copy_rows(theirs, theirs)
    with pytest.raises(MissingFile):
        copy_rows(tmp_path / "nowhere.desk", made)
    other = tmp_path / "other.desk"
    other.write_bytes(b"Reference,Title\n")
    with pytest.raises(NotADeskFile):
        copy_rows(other, made)
    other.write_bytes(
        b"SQLite format 3\0".ljust(68, b"\0") + APPLICATION_ID.to_bytes(4, "big") + bytes(2_000)
    )
    with pytest.raises(DamagedFile):
        copy_rows(other, made)
    with pytest.raises(StorageError, match="no folder"):
        copy_rows(theirs, tmp_path / "gone" / "new.desk")
    monkeypatch.setattr(copying_rows, "MOST_BYTES", 1_000)
    with pytest.raises(StorageError, match="larger than"):
        copy_rows(theirs, made)
    assert not made.exists()


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("import sys; sys.exit(3)", "memory"),
        ("import os; os.abort()", "damaged"),
        ("pass", "damaged"),
        ("print('nonsense')", "damaged"),
        ("print('{\"too_much\": true}')", "more than any file"),
        ("import time; time.sleep(60)", "took too long"),
    ],
)
def test_i11_a_child_that_fails_leaves_nothing(
    theirs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, said: str
) -> None:
    monkeypatch.setattr(child_process, "MOST_SECONDS", 0.5)
    monkeypatch.setattr(copying_rows, "child_command", lambda *_: [sys.executable, "-c", program])
    with pytest.raises(StorageError, match=said):
        copy_rows(theirs, tmp_path / "new.desk")
    assert not (tmp_path / "new.desk").exists()


def test_a_frozen_program_reads_by_an_argument_of_its_own(theirs: Path) -> None:
    asked = b'{"tables": {"book": ["id", "title"]}}\n' + theirs.read_bytes()
    ended = child_process.run_child([sys.executable, "-m", "desktop", CHILD_ARGUMENT], asked)
    assert ended.code == 0 and b"Emma" in ended.answer
