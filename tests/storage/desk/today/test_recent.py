"""What was changed last: each record once, parts as their contract, the bin left out."""

from storage.desk.today.recent import changed_last
from storage.engine.store import Store
from storage.records.actions import Action
from storage.records.contracts import Contract
from storage.records.terms import Extension
from tests.storage.desk.put_right.finding_out import save, sound


def test_the_newest_stands_first_and_each_once(store: Store) -> None:
    sound(store, title="One")
    sound(store, title="Two")
    save(store, Action(title="Write"))
    store.change(Contract, 1, {"title": "One more"})
    assert [r.name for r in changed_last(store)[:3]] == ["One more", "Write", "Two"]


def test_a_part_stands_for_its_contract_and_the_bin_is_left_out(store: Store) -> None:
    sound(store, title="One")
    save(store, Action(title="Write"))
    save(store, Extension(contract=1))
    assert changed_last(store)[0].name == "One"
    with store.step("Bin"):
        store.bin(Contract, [1])
    assert "One" not in [r.name for r in changed_last(store)]
