"""A snapshot holds what was saved when it was taken, whatever is saved before it is written."""

import threading
from pathlib import Path

import pytest

from storage.engine.backup import images
from storage.engine.backup.snapshots import snapshot
from storage.engine.errors import StorageError
from storage.engine.opening import open_store
from storage.engine.store import Store
from tests.storage.engine.library import Book


@pytest.mark.parametrize("held", [images.HELD, 0])
def test_it_holds_what_was_saved_when_it_was_taken(
    store: Store, tmp_path: Path, held: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(images, "HELD", held)
    with store.step("Add"):
        store.save(Book(title="Emma"))
    path = tmp_path / "taken.desk"
    write = snapshot(store, path)
    store.change(Book, 1, {"title": "Ulysses"})
    write()
    other = open_store(path, read_only=True)
    assert other.get(Book, 1).title == "Emma"
    other.close()


def test_it_waits_for_the_step_that_is_open(store: Store, tmp_path: Path) -> None:
    with store.step("Add"):
        store.save(Book(title="Emma"))
        with pytest.raises(StorageError, match="waits until"):
            snapshot(store, tmp_path / "taken.desk")
    assert store.get(Book, 1).title == "Emma"


def test_a_folder_that_is_gone_is_said_so(store: Store, tmp_path: Path) -> None:
    write = snapshot(store, tmp_path / "gone" / "taken.desk")
    with pytest.raises(StorageError, match=r"taken\.desk"):
        write()


def test_a_worker_reads_it_itself_and_the_window_reads_nothing(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.step("Add"):
        store.save(Book(title="Emma"))
    path = tmp_path / "taken.desk"
    write = snapshot(store, path)
    monkeypatch.setattr(images.Image, "_read_here", lambda _: pytest.fail("read on the thread of the window"))
    worker = threading.Thread(target=write)
    worker.start()
    worker.join()
    other = open_store(path, read_only=True)
    assert other.get(Book, 1).title == "Emma"
    other.close()


def test_a_file_that_was_moved_meanwhile_is_still_read(store: Store, path: Path, tmp_path: Path) -> None:
    with store.step("Add"):
        store.save(Book(title="Emma"))
    path.rename(tmp_path / "moved.desk")
    snapshot(store, tmp_path / "taken.desk")()
    other = open_store(tmp_path / "taken.desk", read_only=True)
    assert other.get(Book, 1).title == "Emma"
    other.close()


def test_a_file_that_is_being_read_is_closed_once_that_is_over(store: Store) -> None:
    image = images.Image(store.file)
    image._begun = True  # as though a worker were in the middle of it
    over = threading.Timer(0.2, image._over.set)
    over.start()
    store.close()
    assert image._over.is_set()
    over.join()


def test_a_step_that_begins_first_leaves_the_image_as_it_was(store: Store) -> None:
    with store.step("Add"):
        store.save(Book(title="Emma"))
    image = images.image_of(store.file)
    store.change(Book, 1, {"title": "Ulysses"})
    assert image is not None and b"Emma" in image.read()
    with pytest.raises(RuntimeError, match="read once"):
        image.read()
