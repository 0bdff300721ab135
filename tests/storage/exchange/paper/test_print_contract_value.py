"""What a contract is worth this year and in all, with whatever is not sure about it said."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.exchange.paper.papers_contract import Explained
from storage.exchange.paper.print_contract_value import value_rows
from storage.records.contracts import Contract
from tests.storage.desk.register import TODAY, Register, make_register
from tests.storage.exchange.contract_samples import add_running, add_years


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    made = make_register(tmp_path / "register.desk")
    yield made
    made.store.close()


def rows(register: Register) -> dict[str, Explained]:
    contract = register.store.get(Contract, register.contract)
    return {row.label: row for row in value_rows(register.store, contract, TODAY)}


def test_this_year_comes_from_its_plan_and_all_years_say_what_is_to_be_confirmed(register: Register) -> None:
    add_years(register.store, register.contract)
    found = rows(register)
    assert found["This year, 2026/27"] == Explained(
        "This year, 2026/27", "£62,000", "As planned. Forecast £65,000, actual so far £30,000."
    )
    assert found["Years as planned"] == Explained(
        "Years as planned", "£122,000 plus 1 to be confirmed", "3 years, 2025/26 to 2027/28."
    )


def test_without_planned_years_a_year_is_worked_out(register: Register) -> None:
    assert rows(register)["A year"].value == "£62,561.50"
    register.store.change(Contract, register.contract, {"annual_value": 60_000_00})
    assert rows(register)["A year"].why.startswith("As recorded")


def test_open_options_and_certainty_are_told(register: Register) -> None:
    add_running(register.store, register.contract)
    register.store.change(Contract, register.contract, {"value_certainty": "Under-estimate"})
    found = rows(register)
    assert found["In all, to the current end"].value == "£125,123, an under-estimate"
    assert found["With open options"].value == "£195,123"
    register.store.change(
        Contract, register.contract, {"current_value": None, "value_certainty": "To be confirmed"}
    )
    assert rows(register)["In all, to the current end"].value == "to be confirmed"
