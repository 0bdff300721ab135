"""Decisions of a contract on their tab: verdicts with reasons, notices in turn, the guided way to a process."""

from __future__ import annotations

from datetime import date

from pytestqt.qtbot import QtBot

from desktop.dialogs.which_process import WhichProcess
from desktop.pages.contract_detail import ContractDetail
from desktop.pages.part_section import PartSection
from desktop.pages.tab_extra import WorkedExtra
from desktop.session import Session
from storage.records.contracts import Contract
from storage.records.procurements import Procurement, PublishedNotice
from tests.desktop.pages.contract.conftest import Tabbed, last_step, press, section_of, spoken, type_part
from widgets.worked import WorkedValue

PSR, ACT = "Provider Selection Regime", "Procurement Act 2023"


def decision(session: Session, **values: object) -> None:
    with session.store.step("Decide"):
        session.store.save(Procurement(contract=1, title="Award", **values))  # type: ignore[arg-type]


def said(decisions: PartSection) -> dict[str, WorkedValue]:
    assert decisions.inside is not None
    return {v.label: v for v in decisions.inside._worked._said.values()}


def test_a_first_decision_is_an_award_and_the_next_a_change(session: Session, tab: Tabbed) -> None:
    session.change(Contract, 1, {"regime": PSR, "award_value": 500_000_00})
    decisions = section_of(tab("procurement"), "Decisions")
    decisions.add()
    first = session.store.get(Procurement, 1)
    assert (first.kind, first.regime, first.lifetime_value) == ("Award", PSR, 500_000_00)
    decisions.add()
    assert session.store.get(Procurement, 2).kind == "Modification"


def test_the_standstill_follows_what_is_typed(session: Session, tab: Tabbed) -> None:
    decision(session, regime=PSR, process="Direct award process C")
    decisions = section_of(tab("procurement"), "Decisions")
    decisions.open_part(1)
    assert said(decisions)["Standstill"].value == "Not begun"
    type_part(decisions, "intention_on", "2/11/2026")
    lines = said(decisions)
    assert next(iter(lines)) == "Award no earlier than"
    assert lines["Award no earlier than"].value == "14 Nov 2026"
    assert "13 Nov 2026" in lines["Award no earlier than"].why
    type_part(decisions, "awarded_on", "12/11/2026")
    assert said(decisions)["Award no earlier than"].value == "14 Nov 2026 (it was awarded before)"


def test_without_a_regime_it_asks_for_one(session: Session, tab: Tabbed) -> None:
    decision(session)
    decisions = section_of(tab("procurement"), "Decisions")
    decisions.open_part(1)
    assert said(decisions)["What the rules say"].value == "Not known yet"


def test_notices_owed_stand_with_their_days_and_the_next_is_suggested(session: Session, tab: Tabbed) -> None:
    decision(session, regime=ACT, process="Open procedure", lifetime_value=6_000_000_00, begun_on=date(2026, 6, 1),
             decided_on=date(2026, 9, 1), awarded_on=date(2026, 9, 20))  # fmt: skip
    decisions = section_of(tab("procurement"), "Decisions")
    decisions.open_part(1)
    lines = said(decisions)
    assert lines["KPIs to set and publish?"].value == "Yes"
    assert lines["Above the threshold?"].value == "Yes"
    assert any(label.endswith("(UK7)") for label in lines)
    assert decisions.inside is not None
    published, _ = decisions.inside.lists
    published.add()
    made = session.store.get(PublishedNotice, 1)
    assert made.code.startswith("UK") and made.title
    type_part(published, "published_on", "5/6/2026")
    assert any(v.value.startswith("Published 5 Jun 2026") for v in said(decisions).values())


def test_a_change_is_tested_and_says_what_is_not_known(session: Session, tab: Tabbed) -> None:
    decision(session, kind="Modification", regime=PSR, value_change=10_000_00)
    decisions = section_of(tab("procurement"), "Decisions")
    decisions.open_part(1)
    assert said(decisions)["May it be changed so?"].value == "Not known yet"
    session.change(Procurement, 1, {"provided_for": True, "material": False})
    assert said(decisions)["May it be changed so?"].value == "Permitted"
    session.change(Procurement, 1, {"regime": ACT})
    assert said(decisions)["Change notice"].value == "Not owed"


def test_the_guided_way_writes_the_process_with_its_reasons(
    qtbot: QtBot, session: Session, tab: Tabbed
) -> None:
    decision(session, regime=PSR)
    decisions = section_of(tab("procurement"), "Decisions")
    decisions.open_part(1)
    assert decisions.inside is not None
    press(decisions.inside, "Which process?…")
    dialog = decisions.inside.findChild(WhichProcess)
    assert dialog is not None
    qtbot.addWidget(dialog)
    for words in ("No", "No", "No", "No", "Yes"):
        press(dialog, words)
    press(dialog, "No")
    assert dialog._choice.count() == 3
    press(dialog, "Write it into the decision")
    made = session.store.get(Procurement, 1)
    assert made.process == "Direct award process C"
    assert "considerably different? No." in made.reasons
    assert last_step(session) == "Record the process of Award"
    assert said(decisions)["Standstill"].value == "Not begun"


def test_an_answer_can_be_taken_back_on_the_way(qtbot: QtBot, session: Session) -> None:
    decision(session, regime=PSR, psr_answers={"framework": False, "new_service": True})
    dialog = WhichProcess(None, session, session.store.get(Procurement, 1))  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    dialog.take_back("new_service")
    dialog.answer(False)
    dialog.answer(True)
    assert dialog.answers == {"framework": False, "new_service": False, "sole_capable": True}
    assert dialog._choice.currentText() == "Direct award process A" and not dialog._choice.isEnabled()


def test_the_rows_say_what_is_overdue(session: Session, tab: Tabbed) -> None:
    decision(session, regime=PSR, process="Direct award process A", decided_on=date(2026, 3, 1),
             awarded_on=date(2026, 3, 1))  # fmt: skip
    decisions = section_of(tab("procurement"), "Decisions")
    assert "overdue" in spoken(decisions)[0]


def test_the_transparency_duty_is_said_for_the_contract(detail: ContractDetail, tab: Tabbed) -> None:
    tab("procurement")
    extra = detail._extras["procurement"][0]
    assert isinstance(extra, WorkedExtra)
    extra.list.link_of("transparency").click()
    assert extra.list.why("transparency") == "Say whether this organisation is a council."
