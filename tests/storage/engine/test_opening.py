"""Opening checks everything in its order, says what is wrong in plain words, and never changes what it refuses."""

import os
import secrets
import sqlite3
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from storage.engine import connected, contents, opening
from storage.engine.errors import (
    DamagedFile,
    FileInUse,
    NewerFile,
    NotADeskFile,
    ReadOnlyFile,
    StorageError,
)
from storage.engine.file_header import read_header
from storage.engine.history import History
from storage.engine.locking import Lock
from storage.engine.migrations import VERSION
from storage.engine.opening import new_store, open_store
from storage.engine.place import known_files
from storage.engine.store import Store
from tests.campaign.frame import report, scaled
from tests.storage.engine.conftest import Child, all_of
from tests.storage.engine.library import Book


@pytest.fixture
def closed(store: Store, path: Path) -> Path:
    """A file of forty books that is not open."""
    with store.step("Add"):
        store.save_many([Book(title=f"Book {n}", notes="words " * 50) for n in range(40)])
    store.close()
    return path


OTHERS = (
    ("xlsx", b"PK\x03\x04"),
    ("xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    ("pdf", b"%PDF-1.7\n"),
    ("docx", b"PK\x03\x04"),
    ("png", b"\x89PNG\r\n\x1a\n"),
    ("exe", b"MZ"),
    ("gz", b"\x1f\x8b"),
    ("txt", b"SQLite format 2\0"),
    ("html", b"<html>"),
    ("json", b'{"a": 1}'),
    ("kdbx", b"\x03\xd9\xa2\x9a"),
    ("mdb", b"\0\1\0\0Standard Jet DB\0"),
    ("zip", b"PK\x05\x06"),
)


def overwrite(path: Path, at: int, what: bytes) -> None:
    with path.open("r+b") as opened:
        opened.seek(at)
        opened.write(what)


def names(path: Path) -> list[str]:
    return sorted(p.name for p in path.parent.iterdir() if p.name != "home")


def test_a_new_file_is_ours_and_empty(path: Path) -> None:
    store = new_store(path)
    assert all(found == [] for found in all_of(store).values())
    store.close()
    header = read_header(path)
    assert (header.version, header.page_size, header.pages * 4096) == (VERSION, 4096, header.size)
    assert names(path) == ["books.desk"]


def test_a_new_file_never_takes_a_name_that_is_there(path: Path) -> None:
    path.write_text("mine")
    with pytest.raises(StorageError, match="already exists"):
        new_store(path)
    assert path.read_text() == "mine"
    with pytest.raises(StorageError, match="no folder"):
        new_store(path.parent / "nowhere" / "x.desk")


def test_a_new_file_that_fails_leaves_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*given: object) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorname = "SQLITE_FULL"
        raise error

    monkeypatch.setattr(opening, "stamp", fails)
    with pytest.raises(StorageError, match="disk did not let"):
        new_store(path)
    assert names(path) == []


AWKWARD = (
    "a b.desk",
    "50% off?.desk",
    "über # café.desk",
    "x;y&z='q'.desk",
    "n" * 190 + ".desk",
    "no ending",
    "~$x.desk",
)


