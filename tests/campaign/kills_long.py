"""Kills during long work: a register brought in, a file brought up to date. It is all done or none of it."""

import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Final

from storage.engine.disk import side_files
from storage.engine.opening import new_store, open_store
from storage.exchange.tables.sheet import Sheet
from storage.records.contracts import Contract
from tests.campaign.frame import Figure
from tests.campaign.harness import Child, answer, quick_folder
from tests.campaign.later import MARK, become_later, shape
from tests.campaign.working import prepared, wrong
from tests.storage.engine.library import Book, Shelf, only_the_library
from tests.storage.exchange.import_making import bring, sheet

ROWS, BOOKS = 200, 20
LATEST: Final = 1.1  # of the time the work takes by itself; some kills come when it is done
BEGUN: Final = "begun"
Say = Callable[[str], None]


def kill_import(number: int, seed: int) -> dict[str, Figure]:
    """Kill so many imports of a register; none may be there in part."""
    table = _register()
    random, halves, whole = Random(seed), 0, 0  # noqa: S311 - chance, not a secret
    with quick_folder() as folder:
        empty, path = folder / "empty.desk", folder / "register.desk"
        new_store(empty).close()

        def work(say: Say) -> None:
            store = open_store(path, who="Ann")
            say(BEGUN)
            bring(store, table)

        for _ in killed(number, random, work, empty, path):
            halves += bool(wrong(path, ()))
            store = open_store(path, read_only=True)
            found = len(store.ids(Contract))
            store.close()
            halves += found not in (0, ROWS)
            whole += found == ROWS
    return {"kills during an import": number, "imports there in part": halves, "there as a whole": whole}


def kill_upgrade(number: int, seed: int) -> dict[str, Figure]:
    """Kill so many upgrades; the file is old or new, and the next start finishes."""
    random, between, new = Random(seed), 0, 0  # noqa: S311
    with only_the_library(), quick_folder() as folder:
        old, path = folder / "old.desk", folder / "books.desk"
        shelves(old, random)

        def work(say: Say) -> None:
            become_later()
            say(BEGUN)
            open_store(path, who="Ann").close()

        def finish(say: Say) -> None:
            become_later()
            found = wrong(path, ())
            with closing(sqlite3.connect(path)) as conn:
                titles = conn.execute("select title from shelf").fetchall()
                say(
                    "sound" if not found and titles == [(f"North{MARK}",)] else f"not sound: {found} {titles}"
                )

        for _ in killed(number, random, work, old, path):
            signs = as_left(path, folder / "left.desk")
            new += all(signs)
            between += len(set(signs)) > 1
            between += Child(finish).finish() != ["sound"]
            shutil.rmtree(folder / "home", ignore_errors=True)
    return {"kills during an upgrade": number, "files between old and new": between, "new already": new}


def killed(
    number: int, random: Random, work: Callable[[Say], None], before: Path, path: Path
) -> Iterator[None]:
    """Do the work on a copy of a file again and again, each time killed at a random moment."""
    shutil.copyfile(before, path)
    start = time.monotonic()
    child = Child(work)
    child.wait_for(BEGUN)
    begun = time.monotonic()
    child.finish()
    assert child.status == 0, "the work does not even end by itself"
    longest = time.monotonic() - begun
    print(f"started in {begun - start:.3f} s, done in {longest:.3f} s")
    for _ in range(number):
        shutil.copyfile(before, path)
        child = Child(work)
        child.wait_for(BEGUN)
        child.kill_after(random.random() * longest * LATEST)
        yield


def _register() -> Sheet:
    places = range(ROWS)
    return sheet(
        {
            "Reference": [f"C-{i:04}" for i in places],
            "Title": [f"Service number {i}" for i in places],
            "Supplier": [f"Provider {i % 17}" for i in places],
            "End date": [f"{1 + i % 28:02}/0{1 + i % 9}/2027" for i in places],
        }
    )


def shelves(path: Path, random: Random) -> None:
    prepared(path, random)
    store = open_store(path)
    with store.step("Put books on shelves"):
        shelf = store.save(Shelf(title="North"))
        store.save_many([Book(title=f"Book {number}", shelf=shelf.id) for number in range(BOOKS)])
    store.close()


def as_left(path: Path, copy: Path) -> tuple[bool, bool, bool]:
    """Whether a file is of the later version, looked at on a copy that plain SQLite opens."""
    for side in side_files(path):
        shutil.copyfile(side, copy.with_name(side.name.replace(path.name, copy.name)))
    shutil.copyfile(path, copy)
    with closing(sqlite3.connect(copy)) as conn:
        assert conn.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert conn.execute("select count(*) from book where shelf is not null").fetchone() == (BOOKS,)
        return shape(conn)


if __name__ == "__main__":
    answer(kill_import, kill_upgrade)
