"""The system's lock decides who may write; the note beside it only says who it is."""

import errno
import json
import os
import platform
from pathlib import Path

import pytest

from storage.engine import locking
from storage.engine.errors import FileInUse, ReadOnlyFile
from storage.engine.locking import Held, Lock
from storage.engine.opening import open_store
from storage.engine.store import Store
from tests.storage.engine.conftest import Child
from tests.storage.engine.library import Book

HOLDS = """
store = open_store(Path(sys.argv[1]), who="Bob")
said("open")
sys.stdin.readline()
"""


def taken(path: Path) -> Lock:
    lock = Lock.take(path)
    assert isinstance(lock, Lock)
    return lock


def test_a_lock_is_taken_noted_and_removed(path: Path) -> None:
    lock = taken(path)
    assert lock.path.name == "~$books.desk-lock" and not lock.found
    note = json.loads(lock.path.read_text())
    assert note["pid"] == os.getpid() and note["token"] == lock.token
    assert set(note) == {"user", "machine", "start", "pid", "version", "token"}
    lock.drop()
    assert not lock.path.exists()


def test_a_second_taker_is_told_who_has_it(path: Path) -> None:
    lock = taken(path)
    assert Lock.take(path) == Held("this program, in another window")
    lock.drop()
    taken(path).drop()


@pytest.mark.parametrize(
    "left", [b"", b"garbage \xff\x00", b"[1, 2]", b'{"user": 5, "start": []}', b"{" * 9_000]
)
def test_what_a_dead_program_left_is_taken_over(path: Path, left: bytes) -> None:
    Lock.path_for(path).write_bytes(left)
    lock = taken(path)
    assert lock.found and json.loads(lock.path.read_text())["token"] == lock.token
    lock.drop()
    assert not lock.path.exists()


def test_the_note_informs_and_does_not_decide(path: Path, child: Child, store: Store) -> None:
    store.close()
    process = child(HOLDS, path)
    assert process.stdout and process.stdout.readline() == "open\n"
    place = Lock.path_for(path)
    with pytest.raises(FileInUse, match=r"being used by .+ since .+ You can open it to read only"):
        open_store(path)
    note = json.loads(place.read_text())
    for text, words in (
        ('{"user": "Zoe", "machine": "PC-7", "start": "2026-06-03T14:02:00+00:00"}', "Zoe on PC-7, since"),
        ('{"user": "Zoe", "start": "soon"}', "Zoe"),
        ("garbage", "another program"),
        ("", "another program"),
    ):
        place.write_text(text)
        held = Lock.take(path)
        assert isinstance(held, Held) and words in held.words
    place.write_text(json.dumps(note))
    process.communicate("\n")
    open_store(path).close()


def test_a_killed_program_leaves_the_file_free(path: Path, child: Child, store: Store) -> None:
    store.close()
    process = child(HOLDS, path)
    assert process.stdout and process.stdout.readline() == "open\n"
    process.kill()
    process.wait()
    assert Lock.path_for(path).exists()
    again = open_store(path)
    with again.step("Add"):
        again.save(Book(title="Emma"))
    again.close()
    assert not Lock.path_for(path).exists()


def test_a_lock_that_is_not_ours_any_more_is_left_alone(path: Path) -> None:
    lock = taken(path)
    lock.path.write_text('{"token": "somebody else\'s"}')
    lock.drop()
    assert lock.path.exists()
    lock = taken(path)
    lock.path.unlink()
    other = taken(path)
    lock.drop()
    assert other.path.exists()
    other.drop()


def test_only_one_of_many_gets_it(path: Path, child: Child, store: Store) -> None:
    store.close()
    races = """
from storage.engine.locking import Lock
lock = Lock.take(Path(sys.argv[1]))
said("mine" if isinstance(lock, Lock) else "theirs")
sys.stdin.readline()
"""
    racing = [child(races, path) for _ in range(4)]
    said = [p.stdout.readline().strip() for p in racing if p.stdout]
    assert sorted(said) == ["mine", "theirs", "theirs", "theirs"]


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.ENOSPC])
def test_a_folder_without_room_for_a_lock_can_be_read(
    path: Path, store: Store, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    with store.step("Add"):
        store.save(Book(title="Emma"))
    store.close()

    def refuses(*given: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(locking, "_open", refuses)
    with pytest.raises(ReadOnlyFile, match="can be opened to read only"):
        open_store(path)
    reading = open_store(path, read_only=True)
    assert [h.title for h in reading.find("emma")] == ["Emma"]
    reading.close()


def test_a_lock_is_never_written_through_a_link(path: Path, tmp_path: Path) -> None:
    precious = tmp_path / "precious.txt"
    precious.write_text("mine")
    Lock.path_for(path).symlink_to(precious)
    with pytest.raises(ReadOnlyFile):
        Lock.take(path)
    assert precious.read_text() == "mine"


def test_l1_on_a_share_the_note_of_another_machine_counts(path: Path) -> None:
    note = {"user": "ann", "machine": "PC-7", "start": "2026-11-22T09:00:00+00:00", "token": "hers"}
    Lock.path_for(path).write_text(json.dumps(note))
    held = Lock.take(path, shared=True)
    assert isinstance(held, Held) and not held.certain and "ann on PC-7" in held.words
    assert json.loads(Lock.path_for(path).read_text()) == note
    lock = Lock.take(path, shared=True, anyway=True)
    assert isinstance(lock, Lock)
    again = Lock.take(path, shared=True, anyway=True)
    assert isinstance(again, Held) and again.certain  # the system's lock decides where it works
    lock.drop()


def test_l1_on_a_share_a_note_left_by_this_machine_is_taken_over(path: Path) -> None:
    for note in (json.dumps({"machine": platform.node(), "token": "old"}), "", "garbage"):
        Lock.path_for(path).write_text(note)
        lock = Lock.take(path, shared=True)
        assert isinstance(lock, Lock) and lock.found
        lock.drop()


def test_l1_a_share_that_knows_no_locks_goes_by_the_note(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*given: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("fcntl.flock", refuses)
    lock = Lock.take(path, shared=True)
    assert isinstance(lock, Lock)
    lock.drop()
    with pytest.raises(ReadOnlyFile):
        Lock.take(path)
