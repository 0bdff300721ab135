"""Recorded dates that disagree with the term: said under the date, with the term's own date to take."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import storage.records  # noqa: F401
from storage.desk.contract.offers import offers
from storage.desk.findings import findings
from storage.engine.opening import new_store
from storage.engine.store import Store
from storage.records.actions import Action
from storage.records.contracts import Contract


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = new_store(tmp_path / "register.desk", today=lambda: date(2026, 11, 22))
    yield made
    made.close()


def kept(store: Store, **values: object) -> Contract:
    with store.step("Add"):
        made = store.save(Contract(title="Night shelter", start=date(2024, 4, 1), **values))  # type: ignore[arg-type]
    return store.get(Contract, made.key)


def test_an_end_that_is_not_that_of_the_term_says_so_and_offers_it(store: Store) -> None:
    held = kept(store, term="3+1+1", current_end=date(2027, 6, 30), max_end=date(2029, 3, 31))
    assert findings(store, held)["current_end"] == "The term comes to 31 Mar 2027."
    assert offers(held) == {"current_end": ("Use 31 Mar 2027", date(2027, 3, 31))}
    assert "max_end" not in findings(store, held), "the latest end agrees"


def test_a_blank_end_follows_the_term_without_a_word(store: Store) -> None:
    held = kept(store, term="3+1+1")
    assert held.agreed_end == date(2027, 3, 31)
    assert offers(held) == {} and "current_end" not in findings(store, held)


def test_a_term_that_cannot_be_read_is_kept_and_says_why(store: Store) -> None:
    held = kept(store, term="as long as it takes", current_end=date(2027, 6, 30))
    assert held.term == "as long as it takes"
    assert findings(store, held)["term"].startswith("The term is kept as it is written")
    assert offers(held) == {}


def test_other_records_offer_nothing() -> None:
    assert offers(Action()) == {}
