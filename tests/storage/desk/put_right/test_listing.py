"""The standing list: the gravest first, grouped as asked, without contracts that are over and what is put aside."""

from datetime import date

import pytest

from storage.desk.put_right.asides import bring_back, put_aside
from storage.desk.put_right.finding import GROUPS
from storage.desk.put_right.listing import NOBODY, grouped_by, of_owner, owners, put_right
from storage.engine.errors import StorageError
from storage.engine.history import History
from storage.engine.store import Store
from storage.records.contracts import Contract
from tests.storage.desk.put_right.finding_out import sound


@pytest.fixture
def three(store: Store) -> Store:
    sound(store, title="B", current_end=None)
    sound(store, title="A", notice_commissioner=None, contract_manager="Ann Lee")
    sound(store, title="C", contract_manager="", current_value=None)
    return store


def test_the_gravest_come_first(three: Store) -> None:
    listed = put_right(three)
    assert [f.kind.key for f in listed.findings] == ["no_end", "no_notice_period", "no_value", "no_owner"]
    assert listed.contracts == 3
    assert all(f.kind.group in GROUPS for f in listed.findings)


def test_they_are_grouped_and_chosen_by_owner(three: Store) -> None:
    found = put_right(three).findings
    assert list(grouped_by(found, "severity")) == ["Must", "Should", "Could"]
    assert list(grouped_by(found, "owner")) == ["Ann Lee", "Joy Okafor", NOBODY]
    assert next(iter(grouped_by(found, "kind"))) == "No end date"
    assert owners(found) == ["Ann Lee", "Joy Okafor"]
    assert [f.subject for f in of_owner(found, "ann lee")] == ["A"]
    assert {f.subject for f in of_owner(found, NOBODY)} == {"C"}


def test_contracts_that_are_over_or_in_the_bin_are_left_alone(three: Store) -> None:
    three.change(Contract, 1, {"stage": "Terminated"})
    with three.step("Bin"):
        three.bin(Contract, [2])
    assert {f.subject for f in put_right(three).findings} == {"C"}


def test_a_finding_put_aside_comes_back_on_its_day_and_by_undo(three: Store) -> None:
    first = put_right(three).findings[0]
    put_aside(three, first, "The panel meets in January", date(2027, 1, 15))
    listed = put_right(three)
    assert first.key not in {f.key for f in listed.findings}
    assert [f.key for f in listed.aside] == [first.key]
    three.today = lambda: date(2027, 1, 15)
    assert first.key in {f.key for f in put_right(three).findings}
    for _ in History(three).undo():
        pass
    assert not put_right(three).aside


def test_it_can_be_brought_back_and_put_aside_again(three: Store) -> None:
    first = put_right(three).findings[0]
    put_aside(three, first, "Later", None)
    bring_back(three, first)
    assert first.key in {f.key for f in put_right(three).findings}
    put_aside(three, first, "Later still", date(2027, 2, 1))
    assert [f.key for f in put_right(three).aside] == [first.key]


@pytest.mark.parametrize(("reason", "until"), [(" ", None), ("Later", date(2026, 11, 29))])
def test_it_is_put_aside_with_a_reason_and_to_a_day_to_come(
    three: Store, reason: str, until: date | None
) -> None:
    with pytest.raises(StorageError, match="Nothing was changed"):
        put_aside(three, put_right(three).findings[0], reason, until)
