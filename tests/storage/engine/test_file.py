"""The open file knows whether it is still ours to write to, waits for slow disks, and never says saved falsely."""

import json
import os
import sqlite3
import stat
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import Any, cast

import pytest

from storage.engine import patience
from storage.engine.backup.snapshots import save_as
from storage.engine.errors import (
    ChangedOutside,
    DamagedFile,
    FileMoved,
    FileTaken,
    ReadOnlyFile,
    StorageError,
)
from storage.engine.file import OpenFile, closed_properly
from storage.engine.locking import Lock
from storage.engine.opening import open_store
from storage.engine.steps import Changes
from storage.engine.store import Store
from tests.campaign.frame import report
from tests.storage.engine.conftest import Child
from tests.storage.engine.library import Book


@pytest.fixture
def emma(store: Store) -> Store:
    """A file with one book, open to write."""
    with store.step("Add"):
        store.save(Book(title="Emma"))
    return store


def titles(path: Path) -> list[str]:
    with closing(open_store(path, read_only=True)) as store:
        return [b.title for b in store.all(Book)]


def outside(path: Path, *statements: str) -> None:
    """Write as another program does."""
    with closing(sqlite3.connect(path)) as conn:
        for statement in statements:
            conn.execute(statement)
        conn.commit()


# ---- proof of writing


def test_the_file_notes_who_has_it_and_whether_it_was_closed(store: Store, path: Path) -> None:
    noted = dict(store.conn.execute("select name, value from meta"))
    assert noted["clean"] == "0" and store.file.lock and noted["session"] == store.file.lock.token
    store.close()
    with closing(sqlite3.connect(path)) as conn:
        assert closed_properly(conn)


def test_p1_a_program_that_was_killed_did_not_close_the_file(path: Path, store: Store, child: Child) -> None:
    store.close()
    assert child("import os\nstore = open_store(Path(sys.argv[1]))\nos._exit(9)", path).wait() == 9
    with closing(sqlite3.connect(path)) as conn:
        assert not closed_properly(conn)
    Lock.path_for(path).unlink()  # without its lock file too: the file itself tells
    outside(path, "update current_step set step = 1, kind = 'edit'",
            "insert into writing(uuid, book, author) values('u', 1, 5)",
            "update current_step set step = null, kind = null")  # fmt: skip
    with pytest.raises(DamagedFile, match="links to"):
        open_store(path)


# ---- locks


def test_l3_a_lock_that_was_broken_is_seen_inside_the_next_save(emma: Store, path: Path) -> None:
    outside(path, "update meta set value = 'of another program' where name = 'session'")
    with pytest.raises(FileTaken, match=r"taken over by another program.*Save a copy"), emma.step("Add"):
        emma.save(Book(title="Dracula"))
    with pytest.raises(ReadOnlyFile), emma.step("Again"):
        pass
    copy = path.with_name("mine.desk")
    save_as(emma, copy)
    emma.close()
    assert titles(path) == ["Emma"] == titles(copy)
    with closing(sqlite3.connect(path)) as conn:
        assert (
            conn.execute("select value from meta where name = 'session'").fetchone()[0]
            == "of another program"
        )
    report("L3", {"overwrites": 0})


def test_l3_another_program_that_took_the_lock_is_named(emma: Store, path: Path, child: Child) -> None:
    Lock.path_for(path).unlink()
    takes = (
        "from storage.engine.locking import Lock\nsaid(Lock.take(Path(sys.argv[1])))\nsys.stdin.readline()"
    )
    process = child(takes, path)
    assert process.stdout and process.stdout.readline()
    with pytest.raises(FileTaken, match=r"taken over by .* on ") as told, emma.step("Add"):
        emma.save(Book(title="Dracula"))
    assert "Everything saved before it is in the file" in str(told.value)
    process.communicate("\n")


