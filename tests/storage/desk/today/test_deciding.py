"""Decisions of Today: options, notice, buying again and standstills, each once and with its own day."""

from datetime import date

from storage.desk.put_right.register import Register
from storage.desk.today.deciding import decisions, next_decision, standstills
from storage.desk.today.due import Due
from storage.engine.fields import Period
from storage.engine.store import Store
from storage.records.procurements import Procurement
from storage.records.running import Notice
from storage.records.terms import BreakPoint, Extension
from tests.storage.desk.put_right.finding_out import save, sound


def due(store: Store) -> dict[str, Due]:
    return {each.what: each for each in decisions(Register(store))}


def test_notice_is_asked_for_when_it_is_near_and_after_it_passed(store: Store) -> None:
    contract = sound(store, current_end=date(2027, 7, 31))
    assert due(store)["Give notice, extend, or let it end"].day == date(2027, 1, 31)
    sound(store, current_end=date(2027, 4, 30), title="Late")
    assert due(store)["Give notice, extend, or let it end"].subject == "Late"
    save(store, Notice(contract=2, kind="Non-renewal"))
    assert due(store)["Give notice, extend, or let it end"].contract == contract.id


def test_a_rolling_contract_says_what_it_rolls_into(store: Store) -> None:
    sound(store, current_end=date(2027, 7, 31), renewal="Rolls over", rolls=Period(12, "m"))
    assert "Give notice, or it rolls over for 12 months" in due(store)


def test_an_option_is_asked_for_by_its_own_day_and_nothing_is_bought_again(store: Store) -> None:
    contract = sound(store, current_end=date(2028, 3, 31), renewal="Ends")
    save(store, Extension(contract=contract.id, length=Period(1, "y"), decide_by=date(2026, 12, 20)))
    found = due(store)
    assert list(found) == ["Decide on the option to extend"]
    each = found["Decide on the option to extend"]
    assert (each.table, each.field, each.where) == ("extension", "status", "Night shelter · C-1")


def test_buying_again_is_asked_for_by_the_last_safe_day(store: Store) -> None:
    contract = sound(store, current_end=date(2027, 2, 28), renewal="Ends")
    assert due(store)["Start buying again"].day == contract.act_by


def test_a_contract_that_runs_on_is_late_from_its_end(store: Store) -> None:
    sound(store, current_end=date(2026, 5, 31), runs_on=True)
    assert due(store)["Contract has run on past its end"].day == date(2026, 5, 31)


def test_a_break_and_a_standstill_are_asked_for(store: Store) -> None:
    contract = sound(store)
    save(store, BreakPoint(contract=contract.id, on=date(2027, 3, 31), notice=Period(3, "m")))
    save(store, Procurement(contract=contract.id, title="Award", regime="Provider Selection Regime",
                            intention_on=date(2026, 11, 25)))  # fmt: skip
    assert due(store)["Decide whether to use the break"].day == date(2026, 12, 31)
    [stands] = standstills(Register(store))
    assert stands.what == "Standstill ends at midnight" and stands.day > date(2026, 11, 29)


def test_the_next_decision_is_the_first_one_ahead(store: Store) -> None:
    contract = sound(store)
    register = Register(store)
    held = register.by_id[contract.key]
    days = [d for d in (held.act_by, held.notice_by) if d is not None]
    assert next_decision(held, register) == min(days)
