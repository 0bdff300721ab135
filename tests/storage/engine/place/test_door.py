"""A file on a share or in a cloud folder is never edited there: what is saved goes back only over what it came from."""

import errno
import json
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from storage.engine import disk
from storage.engine.backup.snapshots import save_as
from storage.engine.contents import finished
from storage.engine.errors import FileInUse, NotADeskFile, PerhapsInUse, StorageError
from storage.engine.locking import Lock
from storage.engine.merge.joining import joining
from storage.engine.merge.merging import Outcome, merging
from storage.engine.opening import new_store, open_store
from storage.engine.place import shared as shared_module
from storage.engine.place.door import Opened, make_at, opened, opening_at
from storage.engine.place.shared import Sent, publishing, said
from storage.engine.store import Store
from tests.storage.engine.conftest import TODAY, run
from tests.storage.engine.library import Book


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    """A file with one book in a cloud's folder."""
    folder = tmp_path / "OneDrive - Trust" / "Team"
    folder.mkdir(parents=True)
    with closing(new_store(folder / "books.desk")) as store, store.step("Add"):
        store.save(Book(title="Emma"))
    return folder / "books.desk"


@contextmanager
def at_work(remote: Path) -> Iterator[tuple[Opened, Store]]:
    """The file as a user opens it, closed at the end without publishing, as a crash would leave it."""
    done = opened(remote, who="Ann", today=lambda: TODAY)
    try:
        yield done, done.store
    finally:
        done.store.close()


def send(done: Opened, *, anew: bool = False) -> Sent:
    assert done.shared is not None
    return finished(publishing(done.shared, done.store, anew=anew))


def told(done: Opened) -> str:
    return " ".join(done.store.file.notices)


def titles(path: Path) -> list[str]:
    with closing(open_store(path, read_only=True)) as store:
        return [b.title for b in store.all(Book)]


def add(store: Store, title: str) -> None:
    with store.step(f"Add {title}"):
        store.save(Book(title=title))


def by_somebody_else(remote: Path, title: str) -> None:
    """A colleague's work, put in place as sync does it."""
    elsewhere = remote.parent.parent.parent / "elsewhere.desk"
    disk.copy(remote, elsewhere)
    with closing(open_store(elsewhere, who="Bob")) as store:
        add(store, title)
    elsewhere.replace(remote)


def beside(remote: Path) -> list[str]:
    return sorted(p.name for p in remote.parent.iterdir())


def test_l4_a_file_in_a_cloud_folder_is_worked_on_in_a_copy_here(remote: Path, home: Path) -> None:
    before = remote.read_bytes()
    with at_work(remote) as (done, store):
        assert store.file.path.is_relative_to(home / "working") and store.file.user_path == remote
        assert Lock.path_for(remote).exists()
        add(store, "Dracula")
        assert remote.read_bytes() == before and beside(remote) == ["books.desk", "~$books.desk-lock"]
        assert (
            done.shared
            and done.shared.words(store) == "Working copy of books.desk on OneDrive; not yet published"
        )
        assert send(done) is Sent.DONE and titles(remote) == ["Emma", "Dracula"]
        assert "; published " in done.shared.words(store)
        assert send(done) is Sent.NOTHING
    assert beside(remote) == ["books.desk"]


def test_l4_a_file_on_this_computer_is_opened_where_it_lies(store: Store, path: Path) -> None:
    store.close()
    with at_work(path) as (done, here):
        assert here.file.path == path and done.shared is None and finished(done.publishing()) == ""


def test_l4_what_somebody_else_put_there_is_never_replaced_unseen(remote: Path) -> None:
    with at_work(remote) as (done, store):
        add(store, "Dracula")
        by_somebody_else(remote, "Ulysses")
        there = remote.read_bytes()
        assert send(done) is Sent.CHANGED and remote.read_bytes() == there
        shared = done.shared
        assert shared and shared.theirs and shared.theirs.read_bytes() == there
        assert send(done) is Sent.CHANGED and len(list(shared.theirs.parent.iterdir())) == 2
        with closing(open_store(shared.theirs, read_only=True)) as theirs:
            of = finished(joining(store, theirs.conn))
            run(merging(of, of.differences, "Merge changes", Outcome()))
        kept = shared.theirs
        shared.merged(store)
        assert send(done) is Sent.DONE and kept.exists()
    assert titles(remote) == ["Emma", "Dracula", "Ulysses"]


