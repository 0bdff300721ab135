"""A file of an earlier version is brought up to date on a copy, whole or not at all."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from storage.engine import migrations, opening
from storage.engine.backup import backups
from storage.engine.errors import NewerFile, Refused, StorageError
from storage.engine.fields import RECORDS, Kind, Record, derived, link, record, text
from storage.engine.history import History
from storage.engine.migrations import Migration
from storage.engine.opening import open_store
from storage.engine.parts import Reads
from storage.engine.query import Query
from storage.engine.store import Store
from tests.storage.engine.conftest import REAL, all_of, run, stale, unsearched
from tests.storage.engine.library import Book, Shelf, Told

NOW = migrations.VERSION


@pytest.fixture
def closed(store: Store, path: Path) -> Path:
    """A file of this version with two shelves and a book, which will be of an earlier version."""
    with store.step("Add"):
        store.save_many([Shelf(title="North"), Shelf(title="South")])
        store.save(Book(title="Emma", shelf=2))
    store.close()
    return path


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let the program be of a later version, with the migrations named."""

    def become(*named: Migration, version: int = NOW + 1) -> None:
        monkeypatch.setattr(migrations, "MIGRATIONS", named)
        for module in (migrations, opening):
            monkeypatch.setattr(module, "VERSION", version)

    return become


@pytest.fixture
def wider(later: Callable[..., None]) -> type[Record]:
    """A later version: shelves have a room, a link, a worked-out value, and there are rooms."""
    later()

    @record("room", "Room", named_by=("title",))
    class Room(Record):
        """New in this version."""

        title: str = text("Name")

    @record("shelf", "Shelf", "Shelves", named_by=("title",), reads=(Reads("books", "book", link="shelf"),))
    class Shelves(Record):
        """As before, and more."""

        title: str = text("Name", required=True)
        corner: str = text("Corner", default="")
        room: int | None = link("Room", "room")
        holds: int | None = derived(
            "Books", Kind.WHOLE, rule=lambda s, parts: Told(len(parts.of(Book, "books")), "")
        )

    return Shelves


def test_new_fields_and_records_are_added(closed: Path, wider: Any) -> None:  # noqa: ANN401 - a class made here
    store = open_store(closed, who="Ann")
    assert [(s.title, s.corner, s.room, s.holds) for s in store.all(wider)] == [
        ("North", "", None, 0),
        ("South", "", None, 1),
    ]
    with store.step("Use them"):
        room = store.save(RECORDS["room"](title="Reading room"))  # type: ignore[call-arg]
        store.save(wider(title="West", corner="dark", room=room.id))
    assert [h.title for h in store.find("dark")] == ["West"] and stale(store) == [] == unsearched(store)
    run(History(store).undo())
    assert len(store.ids(wider)) == 2 and History(store).first_broken() is None
    store.close()
    open_store(closed).close()


def test_undo_stops_at_the_upgrade(closed: Path, wider: type[Record]) -> None:
    store = open_store(closed, who="Ann")
    assert [(s.kind, s.who) for s in History(store).latest()] == [("migration", "Ann"), ("edit", "Ann")]
    with pytest.raises(Refused, match="Undo stops here"):
        History(store).undo()
    store.close()


def test_the_original_is_kept_as_a_copy(closed: Path, wider: type[Record]) -> None:
    open_store(closed).close()
    (copy,) = backups.list_copies(closed)
    assert copy.why == backups.BEFORE_UPGRADE and copy.counts == {"shelf": 2, "book": 1}
    with closing(sqlite3.connect(copy.path)) as conn:
        assert conn.execute("pragma user_version").fetchone() == (NOW,)
    assert [p.name for p in closed.parent.iterdir() if p.is_file()] == ["books.desk"]


def test_an_older_file_can_be_read_without_being_changed(closed: Path, wider: type[Record]) -> None:
    before = closed.read_bytes()
    store = open_store(closed, read_only=True)
    assert [s.name for s in store.all(wider)] == ["North", "South"] and len(store.find("north")) == 1
    store.close()
    assert closed.read_bytes() == before


def in_capitals(db: Any) -> None:  # noqa: ANN401 - sqlite-utils is imported when it is used
    db.execute("update shelf set title = upper(title)")


def named_title(db: Any) -> None:  # noqa: ANN401
    db.execute("alter table shelf rename column title to label")
    db.execute("alter table shelf rename column label to title")


