"""Records are saved inside steps, read back equal, found, binned, and refused when they are sealed."""

import random
import sqlite3
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.engine.errors import Refused, StorageError
from storage.engine.fields import Period
from storage.engine.history import History
from storage.engine.own_fields import OwnField, new_code
from storage.engine.query import Order, Query
from storage.engine.reading import names_of
from storage.engine.store import Store, with_values
from tests.storage.engine.conftest import run
from tests.storage.engine.library import Author, Book, Edition, Page, Shelf, Writing

SAME_FILE = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | texts, st.lists, max_leaves=4
)
books = st.builds(
    Book,
    reference=texts,
    title=texts,
    notes=texts,
    kind=texts,
    price=st.none() | st.integers(-(2**62), 2**62),
    pages=st.none() | st.integers(-9, 9_999),
    published=st.none() | st.dates(max_value=date(9999, 1, 1)),
    loan=st.none() | st.builds(Period, st.integers(0, 400), st.sampled_from("dwmy")),
    lent=st.none() | st.booleans(),
    extra=st.dictionaries(texts, json_values, max_size=3),
)


def typed(book: Book) -> Book:
    """The book as it was typed: without what the file adds."""
    return replace(book, id=None, uuid="", written_by="", due=None)


@SAME_FILE
@given(st.lists(books, max_size=3))
def test_every_value_is_read_back_as_it_was_saved(store: Store, made: list[Book]) -> None:
    with store.step("Add"):
        saved = store.save_many(made)
    found = store.many(Book, [b.key for b in saved])
    assert [typed(found[b.key]) for b in saved] == made


@SAME_FILE
@given(books, books)
def test_a_changed_record_is_read_back_changed(store: Store, first: Book, second: Book) -> None:
    with store.step("Add"):
        saved = store.save(first)
    with store.step("Change"):
        store.save(replace(second, id=saved.id, uuid=saved.uuid))
    assert typed(store.get(Book, saved.key)) == second


def test_records_get_ids_in_order_and_identities_of_their_own(store: Store) -> None:
    with store.step("Add"):
        one, two = store.save_many([Author(title="A"), Author(title="B")])
        three = store.save(Author(title="C", uuid="brought-along"))
    assert [one.id, two.id, three.id] == [1, 2, 3]
    assert len({one.uuid, two.uuid, three.uuid}) == 3
    assert store.by_uuid(Author, ["brought-along", "elsewhere"]) == {"brought-along": store.get(Author, 3)}


def test_an_id_is_never_used_twice(store: Store) -> None:
    with store.step("Add"):
        store.save(Author(title="A"))
    run(History(store).undo())
    with store.step("Add"):
        assert store.save(Author(title="B")).id == 2


def test_a_write_outside_a_step_is_refused(store: Store) -> None:
    with pytest.raises(RuntimeError):
        store.save(Author(title="A"))
    with pytest.raises(sqlite3.IntegrityError, match="outside a step"):
        store.conn.execute("insert into author(uuid, title) values('u', 'A')")


def test_saving_a_record_that_is_gone_says_so_instead_of_losing_the_change(store: Store) -> None:
    with pytest.raises(StorageError, match="no longer"), store.step("Change"):
        store.save(Author(id=99, uuid="u", title="A"))


def test_change_is_a_step_named_after_the_field(store: Store) -> None:
    with store.step("Add"):
        book = store.save(Book(title="Emma", price=500))
    assert store.change(Book, book.key, {"price": 700})
    assert not store.change(Book, book.key, {"price": 700}), "nothing to change"
    assert [s.label for s in History(store).latest()] == ["Change price of Emma", "Add"]


def test_own_fields_are_saved_like_declared_ones(store: Store) -> None:
    with store.step("Add"):
        store.save(OwnField(table="book", code="ward", label="Ward", position=1))
        store.save(OwnField(table="book", code="seen", label="Seen on", kind="date", position=2))
        book = store.save(Book(title="Emma"))
    assert [f.label for f in store.fields(Book).values()][-2:] == ["Ward", "Seen on"]
    store.change(Book, book.key, {"own:ward": "North", "own:seen": date(2026, 1, 2), "price": 5})
    found, fields = store.get(Book, book.key), store.fields(Book)
    assert (found.price, found.own) == (5, {"ward": "North", "seen": "2026-01-02"})
    assert fields["own:seen"].value_of(found) == date(2026, 1, 2)
    store.change(Book, book.key, {"own:ward": ""})
    assert store.get(Book, book.key).own == {"seen": "2026-01-02"}


def test_keys_of_own_fields_are_unlike_each_other() -> None:
    assert new_code("Ward / unit", set()) == "ward_unit"
    assert new_code("Ward", {"ward", "ward_2"}) == "ward_3"
    assert new_code("???", set()) == "field"
    assert with_values(Book(own={"a": 1}), {"own:b": True}).own == {"a": 1, "b": 1}


