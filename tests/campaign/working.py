"""Somebody at work: one save after another, of every kind, and whether a file holds what was confirmed."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from random import Random

import storage.engine.own_fields  # noqa: F401 - a record of its own in every file
from storage.engine.history import History
from storage.engine.opening import new_store, open_store
from storage.engine.state import State
from storage.engine.steps import IMPORT, Progress
from storage.engine.store import Store
from tests.storage.engine.conftest import unsearched
from tests.storage.engine.library import Author, Book, Writing


class Worker:
    """Makes saves of random kinds. Each returns what was confirmed: `step UUID` or `draft NAME`."""

    def __init__(self, store: Store, random: Random) -> None:
        self.store, self._random = store, random
        self._history, self._state = History(store), State(store)
        self._numbers = count(random.randrange(1 << 60))
        self.kinds: tuple[Callable[[], str], ...] = (
            self.add, self.edit, self.edit, self.bring_in, self.bin, self.undo, self.draft, self.link,
        )  # fmt: skip

    def save(self) -> str:
        """One save of any kind, confirmed once this returns."""
        return self._random.choice(self.kinds)()

    def _text(self) -> str:
        return f"word {next(self._numbers)} " + "and more " * self._random.randrange(30)

    def _step(self, number: int) -> str:
        found = self.store.conn.execute("select uuid from step where id = ?", (number,)).fetchone()
        return f"step {found[0]}"

    def _last(self) -> str:
        found = self.store.conn.execute("select uuid from step order by id desc limit 1").fetchone()
        return f"step {found[0]}"

    def add(self) -> str:
        with self.store.step("Add a book") as number:
            self.store.save(
                Book(title=self._text(), reference=self._text(), price=self._random.randrange(9_999))
            )
        return self._step(number)

    def edit(self) -> str:
        book = self._book()
        with self.store.step("Change a book") as number:
            self.store.save(replace(book, notes=self._text()) if book else Book(title=self._text()))
        return self._step(number)

    def link(self) -> str:
        book = self._book()
        with self.store.step("Name an author") as number:
            author = self.store.save(Author(title=self._text()))
            self.store.save(Writing(book=book.id if book else None, author=author.id))
        return self._step(number)

    def bin(self) -> str:
        book = self._book()
        with self.store.step("Bin a book") as number:
            if book:
                self.store.bin(Book, [book.key])
            self.store.save(Author(title=self._text()))
        return self._step(number)

    def bring_in(self) -> str:
        for _ in self.store.long_step("Bring books in", self._rows(self._random.randrange(2, 40)), IMPORT):
            pass
        return self._last()

    def _rows(self, number: int) -> Iterator[Progress]:
        for done in range(number):
            self.store.save(Book(title=self._text()))
            yield Progress(done, number, "Bringing books in")

    def undo(self) -> str:
        if self._history.next_undo() is None:
            return self.add()
        for _ in self._history.undo():
            pass
        return self._last()

    def draft(self) -> str:
        name = f"draft {next(self._numbers)}"
        self._state.draft(name, self._text())
        return name if self._state.flush() else ""

    def _book(self) -> Book | None:
        ids = self.store.ids(Book)
        return self.store.get(Book, self._random.choice(ids)) if ids else None


def prepared(path: Path, random: Random) -> None:
    """A file with some work in it, closed."""
    store = new_store(path, who="Ann")
    worker = Worker(store, random)
    worker.add()
    for _ in range(6):
        worker.save()
    store.close()


def lost(conn: sqlite3.Connection, confirmed: Iterable[str]) -> set[str]:
    """What was confirmed and is not in the file."""
    steps = {f"step {row[0]}" for row in conn.execute("select uuid from step")}
    drafts = {row[0] for row in conn.execute("select name from draft")}
    return set(confirmed) - steps - drafts - {""}


def wrong(path: Path, confirmed: Iterable[str]) -> list[str]:
    """What the program itself finds wrong when it opens a file again, as at any other start."""
    store = open_store(path, who="Ann")
    try:
        missing = [f"{said} is lost" for said in lost(store.conn, confirmed)]
        found = [row[0] for row in store.conn.execute("pragma integrity_check") if row[0] != "ok"]
        broken = History(store).first_broken()
        history = [f"step {broken.id} is not as it was written"] if broken else []
        search = ["the search does not agree"] if unsearched(store) else []
        return missing + found + history + search
    finally:
        store.close()
