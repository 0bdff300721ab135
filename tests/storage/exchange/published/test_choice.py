"""Which contracts are published, and what is withheld of them."""

from pathlib import Path

from storage.exchange.published.choice import COMMERCIAL, PERSONAL, choose
from storage.records.contracts import Contract
from tests.storage.exchange.publishing import full, store_of


def test_drafts_cancelled_marked_and_binned_ones_are_not_published(tmp_path: Path) -> None:
    made = [
        full(reference="yes"),
        full(reference="silent", stage=""),
        full(reference="over", stage="Terminated"),
        full(reference="draft", stage="Draft"),
        full(reference="cancelled", stage="Cancelled"),
        full(reference="marked", do_not_publish=True),
        full(reference="bin"),
    ]
    store = store_of(tmp_path, made)
    binned = next(c for c in store.all(Contract) if c.reference == "bin")
    with store.step("Bin"):
        store.bin(Contract, [binned.key])
    chosen = choose(store)
    assert {i.reference for i in chosen.items} == {"yes", "silent", "over"}
    assert {each.reference for each in chosen.left_out} == {"draft", "cancelled", "marked"}
    store.close()


def test_fields_are_withheld_by_any_of_their_names_with_what_gives_them_away(tmp_path: Path) -> None:
    made = full(redact_personal="provider; ContactName", redact_commercial="Current value, title")
    store = store_of(tmp_path, [made])
    withheld = choose(store).items[0].withheld
    assert withheld["provider_name"] == withheld["supplier_company_number"] == PERSONAL
    assert withheld["contact_email"] == PERSONAL
    assert withheld["current_value"] == withheld["award_value"] == withheld["title"] == COMMERCIAL
    store.close()


def test_a_contract_whose_withheld_fields_are_not_understood_is_left_out(tmp_path: Path) -> None:
    store = store_of(tmp_path, [full(redact_personal="Suplier")])
    chosen = choose(store)
    assert not chosen.items
    assert "“Suplier”" in chosen.left_out[0].reason
    store.close()
