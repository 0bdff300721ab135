"""Options of one contract compared: sensible from the start, inputs kept with it, words where nothing can be said."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from storage.desk.bin import move_to_bin
from storage.desk.planning.comparing import (
    ENDED,
    NO_END,
    NO_OPTION,
    NO_VALUE,
    Compared,
    compared,
    scenario_of,
    set_back,
    set_input,
    signed,
)
from storage.engine.fields import Period
from storage.records.contracts import Contract
from storage.records.planning import LeadTime
from storage.records.scenarios import Scenario
from storage.records.terms import Extension
from storage.rules.scenarios import Comparison
from tests.storage.desk.register import Register


def of(register: Register) -> Compared:
    return compared(register.store, register.contract)


def found(register: Register) -> Comparison:
    shown = of(register)
    assert shown.found is not None
    return shown.found.value


def change(register: Register, **values: object) -> None:
    store = register.store
    with store.step("Change"):
        store.save(replace(store.get(Contract, register.contract), **values))  # type: ignore[arg-type]


def test_it_begins_with_what_the_contract_says(register: Register) -> None:
    shown = of(register)
    yearly = register.store.get(Contract, register.contract).annualised
    assert shown.values["until"] == date(2028, 3, 31) and shown.values["extend_annual"] == yearly
    assert shown.values["stop_on"] == date(2027, 3, 31) and not shown.own and not shown.no_option
    comparison = found(register)
    assert [each.option.name for each in comparison.options] == ["Extend", "Re-procure", "Stop"]
    assert comparison.options[0].total == comparison.options[1].total > comparison.options[2].total


def test_an_input_is_kept_with_the_contract_as_one_step_and_undone(register: Register) -> None:
    before = found(register)
    assert set_input(register.store, register.contract, "new_annual", 200_000_00)
    assert register.labels()[-1] == "Compare options of Community dermatology clinics: new contract, a year"
    assert not set_input(register.store, register.contract, "new_annual", 200_000_00)
    assert of(register).own == {"new_annual"} and found(register).more(1) > before.more(1)
    register.undo()
    assert found(register) == before and not of(register).own


def test_a_blank_input_follows_the_contract_again_and_so_do_all_at_once(register: Register) -> None:
    store, number = register.store, register.contract
    before = found(register)
    set_input(store, number, "transition", 50_000_00)
    set_input(store, number, "notes", "From the last tender.")
    set_input(store, number, "transition", None)
    assert found(register) == before
    set_input(store, number, "yearly_change", Decimal("2.5"))
    assert set_back(store, number) and not set_back(store, number)
    assert found(register) == before and of(register).notes == "From the last tender."


def test_prices_costs_and_double_running_go_into_the_sums(register: Register) -> None:
    store, number, before = register.store, register.contract, found(register)
    set_input(store, number, "transition", 10_000_00)
    assert found(register).more(1) == before.more(1) + 10_000_00
    set_input(store, number, "exit_cost", 5_000_00)
    assert found(register).more(2) == before.more(2) + 5_000_00
    set_input(store, number, "double_running", Period(2, "m"))
    assert found(register).more(1) > before.more(1) + 10_000_00
    set_input(store, number, "stop_on", date(2026, 12, 31))
    assert found(register).options[2].total < before.options[2].total + 5_000_00


def test_each_way_has_its_days_to_decide(register: Register) -> None:
    with register.store.step("Option and route"):
        register.store.save(Extension(contract=register.contract, length=Period(12, "m")))
        route = register.store.save(LeadTime(title="Open", tender=Period(3, "m")))
    change(register, route=route.id)
    titles = [[d.title for d in each.option.decisions] for each in found(register).options]
    assert titles[0][-1] == "Provider told" and "Tender opens" in titles[1] and titles[2] == ["Give notice"]


def test_where_nothing_can_be_compared_it_says_why(register: Register) -> None:
    change(register, current_value=None)
    assert of(register).missing == NO_VALUE
    change(register, current_end=date(2026, 3, 31))
    assert of(register).missing == ENDED
    change(register, current_end=None)
    assert of(register).missing == NO_END and of(register).found is None


def test_inputs_that_make_no_sense_are_said_not_raised(register: Register) -> None:
    set_input(register.store, register.contract, "until", date(2020, 1, 1))
    assert "before the first" in of(register).missing
    set_input(register.store, register.contract, "until", None)
    set_input(register.store, register.contract, "yearly_change", Decimal(100_000))
    assert of(register).missing.startswith("A rate lies between")


def test_without_a_right_to_extend_it_says_so(register: Register) -> None:
    change(register, max_end=None)
    assert of(register).no_option == NO_OPTION and of(register).values["until"] == date(2030, 3, 31)


def test_what_was_assumed_goes_into_the_bin_with_its_contract(register: Register) -> None:
    set_input(register.store, register.contract, "transition", 1_00)
    move_to_bin(register.store, Contract, [register.contract])
    assert not register.store.all(Scenario)


def test_an_input_that_is_none_is_an_error(register: Register) -> None:
    with pytest.raises(KeyError):
        set_input(register.store, register.contract, "colour", "blue")
    assert scenario_of(register.store, register.contract).id is None


def test_differences_have_their_sign() -> None:
    assert (signed(0), signed(100_00), signed(-1_50)) == ("the same", "+£100", "−£1.50")