def test_l3_a_lock_file_that_was_only_deleted_is_made_anew(emma: Store, path: Path, child: Child) -> None:
    Lock.path_for(path).unlink()
    assert emma.change(Book, 1, {"title": "Emma again"})
    tries = "said(type(Lock.take(Path(sys.argv[1]))).__name__)"
    process = child("from storage.engine.locking import Lock\n" + tries, path)
    assert process.communicate()[0] == "Held\n"
    assert json.loads(Lock.path_for(path).read_bytes())["pid"] == os.getpid()


# ---- moved, changed, gone


@pytest.mark.parametrize("happening", ["moved", "deleted", "replaced"])
def test_l6_everything_saved_is_in_a_rescue_copy_of_this_user(
    emma: Store, path: Path, home: Path, happening: str
) -> None:
    if happening == "deleted":
        path.unlink()
    else:
        path.rename(path.with_name("elsewhere.desk"))
    if happening == "replaced":
        path.write_bytes(b"something else")
    with pytest.raises(FileMoved) as told, emma.step("Add"):
        emma.save(Book(title="Dracula"))
    (rescued,) = (home / "rescue").iterdir()
    assert f"in the rescue copy {rescued}" in str(told.value)
    if os.name == "posix":
        assert stat.S_IMODE(rescued.stat().st_mode) == 0o600
    assert titles(rescued) == ["Emma"]
    with pytest.raises(FileMoved), emma.step("Again"):
        pass
    assert [p.name for p in (home / "rescue").iterdir()] == [rescued.name]
    copy = path.with_name("copy.desk")
    save_as(emma, copy)
    assert titles(copy) == ["Emma"]
    report("L6", {"falsely acknowledged": 0})


def test_l7_what_another_program_wrote_is_read_before_anything_is_saved(emma: Store, path: Path) -> None:
    told: list[Changes] = []
    emma.steps.listeners.append(told.append)
    outside(path, "update current_step set step = 1, kind = 'edit'", "update book set title = 'Outside'",
            "update current_step set step = null, kind = null")  # fmt: skip
    with pytest.raises(ChangedOutside, match="change was not saved"), emma.step("Change"):
        emma.save(Book(id=1, title="Stale"))
    assert told[0].ids("book") == {1} and not told[0].saved
    assert emma.get(Book, 1).title == "Outside" and emma.change(Book, 1, {"title": "Knowingly"})
    report("L7", {"stale overwrites": 0})


def test_l7_a_file_that_was_damaged_meanwhile_is_only_read(emma: Store, path: Path) -> None:
    with emma.step("Add"):
        emma.save_many([Book(title=f"Book {n}", notes="words " * 300) for n in range(40)])
    outside(path, "insert into state values('x', '1', '')")
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(8192)
        file.write(os.urandom(size - 20_000))
    with pytest.raises(DamagedFile, match="is damaged"), emma.step("Add"):
        emma.save(Book(title="Lost"))


def test_trouble_is_seen_between_saves_and_says_only_what_is_true(emma: Store, path: Path) -> None:
    assert emma.file.trouble() is None
    path.rename(path.with_name("elsewhere.desk"))
    trouble = emma.file.trouble()
    assert isinstance(trouble, FileMoved) and "nothing can be saved to it now" in str(trouble)
    assert "the change was not saved" not in str(trouble)
    path.with_name("elsewhere.desk").rename(path)
    outside(path, "insert into state values('x', '1', '')")
    assert isinstance(emma.file.trouble(), ChangedOutside)
    emma.steps.read_again()
    assert emma.file.trouble() is None


class GoneDisk:
    """A connection on whose disk nothing can be reached any more."""

    def __init__(self, conn: sqlite3.Connection, *, readable: bool) -> None:
        self._conn, self._readable = conn, readable

    def execute(self, sql: str, *given: Any) -> sqlite3.Cursor:  # noqa: ANN401 - as sqlite3 has it
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorname = "SQLITE_IOERR_READ"
        raise error

    def serialize(self) -> bytes:
        if not self._readable:
            raise sqlite3.OperationalError("unable to serialize")
        return self._conn.serialize()

    def __getattr__(self, name: str) -> object:
        return getattr(self._conn, name)


