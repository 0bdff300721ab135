"""The pack for a meeting: one tagged PDF, a bookmark for each part, and in each part what the file holds."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from storage.exchange.paper.papers import Fact
from storage.exchange.paper.papers_letter import LetterBlock
from storage.exchange.paper.papers_meeting import PARTS, RowPaper, YearPaper
from storage.exchange.paper.print_meeting_pack import USUAL_AGENDA, meeting_pack
from storage.exchange.paper.printing import pdf
from storage.records.meetings import ReviewMeeting
from storage.records.running import ImprovementPlan, Milestone
from tests.storage.desk.register import TODAY, Register, make_register
from tests.storage.exchange.contract_samples import add_everything
from tests.storage.exchange.paper_samples import TRICKY, read, words


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    made = make_register(tmp_path / "register.desk")
    yield made
    made.store.close()


def bookmarks(content: bytes) -> list[str]:
    return [str(each["/Title"]) for each in read(content).outline if isinstance(each, dict)]


def test_a_whole_pack_has_every_part_under_a_bookmark(register: Register) -> None:
    coming = add_everything(register.store, register.contract)
    content = pdf(meeting_pack(register.store, coming))
    assert b"pdfuaid" in content
    assert bookmarks(content) == list(PARTS.values())
    printed = words(content)
    for expected in (
        "Quarter 2 review", "Thursday 3 December 2026", "Room 4", "3. Money", "Ruth Abernathy",
        "Quarter 1 review on 3 September 2026, chaired by Gareth Pellow.", "Waiting times are", "N1", "N8",
        "Done since the last meeting", "Two clinicians have left.", "2025/26", "£1,500.00 over plan",
        "Northmarsh Council", "A Saturday clinic", "The contract on a page", "Next meeting on", "Signature",
    ):  # fmt: skip
        assert expected in printed, expected


def test_parts_are_left_out_that_nobody_asked_for(register: Register) -> None:
    coming = add_everything(register.store, register.contract)
    content = pdf(meeting_pack(register.store, coming, ("sign_in", "kpis")))
    assert bookmarks(content) == ["KPI scorecard", "Sign-in sheet"]
    assert b"pdfuaid" in content
    assert meeting_pack(register.store, coming, ("kpis",)).page is None


def test_the_facts_of_the_meeting_and_the_last_one(register: Register) -> None:
    coming = add_everything(register.store, register.contract)
    paper = meeting_pack(register.store, coming)
    assert Fact("Time", "10:00") in paper.facts
    assert paper.agenda == ("Last minutes", "Measures", "Money")
    assert paper.minutes == (
        LetterBlock("paragraph", ("The figures were gone through.",)),
        LetterBlock("list", ("Waiting times are **up**.",)),
    )
    assert [a.number for a in paper.actions] == ["1", "3", "2", "4"]
    assert [(a.number, a.due) for a in paper.done] == [("5", "2 Oct 2026")]
    assert paper.document_title == ("Meeting pack – CD-0064 – Quarter 2 review – Thursday 3 December 2026")
    first = meeting_pack(register.store, coming - 1)
    assert first.last_said == "No earlier meeting is recorded."
    assert first.done == ()


def test_money_is_set_against_the_plan_year_by_year(register: Register) -> None:
    coming = add_everything(register.store, register.contract)
    finance = meeting_pack(register.store, coming).finance
    assert finance.years == (
        YearPaper("2025/26", "£60,000", "£60,000", "£61,500", "£1,500.00 over plan (2.5%)"),
        YearPaper("2026/27", "£62,000", "£65,000", "£30,000", "£3,000.00 over plan (4.84%)"),
        YearPaper("2027/28", "to be confirmed", "–", "–", "No planned value is recorded."),
    )
    assert "Not counted: 2027/28." in finance.together
    assert finance.contributions == (RowPaper(("Northmarsh Council", "2026/27", "Cash", "£12,000", "")),)
    assert finance.variations == (RowPaper(("V3", "A Saturday clinic", "Proposed", "1 Jan 2027", "£18,000")),)


def test_the_form_is_filled_with_what_is_known(register: Register) -> None:
    coming = add_everything(register.store, register.contract)
    with register.store.step("Plan"):
        plan = register.store.save(ImprovementPlan(contract=register.contract, title="Recovery"))
        done = register.store.save(ImprovementPlan(contract=register.contract, title="Old", status="Done"))
        register.store.save(Milestone(plan=plan.key, title="New clinician", due=date(2026, 11, 1)))
        register.store.save(Milestone(plan=plan.key, title="Rota agreed"))
        register.store.save(Milestone(plan=done.key, title="Old step"))
    form = {section.title: section for section in meeting_pack(register.store, coming).form}
    assert [(k.name, k.detail) for k in form["Performance"].known] == [
        ("People seen in time, group 1 (outcome)", "Red, 70%; target at least 90%")
    ]
    assert [(k.name, k.detail) for k in form["Plans to put things right"].known] == [
        ("Recovery: New clinician", "due 1 Nov 2026, overdue"),
        ("Recovery: Rota agreed", "no day set"),
    ]
    assert form["Dates ahead"].known[0].name == "Contract review"
    assert form["Overall"].choices


def test_a_bare_meeting_and_odd_words_print(register: Register) -> None:
    with register.store.step("Bare"):
        bare = register.store.save(
            ReviewMeeting(contract=register.contract, on=TODAY, title=TRICKY, agenda="", minutes=TRICKY)
        )
        undated = register.store.save(ReviewMeeting(contract=register.contract, title=""))
    paper = meeting_pack(register.store, bare.key)
    assert paper.agenda == USUAL_AGENDA
    assert b"pdfuaid" in pdf(paper)
    assert Fact("Date", "to be agreed") in meeting_pack(register.store, undated.key).facts
    assert "No measure is recorded for this contract." in words(
        pdf(meeting_pack(register.store, undated.key))
    )
