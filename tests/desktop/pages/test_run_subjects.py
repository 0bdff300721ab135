"""Checklists about a provider or a procurement decision: started on their pages, shown there, and led back to."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.dialogs.start_checklist import StartDialog
from desktop.pages.checklist_run import RunView
from desktop.pages.contract_links import contract_links
from desktop.pages.page import Place
from desktop.pages.provider_detail import ProviderDetail
from desktop.pages.run_subjects import run_rows, runs_about, subject_place
from desktop.session import Session
from storage.desk.checklists.runs import start_run
from storage.records.assessments import Run
from storage.records.contracts import Contract
from storage.records.procurements import Procurement
from tests.desktop.pages.contract.conftest import Tabbed, detail, section_of, tab

__all__ = ["detail", "tab"]


@pytest.fixture
def decision(session: Session) -> Procurement:
    with session.store.step("Buy"):
        return session.store.save(Procurement(contract=1, title="Award of skin clinics"))


def test_the_page_of_a_provider_starts_checklists_and_lists_them(qtbot: QtBot, session: Session) -> None:
    page = ProviderDetail(session)
    qtbot.addWidget(page)
    page.show_record(1)
    asked: list[str] = []
    page.command.connect(asked.append)
    next(b for b in page.findChildren(QPushButton) if b.text() == "Start checklist…").click()
    assert asked == ["new.checklist"]
    run = start_run(session.store, "T21", provider=1)
    record = page.record
    assert record is not None
    rows = {group.title: group.rows for group in page.groups(record)}["Checklists"]
    assert [(row.words, row.place) for row in rows] == [(run.name, Place("checklists", run.key))]


def test_a_decision_starts_checklists_and_says_how_far_they_are(
    session: Session, decision: Procurement, tab: Tabbed, qtbot: QtBot
) -> None:
    part = section_of(tab("procurement"), "Decisions")
    part.open_part(decision.key)
    inside = part.inside
    assert inside is not None
    presses = {b.text(): b for b in inside.findChildren(QPushButton)}
    said: list[str] = []
    session.said.connect(said.append)
    presses["Its checklists…"].click()
    assert said == ["No checklist is about Award of skin clinics yet."]
    presses["Start checklist…"].click()
    dialog = inside.findChild(StartDialog)
    assert isinstance(dialog, QObject)
    dialog.choices.search.setText("procurement route")
    with qtbot.waitSignal(inside.go) as heard:
        dialog._do.click()
    (run,) = runs_about(session.store, "procurement", decision.key)
    assert heard.args == [Place("checklists", run.key)]
    worked = {each.label: each.value for each in inside._worked._said.values()}
    assert worked["Procurement route record"] == "In progress"
    with qtbot.waitSignal(inside.go) as again:
        presses["Its checklists…"].click()
    assert again.args == [Place("checklists", run.key)]


def test_the_links_of_a_contract_name_the_checklists_of_its_decisions(
    session: Session, decision: Procurement
) -> None:
    start_run(session.store, "T25", procurement=decision.key)
    start_run(session.store, "T11", contract=1)
    groups = {
        group.key: group.rows for group in contract_links(session.store, session.store.get(Contract, 1))
    }
    assert [row.note.split(",")[0] for row in groups["run"]] == ["In progress", "for Award of skin clinics"]


def test_a_run_leads_back_to_what_it_is_about(qtbot: QtBot, session: Session, decision: Procurement) -> None:
    about_provider = start_run(session.store, "T21", provider=1)
    about_decision = start_run(session.store, "T25", procurement=decision.key)
    assert subject_place(session.store, about_provider) == Place("providers", 1)
    expected = Place("contracts", 1, f"procurement/procurement/{decision.key}/")
    assert subject_place(session.store, about_decision) == expected
    assert subject_place(session.store, Run(title="About nothing")) is None
    assert run_rows(session.store, "provider", 99) == () and runs_about(session.store, "provider") == []
    page = RunView(session)
    qtbot.addWidget(page)
    page.show_run(about_decision.key)
    assert page._subject.text() == "Go to the procurement"
    with qtbot.waitSignal(page.go) as heard:
        page._subject.click()
    assert heard.args == [expected]
