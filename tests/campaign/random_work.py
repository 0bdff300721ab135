"""Random work on one file, held against a model: done, undone, failed or reopened, the file holds what it must."""

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import ClassVar, TypeVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from storage.engine.errors import Refused, StorageError
from storage.engine.fields import RECORDS, Record
from storage.engine.history import History
from storage.engine.opening import new_store, open_store
from storage.engine.own_fields import OwnField
from storage.engine.query import Query
from storage.engine.steps import IMPORT, REOPEN, SEAL, Changes
from storage.engine.store import Store
from tests.storage.engine.conftest import TODAY, all_of, run, stale, unsearched
from tests.storage.engine.library import (
    Author,
    Book,
    Edition,
    Holiday,
    Page,
    Shelf,
    Writing,
    only_the_library,
)

R = TypeVar("R", bound=Record)
State = dict[str, list[Record]]
words = st.sampled_from(["Emma", "Dracula", "Nørrebro", 'a "quoted" \\ word', "line\nline", "", "Emma again"])
prices = st.none() | st.integers(-5, 10**9)
days = st.none() | st.dates(date(2026, 1, 1), date(2026, 3, 1))


class OneFile(RuleBasedStateMachine):
    """One file, beside it every earlier state that undo must bring back, and what always holds."""

    steps: ClassVar[int] = 0  # how many have been made by all of them

    def __init__(self) -> None:
        super().__init__()
        self.held = ExitStack()
        self.held.enter_context(only_the_library())
        folder = self.held.enter_context(tempfile.TemporaryDirectory())
        self.path = Path(folder) / "machine.desk"
        self.told: list[Changes] = []
        self.undoable: list[State] = []  # the states before each step that may be undone
        self.redoable: list[State] = []

    @initialize()
    def begin(self) -> None:
        self.use(new_store(self.path, who="Ann", today=lambda: TODAY))
        with self.store.step("Start", IMPORT):
            self.store.save(OwnField(table="book", code="ward", label="Ward", position=1))
            self.store.save_many([Author(title="Austen"), Author(title="Stoker")])
            self.store.save_many([Book(title="Emma", reference="B1"), Book(title="Dracula", reference="B2")])
            self.store.save(Edition(number="1"))
        self.undoable = [{t: [] for t in RECORDS}]

    def use(self, store: Store) -> None:
        self.store, self.history = store, History(store)
        self.store.steps.listeners.append(self.told.append)

    def teardown(self) -> None:
        self.store.close()
        self.held.close()

    def done(self, work: Callable[[], object], kind: str = "edit") -> None:
        """Do work as a step and expect what it leaves behind."""
        before, heard = all_of(self.store), len(self.told)
        with self.store.step("Work", kind):
            work()
        if all_of(self.store) == before:
            assert len(self.told) == heard
            return
        assert len(self.told) == heard + 1
        self.redoable.clear()
        if kind in (SEAL, REOPEN):
            self.undoable.clear()
        else:
            self.undoable.append(before)

    def pick(self, cls: type[R], number: int) -> R | None:
        ids = self.store.ids(cls)
        return self.store.get(cls, ids[number % len(ids)]) if ids else None

    def refused(self, work: Callable[[], object]) -> None:
        before, heard = all_of(self.store), len(self.told)
        with pytest.raises((StorageError, ZeroDivisionError)), self.store.step("Refused"):
            self.store.save(Shelf(title="no trace of this"))
            work()
        assert all_of(self.store) == before and len(self.told) == heard
        assert self.store.find("trace") == []

    @invariant()
    def the_history_is_whole(self) -> None:
        assert self.history.first_broken() is None

    @invariant()
    def the_search_agrees(self) -> None:
        assert unsearched(self.store) == []

    @invariant()
    def values_worked_out_are_those_of_the_rules(self) -> None:
        assert stale(self.store) == []

    @invariant()
    def nothing_is_left_open(self) -> None:
        OneFile.steps += 1
        assert not self.store.steps.busy and not self.store.conn.in_transaction
        assert self.store.conn.execute("select step, kind from current_step").fetchall() == [(None, None)]


