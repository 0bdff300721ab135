"""Providers and inherited contracts: gone, replaced, without a number; past the day to move."""

from datetime import date

from storage.engine.conditions import Where
from storage.engine.query import Query
from storage.engine.store import Store
from storage.records.organisations import Organisation, Succession
from storage.records.parties import Party
from tests.storage.desk.put_right.finding_out import found, save, sound, words


def test_a_contract_without_a_provider_is_said(store: Store) -> None:
    contract = sound(store)
    with store.step("Take the provider away"):
        store.bin(Party, store.ids(Party, Query(where=(Where("contract", "is", (contract.id,)),))))
    assert "no_provider" in found(store)


def test_a_provider_that_is_gone_is_said_by_name(store: Store) -> None:
    sound(store)
    store.change(Organisation, 1, {"retired": True})
    assert words(store, "provider_retired") == "Millbrook Health CIC, its provider, is marked as retired."
    with store.step("Bin"):
        store.bin(Organisation, [1])
    assert words(store, "provider_binned") == "Millbrook Health CIC, its provider, is in the bin."


def test_a_predecessor_is_said_once_the_day_has_come(store: Store) -> None:
    sound(store)
    save(store, Organisation(title="Millbrook and Co"))
    save(store, Succession(predecessor=1, successor=2, on=date(2027, 1, 1)))
    assert "provider_replaced" not in found(store)
    store.change(Succession, 1, {"on": date(2026, 4, 1)})
    assert words(store, "provider_replaced") == (
        "Millbrook Health CIC was taken over by Millbrook and Co on 1 Apr 2026, and the contract still names it."
    )


def test_a_voluntary_provider_needs_a_number_of_either_kind(store: Store) -> None:
    sound(store)
    sound(store)
    store.change(Organisation, 1, {"vcse": True})
    finding = found(store)["vcse_number"]
    assert (finding.table, finding.field) == ("organisation", "charity_number")
    store.change(Organisation, 1, {"company_number": "01234567"})
    assert "vcse_number" not in found(store)


def test_a_supplier_marked_on_the_contract_alone_leads_to_the_contract(store: Store) -> None:
    contract = sound(store, supplier_vcse=True)
    finding = found(store)["vcse_number"]
    assert (finding.record, finding.field) == (contract.id, "supplier_charity_number")
    sound(store, supplier_vcse=True, supplier_charity_number="1000001")
    assert found(store)["vcse_number"].record == contract.id


def test_an_inherited_contract_is_to_move_and_to_be_looked_at(store: Store) -> None:
    target = {"contract_form": "Council terms", "form_target": "NHS Standard Contract, shorter form"}
    sound(store, **target, form_target_date=date(2026, 10, 1))
    assert (
        words(store, "form_late") == "It was to move to “NHS Standard Contract, shorter form” by 1 Oct 2026."
    )
    assert "not_reviewed" in found(store)
    sound(store, **target, fitness="Fit")
    assert "form_undated" in found(store)
