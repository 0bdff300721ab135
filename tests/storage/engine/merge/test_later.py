"""What another history did later is taken as far as its hashes prove it, and no further."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from storage.engine import disk
from storage.engine.backup.snapshots import save_as
from storage.engine.contents import finished
from storage.engine.errors import NewerFile
from storage.engine.history import History
from storage.engine.merge.joining import joining
from storage.engine.merge.later import NotRelated, later_steps
from storage.engine.merge.merging import Outcome, replaying
from storage.engine.opening import new_store, open_store
from storage.engine.store import Store
from tests.storage.engine.conftest import run
from tests.storage.engine.library import Author, Book


@pytest.fixture
def theirs(store: Store, tmp_path: Path) -> Iterator[Store]:
    """A copy made after one step, with three steps of its own."""
    with store.step("Add"):
        store.save(Book(title="Emma"))
    save_as(store, tmp_path / "theirs.desk")
    other = open_store(tmp_path / "theirs.desk", who="Bob")
    for title in ("One", "Two", "Three"):
        other.change(Book, 1, {"title": title})
    yield other
    other.close()


def altered(theirs: Store, *statements: str) -> sqlite3.Connection:
    """Their file, written to from outside."""
    for statement in ("drop trigger book_au", *statements):
        theirs.conn.execute(statement)
    return theirs.conn


def test_later_steps_follow_the_last_common_one(store: Store, theirs: Store) -> None:
    later = finished(later_steps(store.conn, theirs.conn))
    assert later.common == 1 and [s.label for s in later.steps] == [
        "Change title of Emma",
        "Change title of One",
        "Change title of Two",
    ]
    assert (
        later.left == 0
        and later.head == theirs.conn.execute("select hash from step where id = 4").fetchone()[0]
    )


@pytest.mark.parametrize(
    "spoil",
    [
        "update change set new = replace(new, 'Two', 'Forged') where step = 3",
        "update step set who = 'Mallory' where id = 3",
        "delete from change where step = 3",
        "delete from step where id = 3",
    ],
)
def test_only_steps_that_are_whole_are_taken(store: Store, theirs: Store, spoil: str) -> None:
    conn = altered(theirs, "pragma foreign_keys = off", spoil)
    of = finished(joining(store, conn))
    assert len(of.later.steps) == 1 and of.later.left in (1, 2)
    run(replaying(of, "Replay", Outcome()))
    assert store.get(Book, 1).title == "One"


def test_the_records_themselves_are_never_believed(store: Store, theirs: Store) -> None:
    conn = altered(theirs, "update book set title = 'Forged'")
    run(replaying(finished(joining(store, conn)), "Replay", Outcome()))
    assert store.get(Book, 1).title == "Three"


def test_a_history_that_breaks_off_is_read_as_far_as_it_goes(
    store: Store, theirs: Store, tmp_path: Path
) -> None:
    with theirs.step("Add many"):
        theirs.save_many([Author(title=f"Author {n} " + "x" * 400) for n in range(400)])
    theirs.close()
    path = tmp_path / "theirs.desk"
    content = bytearray(path.read_bytes())
    leaves = [
        n
        for n in range(len(content) // 4096)
        if content[n * 4096] == 13 and b"Author 39" in content[n * 4096 :][:4096]
    ]
    for leaf in leaves:
        content[leaf * 4096 : leaf * 4096 + 8] = b"\xff" * 8
    assert leaves
    path.write_bytes(content)
    conn = sqlite3.connect(path)
    later = finished(later_steps(store.conn, conn))
    conn.close()
    assert len(later.steps) == 3 and later.left == 1


def test_files_that_are_no_copies_of_one_another_are_refused(store: Store, tmp_path: Path) -> None:
    other = new_store(tmp_path / "other.desk")
    with pytest.raises(NotRelated, match=r"no change in common\. Nothing was changed"):
        finished(joining(store, other.conn))
    other.close()


def test_copies_of_a_new_file_have_its_beginning_in_common(store: Store, tmp_path: Path) -> None:
    save_as(store, tmp_path / "theirs.desk")
    with store.step("Mine"):
        store.save(Book(title="Emma"))
    other = open_store(tmp_path / "theirs.desk")
    with other.step("Theirs"):
        other.save(Book(title="Dracula"))
    run(replaying(finished(joining(store, other.conn)), "Replay", Outcome()))
    other.close()
    assert [b.title for b in store.all(Book)] == ["Emma", "Dracula"]


def test_a_file_of_a_newer_version_is_not_taken_from(store: Store, theirs: Store) -> None:
    theirs.conn.execute("pragma user_version = 99")
    with pytest.raises(NewerFile, match="Nothing was changed"):
        finished(joining(store, theirs.conn))


def test_nothing_later_means_nothing_to_do(store: Store, theirs: Store) -> None:
    of = finished(joining(theirs, store.conn))
    assert of.differences == [] and of.later.steps == []
    steps = len(History(theirs).latest())
    run(replaying(of, "Replay", Outcome()))
    assert len(History(theirs).latest()) == steps and replace(theirs.get(Book, 1)).title == "Three"


def test_the_other_file_is_only_read(store: Store, theirs: Store, tmp_path: Path) -> None:
    theirs.close()
    before = disk.sha256(tmp_path / "theirs.desk")
    other = open_store(tmp_path / "theirs.desk", read_only=True)
    run(replaying(finished(joining(store, other.conn)), "Replay", Outcome()))
    other.close()
    assert disk.sha256(tmp_path / "theirs.desk") == before
