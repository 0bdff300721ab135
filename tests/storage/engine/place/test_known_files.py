"""What was saved here is known again: an older file, one altered outside, one that moved; and garbage is no error."""

import json
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from storage.engine.backup import backups
from storage.engine.backup.restoring import restore
from storage.engine.errors import DamagedFile, MissingFile
from storage.engine.opening import open_store
from storage.engine.place import known_files
from storage.engine.store import Store
from tests.storage.engine.conftest import Child
from tests.storage.engine.library import Book


@pytest.fixture
def closed(store: Store, path: Path) -> Path:
    """A file with one step that was closed properly."""
    with store.step("Add"):
        store.save(Book(title="Emma"))
    store.close()
    return path


def more(path: Path, title: str = "Dracula") -> None:
    with closing(open_store(path)) as store, store.step("Add"):
        store.save(Book(title=title))


def notices(path: Path) -> list[str]:
    with closing(open_store(path)) as store:
        return store.file.notices


def test_a_file_as_it_was_closed_is_no_news(closed: Path) -> None:
    assert notices(closed) == [] == notices(closed)
    more(closed)
    assert notices(closed) == []


def test_l5_a_file_that_was_put_back_is_called_older(closed: Path) -> None:
    before = closed.read_bytes()
    more(closed)
    more(closed)
    closed.write_bytes(before)
    assert "is older than the copy you last saved here" in notices(closed)[0]


def test_other_changes_than_the_known_ones_are_told(closed: Path) -> None:
    before = closed.read_bytes()
    more(closed, "Dracula")
    elsewhere = closed.with_name("elsewhere.desk")
    elsewhere.write_bytes(before)
    more(elsewhere, "Ivanhoe")
    elsewhere.replace(closed)
    assert "holds other changes than that one" in notices(closed)[0]


def test_d7_a_bit_that_flipped_is_told_and_everything_is_looked_at(closed: Path) -> None:
    content = bytearray(closed.read_bytes())
    at = content.index(b"Emma")
    content[at] ^= 1
    closed.write_bytes(content)
    try:
        told = notices(closed)
    except DamagedFile:  # it was in an index too
        return
    assert "not byte for byte as you closed it" in told[0]


def test_links_that_were_broken_outside_are_found(closed: Path) -> None:
    with closing(sqlite3.connect(closed)) as conn:
        conn.execute("update current_step set step = 1, kind = 'edit'")
        conn.execute("insert into writing(uuid, book, author) values('u', 1, 5)")
        conn.execute("update current_step set step = null, kind = null")
        conn.commit()
    with pytest.raises(DamagedFile, match="links to a author that is not there"):
        open_store(closed)


def test_an_earlier_copy_says_where_the_later_file_is(closed: Path) -> None:
    copy = closed.with_name("copy.desk")
    shutil.copy(closed, copy)
    more(closed)
    assert f"is an earlier copy of {closed}" in notices(copy)[0]


def test_a_restored_file_is_expected_to_be_older(closed: Path) -> None:
    with closing(open_store(closed)) as store:
        copy = backups.make(store, backups.BY_HAND)
    more(closed)
    restore(closed, copy)
    assert notices(closed) == []


def test_m5_a_file_that_moved_is_found_and_never_made_anew(closed: Path, tmp_path: Path) -> None:
    moved = tmp_path / "another folder" / "renamed.desk"
    moved.parent.mkdir()
    closed.rename(moved)
    with pytest.raises(MissingFile, match="found at") as told:
        open_store(closed)
    assert told.value.elsewhere == (moved,) and not closed.exists()


def test_m5_looking_for_it_among_many_files_ends_in_time(
    closed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(20):
        (tmp_path / f"{n}.desk").touch()
    looked: list[Path] = []

    def slowly(place: Path, _uuid: str) -> bool:
        time.sleep(0.01)
        looked.append(place)
        return False

    monkeypatch.setattr(known_files, "_LOOK_FOR", 0.05)
    monkeypatch.setattr(known_files, "_is", slowly)
    assert known_files.elsewhere(closed) == [] and 0 < len(looked) < 10


def test_m5_a_file_that_was_never_saved_here_is_not_looked_for(closed: Path) -> None:
    with pytest.raises(MissingFile, match="Look where it was moved to") as told:
        open_store(closed.with_name("never.desk"))
    assert told.value.elsewhere == () and not closed.with_name("never.desk").exists()


@pytest.mark.parametrize(
    "garbage",
    [b"", b"{", b"\xff\xfe", b"[1, null, {}]", b'{"a": 1}', b"[" * 100_000, b'[{"uuid": 1}]', b"null"],
)
def test_a_register_that_cannot_be_read_is_an_empty_one(closed: Path, home: Path, garbage: bytes) -> None:
    (home / known_files.NAME).write_bytes(garbage)
    assert known_files.known() == [] and notices(closed) == []
    assert [e.path for e in known_files.known()] == [str(closed)]


def test_a_false_entry_is_passed_over(closed: Path, home: Path) -> None:
    register = home / known_files.NAME
    good = json.loads(register.read_bytes())
    bad = [
        good[0] | {"at": "never"},
        good[0] | {"counter": "9"},
        {k: v for k, v in good[0].items() if k != "head"},
    ]
    register.write_text(json.dumps([*bad, *good]), encoding="utf-8")
    assert [e.path for e in known_files.known()] == [str(closed)]


def test_programs_that_write_at_once_leave_a_whole_register(path: Path, child: Child, home: Path) -> None:
    writes = """
from storage.engine.place import known_files
path = Path(sys.argv[1])
path.write_bytes(b"anything")
for number in range(60):
    known_files.closed(path, "u", number, "h")
"""
    running = [child(writes, path.with_name(f"{n}.desk")) for n in range(3)]
    begun = False
    while any(process.poll() is None for process in running):
        whole = bool(known_files.known())
        assert whole or not begun
        begun = whole
    assert known_files.known() and [p.name for p in home.iterdir()] == [known_files.NAME]
