"""The lists of a contract on a page: what is worst, next or latest stands first."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from storage.engine.fields import Period
from storage.exchange.paper.papers_contract import LinkedPaper, MarkPaper, OptionPaper
from storage.exchange.paper.print_contract_lists import (
    clipped,
    kpi_papers,
    notice_papers,
    open_actions_with_words,
    option_papers,
    risk_papers,
)
from storage.records.contracts import Contract
from storage.records.measures import Kpi, KpiResult
from storage.records.terms import Extension
from tests.storage.desk.register import TODAY, Register, make_register
from tests.storage.exchange.contract_samples import (
    add_actions,
    add_concerns,
    add_measures,
    add_meetings,
    add_running,
)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    made = make_register(tmp_path / "register.desk")
    yield made
    made.store.close()


def test_measures_show_four_periods_and_the_worst_comes_first(register: Register) -> None:
    add_measures(register.store, register.contract, 3)
    with register.store.step("Older"):
        store = register.store
        store.save(KpiResult(kpi=1, period_start=date(2025, 7, 1), value=Decimal(99)))
        late = store.save(Kpi(contract=register.contract, title="Lease signed", better="Milestone",
                              due_on=date(2026, 5, 1)))  # fmt: skip
        store.save(Kpi(contract=register.contract, title="Did not attend", better="Lower is better", unit="%",
                       target=Decimal(8), frequency="Once"))  # fmt: skip
        store.save(KpiResult(kpi=late.key + 1, period_start=date(2026, 7, 1)))
    papers = kpi_papers(store, register.contract, notes=True)
    first = papers[1]
    assert (first.title, first.target) == ("People seen in time, group 1 (outcome)", "at least 90%")
    assert first.marks == (
        MarkPaper("Green", "95%", "Q3 25/26"),
        MarkPaper("Green", "91%", "Q4 25/26"),
        MarkPaper("Amber", "87%", "Q1 26/27"),
        MarkPaper("Red", "70%", "Q2 26/27"),
    )
    assert (first.rating, first.trend, first.note) == ("Red", "Worsening", "Two clinicians have left.")
    assert [p.rating for p in papers] == ["Red", "Red", "Unrated", "Green", "Green"]
    assert papers[0].target == "by 1 May 2026"
    assert (papers[2].target, papers[2].marks) == ("at most 8%", (MarkPaper("Unrated", "none", "Jul 2026"),))
    assert kpi_papers(store, register.contract)[1].note == ""


def test_options_say_where_they_lead_and_by_when_to_decide(register: Register) -> None:
    store = register.store
    store.change(Contract, register.contract, {"term": "2+1+1", "current_end": date(2027, 3, 31)})
    contract = store.get(Contract, register.contract)
    assert [
        (o.name, o.length, o.until, o.value) for o in option_papers(store, contract, date(2026, 1, 1))
    ] == [
        ("Option 1", "1 year", "to 31 Mar 2028", "no value recorded"),
        ("Option 2", "1 year", "to 31 Mar 2029", "no value recorded"),
    ]
    assert {o.status for o in option_papers(store, contract, date(2026, 12, 1))} == {"Lapsed"}
    with store.step("Options"):
        store.save(Extension(contract=contract.key, length=Period(6, "m"), status="Taken up", value=5_00,
                             decided_on=date(2026, 3, 1), title="Option A"))  # fmt: skip
    assert option_papers(store, store.get(Contract, contract.key), TODAY) == (
        OptionPaper("Option A", "6 months", "to 30 Sep 2027", "£5", "1 Mar 2026", "Taken up"),
    )


def test_notices_and_risks_come_in_the_order_of_their_weight(register: Register) -> None:
    add_running(register.store, register.contract)
    add_concerns(register.store, register.contract)
    assert notice_papers(register.store, register.contract) == (
        LinkedPaper("Performance: Waits above the limit", "open, served 19 Oct 2026"),
        LinkedPaper("Activity query", "received by us 3 Jun 2026, not acknowledged"),
        LinkedPaper("Variation", "served by us 3 Feb 2026, acknowledged 9 Feb 2026"),
    )
    assert [r.name for r in risk_papers(register.store, register.contract)] == [
        "Clinicians leave",
        "Lease ends",
    ]
    assert risk_papers(register.store, register.contract)[0].detail == "Extreme 16, Gareth Pellow"


def test_actions_are_told_against_the_last_meeting(register: Register) -> None:
    held, _ = add_meetings(register.store, register.contract)
    add_actions(register.store, register.contract, held, 3)
    papers, said = open_actions_with_words(register.store, register.contract, TODAY)
    assert [(a.number, a.late) for a in papers] == [("1", True), ("3", True), ("2", False)]
    assert said == "Last meeting 3 Sep 2026: 3 agreed there, 1 done since."
    assert (
        open_actions_with_words(register.store, register.contract, date(2026, 1, 1))[1]
        == "No meeting is recorded."
    )


def test_long_words_are_cut_at_a_word() -> None:
    assert clipped("  a  short\nline ") == "a short line"
    assert clipped("word " * 60, 20) == "word word word…"
    assert clipped("x" * 60, 20) == "x" * 19 + "…"
    assert replace(LinkedPaper("a"), detail="b") == LinkedPaper("a", "b")