def test_l4_a_file_replaced_while_it_is_being_published_is_not_overwritten(
    remote: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = disk.copy

    def slow(source: Path, target: Path) -> None:
        honest(source, target)
        if ".publish-" in target.name:
            monkeypatch.setattr(disk, "copy", honest)
            by_somebody_else(remote, "Ulysses")

    with at_work(remote) as (done, store):
        add(store, "Dracula")
        monkeypatch.setattr(disk, "copy", slow)
        assert send(done) is Sent.CHANGED
    assert titles(remote) == ["Emma", "Ulysses"] and beside(remote) == ["books.desk"]


def test_l4_a_share_that_is_away_is_told_and_published_to_the_next_time(remote: Path, tmp_path: Path) -> None:
    with at_work(remote) as (done, store):
        add(store, "Dracula")
        remote.parent.rename(tmp_path / "unplugged")
        assert send(done) is Sent.OFFLINE and done.shared
        assert "cannot be reached" in said(done.shared, Sent.OFFLINE) and "is saved" in said(
            done.shared, Sent.OFFLINE
        )
    with at_work(remote) as (done, store):
        assert "cannot be reached" in told(done) and [b.title for b in store.all(Book)] == [
            "Emma",
            "Dracula",
        ]
        add(store, "Ulysses")
        assert finished(done.publishing()).startswith("OneDrive cannot be reached")
    (tmp_path / "unplugged").rename(remote.parent)
    with at_work(remote) as (done, store):
        assert "had not been published" in told(done)
        assert finished(done.publishing()) == "books.desk was published to OneDrive."
    assert titles(remote) == ["Emma", "Dracula", "Ulysses"]


def test_l4_a_file_that_is_gone_is_put_back_only_when_asked(remote: Path) -> None:
    with at_work(remote) as (done, store):
        add(store, "Dracula")
        remote.unlink()
        assert send(done) is Sent.GONE and not remote.exists()
        assert send(done, anew=True) is Sent.DONE and titles(remote) == ["Emma", "Dracula"]


def test_l4_work_left_by_a_crash_is_gone_on_with(remote: Path) -> None:
    with at_work(remote) as (_, store):
        add(store, "Dracula")
    with at_work(remote) as (done, store):
        assert "you go on with it" in told(done).lower() and len(store.all(Book)) == 2
        assert send(done) is Sent.DONE


def test_l4_work_left_by_a_crash_and_work_of_somebody_else_are_both_kept(remote: Path) -> None:
    with at_work(remote) as (_, store):
        add(store, "Dracula")
    by_somebody_else(remote, "Ulysses")
    with at_work(remote) as (done, store):
        assert "Merge the two" in told(done) and [b.title for b in store.all(Book)] == ["Emma", "Dracula"]
        assert done.shared and done.shared.theirs and titles(done.shared.theirs) == ["Emma", "Ulysses"]
        assert send(done) is Sent.CHANGED
    assert titles(remote) == ["Emma", "Ulysses"]


def test_l4_a_crash_right_after_publishing_is_not_taken_for_somebody_else(
    remote: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with at_work(remote) as (done, store):
        add(store, "Dracula")
        assert done.shared
        exchanged = disk.exchange

        def last_thing(ready: Path, path: Path) -> None:
            exchanged(ready, path)
            raise KeyboardInterrupt

        monkeypatch.setattr(disk, "exchange", last_thing)
        with pytest.raises(KeyboardInterrupt):
            send(done)
        monkeypatch.undo()
    monkeypatch.setenv("COMMISSIONING_DESK_HOME", str(store.file.path.parents[3]))
    with at_work(remote) as (done, store):
        assert done.shared and done.shared.theirs is None
        add(store, "Ulysses")
        assert send(done) is Sent.DONE
    assert titles(remote) == ["Emma", "Dracula", "Ulysses"]


def test_l4_newer_work_of_somebody_else_takes_the_place_of_an_old_working_copy(remote: Path) -> None:
    with at_work(remote):
        pass
    by_somebody_else(remote, "Ulysses")
    with at_work(remote) as (done, store):
        assert not told(done) and [b.title for b in store.all(Book)] == ["Emma", "Ulysses"]


@pytest.mark.parametrize("failing", ["copy", "exchange", "sha256"])
def test_l4_a_failed_publishing_leaves_the_share_as_it_was(
    remote: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    before = remote.read_bytes()
    with at_work(remote) as (done, store):
        add(store, "Dracula")

        def fails(*given: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(disk, failing, fails)
            with pytest.raises(StorageError, match=r"Could not publish books\.desk: the disk is full"):
                send(done)
        assert remote.read_bytes() == before and beside(remote) == ["books.desk", "~$books.desk-lock"]
        assert send(done) is Sent.DONE


def test_l4_reading_only_leaves_nothing_behind(remote: Path, home: Path) -> None:
    before = remote.read_bytes()
    done = opened(remote, read_only=True)
    assert [b.title for b in done.store.all(Book)] == ["Emma"] and beside(remote) == ["books.desk"]
    held = done.store.file.path
    done.store.close()
    assert remote.read_bytes() == before and not held.exists() and not (home / "working").exists()


def test_l1_a_colleague_who_may_have_it_is_named_before_it_is_used_here(remote: Path) -> None:
    note = {"user": "bob", "machine": "PC-7", "start": "2026-11-22T09:00:00+00:00"}
    Lock.path_for(remote).write_text(json.dumps(note))
    with pytest.raises(
        PerhapsInUse, match=r"left open by bob on PC-7, since .* You can open it to read only, or"
    ):
        opened(remote)
    done = finished(opening_at(remote, anyway=True, today=lambda: TODAY))
    with pytest.raises(FileInUse, match="this program, in another window"):
        opened(remote)
    done.store.close()
    assert beside(remote) == ["books.desk"]


def test_l4_a_damaged_working_copy_is_kept_and_the_file_itself_opened(remote: Path) -> None:
    with at_work(remote) as (_, store):
        add(store, "Dracula")
        working = store.file.path
    working.write_bytes(b"garbage" * 1_000)
    with at_work(remote) as (done, store):
        assert "was damaged and is kept in" in told(done) and len(store.all(Book)) == 1
    assert [p.read_bytes() for p in working.parent.glob("damaged */books.desk")] == [b"garbage" * 1_000]


def test_l4_unpublished_work_follows_a_file_that_was_moved_on_the_share(remote: Path) -> None:
    with at_work(remote) as (_, store):
        add(store, "Dracula")
    moved = remote.parent.parent / "books.desk"
    remote.rename(moved)
    with at_work(moved) as (done, _):
        assert "had not been published" in told(done) and send(done) is Sent.DONE
    assert titles(moved) == ["Emma", "Dracula"]


def test_l4_what_is_no_file_of_ours_is_refused_by_its_own_name(remote: Path) -> None:
    other = remote.with_name("notes.txt")
    other.write_text("hello")
    with pytest.raises(NotADeskFile, match=r"^notes\.txt is not a Commissioning Desk file"):
        opened(other)
    assert beside(remote) == ["books.desk", "notes.txt"]


def test_l4_a_copy_cannot_be_saved_over_the_file_on_the_share(remote: Path) -> None:
    with at_work(remote) as (_, store), pytest.raises(StorageError, match="is the file that is open"):
        save_as(store, remote)


def test_l4_fetching_gives_the_window_its_turn_and_can_be_given_up(
    remote: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []

    def slow(path: Path, target: Path, stopped: object) -> str:
        seen.append(stopped.wait(10))  # type: ignore[attr-defined]
        raise OSError("it was stopped")

    monkeypatch.setattr("storage.engine.place.door.fetch", slow)
    fetching = opening_at(remote, today=lambda: TODAY)
    for _ in range(3):
        assert next(fetching).doing == "Fetching the file"
    fetching.close()
    assert beside(remote) == ["books.desk"] and list((home / "working").iterdir()) == []


@pytest.mark.parametrize(
    "name", ["a#b.desk", "50% off?.desk", "Nørre é ü.desk", "a b;c&d.desk", "~$x.desk", "x" * 200 + ".desk"]
)
def test_l9_any_name_opens_the_right_file_here_and_on_a_share(
    remote: Path, tmp_path: Path, name: str
) -> None:
    local = tmp_path / "plain" / name
    local.parent.mkdir()
    for place in (remote.with_name(name), local):
        shutil.copy(remote, place)
        with at_work(place) as (done, store):
            add(store, name[:20])
            finished(done.publishing())
        assert titles(place) == ["Emma", name[:20]]
    assert titles(remote) == ["Emma"]


def test_l9_a_link_to_a_share_is_worked_on_through_a_copy_and_stays_a_link(
    remote: Path, tmp_path: Path
) -> None:
    link = tmp_path / "my books.desk"
    link.symlink_to(remote)
    with at_work(link) as (done, store):
        assert store.file.path != link
        add(store, "Dracula")
        assert send(done) is Sent.DONE
    assert link.is_symlink() and titles(remote) == ["Emma", "Dracula"]


def test_the_lock_of_a_share_is_let_go_when_opening_fails(
    remote: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        shared_module.Shared, "write", lambda self: (_ for _ in ()).throw(OSError(28, "full"))
    )
    with pytest.raises(StorageError, match="the disk is full"):
        opened(remote)
    assert beside(remote) == ["books.desk"]


def test_l4_a_new_file_is_put_on_a_share_whole(remote: Path, home: Path) -> None:
    place = remote.with_name("new.desk")
    make_at(place, new_store)
    assert titles(place) == [] and beside(remote) == ["books.desk", "new.desk"]
    with pytest.raises(StorageError, match="already exists"):
        make_at(place, new_store)
    local = home.parent / "local.desk"
    make_at(local, new_store)
    assert titles(local) == []
