"""Who changed a value of a contract, and what it is worked out from."""

from dataclasses import replace
from datetime import date

from storage.desk.meeting.since_who import NOBODY, local_day, trail
from storage.engine.history import last_step
from storage.records.contracts import Contract
from storage.records.measures import Kpi, KpiResult
from storage.records.organisations import Organisation
from storage.records.reference import BankHoliday
from storage.records.terms import Extension
from tests.storage.desk.register import Register


def after_now(register: Register) -> int:
    return last_step(register.store)


def test_the_last_who_changed_a_field_is_named(register: Register) -> None:
    store, begun = register.store, after_now(register)
    store.change(Contract, register.contract, {"title": "Skin clinics"})
    store.steps.who = "Joy Okafor"
    store.change(Contract, register.contract, {"title": "Dermatology"})
    store.steps.who = "Sam Reed"
    store.change(Contract, register.contract, {"tier": "Gold"})
    found = trail(store, begun)
    assert found.of_field(register.contract, "title").who == "Joy Okafor"
    assert found.of_contract(register.contract).who == "Sam Reed"
    assert found.of_field(register.contract, "start") == NOBODY
    assert found.of_field(register.contract, "notice_by") == NOBODY  # no day was touched


def test_what_is_worked_out_is_put_to_whoever_changed_its_sources(register: Register) -> None:
    store, begun = register.store, after_now(register)
    with store.step("Measure"):
        kpi = store.save(Kpi(contract=register.contract, title="Seen in time"))
    store.steps.who = "Joy Okafor"
    with store.step("Result"):
        store.save(KpiResult(kpi=kpi.id))
    store.steps.who = "Sam Reed"
    with store.step("Option"):
        store.save(Extension(contract=register.contract))
    store.steps.who = "Lee Park"
    with store.step("Rename"):
        store.save(replace(store.get(Organisation, register.provider), title="Millbrook"))
    store.steps.who = "Kit Moss"
    with store.step("Holiday"):
        store.save(BankHoliday(on=date(2027, 1, 1)))
    found = trail(store, begun)
    named = {
        n: found.of_field(register.contract, n).who for n in ("kpi_rating", "options_open", "provider_name")
    }
    assert named == {"kpi_rating": "Joy Okafor", "options_open": "Sam Reed", "provider_name": "Lee Park"}
    assert found.of_field(register.contract, "serve_by").who == "Kit Moss"


def test_nothing_after_the_last_step_that_is_looked_at_counts(register: Register) -> None:
    begun = after_now(register)
    register.store.change(Contract, register.contract, {"title": "Skin clinics"})
    assert trail(register.store, begun, begun).of_contract(register.contract) == NOBODY
    assert trail(register.store, after_now(register)).of_contract(register.contract) == NOBODY


def test_a_moment_is_a_day_here_and_nonsense_is_none() -> None:
    assert local_day("2026-03-04T12:00:00.000+00:00") == date(2026, 3, 4)
    assert local_day("long ago") is None
