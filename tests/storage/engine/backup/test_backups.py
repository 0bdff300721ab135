"""Copies hold exactly what the file holds, are listed newest first, and are thinned as promised."""

import json
import sqlite3
import time
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from threading import Event

import pytest

from storage.engine import contents, disk
from storage.engine.backup import backups, copying
from storage.engine.backup.backups import BY_HAND, REGULAR, due, list_copies, make
from storage.engine.backup.copies import SECOND_PLACE, SETTINGS, enter_looked, second_place
from storage.engine.backup.copying import Made
from storage.engine.backup.images import Image
from storage.engine.backup.snapshots import save_as
from storage.engine.errors import StorageError
from storage.engine.history import History
from storage.engine.opening import open_store
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


def test_a_copy_is_never_begun_inside_a_change_nor_onto_the_file_itself(filled: Store, path: Path) -> None:
    copies = (partial(copying.copied, filled.conn, path.with_name("c.desk")), partial(save_as, filled, path))
    with filled.step("Open"):
        for make_one in copies:
            with pytest.raises(StorageError, match=r"waits until|is the file that is open"):
                make_one()
    linked = path.with_name("linked.desk")
    linked.hardlink_to(path)
    before = path.read_bytes()
    with pytest.raises(StorageError, match="is the file itself"):
        copying.copied(filled.conn, linked)
    with pytest.raises(StorageError, match="is the file that is open"):
        save_as(filled, linked)
    assert path.read_bytes() == before and not path.with_name("c.desk").exists()


def test_no_copy_in_the_middle_of_a_step(filled: Store) -> None:
    with filled.step("Add"):
        filled.save(Book(title="Emma"))
        with pytest.raises(StorageError, match="waits until"):
            make(filled, BY_HAND)
    assert len(filled.ids(Book)) == 4


def test_what_is_saved_meanwhile_is_in_the_copy(filled: Store, path: Path) -> None:
    for n, _ in enumerate(backups.making(filled.file, REGULAR)):
        if n == 1:
            filled.change(Book, 1, {"title": "Changed meanwhile"})
    (copy,) = list_copies(path)
    other = open_store(copy.path, read_only=True)
    assert all_of(other) == all_of(filled) and not backups.changed(filled)
    other.close()