def test_the_bin_keeps_records_and_their_links(store: Store) -> None:
    with store.step("Add"):
        shelf = store.save(Shelf(title="North"))
        book = store.save(Book(title="Emma", shelf=shelf.id))
    with store.step("Bin"):
        store.bin(Shelf, [shelf.key])
    assert store.ids(Shelf) == [] and store.ids(Shelf, Query(binned=True)) == [shelf.id]
    assert store.get(Book, book.key).shelf == shelf.id and store.get(Shelf, shelf.key).binned
    with store.step("Out of the bin"):
        store.unbin(Shelf, [shelf.key])
    assert store.ids(Shelf) == [shelf.id]


@pytest.fixture
def sealed(store: Store) -> tuple[Edition, Page]:
    """An edition that is issued, with a page."""
    with store.step("Write"):
        edition = store.save(Edition(number="1"))
        page = store.save(Page(edition=edition.id, words="As it was"))
    with store.step("Issue", "seal"):
        store.save(replace(edition, issued_on=date(2026, 1, 1)))
    return store.get(Edition, edition.key), page


def test_what_is_sealed_is_not_changed_binned_or_added_to(store: Store, sealed: tuple[Edition, Page]) -> None:
    edition, page = sealed
    with store.step("Another"):
        other = store.save(Page(words="loose"))
    for attempt in (
        replace(edition, number="2"),
        replace(edition, issued_on=None),
        replace(edition, binned="now"),
        replace(page, words="changed"),
        replace(page, edition=None),
        Page(edition=edition.id, words="slipped in"),
        replace(other, edition=edition.id),
    ):
        for kind in ("edit", "import", "undo"):
            with pytest.raises(Refused, match="issued or signed"), store.step("Try", kind):
                store.save(attempt)
    assert (store.get(Edition, edition.key), store.get(Page, page.key)) == (edition, page)


def test_reopening_unseals(store: Store, sealed: tuple[Edition, Page]) -> None:
    edition, page = sealed
    with store.step("Reopen: a page was missing", "reopen"):
        store.save(replace(edition, issued_on=None))
    with store.step("Change"):
        store.save(replace(page, words="mended"))
    assert store.get(Page, page.key).words == "mended"


def test_words_sqlite_cannot_hold_are_refused_in_plain_words(store: Store) -> None:
    for bad in (Book(title="half a character \ud83d"), Book(title="T", price=2**70)):
        with pytest.raises(StorageError, match="was not saved"), store.step("Add"):
            store.save(bad)
    assert store.ids(Book) == [] and not store.steps.busy


def test_a_nul_would_end_the_text_and_is_shown_instead(store: Store) -> None:
    with store.step("Add"):
        book = store.save(Book(title="be\0fore", notes="\0"))
    assert store.get(Book, book.key).title == "be\ufffdfore"
    run(History(store).undo())
    run(History(store).redo())
    assert store.get(Book, book.key).notes == "\ufffd"


def test_links_are_kept_true(store: Store) -> None:
    with pytest.raises(StorageError, match="not saved"), store.step("Add"):
        store.save(Writing(book=5, author=6))
    assert store.ids(Writing) == []


def test_g3_two_editors_of_one_record_overwrite_nothing_of_each_other(store: Store) -> None:
    with store.step("Add"):
        book = store.save(Book(title="Emma", notes="by Austen"))
    chance = random.Random(3)  # noqa: S311 - who types what, and when
    typed = {"title": "Emma", "notes": "by Austen"}
    for number in range(40):
        field = chance.choice(("title", "notes"))  # each editor saves the field it leaves, and that alone
        typed[field] = f"{field} {number}"
        store.change(Book, book.key, {field: typed[field]})
        held = store.get(Book, book.key)
        assert {"title": held.title, "notes": held.notes} == typed
    story = History(store).of("book", book.key)
    assert len(story) == 41  # the one that gave way is in the history, and comes back by undo
    run(History(store).undo())
    assert story[0].old is not None
    assert {name: getattr(store.get(Book, book.key), name) for name in story[0].old} == story[0].old


def test_names_to_choose_from_are_those_of_the_whole_records(store: Store) -> None:
    with store.step("Add"):
        store.save_many([Book(title=""), Book(title="Emma"), Book(title="", reference="B-3")])
    by_title = Query(order=(Order("title"),))
    assert names_of(store, Book, by_title) == [(book.key, book.name) for book in store.all(Book, by_title)]


def test_an_own_field_is_known_at_once_and_forgotten_with_a_step_that_is_taken_back(store: Store) -> None:
    assert store.own_fields() == {}
    with pytest.raises(ValueError, match="taken back"), store.step("Add a field"):
        store.save(OwnField(table="book", code="ward", label="Ward"))
        assert [field.label for field in store.own_fields()["book"]] == ["Ward"]
        raise ValueError("taken back")
    assert store.own_fields() == {}
    with store.step("Add a field"):
        store.save(OwnField(table="book", code="ward", label="Ward"))
    assert [field.label for field in store.own_fields()["book"]] == ["Ward"]
    store.change(OwnField, store.ids(OwnField)[0], {"label": "Wing"})
    assert [field.label for field in store.own_fields()["book"]] == ["Wing"]
