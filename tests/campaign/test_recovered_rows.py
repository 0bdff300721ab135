"""How many records come back from damaged files without any backup, as the mean over many files."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from random import Random
from time import perf_counter

import pytest

from storage.engine.backup.backups import HOME
from storage.engine.backup.snapshots import save_as
from storage.engine.fields import RECORDS, Record
from storage.engine.opening import new_store, open_store
from storage.engine.query import Query
from storage.engine.repair.repairing import repair
from storage.engine.rows import rows_of
from storage.engine.store import Store
from tests.campaign.frame import report, scaled
from tests.storage.engine.library import Author, Book, Shelf, Writing, only_the_library
from tests.storage.engine.repair.damage import Harm, holes, luck, no_first_page, third_cut_off

PROMISED: dict[Harm, float] = {holes: 0.99, no_first_page: 1.0, third_cut_off: 0.80}
NAMED: dict[Harm, str] = {
    holes: "1 % of pages gone",
    no_first_page: "page 1 wiped",
    third_cut_off: "a third cut off",
}


@pytest.fixture(autouse=True)
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Files hold the library's records, and there are no backups."""
    monkeypatch.setenv(HOME, str(tmp_path / "home"))
    with only_the_library():
        yield


def some_books(chance: Random, most: int) -> list[Book]:
    return [
        Book(
            reference=f"R{chance.random()}",
            title="A title of usual length",
            notes="some words " * int(chance.paretovariate(1) if chance.random() < 0.9 else 300),
            price=chance.randrange(10**6),
            published=date(2020, 1, 1),
            shelf=chance.randrange(1, 4),
        )
        for _ in range(chance.randrange(1, most))
    ]


def grown(store: Store, chance: Random) -> None:
    """A file that grew by many steps."""
    for _ in range(chance.randrange(4, 20)):
        with store.step("Add"):
            store.save_many([Shelf(title=f"Shelf {chance.random()}") for _ in range(3)])
            store.save_many([Author(title=f"Author {n}") for n in range(chance.randrange(1, 20))])
            store.save_many(some_books(chance, 80))
        with store.step("Connect"):
            books = store.ids(Book)
            store.save_many([Writing(book=b, author=1) for b in chance.sample(books, len(books) // 9)])


def brought_in(store: Store, chance: Random) -> None:
    """A file into which most came at once, and which was worked on since."""
    with store.step("Bring in", "import"):
        store.save_many([Shelf(title=f"Shelf {chance.random()}") for _ in range(3)])
        store.save_many([book for _ in range(6) for book in some_books(chance, 200)])
    books = store.ids(Book)
    for _ in range(chance.randrange(40)):
        store.change(Book, chance.choice(books), {"title": f"Title {chance.random()}"})


def a_file(path: Path, seed: int) -> None:
    """Of every four files two have grown, one was brought in, and one is a compact copy."""
    chance, made = luck(seed), path.with_name("made.desk")
    with closing(new_store(made, who="Ann")) as store:
        (brought_in if seed % 4 == 1 else grown)(store, chance)
        save_as(store, path)
    if seed % 4 != 3:
        made.replace(path)
    made.unlink(missing_ok=True)


def every(path: Path) -> dict[tuple[str, str], Record]:
    with closing(open_store(path)) as store:
        found = {
            t: [r for b in (False, True) for r in store.all(c, Query(binned=b))] for t, c in RECORDS.items()
        }
        return {(t, r.uuid): r for t, records in found.items() for r in records}


def came_back(wanted: dict[tuple[str, str], Record], held: dict[tuple[str, str], Record]) -> float:
    """The part of the records that hold what they held; a link to what is lost counts as lost with that alone."""
    lost = {(t, r.id) for (t, u), r in wanted.items() if (t, u) not in held}
    return sum(key in held and same(record, held[key], lost) for key, record in wanted.items()) / len(wanted)


def same(record: Record, other: Record, lost: set[tuple[str, int | None]]) -> bool:
    links = {f.name: f.target for f in record.FIELDS.values() if f.target}
    names, *both = (
        rows_of(type(record)).written[3:],
        *(rows_of(type(r)).values(r)[3:] for r in (record, other)),
    )
    values = zip(names, *both, strict=True)
    return all(a == b or (n in links and (links[n], a) in lost and b is None) for n, a, b in values)


@pytest.mark.parametrize("harm", list(PROMISED), ids=lambda harm: str(harm.__name__))
def test_c3_rows_come_back_without_a_backup(tmp_path: Path, harm: Harm) -> None:
    files = scaled(quick=4, night=50, release=200)
    parts, slowest = [], 0.0
    for seed in range(files):
        whole, harmed, made = (tmp_path / f"{name}.desk" for name in ("whole", "harmed", "made"))
        a_file(whole, seed)
        harmed.write_bytes(harm(whole.read_bytes(), luck(seed)))
        began = perf_counter()
        repair(harmed, made)
        slowest = max(slowest, perf_counter() - began)
        parts.append(came_back(every(whole), every(made)))
        made.unlink()
        whole.unlink()
    mean = sum(parts) / files
    figures = {"files": files, "% of rows back": round(100 * mean, 2), "slowest, s": round(slowest, 1)}
    report("C3", {f"{name}, {NAMED[harm]}": figure for name, figure in figures.items()})
    assert mean >= PROMISED[harm], f"{mean:.2%} of rows came back, the least {min(parts):.2%}"
