"""What fills a letter: the dates of the rules, the money of the register, and blanks where nothing is held."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from storage.desk.beginning.reference_lists import add_lists
from storage.desk.correspondence.letter_places import PLACES
from storage.desk.correspondence.letter_values import next_option, provider_of, subjects, values_of
from storage.desk.office import change_office
from storage.engine.fields import Period
from storage.records.contracts import Contract
from storage.records.procurements import Procurement, Representation
from storage.records.running import PerformanceNotice, Variation
from storage.records.terms import Extension
from tests.storage.desk.register import TODAY, Register, make_register


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    made = make_register(tmp_path / "register.desk")
    with made.store.step("Lists"):
        add_lists(made.store)
    yield made
    made.store.close()


def test_every_value_belongs_to_a_place_and_dates_are_in_full(register: Register) -> None:
    change_office(
        register.store, {"organisation": "Northmarsh ICB", "person": "Joy Okafor", "address": "1 Hill\nTown"}
    )
    found = values_of(register.store, register.contract, TODAY)
    assert set(found) <= set(PLACES)
    assert found["provider"] == "Millbrook Health CIC"
    assert found["our address"] == "1 Hill, Town"
    assert found["current end"] == "31 March 2027"
    assert found["notice by"] == "30 September 2026"
    assert found["serve by"] == "2 September 2026"
    assert found["clause"] == "clause 17.2"
    assert found["notice period"] == "6 months"
    assert found["value"] == "£125,123"
    assert found["today"] == "23 November 2026"
    assert "new end" not in found
    organisation = provider_of(register.store, register.store.get(Contract, register.contract))
    assert organisation is not None
    assert organisation.name == "Millbrook Health CIC"


def test_the_next_open_option_leads_on_from_the_current_end(register: Register) -> None:
    store = register.store
    with store.step("Options"):
        store.save(Extension(contract=register.contract, position=1, length=Period(12, "m"), value=70_000_00,
                             decide_by=date(2027, 1, 31)))  # fmt: skip
    found = values_of(store, register.contract, TODAY)
    assert (found["option length"], found["option value"]) == ("12 months", "£70,000")
    assert (found["new end"], found["decide by"]) == ("31 March 2028", "31 January 2027")
    assert next_option(store, store.get(Contract, register.contract), date(2027, 2, 1)) is None


def test_a_performance_meeting_is_ten_operational_days_after_the_notice(register: Register) -> None:
    with register.store.step("Notice"):
        notice = register.store.save(
            PerformanceNotice(contract=register.contract, title="Waits", served_on=date(2026, 12, 18))
        )
        unserved = register.store.save(PerformanceNotice(contract=register.contract, title="Late reports"))
    found = values_of(register.store, register.contract, TODAY, notice)
    assert (
        found["meeting by"] == "6 January 2027"
    )  # Christmas, Boxing Day's Monday and New Year are passed over
    assert found["notice served on"] == "18 December 2026"
    assert values_of(register.store, register.contract, TODAY, unserved)["meeting by"] == "7 December 2026"
    assert [r.name for r in subjects(register.store, register.contract, "Performance meeting")] == [
        "Late reports", "Waits",
    ]  # fmt: skip


def test_a_standstill_ends_by_the_count_of_its_regime(register: Register) -> None:
    with register.store.step("Decision"):
        decision = register.store.save(
            Procurement(contract=register.contract, title="Award", regime="Provider Selection Regime",
                        intention_on=date(2026, 11, 2), decided_on=date(2026, 10, 30), lifetime_value=9_00)
        )  # fmt: skip
        odd = register.store.save(Procurement(contract=register.contract, title="Gift", regime="None"))
    found = values_of(register.store, register.contract, TODAY, decision)
    assert (found["standstill ends"], found["award date"]) == ("12 November 2026", "30 October 2026")
    said = values_of(register.store, register.contract, TODAY, odd)
    assert (said["standstill ends"], said["lifetime value"]) == ("", "£125,123")  # the value of the contract
    with register.store.step("Said"):
        register.store.save(
            Representation(procurement=decision.key, title="Other CIC", received_on=date(2026, 11, 9))
        )
    assert values_of(register.store, register.contract, TODAY, decision)["standstill ends"] == ""


def test_a_variation_brings_its_own_values(register: Register) -> None:
    with register.store.step("Variation"):
        variation = register.store.save(
            Variation(contract=register.contract, number="V3", title="Saturday clinic", value_change=-1_50)
        )
    found = values_of(register.store, register.contract, TODAY, variation)
    assert (found["variation number"], found["variation value"], found["variation from"]) == (
        "V3",
        "−£1.50",
        "",
    )
    assert subjects(register.store, register.contract, "Non-renewal") == []
