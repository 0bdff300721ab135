"""Conditions mean the same tested on one record in Python and asked of the whole table in SQL."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.engine.conditions import OPS, Where, holds, is_blank, word
from storage.engine.own_fields import OwnField
from storage.engine.query import Query
from storage.engine.store import Store
from tests.storage.engine.library import Book

SAME_FILE = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
WORDS = ["", "a", "A", "ab", "École", "école", "ÉCOLE", "50%", "_", "9", "10", "x'y", "straße", "STRASSE"]
words = st.sampled_from(WORDS)
numbers = st.sampled_from([None, -5, 0, 9, 10, 100])
days = st.sampled_from([None, date(999, 1, 1), date(2026, 1, 9), date(2026, 1, 10), date(2027, 1, 1)])
BY_FIELD: dict[str, st.SearchStrategy[object]] = {
    "title": words,
    "kind": words,
    "own:ward": words,
    "price": numbers,
    "own:beds": numbers,
    "published": days,
    "own:seen": days,
    "lent": st.sampled_from([None, True, False]),
}
ORDERED = ("before", "on or before", "after", "on or after", "at least", "at most")


@st.composite
def wheres(draw: st.DrawFn) -> Where:
    name = draw(st.sampled_from(sorted(BY_FIELD)))
    ordered = name in ("price", "published", "own:beds", "own:seen")
    words_only = name in ("title", "kind", "own:ward")
    ops = ["is", "is not", "any of", "blank", "not blank"]
    ops += [*ORDERED, "between"] if ordered else []
    ops += ["contains"] if words_only else []
    op = draw(st.sampled_from(ops))
    given_ = BY_FIELD[name].filter(lambda v: v is not None) if op in (*ORDERED, "between") else BY_FIELD[name]
    count = {"blank": 0, "not blank": 0, "between": 2, "any of": draw(st.integers(0, 3))}.get(op, 1)
    return Where(name, op, tuple(draw(given_) for _ in range(count)))


@pytest.fixture
def filled(store: Store) -> Store:
    """A file with a book for every combination worth telling apart."""
    with store.step("Add"):
        for position, (code, kind) in enumerate(
            [("ward", "text"), ("beds", "whole number"), ("seen", "date")]
        ):
            store.save(OwnField(table="book", code=code, label=code, kind=kind, position=position))
        made = []
        for n, title in enumerate(WORDS):
            number = [None, -5, 0, 9, 10, 100][n % 6]
            on = [None, date(999, 1, 1), date(2026, 1, 9), date(2026, 1, 10), date(2027, 1, 1)][n % 5]
            own = {"ward": title, "beds": number, "seen": on.isoformat() if on else None}
            book = Book(
                title=title, kind=WORDS[-n], price=number, published=on, lent=[None, True, False][n % 3]
            )
            made.append(replace(book, own={k: v for k, v in own.items() if not is_blank(v)}))
        store.save_many(made)
    return store


@SAME_FILE
@given(wheres())
def test_one_record_and_the_table_agree(filled: Store, where: Where) -> None:
    field = filled.fields(Book)[where.field]
    in_python = [b.id for b in filled.all(Book) if holds(where, field.value_of(b))]
    assert filled.ids(Book, Query(where=(where,))) == in_python


def test_an_unknown_condition_is_refused() -> None:
    with pytest.raises(ValueError, match="is not a condition"):
        Where("title", "resembles", ("x",))
    assert len(set(OPS)) == len(OPS)


def test_the_first_case_that_holds_gives_the_word() -> None:
    cases = (((Where("a", "is", ("x",)),), "first"), ((Where("a", "not blank"),), "second"), ((), "rest"))
    assert [word(cases, {"a": v}.__getitem__) for v in ("x", "y", "")] == ["first", "second", "rest"]
    assert word(cases[:1], lambda _: "z") == ""


def test_what_has_no_order_cannot_be_compared() -> None:
    with pytest.raises(TypeError, match="no order"):
        holds(Where("a", "at least", ("x",)), "y")
