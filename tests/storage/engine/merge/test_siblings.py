"""Conflict copies beside a file are noticed when they hold something, and only then."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from storage.engine import disk
from storage.engine.merge.siblings import (
    known_steps,
    may_be_copy,
    merged_before,
    remember_merged,
    with_other_changes,
)
from storage.engine.opening import new_store, open_store
from storage.engine.state import State, file_uuid
from storage.engine.store import Store
from tests.storage.engine.library import Book

NAMES = (
    "books-PC-7.desk", "books-LAPTOP-2.desk", "books (1).desk", "books (Ann's conflicted copy 2026-11-22).desk",
    "books (conflicted copy 2026-11-22 140233).desk", "books - Copy.desk", "books - Copy (2).desk", "books copy.desk",
    "books copy 2.desk", "Copy of books.desk", "books_conf(1).desk", "books.conflict-20261122.desk", "BOOKS (1).DESK",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_l5_names_that_cloud_programs_give(name: str) -> None:
    assert may_be_copy(name, "books.desk")


@pytest.mark.parametrize(
    "name", ["books.desk", "Books.desk", "bookshop.desk", "other.desk", "books (1).xlsx", "my books.desk"]
)
def test_l5_other_names(name: str) -> None:
    assert not may_be_copy(name, "books.desk")


def test_l5_copies_that_hold_other_changes_are_found_and_older_ones_are_not(store: Store, path: Path) -> None:
    with store.step("Add"):
        store.save(Book(title="Emma"))
    store.close()
    for name in NAMES:
        disk.copy(path, path.with_name(name))
    changed = path.with_name("books-PC-7.desk")
    with closing(open_store(changed)) as other:
        other.change(Book, 1, {"title": "Emma, theirs"})
    new_store(path.with_name("books (9).desk")).close()  # another file altogether
    path.with_name("books (8).desk").write_bytes(b"garbage" * 1_000)
    path.with_name("books (7).desk").mkdir()
    before = {p: p.read_bytes() for p in path.parent.iterdir() if p.is_file()}
    with closing(open_store(path)) as here:
        here.change(Book, 1, {"title": "Emma, mine"})
        assert with_other_changes(path, file_uuid(here.conn), known_steps(here)) == [changed]
        head = "an earlier one"
        remember_merged(State(here), head)
        assert merged_before(State(here)) == {head}
    del before[path]
    assert {p: p.read_bytes() for p in before} == before


def test_l5_a_folder_that_cannot_be_listed_holds_no_copies(tmp_path: Path) -> None:
    assert with_other_changes(tmp_path / "gone" / "books.desk", "", ()) == []


def test_l5_an_older_version_put_in_place_by_sync_is_told(store: Store, path: Path) -> None:
    with store.step("Add"):
        store.save(Book(title="Emma"))
    store.close()
    shutil.copy(path, path.with_name("old"))
    with closing(open_store(path)) as later:
        for n in range(3):
            later.change(Book, 1, {"title": f"Emma {n}"})
    path.with_name("old").replace(path)
    with closing(open_store(path)) as older:
        assert any("is older than the copy you last saved here" in words for words in older.file.notices)