def test_who_saves_again_and_again_gets_a_whole_copy_and_the_next_one_is_due(
    filled: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest, changes = backups._checked, count(1)

    def meanwhile(image: Image, target: Path, stopped: Event) -> Made | None:
        made = honest(image, target, stopped)
        time.sleep(0.02)  # so that the window has its turn
        return made

    monkeypatch.setattr(backups, "_checked", meanwhile)
    monkeypatch.setattr(backups, "PAUSE", 0.01)
    for n, _ in enumerate(backups.making(filled.file, REGULAR)):
        if n > 0:
            filled.change(Book, 1, {"title": f"Changed for the {next(changes)}th time"})
    (copy,) = list_copies(path)
    other = open_store(copy.path, read_only=True)
    assert History(other).first_broken() is None and other.get(Book, 2) == filled.get(Book, 2)
    assert other.get(Book, 1).title != filled.get(Book, 1).title and backups.changed(filled)
    other.close()


@pytest.mark.parametrize(
    "change",
    [
        "update book set title = 'BOOK 0' where id = 1",
        "update book set title = title || ' ' where id = 1",
        "delete from book where id = 3",
        "insert into draft(name, value, at) values('x', 'y', 'z')",
        "update draft set value = 'B'",
        "update meta set value = 'x' where name = 'file_uuid'",
        "create table more(id integer primary key, title text) strict",
    ],
)
def test_the_comparison_sees_every_value(filled: Store, tmp_path: Path, change: str) -> None:
    State(filled).draft("a", "b")
    target = tmp_path / "copy.desk"
    copying.copied(filled.conn, target)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as held:
        held.deserialize(filled.conn.serialize())
        with closing(sqlite3.connect(target)) as other:
            assert contents.same(held, target, contents.columns(other))
            for (name,) in other.execute("select name from sqlite_master where type = 'trigger'").fetchall():
                other.execute(f"drop trigger {name}")
            other.execute(change)
            other.commit()
            assert not contents.same(held, target, contents.columns(other))


def test_a_step_that_begins_meanwhile_stops_the_copy(filled: Store, path: Path) -> None:
    making = backups.making(filled.file, REGULAR)
    next(making)
    with filled.step("Add"):
        filled.save(Book(title="Emma"))
        with pytest.raises(StorageError, match="waits until"):
            next(making)
    assert list_copies(path) == []


def test_a_copy_that_differs_is_refused(filled: Store, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = copying.copied

    def dishonest(conn: sqlite3.Connection, target: Path) -> None:
        honest(conn, target)
        other = sqlite3.connect(target)
        other.execute("update meta set value = 'changed'")
        other.commit()
        other.close()

    monkeypatch.setattr(copying, "copied", dishonest)
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


def test_d3_a_full_disk_is_said_so(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
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


def test_the_digest_sees_every_value(filled: Store) -> None:
    tables = contents.columns(filled.conn)
    before = contents.finished(contents.digesting(filled.conn, tables))
    assert "search_data" not in tables and "change" in tables
    filled.change(Book, 1, {"published": date(2026, 1, 1)})
    assert contents.finished(contents.digesting(filled.conn, tables)) != before


def prefer(home: Path, place: str) -> None:
    home.mkdir(exist_ok=True)
    (home / SETTINGS).write_text(json.dumps({SECOND_PLACE: place}), encoding="utf-8")


def test_every_copy_lies_in_a_second_place_too_and_is_found_there(
    filled: Store, path: Path, home: Path, tmp_path: Path
) -> None:
    prefer(home, str(tmp_path / "documents"))
    copies = [make(filled, BY_HAND) for _ in range(2)]
    second = tmp_path / "documents" / State(filled).file_uuid
    assert [(second / c.name).read_bytes() for c in copies] == [c.path.read_bytes() for c in copies]
    assert list_copies(path) == list(reversed(copies)), "what lies in both places is listed once"
    filled.close()
    for copy in copies:
        copy.path.unlink()
    found = list_copies(path)
    assert [c.name for c in found] == [c.name for c in reversed(copies)] and found[0].is_as_made()
    path.write_bytes(b"gone")
    assert list_copies(path) == found


def test_a_second_place_that_fails_stops_nothing(filled: Store, home: Path, tmp_path: Path) -> None:
    (tmp_path / "in the way").write_text("a file, not a folder")
    prefer(home, str(tmp_path / "in the way"))
    assert make(filled, BY_HAND).is_as_made()


def test_d3_a_full_disk_in_the_second_place_leaves_nothing_half_made(
    filled: Store, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prefer(home, str(tmp_path / "documents"))

    def full(source: Path, target: Path) -> None:
        target.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(disk, "copy", full)
    assert make(filled, BY_HAND).is_as_made()
    assert [p for p in (tmp_path / "documents").rglob("*") if p.is_file()] == []


def test_no_second_place_when_the_user_wants_none_or_the_program_lies_elsewhere(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert second_place() is None
    prefer(home, "")
    monkeypatch.setattr("storage.engine.backup.copies.home", lambda: home)
    monkeypatch.delenv(backups.HOME)
    assert second_place() is None
    (home / SETTINGS).write_text("{")
    usual = second_place()
    assert usual is not None and usual.name == "Commissioning Desk backups"


def test_what_was_found_when_a_copy_was_read_again_is_remembered(filled: Store, path: Path) -> None:
    first, second = make(filled, BY_HAND), make(filled, BY_HAND)
    enter_looked(first, good=False)
    newest, oldest = list_copies(path)
    assert newest == second and newest.good and newest.looked is None
    assert not oldest.good and oldest.looked is not None
