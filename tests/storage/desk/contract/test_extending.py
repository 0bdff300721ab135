"""Options to extend: made from the term, taken up and declined, with the ends and the value that follow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import storage.records  # noqa: F401
from storage.desk.contract.extending import add_options, dates_of, decide, missing_options, options_of, settle
from storage.engine.errors import Refused
from storage.engine.history import History
from storage.engine.opening import new_store
from storage.engine.store import Store
from storage.engine.values import Period
from storage.records.contracts import Contract
from storage.records.terms import Extension

YEAR = Period(1, "y")
TODAY = date(2026, 11, 22)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = new_store(tmp_path / "register.desk", today=lambda: date(2026, 11, 22))
    yield made
    made.close()


def contract(store: Store, **values: object) -> Contract:
    usual: dict[str, object] = {"title": "Night shelter", "start": date(2024, 4, 1), "term": "3+1+1"}
    with store.step("Add"):
        return store.save(Contract(**(usual | values)))  # type: ignore[arg-type]


def option(store: Store, held: Contract, **values: object) -> Extension:
    usual: dict[str, object] = {"contract": held.key, "position": 1, "length": YEAR}
    with store.step("Add"):
        return store.save(Extension(**(usual | values)))  # type: ignore[arg-type]


def test_options_are_made_from_the_term_in_one_step(store: Store) -> None:
    held = contract(store)
    add_options(store, held)
    made = options_of(store, held.key)
    assert [(o.position, str(o.length), o.status) for o in made] == [
        (1, "1 year", "Available"),
        (2, "1 year", "Available"),
    ]
    step = History(store).next_undo()
    assert step and step.label == "Create the options of Night shelter from its term"
    with pytest.raises(Refused, match="Nothing was changed"):
        add_options(store, held)


def test_only_the_options_that_are_missing_are_added(store: Store) -> None:
    held = contract(store)
    option(store, held)
    assert [o.position for o in missing_options(store, held)] == [2]


def test_a_term_that_cannot_be_read_names_no_options(store: Store) -> None:
    assert missing_options(store, contract(store, term="as long as it takes")) == []


def test_taking_up_moves_the_recorded_end_and_the_value_in_one_step(store: Store) -> None:
    held = contract(
        store, current_end=date(2027, 3, 31), max_end=date(2029, 3, 31), current_value=300_000_00
    )  # fmt: skip
    first = option(store, held, value=100_000_00)
    option(store, held, position=2, value=100_000_00)
    settle(store, first, "Taken up", date(2026, 11, 20), "Board paper 12")
    after = store.get(Contract, held.key)
    assert (after.current_end, after.max_end, after.current_value, after.extended) == (
        date(2028, 3, 31), date(2029, 3, 31), 400_000_00, True,
    )  # fmt: skip
    taken = store.get(Extension, first.key)
    assert (taken.status, taken.decided_on, taken.authority) == (
        "Taken up",
        date(2026, 11, 20),
        "Board paper 12",
    )
    history = History(store)
    step = history.next_undo()
    assert step and step.label == "Take up the option of 1 year of Night shelter"
    for _ in history.undo():
        pass
    assert store.get(Contract, held.key).current_end == date(2027, 3, 31)
    assert store.get(Extension, first.key).status == "Available"


def test_a_blank_end_follows_the_term_and_stays_blank(store: Store) -> None:
    held = contract(store)
    first = option(store, held)
    settle(store, first, "Taken up", None, "")
    after = store.get(Contract, held.key)
    assert after.current_end is None
    assert after.agreed_end == date(2028, 3, 31)


def test_an_end_that_is_not_that_of_the_term_moves_from_where_it_is(store: Store) -> None:
    held = contract(store, current_end=date(2027, 6, 30))
    first = option(store, held)
    decided = decide(store, first, "Taken up")
    assert decided.after.current_end == date(2028, 6, 30)


def test_without_any_term_the_option_follows_the_recorded_end(store: Store) -> None:
    held = contract(store, term="", current_end=date(2027, 2, 28), start=date(2026, 3, 1))
    first = option(store, held)
    assert decide(store, first, "Taken up").after.current_end == date(2028, 2, 29)


def test_declining_takes_the_option_out_of_the_latest_end(store: Store) -> None:
    held = contract(store, current_end=date(2027, 3, 31), max_end=date(2029, 3, 31))
    option(store, held)
    second = option(store, held, position=2)
    settle(store, second, "Declined", date(2026, 11, 20), "")
    after = store.get(Contract, held.key)
    assert (after.current_end, after.max_end) == (date(2027, 3, 31), date(2028, 3, 31))
    with pytest.raises(Refused, match="no longer open"):
        settle(store, second, "Taken up", None, "")


def test_a_latest_end_somebody_set_otherwise_is_left_but_never_before_the_current_end(store: Store) -> None:
    held = contract(store, current_end=date(2027, 3, 31), max_end=date(2027, 9, 30))
    first = option(store, held)
    option(store, held, position=2)
    assert decide(store, first, "Taken up").after.max_end == date(2028, 3, 31)
    assert decide(store, first, "Declined").after.max_end == date(2027, 9, 30)


def test_each_option_says_where_it_leads_and_by_when(store: Store) -> None:
    held = contract(store, current_end=date(2027, 3, 31), notice_commissioner=Period(3, "m"))
    first = option(store, held)
    second = option(store, held, position=2)
    found = dates_of(store, held, TODAY)
    assert [found[o.key].end.value for o in (first, second)] == [date(2028, 3, 31), date(2029, 3, 31)]
    assert found[first.key].decide_by.value == date(2026, 12, 31)
    assert dates_of(store, held, date(2027, 1, 1))[first.key].standing.value == "Lapsed"


def test_options_that_are_in_a_recorded_end_already_are_not_counted_again(store: Store) -> None:
    held = contract(store, term="", current_end=date(2028, 6, 30))
    taken = option(store, held, status="Taken up")
    second = option(store, held, position=2)
    found = dates_of(store, held, TODAY)
    assert taken.key not in found
    assert found[second.key].end.value == date(2029, 6, 30)
