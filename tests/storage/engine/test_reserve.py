"""Room is kept for a full disk: let go when a save meets one, the save made once more, and the user told."""

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from storage.engine import connected
from storage.engine.connection import connect
from storage.engine.errors import StorageError
from storage.engine.history import History
from storage.engine.opening import new_store, open_store
from storage.engine.reserve import Reserve
from storage.engine.state import State
from storage.engine.store import Store
from tests.campaign.frame import report
from tests.storage.engine.conftest import run
from tests.storage.engine.library import Author, Book, Writing

SMALL = 200_000  # bytes


class FullDisk:
    """A connection on whose disk there is no room from the n-th statement on, until the reserve is gone."""

    def __init__(self, conn: sqlite3.Connection, room: list[int], reserve: Path) -> None:
        self._conn, self._room, self._reserve = conn, room, reserve

    def _use(self) -> None:
        self._room[0] -= 1
        if self._room[0] < 0 and self._reserve.exists():
            raise full()

    def execute(self, sql: str, *given: Any) -> sqlite3.Cursor:  # noqa: ANN401 - as sqlite3 has it
        if not sql.startswith(("select", "pragma", "rollback")):
            self._use()
        return self._conn.execute(sql, *given)

    def executemany(self, sql: str, rows: Any) -> sqlite3.Cursor:  # noqa: ANN401
        self._use()
        return self._conn.executemany(sql, rows)

    def __getattr__(self, name: str) -> object:
        return getattr(self._conn, name)


def full() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorname = "SQLITE_FULL"
    return error


@pytest.fixture
def kept(path: Path) -> Iterator[Store]:
    """A file with a small reserve beside it."""
    store = new_store(path)
    store.file.reserve = Reserve(path, SMALL)
    assert store.file.reserve.make()
    with store.step("Add"):
        store.save(Author(title="Austen"))
    yield store
    store.close()


def fill(store: Store, after: int) -> None:
    """Let the disk be full after so many statements."""
    assert store.file.reserve
    store.file.conn = cast("sqlite3.Connection", FullDisk(store.conn, [after], store.file.reserve.path))


@pytest.mark.parametrize("after", range(16))
def test_d1_a_save_that_meets_a_full_disk_is_made_once_more(kept: Store, path: Path, after: int) -> None:
    fill(kept, after)
    with kept.step("Add two"):
        book = kept.save(Book(title="Emma"))
        kept.save(Writing(book=book.id, author=1))
    assert [s.label for s in History(kept).latest()] == ["Add two", "Add"]
    assert kept.get(Book, 1).written_by == "Austen" and History(kept).first_broken() is None
    assert kept.find("emma") and not kept.steps.busy
    released = kept.file.reserve is not None and not kept.file.reserve.path.exists()
    assert ["room kept there" in n for n in kept.file.notices] == [True] * released
    report("D1", {"full disks": int(released), "edits lost": 0})


def test_d1_undo_meets_a_full_disk(kept: Store) -> None:
    fill(kept, 4)
    run(History(kept).undo())
    assert kept.ids(Author) == []


def test_d1_a_second_time_the_change_is_refused_truly(kept: Store) -> None:
    fill(kept, 0)
    kept.change(Author, 1, {"title": "Jane Austen"})
    assert kept.file.reserve and kept.file.reserve.make()  # full again, and the reserve does not help now
    kept.file.reserve = None
    fills = FullDisk(kept.conn, [0], Path(__file__))
    kept.file.conn = cast("sqlite3.Connection", fills)
    with pytest.raises(
        StorageError, match=r"disk is full, so the last change was not saved\. Everything saved before"
    ):
        kept.change(Author, 1, {"title": "Austen again"})
    kept.file.reopen()
    assert kept.get(Author, 1).title == "Jane Austen"


def test_what_was_written_past_the_step_is_never_made_half(kept: Store) -> None:
    fill(kept, 6)
    with pytest.raises(StorageError, match="disk is full"), kept.step("Odd"):
        kept.save(Book(title="Emma"))
        kept.conn.execute("update book set title = 'Odd'")
        kept.conn.execute("update book set title = 'Odder'")
        kept.save(Book(title="Dracula"))
    assert kept.ids(Book) == []


def test_d2_a_file_on_a_full_disk_opens_and_saves_once_there_is_room(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_store(path).close()
    stop = path.with_name("full")
    stop.touch()

    def connecting(*given: Any, **named: Any) -> sqlite3.Connection:  # noqa: ANN401
        return cast("sqlite3.Connection", FullDisk(connect(*given, **named), [0], stop))

    monkeypatch.setattr(connected, "connect", connecting)
    store = open_store(path)
    assert "is full. Everything can be read" in store.file.notices[0] and store.ids(Book) == []
    state = State(store)
    state.draft("book 1 notes", "half a sentence")
    assert state.drafts() == {"book 1 notes": "half a sentence"} and not state.flush()
    with pytest.raises(StorageError, match="disk is full"), store.step("Add"):
        store.save(Book(title="Emma"))
    stop.unlink()
    assert state.flush()
    with store.step("Add"):
        store.save(Book(title="Emma"))
    store.close()
    again = open_store(path)
    assert again.ids(Book) == [1] and State(again).drafts() == {"book 1 notes": "half a sentence"}
    again.close()


def test_it_is_made_only_where_there_is_room(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reserve = Reserve(path, SMALL)
    assert reserve.make() and reserve.make() and reserve.path.stat().st_size == SMALL
    assert reserve.path.name.startswith("~$")
    assert reserve.let_go() and not reserve.let_go()
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: shutil._ntuple_diskusage(10, 10, SMALL * 2))
    assert not reserve.make() and not reserve.path.exists()


def test_a_reserve_that_cannot_be_made_is_no_error(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*given: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "posix_fallocate", fails, raising=False)
    assert not Reserve(path, SMALL).make() and not Reserve(path, SMALL).path.exists()
    assert not Reserve(path.parent / "nowhere" / "x.desk").make()


def test_nothing_is_left_beside_a_closed_file(kept: Store, path: Path) -> None:
    kept.close()
    assert sorted(p.name for p in path.parent.iterdir() if p.is_file()) == ["books.desk"]
