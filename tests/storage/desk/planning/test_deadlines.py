"""The days a calendar should hold: what is ahead of live contracts, each under a key that never changes."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from storage.desk.planning.deadlines import Deadline, deadlines
from storage.engine.conditions import Where
from storage.engine.fields import Period
from storage.engine.opening import new_store
from storage.engine.query import Order, Query
from storage.engine.store import Store
from storage.records.actions import Action
from storage.records.contracts import Contract
from storage.records.measures import Kpi, KpiResult
from storage.records.meetings import ReviewMeeting
from storage.records.planning import DefaultReminder, Reminder
from storage.rules.kpis import MILESTONE

TODAY = date(2026, 11, 29)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return new_store(tmp_path / "a.desk", who="Ann", today=lambda: TODAY)


def contract(store: Store, stage: str = "Signed") -> Contract:
    return store.save(
        Contract(reference="C-1", title="Beds", stage=stage, start=date(2025, 4, 1), current_end=date(2027, 3, 31),
                 notice_commissioner=Period(3, "m"), review_date=date(2026, 12, 15))
    )  # fmt: skip


def by_kind(store: Store) -> dict[str, Deadline]:
    return {each.kind: each for each in deadlines(store)}


def test_dates_of_a_contract_come_in_order_with_their_reason(store: Store) -> None:
    with store.step("Fill"):
        contract(store)
    found = deadlines(store)
    assert [each.day for each in found] == sorted(each.day for each in found)
    kinds = by_kind(store)
    assert {"End", "Last day to give notice", "Day to serve notice by", "Review date"} <= set(kinds)
    assert "3 months" in kinds["Last day to give notice"].why and kinds["Review date"].why


@pytest.mark.parametrize("stage", ["Draft", "Terminated", "Cancelled"])
def test_what_is_not_running_is_left_out(store: Store, stage: str) -> None:
    with store.step("Fill"):
        contract(store, stage)
    assert deadlines(store) == []


def test_under_notice_the_days_that_led_up_to_it_are_gone(store: Store) -> None:
    with store.step("Fill"):
        contract(store, "Notice served")
    assert set(by_kind(store)) == {"End", "Review date"}


def test_reminders_of_its_own_and_usual_ones_sound_unless_off_or_dismissed(store: Store) -> None:
    with store.step("Fill"):
        held = contract(store)
        store.save(DefaultReminder(about="End", lead=Period(1, "m")))
        store.save(DefaultReminder(about="Review date", lead=Period(7, "d")))
        store.save(Reminder(contract=held.id, about="End", lead=Period(6, "m")))
        store.save(Reminder(contract=held.id, about="Review date", lead=Period(7, "d"), off=True))
        store.save(
            Reminder(contract=held.id, about="End", lead=Period(2, "m"), dismissed_for=date(2027, 3, 31))
        )
    kinds = by_kind(store)
    assert 182 in kinds["End"].alarms and kinds["Review date"].alarms == ()
    assert not {59, 60} & set(kinds["End"].alarms)


def test_meetings_and_the_next_one_once(store: Store) -> None:
    with store.step("Fill"):
        held = contract(store)
        store.save(
            ReviewMeeting(contract=held.id, on=date(2026, 12, 1), next_on=date(2027, 3, 1), at="10:00")
        )
        store.save(ReviewMeeting(contract=held.id, on=date(2027, 3, 1), next_on=date(2027, 6, 1)))
    found = [(each.kind, each.day) for each in deadlines(store) if "eeting" in each.kind]
    assert found == [
        ("Meeting", date(2026, 12, 1)), ("Meeting", date(2027, 3, 1)), ("Next meeting", date(2027, 6, 1)),
    ]  # fmt: skip
    assert by_kind(store)["Meeting"].reference == "C-1"


def test_open_actions_that_are_ahead_and_with_a_filter_only_those_of_its_contracts(store: Store) -> None:
    with store.step("Fill"):
        held = contract(store)
        for title, due, status, of in (
            ("Ours", date(2026, 12, 1), "Open", held.id), ("Free", date(2026, 12, 2), "Open", None),
            ("Late", date(2026, 11, 1), "Open", held.id), ("Done", date(2026, 12, 1), "Done", held.id),
        ):  # fmt: skip
            store.save(Action(title=title, due=due, status=status, contract=of))
    only = Query((Where("reference", "is", ("C-1",)),))
    ordered = Query(order=(Order("reference"),))
    for query, wanted in ((ordered, ["Ours", "Free"]), (only, ["Ours"])):
        assert [d.title for d in deadlines(store, query) if d.kind == "Action due"] == wanted


def test_results_that_will_be_asked_for_and_milestones(store: Store) -> None:
    with store.step("Fill"):
        held = contract(store)
        kpi = store.save(Kpi(contract=held.id, title="Seen in time", frequency="Quarterly"))
        store.save(KpiResult(kpi=kpi.id, period_start=date(2026, 10, 1), value=Decimal(90)))
        store.save(Kpi(contract=held.id, title="Opened", better=MILESTONE, due_on=date(2027, 1, 15)))
        store.save(Kpi(contract=held.id, title="Reached", better=MILESTONE, due_on=date(2027, 1, 15),
                       reached_on=date(2026, 5, 1)))  # fmt: skip
    found = [each for each in deadlines(store) if each.kind.startswith("KPI")]
    assert [(each.title, each.day) for each in found] == [
        ("Opened – Beds", date(2027, 1, 15)), ("Seen in time – Beds", date(2027, 3, 31)),
    ]  # fmt: skip
    assert "Q4 2026/27" in found[1].why
