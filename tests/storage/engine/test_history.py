"""Undo, redo and the record of who did what: kept in the file, across restarts, and sealed by hashes."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from storage.engine.errors import Refused
from storage.engine.history import History
from storage.engine.opening import open_store
from storage.engine.query import Query
from storage.engine.steps import Changes
from storage.engine.store import Store
from tests.storage.engine.conftest import all_of, run
from tests.storage.engine.library import Author, Book, Edition, Shelf, Writing


@pytest.fixture
def history(store: Store) -> History:
    """The history of a file with one book by one author."""
    with store.step("Add"):
        author, book = store.save(Author(title="Austen")), store.save(Book(title="Emma", price=5))
        store.save(Writing(book=book.id, author=author.id))
    return History(store)


def test_undo_and_redo_bring_back_records_values_worked_out_and_search(
    store: Store, history: History
) -> None:
    states = [all_of(store)]
    store.change(Author, 1, {"title": "Jane Austen"})
    states.append(all_of(store))
    store.change(Book, 1, {"price": 7, "notes": 'with "quotes", \\ and\nlines\t\x01'})
    states.append(all_of(store))
    with store.step("Bin"):
        store.bin(Book, [1])
    states.append(all_of(store))
    for wanted in reversed(states[:-1]):
        run(history.undo())
        assert all_of(store) == wanted
    for wanted in states[1:]:
        run(history.redo())
        assert all_of(store) == wanted
    assert history.first_broken() is None


def test_undoing_everything_leaves_nothing_but_the_history(store: Store, history: History) -> None:
    run(history.undo())
    assert store.ids(Book) == store.ids(Author) == [] == store.find("Emma")
    assert history.next_undo() is None
    with pytest.raises(Refused, match="nothing to undo"):
        history.undo()
    assert [s.kind for s in history.latest()] == ["undo", "edit"]


def test_a_new_step_ends_what_can_be_redone(store: Store, history: History) -> None:
    store.change(Book, 1, {"price": 7})
    run(history.undo())
    assert (step := history.next_redo()) and step.label == "Change price of Emma"
    store.change(Book, 1, {"pages": 70})
    assert history.next_redo() is None
    with pytest.raises(Refused, match="nothing to redo"):
        history.redo()


def test_undo_and_redo_may_alternate(store: Store, history: History) -> None:
    for price in (6, 7, 8):
        store.change(Book, 1, {"price": price})
    seen = []
    for turn in "uurururru":
        run(history.undo() if turn == "u" else history.redo())
        seen.append(store.get(Book, 1).price)
    assert seen == [7, 6, 7, 6, 7, 6, 7, 8, 7]


def test_history_outlives_the_program(store: Store, history: History, path: Path) -> None:
    store.change(Book, 1, {"price": 7})
    store.close()
    again = open_store(path)
    run(History(again).undo())
    assert again.get(Book, 1).price == 5
    run(History(again).redo())
    assert again.get(Book, 1).price == 7
    again.close()


def test_an_undo_that_is_stopped_half_way_changes_nothing(store: Store, history: History) -> None:
    with store.step("Add many"):
        store.save_many([Shelf(title=f"Shelf {n}") for n in range(500)])
    undoing = history.undo()
    next(undoing), next(undoing)
    undoing.close()  # type: ignore[attr-defined]
    assert len(store.ids(Shelf)) == 500 and not store.steps.busy
    run(history.undo())
    assert store.ids(Shelf) == []


def test_undo_is_told_to_listeners_like_any_step(store: Store, history: History) -> None:
    heard: list[Changes] = []
    store.steps.listeners.append(heard.append)
    store.change(Author, 1, {"title": "Jane Austen"})
    run(history.undo())
    assert heard[0].rows == heard[1].rows == {"author": {1}, "book": {1}}


@pytest.mark.parametrize(
    ("kind", "says"), [("seal", "reopened, with a reason"), ("reopen", "cannot be undone")]
)
def test_undo_stops_at_what_is_issued(store: Store, history: History, kind: str, says: str) -> None:
    with store.step("Issue edition 1", kind):
        store.save(Edition(number="1", issued_on=date(2026, 1, 1)))
    step = history.next_undo()
    assert step and says in history.stops(step) and "Issue edition 1" in history.stops(step)
    with pytest.raises(Refused, match="Undo stops here"):
        history.undo()
    store.change(Book, 1, {"price": 7})
    run(history.undo())
    with pytest.raises(Refused, match="Undo stops here"):
        history.undo()
    assert store.ids(Edition) == [1]


def test_undo_refuses_to_take_back_what_has_been_sealed_since(store: Store) -> None:
    with store.step("Write"):
        edition = store.save(Edition(number="1"))
    with store.step("Issue, wrongly as an edit"):
        store.save(replace(edition, issued_on=date(2026, 1, 1)))
    with pytest.raises(Refused, match="issued or signed"):
        run(History(store).undo())
    assert store.get(Edition, 1).issued_on


def test_every_record_has_its_story(store: Store, history: History) -> None:
    store.change(Book, 1, {"price": 7, "lent": True})
    run(history.undo())
    story = history.of("book", 1)
    assert [(c.step.kind, c.step.who) for c in story] == [("undo", "Ann"), ("edit", "Ann"), ("edit", "Ann")]
    assert (story[1].old, story[1].new) == ({"price": 5, "lent": None}, {"price": 7, "lent": 1})
    assert story[2].old is None and story[2].new and story[2].new["title"] == "Emma"
    assert history.of("book", 99) == []


@pytest.mark.parametrize(
    "tampering",
    [
        "update step set label = 'Something else' where id = 2",
        "update step set who = 'Eve' where id = 2",
        "update change set new = '{\"price\":9}' where step = 2",
        "delete from change where step = 2",
        "insert into change(step, tbl, row, old, new) values(2, 'book', 1, null, null)",
        "update step set hash = 'x' where id = 2",
        "update step set previous = 'x' where id = 2",
    ],
)
def test_altering_the_history_is_noticed(store: Store, history: History, tampering: str) -> None:
    store.change(Book, 1, {"price": 7})
    store.change(Book, 1, {"price": 8})
    assert history.first_broken() is None
    store.conn.execute(tampering)
    broken = history.first_broken()
    assert broken and broken.id == 2


def test_removing_a_step_is_noticed(store: Store, history: History) -> None:
    store.change(Book, 1, {"price": 7})
    store.change(Book, 1, {"price": 8})
    store.conn.execute("delete from change where step = 2")
    store.conn.execute("delete from step where id = 2")
    broken = history.first_broken()
    assert broken and broken.id == 3


def test_a_record_in_the_bin_comes_back_by_undo(store: Store, history: History) -> None:
    with store.step("Bin"):
        store.bin(Book, [1])
    assert store.get(Author, 1).books_held == 0
    run(history.undo())
    assert store.ids(Book, Query(binned=True)) == [] and store.get(Author, 1).books_held == 1
