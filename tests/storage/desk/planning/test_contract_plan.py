"""The plan of a contract: near and late by the day it is, one day set by hand moves what comes before it, and back."""

from dataclasses import replace
from datetime import date

import pytest

from storage.desk.office import change_office
from storage.desk.planning.contract_plan import routes, safe_plans, set_back, set_day, usual_route
from storage.engine.fields import Period
from storage.records.contract_planning import TO_BUY, TO_EXTEND
from storage.records.contracts import Contract
from storage.records.planning import DecisionMeeting, LeadTime
from storage.records.terms import Extension
from tests.storage.desk.register import Register

OPEN = LeadTime(
    title="Open tender",
    code="open",
    mobilisation=Period(3, "m"),
    standstill_days=8,
    tender=Period(3, "m"),
    approval=Period(1, "m"),
    paper_deadline=Period(2, "w"),
    source="Own experience",
)


def planned(register: Register, **more: object) -> Contract:
    store = register.store
    with store.step("Choose a route"):
        route = store.save(OPEN)
        contract = store.get(Contract, register.contract)
        store.save(replace(contract, route=route.id, **more))  # type: ignore[arg-type]
    return store.get(Contract, register.contract)


def test_a_contract_with_a_route_has_every_day_from_the_start_to_the_new_contract(register: Register) -> None:
    (plan,) = safe_plans(register.store, planned(register))
    assert plan.which == TO_BUY
    assert [rung.key for rung in plan.rungs] == [
        "start", "papers", "approval", "tender", "award", "standstill", "signed", "end", "begins",
    ]  # fmt: skip
    days = [rung.day for rung in plan.rungs]
    assert days == sorted(days) and plan.first is plan.rungs[0]
    assert plan.rungs[-1].day == date(2027, 4, 1)
    assert all(rung.reason.words for rung in plan.rungs)


def test_days_are_late_red_and_amber_by_themselves(register: Register) -> None:
    (plan,) = safe_plans(register.store, planned(register))
    near = {rung.key: rung.urgency for rung in plan.rungs}
    assert near["start"] == "Late" and near["end"] == "" and "Amber" in near.values()
    assert "passed" in plan.rungs[0].near


def test_without_a_route_it_says_what_is_missing(register: Register) -> None:
    (plan,) = safe_plans(register.store, register.store.get(Contract, register.contract))
    assert not plan.rungs and plan.first is None and "route" in plan.why


def test_the_usual_route_stands_in_for_one_not_chosen(register: Register) -> None:
    store = register.store
    assert usual_route(store) == "" and routes(store) == []
    with store.step("Routes"):
        made = store.save(OPEN)
    change_office(store, {"default_route": made.id})
    assert usual_route(store) == "Open tender" and routes(store) == [(made.key, "Open tender")]
    (plan,) = safe_plans(store, store.get(Contract, register.contract))
    assert plan.rungs


def test_an_open_option_brings_a_plan_of_its_own_first(register: Register) -> None:
    with register.store.step("Option"):
        register.store.save(Extension(contract=register.contract, length=Period(12, "m")))
    plans = safe_plans(register.store, planned(register))
    assert [plan.which for plan in plans] == [TO_EXTEND, TO_BUY]
    assert plans[0].rungs[-1].key == "end"


def test_a_day_set_by_hand_moves_what_comes_before_it_as_one_step_and_back(register: Register) -> None:
    contract = planned(register)
    (before,) = safe_plans(register.store, contract)
    assert set_day(register.store, contract.key, TO_BUY, "tender", date(2026, 6, 1))
    (after,) = safe_plans(register.store, register.store.get(Contract, contract.key))
    day = {rung.key: rung.day for rung in after.rungs}
    assert day["tender"] == date(2026, 6, 1) and day["start"] < before.rungs[0].day and after.moved
    assert day["award"] == {rung.key: rung.day for rung in before.rungs}["award"]
    assert register.store.get(Contract, contract.key).start_by == day["start"]
    assert register.labels()[-1] == "Set “Tender opens” of Community dermatology clinics to 1 Jun 2026"
    register.undo()
    (undone,) = safe_plans(register.store, register.store.get(Contract, contract.key))
    assert undone == before


def test_setting_back_one_day_or_all(register: Register) -> None:
    contract = planned(register)
    store, number = register.store, contract.key
    (before,) = safe_plans(store, contract)
    set_day(store, number, TO_BUY, "tender", date(2026, 6, 1))
    set_day(store, number, TO_BUY, "papers", date(2026, 5, 1))
    assert set_day(store, number, TO_BUY, "papers", None)
    assert not set_day(store, number, TO_BUY, "papers", None)
    assert set_back(store, number, TO_BUY) and not set_back(store, number, TO_BUY)
    assert safe_plans(store, store.get(Contract, number)) == (before,)


def test_the_two_plans_keep_their_days_apart(register: Register) -> None:
    with register.store.step("Option"):
        register.store.save(Extension(contract=register.contract, length=Period(12, "m")))
    contract = planned(register)
    _, buy = safe_plans(register.store, contract)
    set_day(register.store, contract.key, TO_EXTEND, "papers", date(2026, 8, 3))
    extend, same = safe_plans(register.store, register.store.get(Contract, contract.key))
    assert extend.moved and same == buy


def test_a_day_later_than_what_follows_allows_says_so(register: Register) -> None:
    contract = planned(register)
    set_day(register.store, contract.key, TO_BUY, "tender", date(2027, 3, 1))
    (plan,) = safe_plans(register.store, register.store.get(Contract, contract.key))
    tender = next(rung for rung in plan.rungs if rung.key == "tender")
    assert tender.too_late and "too late" in plan.why


def test_days_that_follow_from_the_contract_cannot_be_set(register: Register) -> None:
    with pytest.raises(ValueError, match="end"):
        set_day(register.store, register.contract, TO_BUY, "end", date(2027, 1, 1))


def test_what_a_foreign_file_holds_instead_of_days_is_passed_over(register: Register) -> None:
    odd = {"buy": {"tender": "soon", "end": "2026-01-01", "award": 7}, "extend": "never"}
    contract = planned(register, plan_moved=odd)
    (plan,) = safe_plans(register.store, contract)
    assert plan.rungs and not plan.moved


def test_where_no_meeting_fits_words_say_so(register: Register) -> None:
    contract = planned(register)
    (without,) = safe_plans(register.store, contract)
    assert without.no_meeting.startswith("no meeting is listed")
    with register.store.step("Meetings"):
        register.store.save(
            DecisionMeeting(title="Board", on=date(2026, 7, 21), papers_due=date(2026, 7, 10))
        )
    (fits,) = safe_plans(register.store, register.store.get(Contract, contract.key))
    day = {rung.key: rung.day for rung in fits.rungs}
    assert not fits.no_meeting and day["approval"] == date(2026, 7, 21) and day["papers"] == date(2026, 7, 10)
