"""Work of Today: actions, reviews, meetings, milestones, risks, insurance and KPI returns."""

from datetime import date
from decimal import Decimal

from storage.desk.put_right.register import Register
from storage.desk.today.due import Due
from storage.desk.today.running import meetings, returns, work
from storage.engine.store import Store
from storage.records.actions import Action
from storage.records.measures import Kpi, KpiResult
from storage.records.meetings import ReviewMeeting
from storage.records.running import ImprovementPlan, Milestone, PerformanceNotice, Risk
from tests.storage.desk.put_right.finding_out import save, sound


def found(store: Store) -> dict[str, Due]:
    register = Register(store)
    return {d.what: d for source in (work, meetings, returns) for d in source(register)}


def test_actions_late_and_near_are_there_and_those_far_off_or_done_are_not(store: Store) -> None:
    for title, due, status in (("Late", date(2026, 11, 1), "Open"), ("Near", date(2026, 12, 5), "Open"),
                               ("Far", date(2027, 6, 1), "Open"), ("Done", date(2026, 12, 1), "Done")):  # fmt: skip
        save(store, Action(title=title, due=due, status=status, owner="Ann Lee"))
    assert set(found(store)) == {"Late", "Near"}
    assert found(store)["Near"].where == "" and found(store)["Near"].owner == "Ann Lee"


def test_dates_of_the_contract_itself(store: Store) -> None:
    sound(store, review_date=date(2026, 12, 11), insurance_expiry=date(2026, 12, 1))
    said = found(store)
    assert said["Review the contract"].field == "review_date"
    assert said["Insurance certificate runs out"].day == date(2026, 12, 1)


def test_parts_of_the_contract(store: Store) -> None:
    number = sound(store).id
    save(
        store,
        ReviewMeeting(contract=number, title="Quarterly review", on=date(2026, 12, 9)),
        ReviewMeeting(contract=number, title="Past", on=date(2026, 10, 9)),
        PerformanceNotice(contract=number, title="Late starts", served_on=date(2026, 11, 20)),
        ImprovementPlan(contract=number, title="Plan", status="Agreed"),
        Milestone(plan=1, title="Recruit", due=date(2026, 12, 24)),
        Risk(contract=number, title="Rent", review_on=date(2026, 12, 1)),
    )
    assert set(found(store)) == {
        "Quarterly review", "Meet on the breach: Late starts", "Milestone: Recruit", "Look at the risk again: Rent",
    }  # fmt: skip


def test_a_kpi_return_is_due_until_its_result_is_there(store: Store) -> None:
    contract = sound(store)
    save(store, Kpi(contract=contract.id, title="Seen in time", begins=date(2026, 4, 1), frequency="Monthly"))
    each = found(store)["Seen in time: result for Oct 2026"]
    assert each.day == date(2026, 11, 30)
    save(store, KpiResult(kpi=1, period_start=date(2026, 10, 1), value=Decimal(90)))
    assert not found(store)
