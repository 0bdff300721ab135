"""Restoring goes back to a checked copy, keeps what it replaces, and changes nothing when it fails."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from storage.engine import contents, disk
from storage.engine.backup import restoring
from storage.engine.backup.backups import BY_HAND, Copy, changed, list_copies, make
from storage.engine.backup.restoring import KEPT, restore
from storage.engine.errors import FileInUse, StorageError
from storage.engine.history import History
from storage.engine.locking import Lock
from storage.engine.opening import open_store
from storage.engine.store import Store
from tests.storage.engine.library import Book


@pytest.fixture
def copy(store: Store) -> Copy:
    """A copy with one book, of a file that has had another title since; the file is closed."""
    with store.step("Add"):
        store.save(Book(title="Emma"))
    made = make(store, BY_HAND)
    store.change(Book, 1, {"title": "Spoilt"})
    store.close()
    return made


def titles(path: Path) -> list[str]:
    store = open_store(path)
    try:
        assert History(store).first_broken() is None
        return [b.title for b in store.all(Book)]
    finally:
        store.close()


def kept(copy: Copy) -> list[Path]:
    return sorted((copy.folder / KEPT).glob("*/*"))


def beside(path: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in path.parent.iterdir() if p.is_file()}


def test_going_back_and_keeping_what_was_there(copy: Copy, path: Path) -> None:
    before = path.read_bytes()
    words = restore(path, copy)
    assert titles(path) == ["Emma"] and [p.read_bytes() for p in kept(copy)] == [before]
    assert "1 book" in words and str(kept(copy)[0].parent) in words and list(beside(path)) == [path.name]
    assert list_copies(path) == [copy]
    store = open_store(path)
    assert not changed(store)
    store.change(Book, 1, {"title": "Anew"})
    assert changed(store)
    store.close()


def test_going_back_twice_keeps_both(copy: Copy, path: Path) -> None:
    restore(path, copy)
    restore(path, copy)
    assert len(kept(copy)) == 2 and len({p.parent for p in kept(copy)}) == 2


@pytest.mark.parametrize("state", [b"", b"garbage" * 5_000, None])
def test_going_back_from_a_file_in_any_state(copy: Copy, path: Path, state: bytes | None) -> None:
    path.unlink()
    if state is not None:
        path.write_bytes(state)
    words = restore(path, copy)
    assert titles(path) == ["Emma"] and [p.read_bytes() for p in kept(copy)] == [state] * (state is not None)
    assert ("is kept in" in words) == (state is not None)


def test_side_files_of_the_old_file_are_kept_and_do_not_touch_the_new_one(copy: Copy, path: Path) -> None:
    path.with_name("books.desk-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"x" * 5_000)
    path.with_name("books.desk-wal").write_bytes(b"log")
    restore(path, copy)
    assert list(beside(path)) == ["books.desk"]
    assert [p.name for p in kept(copy)] == ["books.desk", "books.desk-journal", "books.desk-wal"]
    assert titles(path) == ["Emma"]


def test_a_copy_that_was_tampered_with_is_refused(copy: Copy, path: Path) -> None:
    before = beside(path)
    content = bytearray(copy.path.read_bytes())
    content[-1] ^= 1
    copy.path.write_bytes(content)
    with pytest.raises(StorageError, match="changed or damaged since it was made"):
        restore(path, copy)
    copy.path.unlink()
    with pytest.raises(StorageError, match="no longer there"):
        restore(path, copy)
    assert beside(path) == before


def test_a_copy_that_is_no_file_of_ours_is_refused(copy: Copy, path: Path, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("create table t(a)")
    other.commit()
    other.close()
    size, digest = (tmp_path / "other.db").stat().st_size, disk.sha256(tmp_path / "other.db")
    fake = replace(copy, name="other.db", folder=tmp_path, size=size, sha256=digest)
    before = beside(path)
    with pytest.raises(StorageError, match="another program"):
        restore(path, fake)
    assert beside(path) == before


def test_a_file_that_is_open_is_not_replaced(copy: Copy, path: Path) -> None:
    store = open_store(path)
    with pytest.raises(FileInUse, match="Nothing was changed"):
        restore(path, copy)
    assert store.change(Book, 1, {"title": "Still writing"})
    store.close()


def _fails(*given: object) -> None:
    raise OSError(28, "No space left on device")


def _fails_on(name: str) -> Callable[[Path, Path], Path]:
    honest = Path.replace

    def replaces(self: Path, target: Path) -> Path:
        if Path(target).name == name:
            raise OSError(5, "Input/output error")
        return honest(self, target)

    return replaces


@pytest.mark.parametrize("failing", ["copying", "keeping", "checking", "exchanging"])
def test_every_failure_leaves_the_file_as_it_was(
    copy: Copy, path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    path.with_name("books.desk-journal").write_bytes(b"a journal that belongs to the file")
    before = beside(path)
    with monkeypatch.context() as patch:
        if failing == "copying":
            patch.setattr(disk, "copy", _fails)
        elif failing == "keeping":
            patch.setattr(restoring, "_keep", _fails)
        elif failing == "checking":
            patch.setattr(contents, "problems", lambda conn: ["page 7 is missing"])
        else:
            patch.setattr(Path, "replace", _fails_on("books.desk"))
        with pytest.raises(StorageError, match=r"was not restored \(.*\)\. The file is as it was\."):
            restore(path, copy)
    assert beside(path) == before and not Lock.path_for(path).exists()
    restore(path, copy)
    assert titles(path) == ["Emma"]
