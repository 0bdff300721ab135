"""Decimal numbers are kept as their digits, and still sort, filter and compare as numbers."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import storage.records  # noqa: F401  every record must be known before a file is opened
from storage.engine.conditions import Where, holds
from storage.engine.opening import new_store
from storage.engine.query import Order, Query
from storage.engine.store import Store
from storage.records.measures import Kpi

TARGETS = ("95", "9.5", "100", "-2", "0.25")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = new_store(tmp_path / "file.desk", today=lambda: date(2026, 11, 29))
    with made.step("Add"):
        made.save_many([Kpi(title=t, target=Decimal(t)) for t in TARGETS])
        made.save(Kpi(title="none"))
    yield made
    made.close()


def titles(store: Store, *where: Where) -> list[str]:
    return [k.title for k in store.all(Kpi, Query(where, (Order("target"),)))]


def test_numbers_sort_as_numbers_with_blanks_last(store: Store) -> None:
    assert titles(store) == ["-2", "0.25", "9.5", "95", "100", "none"]


@pytest.mark.parametrize(
    ("where", "found"),
    [
        (Where("target", "at least", (Decimal("9.50"),)), ["9.5", "95", "100"]),
        (Where("target", "is", (Decimal("95.0"),)), ["95"]),
        (Where("target", "between", (Decimal(0), Decimal(10))), ["0.25", "9.5"]),
        (Where("target", "blank"), ["none"]),
    ],
)
def test_a_query_and_a_record_agree_on_a_number(store: Store, where: Where, found: list[str]) -> None:
    assert titles(store, where) == found
    assert sorted(k.title for k in store.all(Kpi) if holds(where, k.target)) == sorted(found)


def test_digits_come_back_as_they_were(store: Store) -> None:
    assert [str(k.target) for k in store.all(Kpi)[:5]] == list(TARGETS)
