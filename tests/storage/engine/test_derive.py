"""Worked-out values follow whatever they are worked out from, in the same step, and say why."""

from dataclasses import replace
from datetime import date

import pytest

from storage.engine.derive import with_derived
from storage.engine.history import History
from storage.engine.store import Store
from tests.storage.engine.conftest import run, stale
from tests.storage.engine.library import Author, Book, Holiday, Writing


@pytest.fixture
def linked(store: Store) -> Store:
    """Two authors, two books, and three writings between them."""
    with store.step("Add"):
        store.save_many([Author(title="Sterne"), Author(title="Smollett")])
        store.save_many(
            [Book(title="One", price=100, published=date(2026, 1, 1)), Book(title="Two", price=20)]
        )
        store.save_many([Writing(book=1, author=1), Writing(book=2, author=1), Writing(book=2, author=2)])
    return store


def worth(store: Store) -> list[tuple[int | None, int | None]]:
    return [(a.books_held, a.worth) for a in store.all(Author)]


def names(store: Store) -> list[str]:
    return [b.written_by for b in store.all(Book)]


def test_values_are_worked_out_when_records_are_added(linked: Store) -> None:
    assert worth(linked) == [(2, 120), (1, 20)]
    assert names(linked) == ["Sterne", "Sterne; Smollett"]
    assert linked.get(Book, 1).due == date(2026, 1, 15)


def test_a_change_in_a_part_is_followed(linked: Store) -> None:
    linked.change(Book, 2, {"price": 50})
    assert worth(linked) == [(2, 150), (1, 50)]
    linked.change(Author, 1, {"title": "L. Sterne"})
    assert names(linked) == ["L. Sterne", "L. Sterne; Smollett"]


def test_a_link_that_moves_is_followed_at_both_ends(linked: Store) -> None:
    linked.change(Writing, 3, {"book": 1})
    assert names(linked) == ["Sterne; Smollett", "Sterne"] and worth(linked) == [(2, 120), (1, 100)]
    linked.change(Writing, 1, {"author": 2})
    assert names(linked) == ["Smollett; Smollett", "Sterne"] and worth(linked)[0] == (1, 20)
    linked.change(Writing, 2, {"book": None})
    assert names(linked)[1] == "" and worth(linked)[0] == (0, 0)


def test_the_bin_is_followed(linked: Store) -> None:
    with linked.step("Bin"):
        linked.bin(Book, [2])
    assert worth(linked) == [(1, 100), (0, 0)]
    with linked.step("Bin"):
        linked.bin(Author, [1])
    assert linked.get(Book, 1).written_by == "Sterne (in the bin)"
    with linked.step("Bin"):
        linked.bin(Writing, [1])
    assert linked.get(Book, 1).written_by == ""


def test_a_small_table_read_whole_is_followed_by_every_record(linked: Store) -> None:
    with linked.step("Add"):
        holiday = linked.save(Holiday(on=date(2026, 1, 15)))
    assert linked.get(Book, 1).due == date(2026, 1, 16)
    linked.change(Holiday, holiday.key, {"on": date(2026, 1, 20)})
    assert linked.get(Book, 1).due == date(2026, 1, 15)


def test_worked_out_values_are_outside_history(linked: Store) -> None:
    linked.change(Author, 1, {"title": "L. Sterne"})
    last = linked.conn.execute("select tbl, new from change order by id desc limit 1").fetchone()
    assert last == ("author", '{"title":"L. Sterne"}')


def test_undo_works_them_out_again(linked: Store) -> None:
    before = (worth(linked), names(linked))
    history = History(linked)
    linked.change(Book, 2, {"price": 50})
    with linked.step("Part"):
        linked.save(replace(linked.get(Writing, 2), author=2))
    run(history.undo())
    run(history.undo())
    assert (worth(linked), names(linked)) == before
    run(history.undo())
    run(history.redo())
    assert (worth(linked), names(linked)) == before and stale(linked) == []


def test_more_records_than_one_slice(store: Store) -> None:
    with store.step("Add"):
        store.save(Author(title="Prolific"))
        books = store.save_many([Book(title=f"Book {n}", price=1) for n in range(700)])
        store.save_many([Writing(book=b.id, author=1) for b in books])
    store.change(Author, 1, {"title": "Most prolific"})
    assert set(names(store)) == {"Most prolific"} and worth(store) == [(700, 700)] and stale(store) == []


def test_every_value_says_why(linked: Store) -> None:
    assert linked.why(linked.get(Author, 1), "books_held") == "2 books."
    assert linked.why(linked.get(Book, 2), "due") == "No date to count from."
    assert linked.why(linked.get(Book, 2), "title") == "" and linked.why(Book(), "due") == ""


def test_the_steps_behind_a_value_come_with_their_sources(linked: Store) -> None:
    [step] = linked.reasons(linked.get(Author, 1), "books_held")
    assert (step.words, step.source, tuple(step.rests_on)) == (
        "Books in the bin are left out.",
        "Rules of the library",
        (),
    )
    assert linked.reasons(linked.get(Book, 2), "due") == ()
    assert linked.reasons(linked.get(Book, 2), "title") == () and linked.reasons(Book(), "due") == ()


def test_a_record_may_be_looked_at_before_it_is_saved(linked: Store) -> None:
    changed = replace(linked.get(Book, 1), published=date(2026, 2, 1))
    seen = with_derived(linked.conn, changed, linked.today())
    assert isinstance(seen, Book)
    assert (seen.due, seen.written_by) == (date(2026, 2, 15), "Sterne")
    assert linked.get(Book, 1).due == date(2026, 1, 15)


def test_parts_are_those_the_rules_read(linked: Store) -> None:
    parts = linked.parts(linked.get(Book, 2))
    assert [a.title for a in parts.of(Author, "authors")] == ["Sterne", "Smollett"]
    assert parts.of(Holiday, "holidays") == () == parts.of(Holiday, "never declared")
