"""What is asked most is read from an index: opening the register does not read every contract."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from storage.engine import migrations
from storage.engine.conditions import Where
from storage.engine.opening import new_store
from storage.engine.query import Order, Query, Questions
from storage.engine.store import Store
from storage.records.contracts import Contract

TODAY = date(2026, 11, 22)
LISTED = Query(order=(Order("notice_by"),))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = new_store(tmp_path / "file.desk", today=lambda: TODAY)
    yield made
    made.close()


def plan(store: Store, what: str, query: Query) -> str:
    """How SQLite answers a question, in its own words."""
    sql, given = Questions(Contract, store.fields(Contract), TODAY).select(what, query)
    return "; ".join(row[3] for row in store.conn.execute(f"explain query plan {sql}", given))


def test_the_usual_list_is_read_from_its_index_in_order(store: Store) -> None:
    assert "INDEX contract_listing" in plan(store, "id", LISTED)
    assert "TEMP B-TREE" not in plan(store, "id", LISTED)


@pytest.mark.parametrize(
    "query",
    [
        Query(order=(Order("title"),)),
        Query(order=(Order("notice_by"), Order("title"))),
        Query(where=(Where("expiry_band", "is", ("Expired",)),), order=(Order("notice_by"),)),
        Query(words="nursing", order=(Order("notice_by"),)),
        Query(order=(Order("notice_by"),), binned=True),
    ],
)
def test_other_lists_keep_away_from_it(store: Store, query: Query) -> None:
    assert "contract_listing" not in plan(store, "id", query)


def test_who_else_has_a_reference_is_looked_up(store: Store) -> None:
    query = Query(where=(Where("reference", "is", ("nm-1",)),))
    assert "INDEX contract_reference_same" in plan(store, "id", query)


def test_blanks_come_last_and_equal_days_in_the_order_of_entry(store: Store) -> None:
    ends = [None, date(2027, 5, 1), date(2027, 4, 1), None, date(2027, 5, 1)]
    with store.step("Add"):
        store.save_many([Contract(title="A", start=TODAY, review_date=d) for d in ends])
    by_review = store.ids(Contract, Query(order=(Order("review_date"),)))
    assert by_review == [3, 2, 5, 1, 4]
    assert store.ids(Contract, Query(order=(Order("review_date", True),))) == [2, 5, 3, 1, 4]


def test_bringing_a_file_up_to_date_makes_the_indexes_it_lacks(store: Store) -> None:
    store.conn.execute("drop index contract_listing")
    migrations.sync(store.conn)
    assert "INDEX contract_listing" in plan(store, "id", LISTED)
