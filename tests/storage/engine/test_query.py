"""Queries: filter, sort, search and count, always the same order, never with outside text as SQL."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.engine.conditions import Where
from storage.engine.own_fields import OwnField
from storage.engine.query import Order, Query, match_words
from storage.engine.store import Store
from storage.engine.values import Period
from storage.engine.values_today import FromToday
from tests.storage.engine.library import AGES, Author, Book

SAME_FILE = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
HOSTILE = "'; drop table book; --"


@pytest.fixture
def books(store: Store) -> Store:
    """Five books, one without anything."""
    with store.step("Add"):
        store.save(OwnField(table="book", code="ward", label="Ward"))
        store.save_many(
            [
                Book(title="emma", price=900, published=date(2026, 11, 22), own={"ward": "b"}),
                Book(title="Dracula", price=1000, published=date(2026, 11, 21), own={"ward": "A"}),
                Book(),
                Book(title="Ulysses", price=90, published=date(2030, 1, 1)),
                Book(title="Beowulf", price=1000),
            ]
        )
        store.save(Author(title="Emma Woodhouse"))
    return store


@pytest.mark.parametrize(
    ("order", "ids"),
    [
        ((), [1, 2, 3, 4, 5]),
        ((Order("title"),), [5, 2, 1, 4, 3]),
        ((Order("title", True),), [4, 1, 2, 5, 3]),
        ((Order("price", True), Order("title")), [5, 2, 1, 4, 3]),
        ((Order("price"),), [4, 1, 2, 5, 3]),
        ((Order("published"),), [2, 1, 4, 3, 5]),
        ((Order("own:ward"),), [2, 1, 3, 4, 5]),
        ((Order("age"), Order("id", True)), [4, 1, 5, 3, 2]),
    ],
)
def test_sorting_puts_blanks_last_and_ties_by_number(
    books: Store, order: tuple[Order, ...], ids: list[int]
) -> None:
    assert books.ids(Book, Query(order=order)) == ids


def test_conditions_are_all_to_be_met(books: Store) -> None:
    dear = Where("price", "at least", (900,))
    assert books.ids(Book, Query(where=(dear,))) == [1, 2, 5]
    assert books.ids(Book, Query(where=(dear, Where("published", "before", (date(2026, 11, 22),))))) == [2]
    assert books.ids(Book, Query(where=(dear,), words="em")) == [1]


def test_words_that_depend_on_today_are_worked_out_in_the_query(books: Store) -> None:
    by_word = {w: books.ids(Book, Query(where=(Where("age", "is", (w,)),))) for w in AGES}
    assert by_word == {"New": [1, 4], "Old": [2], "Not dated": [3, 5]}
    books.today = lambda: date(2026, 11, 23)
    assert books.ids(Book, Query(where=(Where("age", "is", ("New",)),))) == [4]


def test_a_day_that_moves_is_asked_anew_each_day(books: Store) -> None:
    today, tomorrow = FromToday(Period(0, "d")), FromToday(Period(1, "d"))
    asked = Query(where=(Where("published", "between", (today, tomorrow)),))
    assert books.ids(Book, asked) == [1]
    books.today = lambda: date(2029, 12, 31)
    assert books.ids(Book, asked) == [4]


def test_counts_and_totals_agree_with_the_records(books: Store) -> None:
    assert books.count_and_total(Book, "price") == (5, 2990)
    assert books.tally(Book, "age", "price") == [("New", 2, 990), ("Not dated", 2, 1000), ("Old", 1, 1000)]
    assert books.tally(Book, "price", "price")[0] == (None, 1, 0)
    assert books.count_and_total(Book, "price", Query(words="nothing like it")) == (0, 0)


@pytest.mark.parametrize("op", ["is", "is not", "any of", "contains"])
def test_text_from_outside_is_data(books: Store, op: str) -> None:
    found = books.ids(Book, Query(where=(Where("title", op, (HOSTILE,)),)))
    assert found == ([1, 2, 3, 4, 5] if op == "is not" else [])
    assert books.find(HOSTILE) == [] and len(books.ids(Book)) == 5


def test_a_field_that_does_not_exist_is_never_sql(books: Store) -> None:
    with pytest.raises(KeyError):
        books.ids(Book, Query(order=(Order("title; drop table book"),)))


@SAME_FILE
@given(st.text(max_size=30))
def test_any_words_may_be_searched(books: Store, words: str) -> None:
    books.find(words)
    books.ids(Book, Query(words=words))


def test_words_are_quoted_for_the_search() -> None:
    assert match_words('NEAR("a" OR b*)') == '"NEAR"* "a"* "OR"* "b"*'
    assert match_words(" -- ") == ""