@pytest.mark.parametrize("readable", [True, False])
def test_d5_a_disk_that_is_gone_is_said_plainly(emma: Store, home: Path, path: Path, readable: bool) -> None:
    real = emma.conn
    emma.file.conn = cast("sqlite3.Connection", GoneDisk(real, readable=readable))
    words = "disk reported an error, so the last change was not saved"
    with pytest.raises(StorageError, match=words) as told, emma.step("Change"):
        emma.save(Book(title="Lost"))
    assert ("rescue copy" in str(told.value)) == readable
    copy = path.with_name("copy.desk")
    if readable:
        (rescued,) = (home / "rescue").iterdir()
        save_as(emma, copy)
        assert titles(rescued) == ["Emma"] == titles(copy)
    else:
        with pytest.raises(StorageError, match=r"copy.desk was not written: disk I/O error"):
            save_as(emma, copy)
    emma.file.conn = real
    report("D5", {"acknowledged saves lost": 0})


# ---- slow disks


class SlowDisk:
    """A connection whose disk takes its time over every commit."""

    def __init__(self, conn: sqlite3.Connection, seconds: float) -> None:
        self._conn, self._seconds = conn, seconds

    def execute(self, sql: str, *given: Any) -> sqlite3.Cursor:  # noqa: ANN401
        if sql == "commit":
            time.sleep(self._seconds)
        return self._conn.execute(sql, *given)

    def __getattr__(self, name: str) -> object:
        return getattr(self._conn, name)


def test_d6_after_300_ms_somebody_is_told_and_there_is_no_second_writer(emma: Store) -> None:
    seen: list[object] = []

    def when_slow(is_done: patience.IsDone) -> None:
        seen.append(emma.steps.busy)
        with pytest.raises(StorageError, match="still running"), emma.step("A second writer"):
            pass
        while not is_done():
            time.sleep(0.01)
        seen.append("done")

    emma.file.patience.when_slow = when_slow
    assert emma.change(Book, 1, {"title": "Quick"}) and seen == []
    emma.file.conn = cast("sqlite3.Connection", SlowDisk(emma.conn, 0.5))
    assert emma.change(Book, 1, {"title": "Slow"})
    assert seen == [True, "done"] and emma.get(Book, 1).title == "Slow" and not emma.steps.busy
    assert threading.active_count() == 1


HOLDS = """
import sqlite3
conn = sqlite3.connect(sys.argv[1], isolation_level=None)
conn.execute("begin")
conn.execute("select * from book").fetchall()
said("reading")
import time
time.sleep(float(sys.argv[2]))
conn.execute("commit")
"""


@pytest.mark.parametrize(("patient", "saved"), [(5.0, True), (0.2, False)])
def test_d6_a_program_that_reads_the_file_is_waited_for(
    emma: Store, path: Path, child: Child, monkeypatch: pytest.MonkeyPatch, patient: float, saved: bool
) -> None:
    monkeypatch.setattr(patience, "TRIES", patient)
    process = child(HOLDS, path, 1.5)
    assert process.stdout and process.stdout.readline() == "reading\n"
    if saved:
        assert emma.change(Book, 1, {"title": "Saved after all"})
    else:
        with pytest.raises(
            StorageError, match="Another program is using the file, so the last change was not saved"
        ):
            emma.change(Book, 1, {"title": "Given up"})
    process.wait()
    assert emma.get(Book, 1).title == ("Saved after all" if saved else "Emma")


def test_an_error_on_the_other_thread_comes_back_here(emma: Store) -> None:
    emma.file.patience.when_slow = lambda is_done: None

    def fails() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        emma.file.patience.run(fails)
    assert not emma.file.patience.waiting


def test_a_file_that_cannot_be_written_to_closes_all_the_same(emma: Store, path: Path) -> None:
    path.unlink()
    emma.close()
    with pytest.raises(sqlite3.ProgrammingError):
        emma.conn.execute("select 1")
    assert not Lock.path_for(path).exists()


def test_reading_leaves_no_note(path: Path, store: Store) -> None:
    store.close()
    before = path.read_bytes()
    with closing(OpenFile(path, "ro")) as reading:
        assert reading.trouble() is None
    assert path.read_bytes() == before
