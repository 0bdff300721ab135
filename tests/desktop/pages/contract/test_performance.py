"""Performance notices, the plans that follow and their milestones, three lists inside one another."""

from __future__ import annotations

from datetime import date

from desktop.session import Session
from storage.records.running import ImprovementPlan, Milestone, PerformanceNotice
from tests.desktop.conftest import TODAY
from tests.desktop.pages.contract.conftest import Tabbed, press, section_of, spoken, type_part


def test_a_breach_is_followed_from_notice_to_milestone(session: Session, tab: Tabbed) -> None:
    notices = section_of(tab("performance"), "Performance notices")
    notices.add()
    type_part(notices, "title", "Waits above 10 days")
    type_part(notices, "served_on", "2/11/2026")
    assert notices.inside is not None
    said = {v.key: v.value for v in notices.inside._worked._said.values()}
    assert said["path"] == "Meeting, by 16 Nov 2026"
    [plans] = notices.inside.lists
    plans.add()
    type_part(plans, "title", "Fewer waits")
    plan = session.store.get(ImprovementPlan, 1)
    assert (plan.performance_notice, plan.contract, plan.kind) == (1, 1, "Remedial action plan")
    assert plans.inside is not None
    [milestones] = plans.inside.lists
    milestones.add()
    type_part(milestones, "title", "Second worker")
    type_part(milestones, "due", "20/11/2026")
    assert session.store.get(Milestone, 1).plan == 1
    assert spoken(plans)[0].endswith("Milestones: 0 of 1 done, 1 overdue")
    milestones.open_part(1)
    assert milestones.inside is not None
    press(milestones.inside, "Done today")
    assert session.store.get(Milestone, 1).done_on == TODAY
    notices.close_part()
    assert spoken(notices) == [
        "Breach: Waits above 10 days; Status: Open; Notice served on: 2 Nov 2026; Next: Meeting, by 16 Nov 2026"
    ]


def test_money_withheld_is_followed_until_it_is_returned(session: Session, tab: Tabbed) -> None:
    with session.store.step("Serve"):
        session.store.save(PerformanceNotice(contract=1, title="Waits", withheld=5_000_00, returned=2_000_00))
    notices = section_of(tab("performance"), "Performance notices")
    assert "Withheld: £3,000" in spoken(notices)[0]


def test_plans_without_a_notice_have_a_list_of_their_own(session: Session, tab: Tabbed) -> None:
    panel = tab("performance")
    plans = section_of(panel, "Improvement plans")
    plans.add()
    made = session.store.get(ImprovementPlan, 1)
    assert (made.contract, made.performance_notice) == (1, None)
    type_part(plans, "title", "Ethnicity recorded")
    type_part(plans, "due", "1/11/2026")
    plans.close_part()
    assert "Due: 1 Nov 2026, overdue" in spoken(plans)[0]
    with session.store.step("Serve"):
        notice = session.store.save(PerformanceNotice(contract=1, title="Waits", served_on=date(2026, 11, 2)))
        session.store.save(ImprovementPlan(contract=1, performance_notice=notice.id, title="Fewer waits"))
    assert len(plans.rows.ids()) == 1, "what follows a notice is shown inside it"


def test_a_place_leads_to_a_milestone_three_lists_deep(session: Session, tab: Tabbed) -> None:
    with session.store.step("Serve"):
        notice = session.store.save(PerformanceNotice(contract=1, title="Waits"))
        plan = session.store.save(
            ImprovementPlan(contract=1, performance_notice=notice.id, title="Fewer waits")
        )
        other = session.store.save(ImprovementPlan(contract=1, title="Ethnicity recorded"))
        session.store.save_many([Milestone(plan=plan.id, title="One"), Milestone(plan=other.id, title="Two")])
    panel = tab("performance")
    notices, plans = panel.sections
    assert panel.reveal("milestone", 1, "due")
    assert notices.rows.opened() == 1 and notices.inside is not None
    [following] = notices.inside.lists
    assert following.inside is not None and following.inside.lists[0].rows.opened() == 1
    assert panel.reveal("milestone", 2)
    assert plans.rows.opened() == 2
    assert not panel.reveal("milestone", 99)
