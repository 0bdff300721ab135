"""Random disasters, each ending back in the program: how long that takes, and how much of the work is lost."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from time import perf_counter

import pytest

from storage.engine.backup.backups import BY_HAND, HOME, REGULAR, list_copies, make
from storage.engine.backup.restoring import restore
from storage.engine.check.checking import check
from storage.engine.errors import StorageError
from storage.engine.history import History
from storage.engine.opening import new_store, open_store
from storage.engine.repair.repairing import mend, repair
from tests.campaign.frame import report, scaled
from tests.storage.engine.library import Author, Book, Shelf, only_the_library
from tests.storage.engine.repair.damage import PAGE, flipped, luck

BOOKS = 60
LONGEST = 60.0  # seconds


@pytest.fixture(autouse=True)
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Files hold the library's records."""
    monkeypatch.setenv(HOME, str(tmp_path / "home"))
    with only_the_library():
        yield


def half_overwritten(path: Path, chance: Random) -> None:
    content = path.read_bytes()
    half = len(content) // 2
    path.write_bytes(
        chance.randbytes(half) + content[half:] if chance.random() < 0.5 else content[:half] + bytes(half)
    )


def truncated(path: Path, chance: Random) -> None:
    path.write_bytes(path.read_bytes()[: chance.randrange(path.stat().st_size)])


def deleted(path: Path, _chance: Random) -> None:
    path.unlink()


def header_zeroed(path: Path, _chance: Random) -> None:
    path.write_bytes(bytes(100) + path.read_bytes()[100:])


def bits_flipped(path: Path, chance: Random) -> None:
    content = path.read_bytes()
    for _ in range(chance.randrange(1, 9)):
        content = flipped(content, chance)
    path.write_bytes(content)


def pages_gone(path: Path, chance: Random) -> None:
    content = bytearray(path.read_bytes())
    for page in chance.sample(range(len(content) // PAGE), 4):
        content[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)
    path.write_bytes(content)


def stale_journal(path: Path, chance: Random) -> None:
    journal = path.with_name(path.name + "-journal")
    journal.write_bytes(bytes.fromhex("d9d505f920a163d7") + chance.randbytes(chance.randrange(20_000)))


def replaced_by_another(path: Path, chance: Random) -> None:
    path.write_bytes(chance.choice([b"", b"PK\3\4 a workbook", b"<html>not found</html>" * 50]))


DISASTERS: tuple[Callable[[Path, Random], None], ...] = (
    half_overwritten, truncated, deleted, header_zeroed, bits_flipped, pages_gone, stale_journal, replaced_by_another,
)  # fmt: skip


def a_day_of_work(path: Path, chance: Random) -> list[list[str]]:
    """A file with some copies; the titles that each piece of work gave, the last piece being in no copy."""
    pieces: list[list[str]] = []
    with closing(new_store(path, who="Ann")) as store:
        with store.step("Add"):
            store.save_many([Shelf(title="Shelf"), Author(title="Author")])
            store.save_many(
                [Book(title=f"Book {n}", notes="x" * chance.randrange(2_000), shelf=1) for n in range(BOOKS)]
            )
        numbers = iter(range(1, BOOKS + 1))
        for part in range(4):
            pieces.append([])
            for _ in range(chance.randrange(1, 12)):
                number = next(numbers)
                store.change(Book, number, {"title": f"Title {number} of part {part}"})
                pieces[-1].append(f"Title {number} of part {part}")
            if part < 3:
                make(store, BY_HAND if part else REGULAR)
    return pieces


def back_in_the_program(path: Path) -> Path:
    """What the program does and a user answers, taking the first way on each time; returns the file then open."""
    try:
        open_store(path).close()
        if not check(path).damage:
            return path
    except StorageError:
        pass  # said in words, with ways on
    if path.exists() and mend(path):
        return path
    try:
        return repair(path, path.with_name("repaired.desk")).made
    except StorageError:
        pass  # nothing is left of it, nor is there a sound copy of the same line
    for copy in list_copies(path):
        try:
            restore(path, copy, replay=True)
            return path
        except StorageError:
            continue  # this copy is damaged too: the next older one
    raise AssertionError("no way back was found")


def drilled(folder: Path, seed: int) -> tuple[float, int]:
    """One disaster: the seconds until the program is back, and how many steps are lost for good."""
    chance, path = luck(seed), folder / "books.desk"
    pieces = a_day_of_work(path, chance)
    copies, bad = list_copies(path), chance.choice([0, 0, 0, 1, 2])
    for copy in copies[:bad]:
        copy.path.write_bytes(flipped(copy.path.read_bytes(), chance))
    DISASTERS[seed % len(DISASTERS)](path, chance)
    began = perf_counter()
    with closing(open_store(back_in_the_program(path))) as store:
        seconds = perf_counter() - began
        assert History(store).first_broken() is None and len(store.ids(Book)) == BOOKS
        titles = {book.title for book in store.all(Book)}
    lost = {title for piece in pieces for title in piece if title not in titles}
    promised = {title for piece in pieces[len(copies) - bad :] for title in piece}
    assert lost <= promised, f"drill {seed}: more was lost than the work since the last good copy"
    assert all(copy.path.exists() for copy in copies), "no copy is ever deleted by it"
    return seconds, len(lost)


def test_c4_every_disaster_ends_back_in_the_program(tmp_path: Path) -> None:
    drills = scaled(quick=8, night=50, release=1000)
    seconds, lost = [], []
    for seed in range(drills):
        folder = tmp_path / str(seed)
        folder.mkdir()
        took, gone = drilled(folder, seed)
        seconds.append(took)
        lost.append(gone)
        shutil.rmtree(folder)
        shutil.rmtree(tmp_path / "home")
    figures = {
        "disasters": drills,
        "without any loss": lost.count(0),
        "steps lost": sum(lost),
        "most in one": max(lost),
    }
    report("C4", {**figures, "slowest, s": round(max(seconds), 1)})
    assert max(seconds) < LONGEST


def test_d7_every_flipped_bit_is_noticed(tmp_path: Path) -> None:
    flips = scaled(quick=200, night=10_000, release=10_000)
    path, noticed = tmp_path / "books.desk", 0
    a_day_of_work(path, luck(1))
    copy = list_copies(path)[0]
    whole = copy.path.read_bytes()
    assert copy.is_as_made()
    for seed in range(flips):
        copy.path.write_bytes(flipped(whole, luck(seed)))
        noticed += not copy.is_as_made()
    report("D7", {"bits flipped in backups": flips, "noticed": noticed})
    assert noticed == flips
