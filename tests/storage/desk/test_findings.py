"""Findings say what may want mending, and never more than is true."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from storage.desk.checklists.runs import raise_action, start_run
from storage.desk.contract.links import set_provider
from storage.desk.findings import findings
from storage.desk.specification.specifications import start_specification
from storage.engine.own_fields import OwnField
from storage.engine.store import with_values
from storage.records.actions import Action
from storage.records.contracts import Contract
from storage.records.organisations import Organisation
from storage.records.services import Service
from storage.records.specifications import Specification
from tests.storage.desk.register import Register

DAYS = st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2030, 1, 1)))


def of_contract(register: Register, **values: object) -> dict[str, str]:
    store = register.store
    return findings(store, with_values(store.get(Contract, register.contract), values))


def test_a_whole_contract_has_none(register: Register) -> None:
    assert of_contract(register) == {}


def test_needed_and_listed_values(register: Register) -> None:
    found = of_contract(register, reference="", title="", stage="Nearly signed")
    assert found["reference"] == "Reference is needed."
    assert found["title"] == "Title is needed."
    assert "“Nearly signed” is not on the list" in found["stage"]


def test_a_repeated_reference_says_how_many_others(register: Register) -> None:
    store = register.store
    with store.step("Doubles"):
        store.save(Contract(title="Second", reference="cd-0064"))
    assert of_contract(register)["reference"] == "1 other contract has this reference."
    with store.step("Doubles"):
        store.save(Contract(title="Third", reference="CD-0064"))
    assert of_contract(register)["reference"] == "2 other contracts have this reference."


def test_dates_out_of_order_are_named_under_the_later_one(register: Register) -> None:
    found = of_contract(register, max_end=date(2027, 3, 30), start=date(2027, 4, 1))
    assert found["max_end"] == "Maximum end is before the current end, 31 Mar 2027."
    assert found["current_end"] == "Current end is before the start, 1 Apr 2027."
    open_ended = of_contract(register, current_end=None, max_end=date(2024, 1, 1))
    assert open_ended["max_end"] == "Maximum end is before the start, 1 Apr 2025."
    assert "award_value" in of_contract(register, award_value=1)


def test_a_provider_missing_or_in_the_bin(register: Register) -> None:
    store = register.store
    with store.step("Bin"):
        store.bin(Organisation, [register.provider])
    assert of_contract(register)["provider_name"] == "Millbrook Health CIC is in the bin."
    set_provider(store, register.contract, None)
    assert of_contract(register)["provider_name"] == "No organisation has the role of provider."
    assert "provider_name" in findings(store, Contract(title="New"))


def test_links_to_the_bin_and_other_records(register: Register) -> None:
    store = register.store
    made = start_specification(store, "council", "Home care", service=register.service)
    assert findings(store, made) == {}
    with store.step("Bin"):
        store.bin(Service, [register.service])
    late = with_values(made, {"period_from": date(2027, 1, 1), "period_to": date(2026, 1, 1), "parent": 99})
    found = findings(store, late)
    assert found["service"] == "Service: Community dermatology is in the bin."
    assert found["parent"].endswith("the record it names is not in this file.")
    assert found["period_to"] == "Period to is before the period from, 1 Jan 2027."
    assert isinstance(late, Specification)


def test_an_action_done_needs_its_day(register: Register) -> None:
    store = register.store
    run = start_run(store, "T01", contract=register.contract)
    action = raise_action(store, run.key, "T01-16", "Write")
    assert findings(store, action) == {}
    assert "done_on" in findings(store, with_values(action, {"status": "Done"}))
    assert "done_on" in findings(store, with_values(action, {"done_on": date(2027, 1, 1)}))
    assert findings(store, Action(title="")) == {"title": "What is to be done is needed."}


def test_own_fields_are_looked_at_too(register: Register) -> None:
    store = register.store
    with store.step("Own"):
        store.save(OwnField(table="contract", code="risk", label="Risk", kind="choice", choices="Low\nHigh"))
    assert "“Odd” is not on the list (Low, High)" in of_contract(register, **{"own:risk": "Odd"})["own:risk"]
    assert of_contract(register, **{"own:risk": "Low"}) == {}


@given(start=DAYS, end=DAYS, maximum=DAYS)
def test_dates_in_order_are_never_found(start: date | None, end: date | None, maximum: date | None) -> None:
    from storage.desk.findings import _out_of_order

    record = Contract(start=start, current_end=end, max_end=maximum)
    wrong = [*_out_of_order(record, "start", "current_end"), *_out_of_order(record, "current_end", "max_end")]
    expected = (start is not None and end is not None and end < start) + (
        end is not None and maximum is not None and maximum < end
    )
    assert len(wrong) == expected