@pytest.mark.parametrize("name", AWKWARD)
def test_l9_awkward_names_open_the_right_file(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "100% of? #1 ünï"
    folder.mkdir()
    with closing(new_store(folder / name)) as store, store.step("Add"):
        store.save(Book(title=name[:40]))
    for read_only in (False, True):
        with closing(open_store(folder / name, read_only=read_only)) as store:
            assert store.get(Book, 1).title == name[:40]
    assert [p.name for p in folder.iterdir()] == [name] and [
        p.name for p in tmp_path.iterdir() if p.is_file()
    ] == []


def test_l9_a_link_to_a_file_has_the_lock_of_the_file(closed: Path) -> None:
    linked = closed.with_name("linked.desk")
    linked.symlink_to(closed)
    with closing(open_store(linked)) as store:
        assert store.file.path == closed
        with pytest.raises(FileInUse, match="in another window"):
            open_store(closed)
    assert names(closed) == ["books.desk", "linked.desk"]


def test_g2_the_connection_serves_one_thread(store: Store) -> None:
    def read() -> str:
        with pytest.raises(RuntimeError, match="open in another thread"):
            store.get(Book, 1)
        return "refused"

    with ThreadPoolExecutor(max_workers=1) as pool:
        assert pool.submit(read).result() == "refused"
    assert store.ids(Book) == []


def test_v2_a_large_file_is_checked_while_it_is_read_once(closed: Path) -> None:
    megabytes = scaled(quick=25, night=100, release=100)
    with closing(open_store(closed)) as store, store.step("Add much"):
        for _ in range(megabytes // 5):
            store.save_many([Book(title="Large", notes=secrets.token_hex(25_000)) for _ in range(48)])
    size = closed.stat().st_size
    if sys.platform == "linux":  # out of the memory of the system, as after a restart
        with closed.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    since = time.monotonic()
    with closing(open_store(closed)) as store:
        seconds = time.monotonic() - since
        assert len(store.ids(Book)) > 40
    report("V2", {"MB": size // 10**6, "seconds to open": round(seconds, 2)})
    assert seconds < 5


def test_what_was_saved_is_there_again(closed: Path) -> None:
    for read_only in (False, True):
        store = open_store(closed, read_only=read_only)
        assert len(store.ids(Book)) == 40 and len(store.find("book", limit=99)) == 40
        store.close()
    assert names(closed) == ["books.desk"]


def test_a_file_in_use_can_be_read_while_it_is_written(closed: Path) -> None:
    writing = open_store(closed)
    with pytest.raises(FileInUse, match="open in this program, in another window"):
        open_store(closed)
    reading = open_store(closed, read_only=True)
    with writing.step("Add"):
        writing.save(Book(title="Emma"))
    assert [h.title for h in reading.find("emma")] == ["Emma"]
    with pytest.raises(ReadOnlyFile, match="open to read only"), reading.step("Add"):
        pass
    reading.close()
    assert Lock.path_for(closed).exists()
    writing.close()


@pytest.mark.parametrize(
    ("name", "content", "kind", "says"),
    [
        ("x.desk", b"", DamagedFile, "it is empty"),
        ("x.desk", b"\0" * 9_000, DamagedFile, "beginning was overwritten"),
        ("x.desk", b"SQLite format 3\0 and no more", DamagedFile, "beginning was overwritten or cut off"),
        ("x.xlsx", b"PK\x03\x04" + b"x" * 200, NotADeskFile, "not a Commissioning Desk file"),
        ("x.csv", b"", NotADeskFile, "not a Commissioning Desk file"),
        *(
            (f"x.{end}", start + b"\0" * 300, NotADeskFile, "not a Commissioning Desk file")
            for end, start in OTHERS
        ),
        *(("x.desk", start + b"\0" * 300, DamagedFile, "beginning was overwritten") for _, start in OTHERS),
    ],
)
def test_c6_other_files_are_told_apart(
    tmp_path: Path, name: str, content: bytes, kind: type[StorageError], says: str
) -> None:
    other = tmp_path / name
    other.write_bytes(content)
    for read_only in (False, True):
        with pytest.raises(kind, match=says):
            open_store(other, read_only=read_only)
    assert other.read_bytes() == content and not Lock.path_for(other).exists()


def test_folders_and_nothing_at_all(tmp_path: Path) -> None:
    with pytest.raises(NotADeskFile, match="is a folder"):
        open_store(tmp_path)
    with pytest.raises(StorageError, match="There is no file"):
        open_store(tmp_path / "nothing.desk")


def test_a_database_of_another_program(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "photos.db")
    other.execute("create table t(a)")
    other.commit()
    other.close()
    with pytest.raises(NotADeskFile, match="another program"):
        open_store(tmp_path / "photos.db")


@pytest.mark.parametrize("cut", [0.3, 0.9])
def test_a_file_cut_short_is_damaged(closed: Path, cut: float) -> None:
    whole = closed.read_bytes()
    closed.write_bytes(whole[: int(len(whole) * cut)])
    before = closed.read_bytes()
    with pytest.raises(DamagedFile, match=r"it holds [\d,]+ bytes and should hold"):
        open_store(closed)
    assert closed.read_bytes() == before


def test_an_overwritten_page_is_damage(closed: Path) -> None:
    size = closed.stat().st_size
    overwrite(closed, 4096, os.urandom(size - 8192))
    before = closed.read_bytes()
    for read_only in (False, True):
        with pytest.raises(DamagedFile, match="File → Restore"):
            open_store(closed, read_only=read_only)
    assert closed.read_bytes() == before and names(closed) == ["books.desk"]


def test_a_page_size_that_cannot_be_is_damage(closed: Path) -> None:
    overwrite(closed, 16, b"\x0f\xff")
    with pytest.raises(DamagedFile, match="first page"):
        open_store(closed)


def test_a_file_without_its_tables_is_damage(closed: Path) -> None:
    conn = sqlite3.connect(closed)
    conn.execute("drop table meta")
    conn.commit()
    conn.close()
    with pytest.raises(DamagedFile, match="meta"):
        open_store(closed)


def test_m3_a_newer_file_is_only_read(closed: Path) -> None:
    conn = sqlite3.connect(closed)
    conn.execute("pragma user_version = 99")
    conn.close()
    before = closed.read_bytes()
    with pytest.raises(NewerFile, match="newer version"):
        open_store(closed)
    reading = open_store(closed, read_only=True)
    assert len(reading.ids(Book)) == 40
    reading.close()
    assert closed.read_bytes() == before


@pytest.mark.parametrize(
    ("code", "kind", "says"),
    [
        ("SQLITE_IOERR_READ", StorageError, "does not mean that the file is damaged"),
        ("SQLITE_CANTOPEN", StorageError, "does not mean that the file is damaged"),
        ("SQLITE_BUSY", FileInUse, "being written to by another program"),
        ("SQLITE_CORRUPT", DamagedFile, "is damaged"),
    ],
)
def test_trouble_with_the_disk_is_never_called_damage(
    closed: Path, monkeypatch: pytest.MonkeyPatch, code: str, kind: type[StorageError], says: str
) -> None:
    def fails(*given: object, **named: object) -> None:
        error = sqlite3.OperationalError("in trouble")
        error.sqlite_errorname = code
        raise error

    monkeypatch.setattr(connected, "connect", fails)
    with pytest.raises(kind, match=says) as told:
        open_store(closed)
    assert type(told.value) is kind and not Lock.path_for(closed).exists()


@pytest.mark.parametrize(
    "error", [OverflowError(), MemoryError(), UnicodeDecodeError("utf-8", b"", 0, 1, "x")]
)
def test_what_cannot_be_decoded_is_damage(
    closed: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fails(*given: object, **named: object) -> None:
        raise error

    monkeypatch.setattr(contents, "problems", fails)
    with pytest.raises(DamagedFile):
        open_store(closed)


def test_no_permission_is_said_so(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(self: Path, *given: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuses)
    with pytest.raises(StorageError, match="no permission") as told:
        open_store(closed)
    assert not isinstance(told.value, DamagedFile)


def test_d4_a_file_marked_read_only_can_be_read(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def allowed(path: Path, mode: int) -> bool:
        return mode != os.W_OK

    monkeypatch.setattr(os, "access", allowed)
    with pytest.raises(ReadOnlyFile, match="can be opened to read"):
        open_store(closed)


CUT_OFF = """
import os
store = open_store(Path(sys.argv[1]))
store.conn.execute("pragma cache_size = 5")
with store.step("Never finished"):
    store.save_many([Book(title=f"Lost {n}", notes="x" * 3_000) for n in range(300)])
    os._exit(9)
"""


@pytest.fixture
def cut_off(closed: Path, child: Child) -> Path:
    """A file that lost power half-way through a write that had reached the disk."""
    assert child(CUT_OFF, closed).wait() == 9
    assert closed.with_name("books.desk-journal").stat().st_size
    return closed


def test_a_write_that_was_cut_off_is_rolled_back(cut_off: Path) -> None:
    store = open_store(cut_off)
    assert len(store.ids(Book)) == 40 and store.find("lost") == []
    assert History(store).first_broken() is None
    store.close()


def test_d4_a_write_that_was_cut_off_is_rolled_back_on_a_copy_when_reading(cut_off: Path) -> None:
    before = {p.name: p.read_bytes() for p in cut_off.parent.iterdir() if p.is_file()}
    store = open_store(cut_off, read_only=True)
    assert len(store.ids(Book)) == 40 and store.find("lost") == []
    place = store.file.path.parent
    store.close()
    assert {p.name: p.read_bytes() for p in cut_off.parent.iterdir() if p.is_file()} == before
    assert not place.exists()


def test_after_an_unclean_end_everything_is_looked_at(closed: Path, home: Path) -> None:
    conn = sqlite3.connect(closed)
    conn.execute("update current_step set step = 1, kind = 'edit'")
    conn.execute("insert into writing(uuid, book, author) values('u', 1, 5)")
    conn.execute("update current_step set step = null, kind = null")
    conn.commit()
    conn.close()
    (home / known_files.NAME).unlink()
    open_store(closed).close()
    Lock.path_for(closed).touch()
    with pytest.raises(DamagedFile, match="links to a author that is not there"):
        open_store(closed)
