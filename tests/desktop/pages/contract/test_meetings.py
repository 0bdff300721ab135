"""Meetings and actions of a contract, as a commissioner keeps them."""

from __future__ import annotations

from datetime import date

from desktop.pages.contract.meetings import next_due
from desktop.session import Session
from storage.records.actions import Action
from storage.records.contracts import Contract
from storage.records.meetings import Attendance, ReviewMeeting
from tests.desktop.conftest import TODAY
from tests.desktop.pages.contract.conftest import Tabbed, last_step, press, section_of, spoken, type_part


def meeting(session: Session, **values: object) -> None:
    with session.store.step("Meet"):
        session.store.save(ReviewMeeting(contract=1, **values))  # type: ignore[arg-type]


def test_a_meeting_with_its_people_and_what_was_agreed(session: Session, tab: Tabbed) -> None:
    meetings = section_of(tab("meetings"), "Meetings")
    meetings.add()
    type_part(meetings, "on", "10/11/2026")
    assert meetings.inside is not None
    people, agreed = meetings.inside.lists
    people.add()
    type_part(people, "title", "Ade Bright")
    assert session.store.get(Attendance, 1).meeting == 1
    agreed.add()
    type_part(agreed, "title", "Send the waiting list")
    made = session.store.get(Action, 1)
    assert (made.meeting, made.contract) == (1, 1), "it is among the actions of the contract too"
    meetings.close_part()
    assert spoken(meetings) == ["Name: Contract review; Date: 10 Nov 2026; Actions: 1 of 1 open"]
    assert meetings.summary() == "1 meeting held"


def test_a_new_meeting_is_on_the_day_the_last_one_set(session: Session, tab: Tabbed) -> None:
    meeting(
        session,
        title="Quarterly review",
        on=date(2026, 9, 10),
        next_on=date(2026, 12, 10),
        chair="Joy Okafor",
    )
    meetings = section_of(tab("meetings"), "Meetings")
    meetings.add()
    made = session.store.get(ReviewMeeting, 2)
    assert (made.on, made.title, made.chair) == (date(2026, 12, 10), "Quarterly review", "Joy Okafor")
    assert any("10 Dec 2026, to come" in each for each in spoken(meetings))


def test_actions_show_their_number_and_are_marked_done(session: Session, tab: Tabbed) -> None:
    with session.store.step("Act"):
        session.store.save(Action(contract=1, title="Check the insurance", due=date(2026, 11, 1)))
    actions = section_of(tab("meetings"), "Actions")
    assert spoken(actions) == [
        "What is to be done: Check the insurance; No.: 1; Due: 1 Nov 2026, overdue; Status: Open"
    ]
    assert actions.summary() == "1 open, 1 overdue"
    actions.open_part(1)
    assert actions.inside is not None
    press(actions.inside, "Mark done")
    done = session.store.get(Action, 1)
    assert (done.status, done.done_on) == ("Done", TODAY)
    assert actions.summary() == "0 open"


def test_adding_an_action_is_a_step_that_says_so(session: Session, tab: Tabbed) -> None:
    actions = section_of(tab("meetings"), "Actions")
    actions.add()
    assert last_step(session) == "Add an action to Stroke support"
    assert session.store.get(Action, 1).contract == 1


def test_the_next_review_follows_the_cycle_or_the_tier(session: Session) -> None:
    held = session.store.get(Contract, 1)
    assert next_due(session.store, held, TODAY) == ()
    session.change(Contract, 1, {"tier": "Silver"})
    meeting(session, on=date(2026, 9, 10))
    [said] = next_due(session.store, session.store.get(Contract, 1), TODAY)
    assert said.value == "10 Dec 2026"
    session.change(Contract, 1, {"review_cycle": "Monthly"})
    [said] = next_due(session.store, session.store.get(Contract, 1), TODAY)
    assert said.value == "10 Oct 2026, overdue"
