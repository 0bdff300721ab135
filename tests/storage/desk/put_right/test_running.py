"""Running it: whatever waits past its day is said, with the day and the cell that settles it."""

from datetime import date

import pytest

from storage.engine.fields import Record
from storage.engine.store import Store
from storage.records.actions import Action
from storage.records.meetings import ReviewMeeting
from storage.records.running import ImprovementPlan, Milestone, PerformanceNotice, Risk, Variation
from storage.records.specifications import ContractSpecification, Specification
from tests.storage.desk.put_right.finding_out import found, save, sound, words

LATE = date(2026, 11, 1)


@pytest.mark.parametrize(
    ("record", "kind", "field"),
    [
        (Variation(contract=1, title="V1", status="In force", signed_commissioner=LATE, signed_provider=LATE),
         "variation_undated", "effective_on"),
        (Variation(contract=1, title="V1", status="In force", effective_on=LATE, signed_commissioner=LATE),
         "variation_unsigned", "signed_provider"),
        (Variation(contract=1, title="V1", response_due=LATE), "variation_waits", "status"),
        (PerformanceNotice(contract=1, title="Late", served_on=LATE), "performance_meeting", "meeting_on"),
        (ImprovementPlan(contract=1, title="Plan", due=LATE), "plan_late", "status"),
        (Risk(contract=1, title="Rent", review_on=LATE), "risk_review", "review_on"),
        (Action(contract=1, title="Write", due=LATE), "action_late", "status"),
    ],
)  # fmt: skip
def test_each_is_found_where_it_is_mended(store: Store, record: Record, kind: str, field: str) -> None:
    contract = sound(store)
    save(store, record)
    finding = found(store)[kind]
    assert (finding.table, finding.field, finding.contract) == (record.TABLE, field, contract.id)
    assert finding.words.endswith(".")


def test_a_meeting_is_due_ten_operational_days_after_the_notice(store: Store) -> None:
    contract = sound(store)
    save(store, PerformanceNotice(contract=contract.id, title="Late", served_on=date(2026, 11, 16)))
    assert "performance_meeting" not in found(store)  # the tenth day, 30 November, is still to come


def test_a_milestone_speaks_of_its_plan_and_a_finished_plan_is_quiet(store: Store) -> None:
    contract = sound(store)
    save(store, ImprovementPlan(contract=contract.id, title="Staffing", status="Agreed"))
    save(store, Milestone(plan=1, title="Recruit", due=LATE))
    assert words(store, "milestone_late") == "“Recruit” of the plan “Staffing” was due 1 Nov 2026."
    store.change(ImprovementPlan, 1, {"status": "Done"})
    assert "milestone_late" not in found(store)


def test_an_action_belongs_to_whom_it_names_and_may_stand_alone(store: Store) -> None:
    save(store, Action(title="Write", owner="Ann Lee", due=LATE))
    finding = found(store)["action_late"]
    assert (finding.owner, finding.subject, finding.contract) == ("Ann Lee", "Write", 0)


def test_reviews_and_meetings_fall_due(store: Store) -> None:
    contract = sound(store, review_date=LATE, review_cycle="Quarterly")
    assert words(store, "review_late") == "It was to be reviewed by 1 Nov 2026."
    assert words(store, "meeting_late") == "The next review meeting was due 1 Jul 2026: quarterly reviews."
    save(store, ReviewMeeting(contract=contract.id, on=date(2026, 10, 20)))
    assert "meeting_late" not in found(store)


@pytest.mark.parametrize(
    ("day", "kind"), [(LATE, "insurance_out"), (date(2026, 12, 20), "insurance_near"), (date(2027, 6, 1), "")]
)
def test_insurance_is_said_when_it_is_out_or_nearly(store: Store, day: date, kind: str) -> None:
    sound(store, insurance_expiry=day)
    assert [k for k in found(store) if k.startswith("insurance")] == ([kind] if kind else [])


def test_a_specification_that_ends_first_is_said_at_its_own_period(store: Store) -> None:
    contract = sound(store)
    save(store, Specification(title="Shelter", period_to=date(2028, 3, 31)))
    save(store, ContractSpecification(contract=contract.id, specification=1))
    finding = found(store)["spec_short"]
    assert (finding.table, finding.field) == ("specification", "period_to")