class Edited(OneFile):
    """What a person does to records."""

    @rule(title=words, price=prices, published=days, own=words)
    def add_book(self, title: str, price: int | None, published: date | None, own: str) -> None:
        book = Book(title=title, price=price, published=published, own={"ward": own} if own else {})
        self.done(lambda: self.store.save(book))

    @rule(titles=st.lists(words, max_size=4))
    def add_many(self, titles: list[str]) -> None:
        self.done(lambda: self.store.save_many([Author(title=t) for t in titles]), IMPORT)

    @rule(book=st.integers(0, 9), author=st.integers(0, 9))
    def link(self, book: int, author: int) -> None:
        one, other = self.pick(Book, book), self.pick(Author, author)
        if one and other:
            self.done(lambda: self.store.save(Writing(book=one.id, author=other.id)))

    @rule(writing=st.integers(0, 9), author=st.integers(0, 9))
    def move_link(self, writing: int, author: int) -> None:
        one, other = self.pick(Writing, writing), self.pick(Author, author)
        if one and other:
            self.done(lambda: self.store.save(replace(one, author=other.id)))

    @rule(number=st.integers(0, 9), title=words, notes=words, price=prices)
    def change_book(self, number: int, title: str, notes: str, price: int | None) -> None:
        if book := self.pick(Book, number):
            self.done(lambda: self.store.save(replace(book, title=title, notes=notes, price=price)))

    @rule(number=st.integers(0, 9), title=words)
    def change_author(self, number: int, title: str) -> None:
        if author := self.pick(Author, number):
            self.done(lambda: self.store.save(replace(author, title=title)))

    @rule(on=days)
    def add_holiday(self, on: date | None) -> None:
        self.done(lambda: self.store.save(Holiday(on=on)))

    @rule(cls=st.sampled_from([Book, Author, Writing, Holiday]), number=st.integers(0, 9))
    def bin(self, cls: type[Record], number: int) -> None:
        if found := self.pick(cls, number):
            self.done(lambda: self.store.bin(cls, [found.key]))

    @rule(cls=st.sampled_from([Book, Author, Writing]))
    def unbin(self, cls: type[Record]) -> None:
        if ids := self.store.ids(cls, Query(binned=True)):
            self.done(lambda: self.store.unbin(cls, ids))

    @rule(words=words)
    def add_page(self, words: str) -> None:
        if (edition := self.pick(Edition, 0)) and not edition.issued_on:
            self.done(lambda: self.store.save(Page(edition=edition.id, words=words)))

    @rule()
    def seal(self) -> None:
        if edition := self.pick(Edition, 0):
            if edition.issued_on:
                self.refused(lambda: self.store.save(replace(edition, number="2")))
                self.refused(lambda: self.store.save(Page(edition=edition.id)))
            else:
                self.done(lambda: self.store.save(replace(edition, issued_on=TODAY)), SEAL)

    @rule()
    def reopen_edition(self) -> None:
        if (edition := self.pick(Edition, 0)) and edition.issued_on:
            self.done(lambda: self.store.save(replace(edition, issued_on=None)), REOPEN)


class Files(Edited):
    """What goes wrong, and what goes back and forth."""

    @rule()
    def fail(self) -> None:
        self.refused(lambda: 1 // 0)

    @rule()
    def fail_at_commit(self) -> None:
        self.refused(lambda: self.store.save(Writing(book=999, author=999)))

    @rule()
    def undo(self) -> None:
        if not self.undoable:
            with pytest.raises(Refused):
                self.history.undo()
            return
        before = all_of(self.store)
        run(self.history.undo())
        assert all_of(self.store) == self.undoable.pop()
        self.redoable.append(before)

    @precondition(lambda self: self.undoable)
    @rule()
    def undo_half_and_cancel(self) -> None:
        before = all_of(self.store)
        undoing = self.history.undo()
        next(undoing)
        undoing.close()  # type: ignore[attr-defined]
        assert all_of(self.store) == before

    @rule()
    def redo(self) -> None:
        if not self.redoable:
            with pytest.raises(Refused):
                self.history.redo()
            return
        before = all_of(self.store)
        run(self.history.redo())
        assert all_of(self.store) == self.redoable.pop()
        self.undoable.append(before)

    @rule()
    def reopen_the_file(self) -> None:
        before = all_of(self.store)
        self.store.close()
        self.use(open_store(self.path, who="Bob", today=lambda: TODAY))
        assert all_of(self.store) == before

    @rule()
    def undo_everything(self) -> None:
        first = self.undoable[0] if self.undoable else all_of(self.store)
        while self.undoable:
            self.undo()
        assert all_of(self.store) == first
