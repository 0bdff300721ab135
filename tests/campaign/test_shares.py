"""Random work of two people on one file of a share, with crashes between: what either saved is there in the end."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from storage.engine import disk
from storage.engine.backup.backups import HOME
from storage.engine.contents import finished
from storage.engine.file import OpenFile
from storage.engine.history import History
from storage.engine.merge.joining import joining
from storage.engine.merge.merging import Outcome, merging
from storage.engine.merge.siblings import known_steps, with_other_changes
from storage.engine.opening import new_store, open_store
from storage.engine.place.door import Opened, opened
from storage.engine.place.shared import Sent, publishing, working_of
from storage.engine.state import file_uuid
from storage.engine.store import Store
from tests.campaign.frame import report, scaled
from tests.campaign.harness import SHARDS
from tests.storage.engine.library import Book, only_the_library

ACTIONS = 14


@pytest.fixture(autouse=True)
def library() -> Iterator[None]:
    """Files hold the library's records."""
    with only_the_library():
        yield


@pytest.fixture
def in_place(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Every file of a share that was opened to write where it lies."""
    found: list[Path] = []
    made = OpenFile.__init__

    def noted(self: OpenFile, path: Path, mode: str = "rw", *more: object, **given: object) -> None:
        if mode != "ro" and any(part.startswith("OneDrive") for part in path.parts):
            found.append(path)
        made(self, path, mode, *more, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(OpenFile, "__init__", noted)
    return found


def add(store: Store, title: str) -> str:
    with store.step(f"Add {title}"):
        store.save(Book(title=title))
    return title


def titles(path: Path) -> set[str]:
    with closing(open_store(path, read_only=True)) as store:
        assert History(store).first_broken() is None
        return {b.title for b in store.all(Book)}


class Share:
    """One file on a share, one person who works on it here, and colleagues who put versions of theirs there."""

    def __init__(self, folder: Path, chance: Random) -> None:
        self.folder, self.chance = folder, chance
        self.remote = folder / "OneDrive - Trust" / "books.desk"
        self.remote.parent.mkdir(parents=True)
        with closing(new_store(folder / "first.desk")) as store:
            self.saved = {add(store, "first")}
        (folder / "first.desk").rename(self.remote)
        self.away = folder / "unplugged"
        self.here: Opened | None = None
        self.count = self.merged = 0

    def title(self) -> str:
        self.count += 1
        return f"title {self.count}"

    def open(self) -> Opened:
        if self.here is None:
            self.here = opened(self.remote)
        return self.here

    @property
    def never_fetched(self) -> bool:
        """Whether the share is away before the file was ever opened here, so that there is nothing to work on."""
        return self.away.exists() and working_of(self.remote) is None

    def edit(self) -> None:
        self.saved.add(add(self.open().store, self.title()))

    def colleague(self) -> None:
        if not self.away.exists():
            elsewhere = self.folder / "elsewhere.desk"
            disk.copy(self.remote, elsewhere)
            with closing(open_store(elsewhere)) as store:
                self.saved.add(add(store, self.title()))
            elsewhere.replace(self.remote)

    def publish(self) -> Sent:
        done = self.open()
        assert done.shared is not None
        sent = finished(publishing(done.shared, done.store))
        if sent is Sent.CHANGED and self.chance.random() < 0.7:
            self.merge()
        return sent

    def merge(self) -> None:
        done = self.open()
        if done.shared is None or done.shared.theirs is None:
            return
        with closing(open_store(done.shared.theirs, read_only=True)) as theirs:
            of = finished(joining(done.store, theirs.conn))
        for _ in merging(of, of.differences, "Merge", Outcome()):
            pass
        done.shared.merged(done.store)
        self.merged += 1

    def crash(self) -> None:
        if self.here is not None:
            self.here.store.close()
            self.here = None

    def plug(self) -> None:
        if self.away.exists():
            self.away.rename(self.remote.parent)
        else:
            self.remote.parent.rename(self.away)

    def settle(self) -> None:
        """The share is back, and the person publishes until nothing is left to do."""
        if self.away.exists():
            self.plug()
        self.crash()
        while self.publish() not in (Sent.DONE, Sent.NOTHING):
            self.merge()
        self.crash()


@pytest.mark.parametrize("shard", SHARDS)
def test_l4_whatever_two_people_save_on_a_share_is_there_in_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_place: list[Path], shard: int
) -> None:
    rounds = range(shard, scaled(quick=8, night=120, release=600), len(SHARDS))
    saved = lost = merged = 0
    for number in rounds:
        folder = tmp_path / str(number)
        monkeypatch.setenv(HOME, str(folder / "home"))
        share = Share(folder, Random(number))  # noqa: S311
        acts = [share.edit, share.edit, share.colleague, share.publish, share.crash, share.plug]
        for _ in range(ACTIONS):
            share.plug() if share.never_fetched else share.chance.choice(acts)()
        share.settle()
        saved, merged = saved + len(share.saved), merged + share.merged
        lost += len(share.saved - titles(share.remote))
        assert sorted(p.name for p in share.remote.parent.iterdir()) == ["books.desk"]
    report(
        "L4",
        {
            "rounds": len(rounds),
            "saves": saved,
            "merges": merged,
            "lost": lost,
            "in-place opens": len(in_place),
        },
    )
    assert lost == 0 and in_place == [] and merged > 0


def test_l5_no_conflict_copy_goes_unnoticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME, str(tmp_path / "home"))
    rounds, chance = scaled(quick=30, night=500, release=3_000), Random(5)  # noqa: S311
    names = (
        "books-PC-{}.desk",
        "books ({}).desk",
        "books (conflicted copy {}).desk",
        "books - Copy ({}).desk",
    )
    unnoticed = falsely = 0
    path = tmp_path / "books.desk"
    with closing(new_store(path)) as store:
        for number in range(rounds):
            add(store, f"mine {number}")
            place = tmp_path / chance.choice(names).format(number)
            disk.copy(path, place)
            if changed := chance.random() < 0.5:
                with closing(open_store(place)) as other:
                    add(other, f"theirs {number}")
            found = with_other_changes(path, file_uuid(store.conn), known_steps(store))
            unnoticed += changed and found != [place]
            falsely += not changed and found != []
            place.unlink()
    report("L5", {"copies": rounds, "unnoticed": unnoticed, "falsely noticed": falsely})
    assert unnoticed == 0 and falsely == 0
