"""How rows stood when a day began, or after a step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from storage.engine.row_history import steps_that_set, stood_after, stood_before
from storage.engine.store import Store
from tests.storage.desk.history_days import clock
from tests.storage.engine.library import Book

BOOK = Book.TABLE


@pytest.fixture(autouse=True)
def changed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A book of October, changed in November, when another one came."""
    clock(monkeypatch, date(2026, 10, 1))
    with store.step("First"):
        store.save(Book(title="Leases", pages=200, price=3_00))
    clock(monkeypatch, date(2026, 11, 1))
    with store.step("Second"):
        store.save(replace(store.get(Book, 1), pages=240, price=None))
        store.save(Book(title="Later"))


def test_former_values_of_what_changed_and_of_nothing_else(store: Store) -> None:
    former = {"pages": 200, "price": 3_00}
    assert stood_before(store, BOOK, dict.fromkeys((1, 2), date(2026, 10, 15))) == {1: former, 2: None}
    days = {1: date(2026, 11, 1), 2: date(2026, 11, 2)}
    assert stood_before(store, BOOK, days) == {1: former, 2: {}}


def test_a_day_before_the_file_was_begun_is_left_out(store: Store) -> None:
    assert stood_before(store, BOOK, {1: date(2026, 9, 1)}) == {}
    assert stood_before(store, BOOK, {}) == {}


def test_the_steps_that_gave_a_value_newest_first(store: Store) -> None:
    (last, now), (first, before) = steps_that_set(store, BOOK, 1, "pages")
    assert (now, before) == (240, 200) and last > first
    assert [value for _, value in steps_that_set(store, BOOK, 1, "price")] == [3_00]
    assert stood_after(store, BOOK, {1: first}) == {1: {"pages": 200, "price": 3_00}}
