"""The record itself: what its cells say against themselves, as the record's own page says it."""

from datetime import date

from storage.desk.findings import findings
from storage.engine.store import Store
from tests.storage.desk.put_right.finding_out import found, sound, words


def test_blanks_and_unlisted_words_are_said_as_the_page_says_them(store: Store) -> None:
    contract = sound(store, title="", tier="Platinum")
    said = findings(store, contract)
    assert words(store, "blank") == said["title"]
    assert words(store, "off_list") == said["tier"]
    assert found(store)["off_list"].field == "tier"
    assert found(store)["blank"].subject == contract.reference


def test_a_repeated_reference_is_said_of_each(store: Store) -> None:
    sound(store, reference="R-1")
    sound(store, reference="r-1 ")
    assert words(store, "repeated") == "2 contracts have the reference r-1."


def test_dates_out_of_order_stand_at_the_later_one(store: Store) -> None:
    contract = sound(store, max_end=date(2029, 1, 1))
    assert found(store)["at_odds"].field == "max_end"
    assert words(store, "at_odds") == findings(store, contract)["max_end"]


def test_unread_cells_and_nobody_in_charge_are_said(store: Store) -> None:
    sound(store, unread="Value: lots", contract_manager="")
    assert {"unread", "no_owner"} <= set(found(store))
    sound(store, contract_manager="", lead_commissioner="Ann Lee", title="Other")
    assert found(store)["no_owner"].subject == "Night shelter"
