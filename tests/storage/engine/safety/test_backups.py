"""Copies hold exactly what the file holds, are listed newest first, and are thinned as promised."""

import json
import sqlite3
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.engine import contents, disk
from storage.engine.errors import StorageError
from storage.engine.history import History
from storage.engine.opening import open_store
from storage.engine.safety import backups
from storage.engine.safety.backups import (
    BEFORE_UPGRADE,
    BY_HAND,
    REGULAR,
    Copy,
    due,
    kept,
    list_copies,
    make,
    thin,
)
from storage.engine.state import State
from storage.engine.store import Store
from tests.storage.engine.conftest import all_of
from tests.storage.engine.library import Author, Book

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def filled(store: Store) -> Store:
    """A file with something in it."""
    with store.step("Add"):
        store.save_many([Book(title=f"Book {n}") for n in range(3)])
        store.save(Author(title="Austen"))
    return store


def test_a_copy_is_a_whole_file_of_its_own(filled: Store) -> None:
    State(filled).draft("a", "b")
    copy = make(filled, BY_HAND)
    other = open_store(copy.path, read_only=True)
    assert all_of(other) == all_of(filled) and History(other).first_broken() is None
    assert State(other).drafts() == {"a": "b"} and State(other).file_uuid == State(filled).file_uuid
    other.close()
    assert copy.path.parent.name == State(filled).file_uuid
    assert copy.size == copy.path.stat().st_size and copy.counter == 1
    assert copy.name.startswith("books 20") and copy.name.endswith("step 1.desk")


def test_copies_are_listed_newest_first_with_why_and_counts(filled: Store, path: Path) -> None:
    first = make(filled, "before an import")
    with filled.step("Bin"):
        filled.bin(Book, [1])
    second = make(filled, BY_HAND)
    assert list_copies(path) == [second, first] == list_copies(State(filled).file_uuid)
    assert (first.counts, second.counts) == ({"author": 1, "book": 3}, {"author": 1, "book": 2})
    assert first.summary.endswith("before an import: 1 author, 3 books") and "2026" in first.summary


def test_a_file_that_is_gone_still_has_its_copies(filled: Store, path: Path) -> None:
    copy = make(filled, BY_HAND)
    filled.close()
    path.write_bytes(b"overwritten")
    assert list_copies(path) == [copy]
    path.unlink()
    assert list_copies(path) == [copy] and list_copies(path.with_name("other.desk")) == []


def test_a_copy_of_a_file_open_to_read(filled: Store, path: Path) -> None:
    filled.close()
    reading = open_store(path, read_only=True)
    assert make(reading, BY_HAND).counts["book"] == 3
    reading.close()


def test_no_copy_in_the_middle_of_a_step(filled: Store) -> None:
    with filled.step("Add"):
        filled.save(Book(title="Emma"))
        with pytest.raises(StorageError, match="waits until"):
            make(filled, BY_HAND)
    assert len(filled.ids(Book)) == 4


@pytest.mark.parametrize("often", [1, 99])
def test_what_is_saved_meanwhile_is_in_the_copy(filled: Store, path: Path, often: int) -> None:
    for n, _ in enumerate(backups.making(filled.file, REGULAR)):
        if 1 <= n <= often:
            filled.change(Book, 1, {"title": f"Changed at slice {n}"})
    (copy,) = list_copies(path)
    other = open_store(copy.path, read_only=True)
    assert all_of(other) == all_of(filled) and not backups.changed(filled)
    other.close()


def test_a_step_that_begins_meanwhile_stops_the_copy(filled: Store, path: Path) -> None:
    making = backups.making(filled.file, REGULAR)
    next(making)
    with filled.step("Add"):
        filled.save(Book(title="Emma"))
        with pytest.raises(StorageError, match="waits until"):
            next(making)
    assert list_copies(path) == []


