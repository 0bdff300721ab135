"""The money of a contract: years filled from its value, totals that tell their gaps, partners, options and VAT."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import storage.records  # noqa: F401
from storage.desk.finance.contract_money import (
    fill_years,
    paid_in,
    phased,
    plan,
    pool_years,
    split,
    totals,
    vat_cost,
    years_of,
)
from storage.engine.errors import Refused
from storage.engine.history import History
from storage.engine.opening import new_store
from storage.engine.store import Store
from storage.engine.values import Period
from storage.records.contracts import Contract
from storage.records.finance import Contribution, ValueYear
from storage.records.organisations import Organisation
from storage.records.terms import Extension

TODAY = date(2026, 11, 22)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = new_store(tmp_path / "register.desk", today=lambda: TODAY)
    yield made
    made.close()


def contract(store: Store, **values: object) -> Contract:
    usual: dict[str, object] = {"title": "Night shelter", "start": date(2025, 10, 1),
                                "current_end": date(2027, 9, 30), "current_value": 240_000_01}  # fmt: skip
    with store.step("Add"):
        made = store.save(Contract(**(usual | values)))  # type: ignore[arg-type]
    return store.get(Contract, made.key)


def test_the_value_fills_the_years_to_the_penny_in_one_step(store: Store) -> None:
    held = contract(store, phasing="Whole months", value_certainty="Estimate", cost_centre="X1")
    fill_years(store, held)
    years = years_of(store, held.key)
    assert [(y.year, y.planned) for y in years] == [(2025, 60_000_00), (2026, 120_000_01), (2027, 60_000_00)]
    assert {(y.certainty, y.cost_centre) for y in years} == {("Estimate", "X1")}
    step = History(store).next_undo()
    assert step and step.label == "Fill the planned years of Night shelter from its value"


def test_closed_years_stay_and_a_second_time_changes_nothing(store: Store) -> None:
    held = contract(store, phasing="Whole months")
    with store.step("Close"):
        store.save(ValueYear(contract=held.key, year=2025, planned=50_000_00, actual=49_000_00, closed=True))
    assert [row.changes for row in plan(store, held).value] == [False, True, True]
    fill_years(store, held)
    assert years_of(store, held.key)[0].planned == 50_000_00
    with pytest.raises(Refused, match="Every year has this planned value already"):
        fill_years(store, held)


def test_what_cannot_be_laid_out_says_why(store: Store) -> None:
    held = contract(store, current_end=None)
    with pytest.raises(Refused, match="No end date is recorded"):
        fill_years(store, held)
    assert "No annual value" in phased(store, contract(store, phasing="Annual figures")).why


def test_annual_figures_lay_out_the_annual_value_of_each_contract_year(store: Store) -> None:
    held = contract(store, phasing="Annual figures", annual_value=120_000_00, start=date(2025, 4, 1),
                    current_end=date(2027, 3, 31))  # fmt: skip
    found = phased(store, held).value
    assert found is not None and dict(found.years) == {2025: 120_000_00, 2026: 120_000_00}
    assert found.warnings == ()


def test_by_hand_checks_what_is_planned_against_the_value(store: Store) -> None:
    held = contract(store, phasing="By hand")
    with store.step("Plan"):
        store.save(ValueYear(contract=held.key, year=2026, planned=240_000_01))
    found = phased(store, held).value
    assert found is not None and found.sums


def test_totals_say_what_is_not_sure(store: Store) -> None:
    found = totals(
        [ValueYear(planned=100_00, actual=90_00), ValueYear(planned=50_00, certainty="To be confirmed")]
    )
    assert found["planned"].words() == "£150 (£50 of it is still to be confirmed)"
    assert found["actual"].words() == "£90"
    assert found["forecast"].figures == 0


def test_partners_are_named_and_years_are_those_recorded(store: Store) -> None:
    with store.step("Partner"):
        council = store.save(Organisation(title="Northmoor Council"))
    parts = [Contribution(organisation=council.id, year=2026, amount=5), Contribution(year=2025, amount=7)]
    assert [p.partner for p in paid_in(store, parts)] == ["Northmoor Council", "A partner not named"]
    assert pool_years(parts, TODAY) == [2025, 2026]
    assert pool_years([Contribution(amount=5)], TODAY) == [2026] and pool_years([], TODAY) == []


def test_the_value_splits_into_core_and_options(store: Store) -> None:
    held = contract(store, current_value=300_000_00)
    assert split(store, held) is None
    with store.step("Options"):
        store.save_many(
            [Extension(contract=held.key, position=1, length=Period(1, "y"), value=100_000_00, status="Taken up"),
             Extension(contract=held.key, position=2, length=Period(1, "y"))]
        )  # fmt: skip
    found = split(store, held)
    assert found is not None
    assert (found.value.core.pence, found.value.current.pence) == (200_000_00, 300_000_00)
    assert found.value.whole_life.words() == "£300,000 plus 1 with no figure recorded"


def test_vat_that_cannot_be_recovered_is_a_cost(store: Store) -> None:
    held = contract(store, value_basis="Excluding VAT", irrecoverable_vat=5_000_00)
    assert vat_cost(held).value == 245_000_01