def breaks(db: Any) -> None:  # noqa: ANN401
    db.execute("update shelf set title = 'half done'")
    raise ValueError("a migration in trouble")


def loses(db: Any) -> None:  # noqa: ANN401
    db.execute("delete from shelf where id = 1")


def test_named_migrations_run_once_in_order_and_are_recorded(
    closed: Path, later: Callable[..., None]
) -> None:
    later(Migration("names", named_title), Migration("capitals", in_capitals))
    store = open_store(closed)
    assert [s.title for s in store.all(Shelf)] == ["NORTH", "SOUTH"] and len(store.find("north")) == 1
    assert migrations.applied(store.conn) == {"names", "capitals"} and not migrations.behind(store.conn)
    story = History(store).of("shelf", 1)
    assert story[0].new == {"title": "NORTH"} and History(store).first_broken() is None
    store.change(Shelf, 1, {"title": "north"})
    store.close()
    again = open_store(closed)
    assert again.get(Shelf, 1).title == "north" and len(History(again).latest()) == 3
    again.close()


@pytest.mark.parametrize("migration", [breaks, loses])
def test_a_migration_that_fails_leaves_the_file_as_it_was(
    closed: Path, later: Callable[..., None], migration: Callable[[Any], None]
) -> None:
    before = closed.read_bytes()
    later(Migration("bad", migration))
    with pytest.raises(StorageError, match=r"could not be brought up to date .* The file is as it was"):
        open_store(closed)
    assert closed.read_bytes() == before
    assert [p.name for p in closed.parent.iterdir() if p.is_file()] == ["books.desk"]
    later(version=NOW)
    open_store(closed).close()


def test_a_backup_that_fails_stops_the_upgrade(closed: Path, wider: type[Record], home: Path) -> None:
    home.mkdir(exist_ok=True)
    (home / "backups").write_text("a file in the way")
    before = closed.read_bytes()
    with pytest.raises(StorageError, match="No backup"):
        open_store(closed)
    assert closed.read_bytes() == before


def test_a_migration_that_is_not_known_means_a_newer_file(closed: Path, later: Callable[..., None]) -> None:
    later(Migration("capitals", in_capitals))
    open_store(closed).close()
    later(version=NOW + 1)
    with pytest.raises(NewerFile):
        open_store(closed)
    reading = open_store(closed, read_only=True)
    assert reading.ids(Shelf) == [1, 2]
    reading.close()


def test_a_new_file_has_every_migration(path: Path, later: Callable[..., None]) -> None:
    later(Migration("breaks if it is run", breaks))
    store = opening.new_store(path)
    assert not migrations.behind(store.conn)
    store.close()
    open_store(path).close()


def test_a_newer_file_that_lacks_what_this_version_needs(closed: Path) -> None:
    with closing(sqlite3.connect(closed)) as conn:
        conn.execute("pragma user_version = 9")
        conn.executescript("drop trigger book_au; drop trigger book_ai; drop trigger book_ad")
        conn.execute("alter table book rename column notes to remarks")
    with pytest.raises(NewerFile, match="alone can show it"):
        open_store(closed, read_only=True)


def test_triggers_are_made_anew(closed: Path, later: Callable[..., None]) -> None:
    with closing(sqlite3.connect(closed)) as conn:
        conn.execute("drop trigger book_au")
    later()
    store = open_store(closed)
    found = {r[0] for r in store.conn.execute("select name from sqlite_master where type = 'trigger'")}
    assert "book_au" in found
    store.close()


@pytest.fixture
def real_records() -> None:
    """The program's own records instead of the library's, which the next test gets back."""
    RECORDS.clear()
    RECORDS.update(REAL)


def test_the_first_version_always_opens(project: Path, path: Path, real_records: None) -> None:
    shutil.copy(project / "tests/files/desk/version-1.desk", path)
    store = open_store(path)
    held = {t: len(found) for t, found in all_of(store).items() if found}
    assert held["contract"] == 3 and held["organisation"] == 2 and held["specification_version"] == 1
    assert {h.table for h in store.find("millbrook")} >= {"contract", "organisation"}
    assert len(store.ids(RECORDS["contract"], Query(binned=True))) == 1
    store.change(RECORDS["contract"], 1, {"title": "Changed"})
    run(History(store).undo())
    assert History(store).first_broken() is None and stale(store) == [] == unsearched(store)
    store.close()
