"""What was changed after a copy is counted, and done again after going back to it, from a damaged file too."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from storage.engine.backup.backups import BY_HAND, Copy, make
from storage.engine.backup.later_work import NOTHING, hashes, later_than
from storage.engine.backup.restoring import STEPS, restore, restoring
from storage.engine.history import History
from storage.engine.opening import open_store
from storage.engine.store import Store
from tests.storage.engine.library import Book, Edition
from tests.storage.engine.repair.damage import PAGE


@pytest.fixture
def copy(store: Store) -> Copy:
    """A copy of a file in which four books were changed and an edition was issued since; the file is closed."""
    with store.step("Add"):
        store.save_many([Book(title=f"Book {n}", notes="x" * 500) for n in range(40)])
        store.save(Edition(number="1"))
    made = make(store, BY_HAND)
    for number in range(1, 5):
        store.change(Book, number, {"title": f"Later {number}"})
    with store.step("Issue", "seal"):
        store.save(Edition(number="2", issued_on=store.today()))
    store.close()
    return made


def whole(content: bytearray) -> None:
    pass


def no_header(content: bytearray) -> None:
    content[:PAGE] = bytes(PAGE)


def cut_off(content: bytearray) -> None:
    del content[-2 * PAGE :]


@pytest.mark.parametrize("harm", [whole, no_header, cut_off])
def test_later_work_is_counted_and_done_again(
    copy: Copy, path: Path, harm: Callable[[bytearray], None]
) -> None:
    content = bytearray(path.read_bytes())
    harm(content)
    path.write_bytes(content)
    assert later_than(copy, hashes(path)) == 5
    assert "5 later changes were done again." in restore(path, copy, replay=True)
    with closing(open_store(path)) as store:
        assert [b.title for b in store.all(Book)][:4] == [f"Later {n}" for n in range(1, 5)]
        assert [e.number for e in store.all(Edition) if e.issued_on] == ["2"]
        assert History(store).first_broken() is None
        assert History(store).latest(1)[0].label.startswith("Do again what was changed after the copy of")


def test_without_replay_the_file_is_as_the_copy(copy: Copy, path: Path) -> None:
    assert "done again" not in restore(path, copy)
    with closing(open_store(path)) as store:
        assert store.get(Book, 1).title == "Book 0"


def test_nothing_later_and_nothing_that_can_be_read(copy: Copy, path: Path) -> None:
    restore(path, copy)
    assert NOTHING in restore(path, copy, replay=True)
    path.write_bytes(b"gone" * 5000)
    assert hashes(path) == [] and "could not be read" in restore(path, copy, replay=True)
    path.unlink()
    assert hashes(path) == [] and "is kept in" not in restore(path, copy, replay=True)


def test_another_line_of_work_is_told_apart(copy: Copy, path: Path) -> None:
    restore(path, copy)
    with closing(open_store(path)) as store:
        store.change(Book, 1, {"title": "Another line"})
        newer = make(store, BY_HAND)
    restore(path, copy)
    assert later_than(newer, hashes(path)) is None and later_than(copy, hashes(path)) == 0


def test_every_step_of_going_back_is_named_in_its_order(copy: Copy, path: Path) -> None:
    assert tuple(step.doing for step in restoring(path, copy, replay=True)) == STEPS
