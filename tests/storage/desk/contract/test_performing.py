"""Performance notices: the step that comes next, from what is recorded of notice, meeting, plan and milestones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import storage.records  # noqa: F401
from storage.desk.contract.performing import holidays, milestones_of, path_of
from storage.engine.opening import new_store
from storage.engine.store import Store
from storage.records.reference import BankHoliday
from storage.records.running import ImprovementPlan, Milestone, PerformanceNotice

TODAY = date(2026, 11, 22)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = new_store(tmp_path / "register.desk", today=lambda: TODAY)
    yield made
    made.close()


def served(store: Store, **values: object) -> PerformanceNotice:
    with store.step("Serve"):
        return store.save(PerformanceNotice(title="Waits", served_on=date(2026, 11, 2), **values))  # type: ignore[arg-type]


def test_a_meeting_is_due_in_operational_days_counted_by_the_holidays_of_the_file(store: Store) -> None:
    notice = served(store)
    assert path_of(store, notice, TODAY).value[1].due == date(2026, 11, 16)
    with store.step("Holiday"):
        store.save(BankHoliday(on=date(2026, 11, 10), title="A day of mourning"))
    assert holidays(store) >= {date(2026, 11, 10)}
    assert path_of(store, notice, TODAY).value[1].due == date(2026, 11, 17)


def test_a_plan_with_milestones_carries_the_path_on(store: Store) -> None:
    notice = served(store, meeting_on=date(2026, 11, 9))
    with store.step("Plan"):
        plan = store.save(
            ImprovementPlan(performance_notice=notice.id, title="Fewer waits", agreed_on=date(2026, 11, 12))
        )
        store.save(Milestone(plan=plan.id, title="Second worker", due=date(2026, 11, 20)))
    titles = [step.title for step in path_of(store, notice, TODAY).value]
    assert titles == ["Notice served", "Meeting", "Plan agreed", "Second worker", "Exception report"]
    assert [m.title for m in milestones_of(store, [plan.key])[plan.key]] == ["Second worker"]
    assert milestones_of(store, []) == {}


def test_a_joint_investigation_and_a_withdrawal_are_told_by_plan_and_status(store: Store) -> None:
    notice = served(store, meeting_on=date(2026, 11, 9))
    with store.step("Plan"):
        store.save(
            ImprovementPlan(performance_notice=notice.id, title="Look into it", kind="Joint investigation")
        )
    assert path_of(store, notice, TODAY).value[-1].title == "Investigation reported"
    gone = served(store, meeting_on=date(2026, 11, 9), status="Withdrawn")
    assert path_of(store, gone, TODAY).why.startswith("The notice was withdrawn at the meeting.")
