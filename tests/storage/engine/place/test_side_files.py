"""What lies beside a file is kept, read both ways on copies, and never damages the file."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage.engine.errors import DamagedFile
from storage.engine.file import OpenFile
from storage.engine.history import History
from storage.engine.opening import open_store
from storage.engine.place import side_files
from storage.engine.store import Store
from tests.campaign.frame import report, scaled
from tests.storage.engine.conftest import Child
from tests.storage.engine.library import Book

CUT_OFF = """
import os
store = open_store(Path(sys.argv[1]))
store.conn.execute("pragma cache_size = 5")
with store.step("Never finished"):
    store.save_many([Book(title=f"Lost {n}", notes="x" * 3_000) for n in range(int(sys.argv[2]))])
    store.conn.execute("update book set notes = notes || 'y'")
    os._exit(9)
"""


@pytest.fixture
def closed(store: Store, path: Path) -> Path:
    """A file of forty books that is not open."""
    with store.step("Add"):
        store.save_many([Book(title=f"Book {n}", notes="words " * 50) for n in range(40)])
    store.close()
    return path


def books(path: Path) -> list[str]:
    with closing(open_store(path)) as store:
        assert History(store).first_broken() is None
        return sorted(r[0] for r in store.conn.execute("select title from book"))


def kept(home: Path) -> list[Path]:
    room = home / "recovery"
    return sorted(room.iterdir()) if room.exists() else []


def test_a_change_that_was_cut_off_is_kept_and_rolled_back(closed: Path, home: Path, child: Child) -> None:
    before = books(closed)
    assert child(CUT_OFF, closed, 300).wait() == 9
    cut_off = {
        p.name: p.read_bytes() for p in closed.parent.iterdir() if p.is_file() and "lock" not in p.name
    }
    assert books(closed) == before
    (folder,) = kept(home)
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == cut_off


def test_l8_a_stale_journal_never_damages_a_file_put_back_by_hand(closed: Path, child: Child) -> None:
    tried = scaled(quick=4, night=40, release=200)
    with closing(open_store(closed)) as store:
        for n in range(30):
            with store.step("Change"):
                store.save(Book(title=f"More {n}", notes="z" * 2_000))
    later = closed.read_bytes()
    held = books(closed)
    damaged = 0
    for number in range(tried):
        assert child(CUT_OFF, closed, 20 + number % 200).wait() == 9
        with (
            closing(open_store(closed)) as store,
            store.step("Another state"),
        ):  # which rolls back, then goes on
            store.save(Book(title="Another"))
        assert child(CUT_OFF, closed, 20 + number % 200).wait() == 9
        closed.write_bytes(later)  # by hand, and the journal of the other state stays beside it
        damaged += books(closed) != held
    report("L8", {"stale journals": tried, "damaged": damaged})
    assert not damaged


@pytest.mark.parametrize("sound", [True, False])
@pytest.mark.parametrize("page", [None, 0], ids=["its page", "no page"])
def test_a_damaged_journal_does_not_blow_the_file_up(
    closed: Path, child: Child, sound: bool, page: int | None
) -> None:
    whole, held = closed.read_bytes(), books(closed)
    assert child(CUT_OFF, closed, 300).wait() == 9
    journal = closed.with_name(closed.name + "-journal")
    content = bytearray(journal.read_bytes())
    content[16:20] = (1 << 24).to_bytes(4, "big")  # the pages it says the file had: 64 gigabytes of them
    if page is not None:
        content[24:28] = page.to_bytes(4, "big")  # SQLite then takes the size of the file's own pages
    journal.write_bytes(content)
    if sound:
        closed.write_bytes(whole)
        assert books(closed) == held
    else:
        closed.write_bytes(whole[:5_000] + bytes(len(whole) - 5_000))
        with pytest.raises(DamagedFile, match="nor can what lies beside it"):
            open_store(closed)
    assert closed.stat().st_size < 2 * len(whole)


def logged(path: Path, statements: str, *, lose_log: bool = False) -> None:
    """Write to the file as a program would that uses a write-ahead log, and die without tidying up."""
    work = path.with_name("work.db")
    shutil.copy(path, work)
    conn = sqlite3.connect(work, isolation_level=None)
    conn.execute("pragma journal_mode = wal")
    conn.execute("pragma wal_autocheckpoint = 0")
    conn.executescript(statements)
    shutil.copy(work, path)
    if not lose_log:
        shutil.copy(work.with_name("work.db-wal"), path.with_name(path.name + "-wal"))
    conn.close()
    work.unlink()


def test_l8_changes_in_a_log_beside_the_file_are_read_with_it(closed: Path, home: Path) -> None:
    logged(closed, "insert into state values('seen', '1', '')")
    before = {p.name: p.read_bytes() for p in closed.parent.glob("books.desk*")}
    with closing(open_store(closed)) as store:
        assert store.conn.execute("select value from state where name = 'seen'").fetchone() == ("1",)
        assert "was read with it" in store.file.notices[0]
    (folder,) = kept(home)
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before
    assert [p.name for p in closed.parent.glob("books.desk*")] == ["books.desk"]
    assert closed.read_bytes()[18:20] == b"\x01\x01"


@pytest.mark.parametrize("size", [1, 40, 2_000])
def test_l8_a_stale_log_is_left_out(closed: Path, size: int) -> None:
    before = closed.read_bytes()
    with closing(open_store(closed)) as store, store.step("Add"):
        store.save(Book(title="Saved later", notes="more words " * 900))
    later = closed.read_bytes()
    closed.write_bytes(before)
    logged(closed, f"update document set body = body || '{'x' * size}'; delete from state")
    closed.write_bytes(later)  # put back by hand, and the log of the other state stays beside it
    held = {p.name: p.read_bytes() for p in closed.parent.glob("books.desk*")}
    with closing(open_store(closed, read_only=True)) as store:
        assert len(store.ids(Book)) == 41
    assert {p.name: p.read_bytes() for p in closed.parent.glob("books.desk*")} == held
    with closing(open_store(closed)) as store:
        assert len(store.ids(Book)) == 41 and "was left out" in store.file.notices[0]
        assert History(store).first_broken() is None


def test_a_file_that_lost_its_log_opens_all_the_same(closed: Path) -> None:
    logged(closed, "select 1", lose_log=True)
    assert len(books(closed)) == 40


def test_reading_only_changes_nothing_of_a_file_with_a_log(closed: Path, home: Path) -> None:
    logged(closed, "insert into state values('seen', '1', '')")
    before = {p.name: p.read_bytes() for p in closed.parent.glob("books.desk*")}
    with closing(open_store(closed, read_only=True)) as store:
        assert store.conn.execute("select value from state where name = 'seen'").fetchone() == ("1",)
    assert {p.name: p.read_bytes() for p in closed.parent.glob("books.desk*")} == before and kept(home) == []


def test_only_so_many_of_what_was_kept_are_kept(closed: Path, home: Path) -> None:
    for _ in range(14):
        side_files.keep(closed)
    folders = kept(home)
    assert len(folders) == 10 and all((f / closed.name).read_bytes() == closed.read_bytes() for f in folders)


def test_no_room_to_keep_anything_does_not_stop_the_opening(
    closed: Path, child: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = books(closed)
    assert child(CUT_OFF, closed, 300).wait() == 9

    def full(path: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(side_files, "keep", full)
    assert books(closed) == before


def test_a_file_without_side_files_is_left_alone(closed: Path) -> None:
    before = closed.read_bytes()
    assert side_files.settle(closed) == "" and closed.read_bytes() == before
    with closing(OpenFile(closed, "ro")):
        pass
