"""Procurement decisions put to the rules, with what the file records of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import storage.records  # noqa: F401
from storage.desk.beginning.new_file import new_file
from storage.desk.office import change_office
from storage.desk.procurement.procuring import (
    Case,
    act_change,
    duty,
    is_council,
    kpi_duty,
    over_threshold,
    owed,
    psr_change,
    standstill,
    transparency,
)
from storage.engine.store import Store
from storage.records.contracts import Contract
from storage.records.organisations import Organisation
from storage.records.procurements import Procurement, PublishedNotice, Representation

TODAY = date(2026, 11, 22)
PSR, ACT = "Provider Selection Regime", "Procurement Act 2023"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = new_file(tmp_path / "register.desk", today=lambda: TODAY)
    with made.step("Fill"):
        made.save(Contract(title="Night shelter", regime=PSR, start=date(2024, 4, 1), current_end=date(2028, 3, 31),
                           award_value=2_000_000_00))  # fmt: skip
    yield made
    made.close()


def case(store: Store, **values: object) -> Case:
    with store.step("Decide"):
        made = store.save(Procurement(contract=1, title="Award", **values))  # type: ignore[arg-type]
    return Case(store, made, TODAY)


def test_the_standstill_gives_the_day_that_is_safe_under_every_reading(store: Store) -> None:
    held = case(store, process="Direct award process C", intention_on=date(2026, 11, 2))
    found = standstill(held).value
    assert found is not None
    assert (found.last_day, found.earliest_award, found.cautious_award) == (
        date(2026, 11, 12), date(2026, 11, 13), date(2026, 11, 14),
    )  # fmt: skip
    bound = duty(held)
    assert bound is not None and bound.value == "must"
    assert duty(case(store, process="Something else")) is None


def test_a_representation_in_time_keeps_it_open_until_it_is_answered(store: Store) -> None:
    held = case(store, intention_on=date(2026, 11, 2))
    with store.step("Say"):
        store.save(
            Representation(procurement=held.made.id, title="Other Care", received_on=date(2026, 11, 5))
        )
    found = standstill(held).value
    assert found is not None and found.last_day is None
    answered = Procurement(**{**vars(held.made), "representations_closed": date(2026, 11, 16)})
    found = standstill(Case(store, answered, TODAY)).value
    assert found is not None and found.last_day == date(2026, 11, 23)


def test_changes_since_the_award_count_together(store: Store) -> None:
    case(store, process="Competitive process", lifetime_value=2_000_000_00, decided_on=date(2024, 2, 1))
    case(store, kind="Modification", value_change=400_000_00, decided_on=date(2025, 2, 1), material=False)
    second = case(store, kind="Modification", value_change=400_000_00, decided_on=date(2026, 2, 1), material=False,
                  provided_for=False, succession=False, external=False)  # fmt: skip
    found = psr_change(second)
    assert found.value is not None and found.value.permitted is False, found.why
    first = next(d for d in second.others if d.decided_on == date(2025, 2, 1))
    alone = psr_change(Case(store, first, TODAY))
    assert alone.value is not None and alone.value.permitted is True, "a later change does not count for it"


def test_a_contract_awarded_by_process_a_is_tested_by_its_character(store: Store) -> None:
    case(store, process="Direct award process A", decided_on=date(2024, 2, 1))
    held = case(store, kind="Modification", value_change=5_000_000_00, material=False)
    found = psr_change(held)
    assert found.value is not None and found.value.permitted is True


def test_under_the_act_a_change_of_value_and_term_is_measured(store: Store) -> None:
    held = case(store, kind="Modification", regime=ACT, value_change=300_000_00, term_days=365)
    assert act_change(held).value is True
    assert act_change(case(store, kind="Modification", regime=ACT, value_change=100_00)).value is False


def test_indicators_are_owed_by_value_and_not_where_the_contract_says_why(store: Store) -> None:
    held = case(store, regime=ACT, lifetime_value=6_000_000_00)
    assert kpi_duty(held).value is True
    with store.step("Exempt"):
        store.save(Contract(**{**vars(store.get(Contract, 1)), "kpi_exempt": "A loan of a building"}))
    assert kpi_duty(Case(store, held.made, TODAY)).value is False
    assert kpi_duty(case(store, regime=PSR, lifetime_value=6_000_000_00)).value is False


def test_the_value_of_a_decision_falls_back_on_the_contract(store: Store) -> None:
    assert case(store).value == 2_000_000_00
    assert case(store, lifetime_value=5).value == 5
    assert over_threshold(case(store, regime=ACT)).value is True


def test_whether_we_are_a_council_is_told_by_our_organisation(store: Store) -> None:
    held = store.get(Contract, 1)
    assert is_council(store) is None
    assert transparency(store, held, TODAY).value is None
    change_office(store, {"organisation": "Northmoor Council"})
    assert is_council(store) is None
    with store.step("Us"):
        store.save(Organisation(title="Northmoor council", kind="Council"))
    assert is_council(store) is True
    assert transparency(store, held, TODAY).value is True


def test_notices_owed_know_what_is_published(store: Store) -> None:
    held = case(
        store, regime=ACT, process="Open procedure", lifetime_value=6_000_000_00, begun_on=date(2026, 6, 1)
    )
    with store.step("Publish"):
        store.save(PublishedNotice(procurement=held.made.id, code="UK4", published_on=date(2026, 6, 5)))
    found = {n.code: n for n in owed(Case(store, held.made, TODAY))}
    assert found["UK4"].published_on == date(2026, 6, 5)
    assert "UK10" not in found, "no change was made"


def test_a_change_owes_the_notices_of_changes_only(store: Store) -> None:
    case(store, process="Competitive process", lifetime_value=2_000_000_00, decided_on=date(2024, 2, 1))
    held = case(
        store, kind="Modification", value_change=600_000_00, decided_on=date(2026, 11, 2), provided_for=True
    )
    assert [(n.code, n.due.value) for n in owed(held)] == [("PSR-modification", date(2026, 12, 2))]


def test_words_that_name_no_regime_owe_nothing(store: Store) -> None:
    held = case(store, regime="Own rules")
    assert held.code == "" and owed(held) == ()
