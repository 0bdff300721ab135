"""Saved views: kept, changed, renamed, ordered, thrown away, each as one step that Undo takes back."""

import pytest

from storage.desk.lists.arrangement import Arrangement
from storage.desk.lists.starting_views import NAMELESS
from storage.desk.lists.views import (
    LONGEST_NAME,
    bin_view,
    change_view,
    move_view,
    rename_view,
    save_view,
    view_named,
    views_of,
)
from storage.desk.office import change_office
from storage.engine.conditions import Where
from storage.engine.errors import StorageError
from storage.engine.query import Order
from storage.records.contracts import Contract
from storage.records.services import Service
from storage.records.views import SavedView
from tests.storage.desk.register import Register

GOLD = Arrangement(("title", "tier"), (Where("tier", "is", ("Gold",)),), "", (Order("title"),))
SILVER = Arrangement(("title", "tier"), (Where("tier", "is", ("Silver",)),), "care", (Order("title", True),))


def keep(register: Register, name: str, shown: Arrangement = GOLD) -> int:
    return save_view(register.store, "contracts", Contract, name, shown).key


def own(register: Register) -> list[str]:
    return [v.name for v in views_of(register.store, "contracts", Contract) if v.own]


def test_a_view_is_kept_changed_and_found_by_its_name(register: Register) -> None:
    number = keep(register, "  Gold   ones ")
    found = view_named(register.store, "contracts", Contract, "gold ONES")
    assert (found.name, found.arrangement, found.number) == ("Gold ones", GOLD, number)
    change_view(register.store, Contract, number, SILVER)
    assert view_named(register.store, "contracts", Contract, "Gold ones").arrangement == SILVER
    register.undo()
    assert view_named(register.store, "contracts", Contract, "Gold ones").arrangement == GOLD
    assert register.labels()[-3:-1] == ["Save the view Gold ones", "Change the view Gold ones"]


def test_a_change_that_changes_nothing_leaves_no_step(register: Register) -> None:
    number = keep(register, "Gold")
    steps = len(register.labels())
    change_view(register.store, Contract, number, GOLD)
    rename_view(register.store, number, "Gold")
    assert len(register.labels()) == steps


def test_an_unknown_name_is_answered_with_those_there_are(register: Register) -> None:
    keep(register, "Gold")
    with pytest.raises(StorageError, match=r"There is no view “Goald”.*“Gold”, “Ending within 12 months”"):
        view_named(register.store, "contracts", Contract, "Goald")
    with pytest.raises(StorageError, match="none yet"):
        view_named(register.store, "services", Service, "Gold")


@pytest.mark.parametrize("name", ["", "   ", "gold", "x" * (LONGEST_NAME + 1)])
def test_a_name_that_cannot_be_is_refused(register: Register, name: str) -> None:
    keep(register, "Gold")
    other = keep(register, "Other")
    with pytest.raises(StorageError):
        keep(register, name)
    with pytest.raises(StorageError):
        rename_view(register.store, other, name)
    assert own(register) == ["Gold", "Other"]


def test_one_name_may_stand_in_two_lists(register: Register) -> None:
    keep(register, "Gold")
    save_view(register.store, "services", Service, "Gold", Arrangement())
    assert [v.name for v in views_of(register.store, "services", Service)] == ["Gold"]


def test_views_are_put_in_order(register: Register) -> None:
    first, _, last = (keep(register, name) for name in ("A", "B", "C"))
    move_view(register.store, last, -1)
    assert own(register) == ["A", "C", "B"]
    move_view(register.store, first, -1)
    assert own(register) == ["A", "C", "B"]
    move_view(register.store, first, 1)
    assert own(register) == ["C", "A", "B"]
    register.undo()
    assert own(register) == ["A", "C", "B"]


def test_a_view_goes_to_the_bin_and_comes_back(register: Register) -> None:
    number = keep(register, "Gold")
    rename_view(register.store, number, "Bullion")
    bin_view(register.store, number)
    assert own(register) == []
    register.undo()
    assert own(register) == ["Bullion"]


def test_a_view_of_ones_own_stands_in_the_place_of_one_of_the_program(register: Register) -> None:
    number = keep(register, "No END date", SILVER)
    names = [v.name for v in views_of(register.store, "contracts", Contract)]
    assert names.count("No end date") == 0
    assert view_named(register.store, "contracts", Contract, "No end date").arrangement == SILVER
    bin_view(register.store, number)
    assert not view_named(register.store, "contracts", Contract, "No end date").own


def test_mine_asks_for_a_name_first(register: Register) -> None:
    with pytest.raises(StorageError, match=NAMELESS.split(":")[0]):
        view_named(register.store, "contracts", Contract, "Mine")
    change_office(register.store, {"person": "Ann Lee"})
    assert view_named(register.store, "contracts", Contract, "Mine").missing == ""


def test_a_damaged_view_is_shown_as_far_as_it_goes(register: Register) -> None:
    store = register.store
    with store.step("Damage"):
        store.save(
            SavedView(page="contracts", title="Odd", shown={"columns": 7, "where": [["tier"]], "order": {}})
        )
    assert view_named(store, "contracts", Contract, "Odd").arrangement == Arrangement()
