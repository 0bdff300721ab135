"""Fields of the user's own: added, renamed, changed in kind and put away without losing a value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import storage.records  # noqa: F401
from storage.desk.lists.own_fields import (
    add_own_field,
    change_kind,
    own_fields,
    remove_own_field,
    rename_own_field,
)
from storage.engine.conditions import Where
from storage.engine.errors import StorageError
from storage.engine.fields import Kind
from storage.engine.history import History
from storage.engine.opening import new_store
from storage.engine.query import Order, Query
from storage.engine.store import Store
from storage.records.contracts import Contract


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = new_store(tmp_path / "desk.desk", today=lambda: date(2026, 11, 22))
    yield made
    made.close()


def filled(store: Store, *values: str) -> str:
    """Contracts with these words in a field of their own; the name of the field."""
    field = add_own_field(store, "Insurance expiry", Kind.TEXT)
    with store.step("Fill"):
        store.save_many([Contract(title=v, own={field.code: v}) for v in values])
    return field.field().name


def test_an_own_field_is_searched_sorted_and_filtered_like_any_other(store: Store) -> None:
    name = filled(store, "pear", "apple", "fig")
    found = store.all(Contract, Query(order=(Order(name),)))
    assert [c.title for c in found] == ["apple", "fig", "pear"]
    assert store.ids(Contract, Query(where=(Where(name, "contains", ("EA",)),))) == [1]
    assert [h.id for h in store.find("fig")] == [3]
    assert store.fields(Contract)[name].value_of(found[0]) == "apple"


def test_a_heading_is_taken_once(store: Store) -> None:
    add_own_field(store, "Clinical lead", Kind.TEXT)
    for taken in ("clinical  LEAD", "Title", " "):
        with pytest.raises(StorageError):
            add_own_field(store, taken, Kind.TEXT)
    assert [f.label for f in own_fields(store)] == ["Clinical lead"]


def test_renaming_keeps_the_values(store: Store) -> None:
    name = filled(store, "apple")
    rename_own_field(store, own_fields(store)[0].key, "Insured until")
    assert store.fields(Contract)[name].label == "Insured until"
    assert store.fields(Contract)[name].value_of(store.get(Contract, 1)) == "apple"


def test_a_change_of_kind_reads_what_it_can_and_keeps_the_rest(store: Store) -> None:
    name = filled(store, "31/3/2027", "soon", "1 Apr 2027")
    assert change_kind(store, own_fields(store)[0].key, Kind.DAY) == 1
    field = store.fields(Contract)[name]
    held = [field.value_of(store.get(Contract, n)) for n in (1, 2, 3)]
    assert held == [date(2027, 3, 31), None, date(2027, 4, 1)]
    assert store.get(Contract, 2).unread == "Insurance expiry: soon"
    for _ in History(store).undo():
        pass
    assert store.fields(Contract)[name].kind is Kind.TEXT
    assert store.fields(Contract)[name].value_of(store.get(Contract, 2)) == "soon"
    assert store.get(Contract, 2).unread == ""


def test_a_field_put_away_comes_back_with_its_values(store: Store) -> None:
    name = filled(store, "apple")
    remove_own_field(store, own_fields(store)[0].key)
    assert name not in store.fields(Contract)
    with store.step("Edit"):
        store.save(replace(store.get(Contract, 1), title="Other"))
    for _ in range(2):
        for _ in History(store).undo():
            pass
    assert store.fields(Contract)[name].value_of(store.get(Contract, 1)) == "apple"