def test_a_copy_that_differs_is_refused(filled: Store, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = backups.copied

    def dishonest(conn: sqlite3.Connection, target: Path) -> None:
        honest(conn, target)
        other = sqlite3.connect(target)
        other.execute("update meta set value = 'changed'")
        other.commit()
        other.close()

    monkeypatch.setattr(backups, "copied", dishonest)
    with pytest.raises(StorageError, match="does not hold what the file holds"):
        make(filled, BY_HAND)
    assert list_copies(path) == [] and list((path.parent / "home").rglob("*.*")) == []


def test_a_folder_in_the_way_is_said_so_and_the_file_is_not_affected(
    filled: Store, home: Path, path: Path
) -> None:
    home.write_text("a file, not a folder")
    with pytest.raises(StorageError, match=r"No backup .* The file itself is not affected"):
        make(filled, BY_HAND)
    assert filled.change(Book, 1, {"title": "Still saved"})


def test_a_full_disk_is_said_so(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(disk, "sync", full)
    with pytest.raises(StorageError, match="No space left"):
        make(filled, BY_HAND)


def test_when_a_copy_is_due(store: Store) -> None:
    assert not due(store, datetime.now(UTC)) and not backups.changed(store)
    with store.step("Add"):
        store.save(Book(title="Emma"))
    assert due(store, datetime.now(UTC))
    copy = make(store, REGULAR)
    assert not due(store, copy.made + timedelta(hours=5)), "nothing has changed since"
    store.change(Book, 1, {"title": "Emma again"})
    assert backups.changed(store)
    assert not due(store, copy.made + timedelta(minutes=29))
    assert due(store, copy.made + timedelta(minutes=30))


def test_a_torn_manifest_loses_at_most_its_torn_line(filled: Store, path: Path) -> None:
    first = make(filled, BY_HAND)
    manifest = first.folder / backups.MANIFEST
    with manifest.open("ab") as opened:
        opened.write(b'{"name": "books')
    second = make(filled, BY_HAND)
    assert list_copies(path) == [second, first]
    with manifest.open("ab") as opened:
        opened.write(
            json.dumps({"name": "../../x.desk", "made": NOW.isoformat()}).encode() + b"\n[]\nnull\n\xff\n"
        )
    assert list_copies(path) == [second, first]


def a_copy(made: datetime, name: str = "", why: str = REGULAR) -> Copy:
    return Copy(name or f"{made:%Y%m%d%H%M%S}", Path(), 1, "", 1, "", made, why, "f", {})


days_back = st.lists(
    st.integers(0, 700 * 24 * 60).map(lambda m: timedelta(minutes=m)), max_size=60, unique=True
)


@given(days_back)
def test_what_is_kept_is_what_is_promised(back: list[timedelta]) -> None:
    copies = [a_copy(NOW - b) for b in sorted(back, reverse=True)]
    keep = kept(copies, NOW)
    assert keep >= {c.name for c in copies[-3:]}
    assert keep >= {c.name for c in copies if NOW - c.made < timedelta(days=2)}
    by_day = {c.made.astimezone().date(): c.name for c in copies}
    assert keep >= {by_day[d] for d in sorted(by_day)[-12:]}
    old = [c for c in copies if NOW - c.made >= timedelta(days=2) and c.name in keep]
    assert len(old) <= 3 + 12 + 10 + 9
    assert max(Counter(c.made.astimezone().date() for c in old).values(), default=0) <= 3


def test_thinning_repeated_every_day_leaves_the_promised_ladder() -> None:
    held: list[Copy] = []
    start = datetime(2025, 1, 1, 9, tzinfo=UTC)
    for hours in range(0, 24 * 400, 4):
        now = start + timedelta(hours=hours)
        held.append(a_copy(now))
        keep = kept(held, now)
        held = [c for c in held if c.name in keep]
    ages = [(now - c.made).days for c in held]
    assert len(ages) <= 12 + 12 + 10 + 9 and max(ages) > 200 and ages.count(0) >= 5


def test_copies_before_an_upgrade_are_kept_a_year() -> None:
    copies = [a_copy(NOW - timedelta(days=n)) for n in range(400, 0, -1)]
    copies[50] = replace(copies[50], why=BEFORE_UPGRADE)
    copies[10] = replace(copies[10], why=BEFORE_UPGRADE)
    assert copies[50].name in kept(copies, NOW) and copies[10].name not in kept(copies, NOW)


def test_only_files_of_the_manifest_are_deleted(filled: Store, path: Path) -> None:
    copies = [make(filled, BY_HAND) for _ in range(5)]
    folder = copies[0].folder
    (folder / "mine.desk").write_text("put here by hand")
    later = copies[-1].made + timedelta(days=3_000)
    assert thin(folder, "another file", later) == []
    dropped = thin(folder, copies[0].file, later)
    assert dropped == [c.name for c in copies[:2]] and list_copies(path) == list(reversed(copies[2:]))
    assert sorted(p.name for p in folder.glob("*.desk")) == sorted(
        ["mine.desk", *(c.name for c in copies[2:])]
    )


def test_the_digest_sees_every_value(filled: Store) -> None:
    tables = contents.columns(filled.conn)
    before = contents.finished(contents.digesting(filled.conn, tables))
    assert "search_data" not in tables and "change" in tables
    filled.change(Book, 1, {"published": date(2026, 1, 1)})
    assert contents.finished(contents.digesting(filled.conn, tables)) != before
