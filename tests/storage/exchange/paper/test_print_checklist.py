"""A checklist on paper holds what the file holds: blank, part-filled, and signed for ever."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from storage.checklists.template import shipped
from storage.desk.bin import move_to_bin
from storage.desk.checklists.runs import (
    answer,
    raise_action,
    reopen,
    set_evidence,
    set_not_applicable,
    set_note,
    sign,
    start_run,
    waive,
)
from storage.desk.office import change_office
from storage.engine.errors import StorageError
from storage.exchange.paper.papers import (
    ChecklistPaper,
    Choices,
    Entry,
    GateWords,
    Matrix,
    QuestionPaper,
    Written,
)
from storage.exchange.paper.print_checklist import blank_checklist, checklist_paper
from storage.exchange.paper.printing import pdf
from storage.records.actions import Action
from storage.records.contracts import Contract
from tests.storage.desk.register import TODAY, Register, complete, make_register
from tests.storage.exchange.paper_samples import checklist, read, words
from tests.storage.exchange.paper_samples import question as asked

LATER = date(2027, 5, 4)
HOSTILE = '#panic("x") *a* $x$ <b>b</b> @ref \\ // `c` = [y] \u202e\x00 “”'


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    made = make_register(tmp_path / "register.desk")
    change_office(
        made.store, {"organisation": "Northmarsh ICB", "marking": "OFFICIAL", "person": "Joy Okafor"}
    )
    yield made
    made.store.close()


def question(paper: ChecklistPaper, question_id: str) -> QuestionPaper:
    return next(q for section in paper.sections for q in section.questions if q.id == question_id)


def facts(paper: ChecklistPaper) -> dict[str, str]:
    return {fact.label: fact.value for fact in paper.facts}


@pytest.mark.parametrize("template_id", [template.id for template in shipped()])
def test_every_template_prints_blank_with_all_its_questions(template_id: str) -> None:
    paper = blank_checklist(template_id, TODAY)
    template = next(t for t in shipped() if t.id == template_id)
    printed = [q.number for section in paper.sections for q in section.questions]
    assert printed == [q.number for q in template.questions]
    assert (paper.status, paper.version, paper.title) == ("blank", template.version, template.title)
    assert paper.imprint.organisation == ""
    assert all(not fact.value for fact in paper.facts)


def test_a_signed_form_offers_no_box_that_was_not_an_answer(register: Register) -> None:
    store = register.store
    run = start_run(store, "T01", contract=register.contract)
    assert "Not applicable" in words(pdf(checklist_paper(store, run.key, guidance=False)))
    complete(store, run.key)
    sign(store, run.key, name="Dr A Mehta", role="Director", decision="reshape")
    paper = checklist_paper(store, run.key)
    aside = sum(q.not_applicable for section in paper.sections for q in section.questions)
    printed = words(pdf(paper))
    assert printed.count("Not applicable") == printed.count("✓ Not applicable") == aside


def test_a_blank_form_takes_its_head_from_a_file_and_a_contract(register: Register) -> None:
    paper = blank_checklist("T01", TODAY, store=register.store, contract=register.contract)
    assert (paper.imprint.organisation, paper.imprint.marking) == ("Northmarsh ICB", "OFFICIAL")
    assert paper.subject == "Community dermatology clinics (CD-0064)"
    assert facts(paper)["Provider"] == "Millbrook Health CIC"
    assert facts(paper)["Last day to give notice"] == "30 September 2026"
    assert facts(paper)["Date of the meeting"] == ""
    with pytest.raises(StorageError, match="Nothing was printed"):
        blank_checklist("T99", TODAY)
    with pytest.raises(StorageError, match="Contract number 99"):
        blank_checklist("T01", TODAY, store=register.store, contract=99)


def test_a_blank_form_offers_every_part_and_says_when_it_counts() -> None:
    paper = blank_checklist("T01", TODAY)
    reasons = question(paper, "T01-01").parts[0]
    assert isinstance(reasons, Choices)
    assert reasons.several
    assert not any(option.chosen for option in reasons.options)
    assert [part.label for part in question(paper, "T01-09").parts] == [
        "Payments due",
        "Amount, or best estimate (if Yes)",
    ]
    assert question(paper, "T01-06").parts[3].label == "Split by financial year (may stay empty)"
    assert question(paper, "T01-03").gate == GateWords("Gate: needs Yes or a waiver")
    assert question(paper, "T01-10").gate == GateWords("Warns, does not stop sign-off", "advice")
    assert question(paper, "T01-05").gate is None
    written, entry = question(paper, "T01-05").parts[0], question(paper, "T01-23").parts[1]
    assert isinstance(written, Written)
    assert (written.label, written.lines) == ("", 2)
    assert entry == Entry("Date of the decision", "", "day, month, year")


def part_filled(register: Register) -> ChecklistPaper:
    """A run with an answer of most kinds, a waiver, evidence and an action."""
    store = register.store
    run = start_run(store, "T01", contract=register.contract, meeting_on=date(2026, 11, 26))
    assert checklist_paper(store, run.key).status == "blank"
    answer(store, run.key, "T01-06", "saving", -1_250_50)
    answer(store, run.key, "T01-07", "last_day", "2026-09-30")
    answer(store, run.key, "T01-13", "answer", "yes")
    answer(store, run.key, "T01-13", "highest", {"likelihood": 4, "consequence": 3})
    answer(store, run.key, "T01-09", "answer", "no", by="Sam Reed")
    set_not_applicable(store, run.key, "T01-21", "No clinical content")
    answer(store, run.key, "T01-16", "answer", "no")
    waive(store, run.key, "T01-16", name="Dr A Mehta", reason="Partners meet in May")
    set_note(store, run.key, "T01-16", "Asked in October")
    set_evidence(store, run.key, "T01-16", " Letter \n\nPanel pack, page 14")
    raise_action(store, run.key, "T01-16", "Write to partners", owner="Joy", due=date(2026, 12, 4))
    return checklist_paper(store, run.key)


def test_a_part_filled_run_holds_its_answers(register: Register) -> None:
    paper = part_filled(register)
    assert (paper.status, paper.status_words) == ("part", "Part-filled, not signed")
    assert question(paper, "T01-06").parts[0] == Entry(
        "Recurrent saving in a full year", "−£1,250.50", "in pounds and pence"
    )
    assert question(paper, "T01-07").parts[1] == Entry(
        "Last day to give notice", "30 September 2026", "day, month, year"
    )
    assert question(paper, "T01-13").parts[1] == Matrix("Highest score", 4, 3, "12", "High")
    assert [part.label for part in question(paper, "T01-09").parts] == ["Payments due"]
    aside = question(paper, "T01-21")
    assert (aside.not_applicable, aside.reason, aside.answered) == (True, "No clinical content", True)


def test_what_stands_beside_an_answer_is_on_the_paper(register: Register) -> None:
    paper = part_filled(register)
    waived = question(paper, "T01-16")
    assert waived.gate == GateWords("Gate closed: needs Yes or a waiver")
    assert waived.waiver == "Dr A Mehta, 23 November 2026: Partners meet in May"
    assert (waived.note, waived.evidence) == ("Asked in October", ("Letter", "Panel pack, page 14"))
    assert waived.actions == ("Write to partners, Joy, by 4 Dec 2026",)
    assert waived.answered_by == "Joy Okafor, 23 November 2026"
    assert question(paper, "T01-09").answered_by == "Sam Reed, 23 November 2026"
    assert paper.progress == "3 of 26 questions answered; 1 not applicable, left out of the count"
    assert paper.gates.startswith("Gates: 2 open, 1 waived, 0 closed, ")
    assert (facts(paper)["Checklist"], facts(paper)["Date of the meeting"]) == ("CL-1", "26 November 2026")
    assert paper.sign_off is not None
    assert not any(option.chosen for option in paper.sign_off.decisions)


def test_a_signed_run_prints_the_same_for_ever(register: Register) -> None:
    store = register.store
    run = start_run(store, "T01", contract=register.contract)
    complete(store, run.key)
    action = raise_action(store, run.key, "T01-16", "Write to partners", owner="Joy", due=date(2026, 12, 4))
    assert checklist_paper(store, run.key).status_words == "Ready to sign, not signed yet"
    sign(
        store, run.key, name="Dr A Mehta", role="Director", decision="reshape", conditions="Report in May",
        next_review=date(2027, 5, 1),
    )  # fmt: skip
    signed = checklist_paper(store, run.key)
    bytes_then = pdf(signed)
    store.change(Contract, register.contract, {"title": "Renamed", "current_end": date(2030, 1, 1)})
    store.change(Action, action.key, {"title": "Something else", "status": "Done"})
    with store.step("A late action"):
        store.save(Action(title="Late", run=run.id, question="T01-16"))
    move_to_bin(store, Contract, [register.contract])
    again = checklist_paper(store, run.key)
    assert again == signed
    assert pdf(again) == bytes_then
    assert (signed.status, signed.status_words) == (
        "complete",
        "Signed by Dr A Mehta, Director, 23 November 2026",
    )
    assert facts(signed)["Current end"] == "31 March 2027"
    assert [a.title for a in signed.actions] == ["Write to partners"]
    sign_off = signed.sign_off
    assert sign_off is not None
    assert (sign_off.name, sign_off.role, sign_off.date) == ("Dr A Mehta", "Director", "23 November 2026")
    assert (sign_off.conditions, sign_off.review) == ("Report in May", "1 May 2027")
    assert [o.words for o in sign_off.decisions if o.chosen] == ["Re-shape the service"]


def test_only_the_day_of_printing_differs_later(register: Register) -> None:
    store = register.store
    run = start_run(store, "T04", service=register.service)
    complete(store, run.key)
    sign(store, run.key, name="Dr A Mehta", role="Director", decision="Go on")
    now, later = checklist_paper(store, run.key), checklist_paper(store, run.key, LATER)
    assert later.imprint.printed_on == LATER
    assert replace(later, imprint=now.imprint) == now


def test_an_open_run_follows_its_subject_and_says_that_it_was_reopened(register: Register) -> None:
    store = register.store
    run = start_run(store, "T04", contract=register.contract)
    complete(store, run.key)
    sign(store, run.key, name="Dr A Mehta", role="Director", decision="Go on")
    reopen(store, run.key, reason="A figure was wrong.")
    store.change(Contract, register.contract, {"title": "Renamed"})
    move_to_bin(store, Contract, [register.contract])
    paper = checklist_paper(store, run.key)
    assert paper.subject == "Renamed (CD-0064), in the bin"
    assert facts(paper)["Reopened"].startswith(
        "Reopened on 23 November 2026 by Joy Okafor: A figure was wrong."
    )


def test_hostile_words_stay_words_on_paper(register: Register) -> None:
    store = register.store
    words = HOSTILE.replace("\x00", "")
    change_office(store, {"organisation": words, "person": words})
    store.change(Contract, register.contract, {"title": words, "reference": words})
    run = start_run(store, "T01", contract=register.contract, title=words)
    answer(store, run.key, "T01-05", "answer", words)
    set_note(store, run.key, "T01-05", words)
    waive(store, run.key, "T01-03", name=words, reason=words)
    raise_action(store, run.key, "T01-05", words, owner=words)
    paper = checklist_paper(store, run.key)
    assert question(paper, "T01-05").parts[0] == Written("", words, 2)
    assert pdf(paper).startswith(b"%PDF-")


def test_a_run_that_is_not_there_is_told(register: Register) -> None:
    with pytest.raises(StorageError, match="Checklist number 9 is not in this file"):
        checklist_paper(register.store, 9)


def test_draft_stands_on_every_page_until_it_is_signed() -> None:
    for status, marked in (("part", True), ("complete", False), ("blank", False)):
        content = pdf(checklist(*(asked(number) for number in range(1, 30)), status=status))
        pages = [page.extract_text() for page in read(content).pages]
        assert len(pages) > 1 and {"DRAFT" in page for page in pages} == {marked}


def test_a_risk_is_printed_as_a_picture_of_the_matrix_beside_its_ticks() -> None:
    risk = asked(1, parts=(Matrix("Before", 4, 5, "20", "Extreme"), Matrix("After")), answered=True)
    content = pdf(checklist(risk, status="part"))
    alts = [str(each["/Alt"]) for each in _objects(read(content)) if "/Alt" in each]
    assert alts == ["Matrix of likelihood by consequence; marked is likelihood 4, consequence 5."]
    assert "Before" in words(content) and "Score 20, Extreme" in words(content)


def test_a_risk_that_has_moved_shows_on_paper_where_it_stood_and_says_it_to_readers_aloud() -> None:
    moved = Matrix("Now", 4, 5, "20", "Extreme", (2, 3), "Up by 14 since the last review.")
    stays = Matrix("Then", 4, 5, "20", "Extreme", (4, 5), "Unchanged since the last review.")
    content = pdf(checklist(asked(1, parts=(moved, stays), answered=True), status="part"))
    alts = {str(each["/Alt"]) for each in _objects(read(content)) if "/Alt" in each}
    begin = "Matrix of likelihood by consequence; marked is likelihood 4, consequence 5"
    assert alts == {
        f"{begin}, moved from likelihood 2, consequence 3.",
        f"{begin}, as before at likelihood 4, consequence 5.",
    }
    assert "Up by 14 since the last review." in words(content)


def _objects(held: PdfReader) -> Iterator[DictionaryObject]:
    for number in range(1, len(held.xref_objStm) + sum(map(len, held.xref.values())) + 1):
        found = held.get_object(number)
        if isinstance(found, DictionaryObject):
            yield found
