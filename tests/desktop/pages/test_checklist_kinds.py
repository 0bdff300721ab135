"""A run with conditions, rows, demands and prefilled values in the window; answers typed from paper by number."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import storage.records  # noqa: F401 - enters every record class
from desktop.dialogs.pick import PickDialog
from desktop.pages.checklist_run import RunView
from desktop.session import Session
from storage.desk.checklists.run_state import run_state
from storage.engine.opening import new_store
from storage.records.assessments import Given, Run
from storage.records.contracts import Contract
from storage.records.documents import Document
from tests.storage.desk.run_samples import start_everything
from widgets.checklist import ChecklistView
from widgets.checklist_card import QuestionCard

TODAY = date(2026, 11, 29)


@pytest.fixture
def session(qapp: QApplication, tmp_path: Path) -> Iterator[Session]:
    store = new_store(tmp_path / "desk.desk", who="me", today=lambda: TODAY)
    made = Session(store)
    with store.step("Add"):
        contract = store.save(Contract(title="Skin clinics", reference="CD-64"))
        store.save(Document(title="Report", contract=contract.key, address="https://example.org/b"))
    start_everything(store, contract.key)
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> RunView:
    made = RunView(session)
    session.changed.connect(lambda _changes: made.refresh())
    qtbot.addWidget(made)
    made.resize(1366, 700)
    with qtbot.waitExposed(made):
        made.show()
    made.show_run(1)
    qtbot.waitUntil(lambda: view_of(made).is_finished)
    return made


def view_of(page: RunView) -> ChecklistView:
    assert page.view is not None
    return page.view


def card(page: RunView, question: str) -> QuestionCard:
    found = view_of(page).card(question)
    assert found is not None
    return found


def given(session: Session, question: str) -> Given:
    return run_state(session.store, 1).given[question]


def typed(page: RunView, words: str) -> None:
    line = view_of(page).bar.line
    line.setText(words)
    line.returnPressed.emit()


def test_a_question_appears_with_the_answer_that_asks_it_and_is_kept_greyed(
    page: RunView, session: Session
) -> None:
    assert not card(page, "T90-02").isVisible()
    typed(page, "1 y")
    assert card(page, "T90-02").isVisible()
    assert card(page, "T90-02").question.condition == "Asked if question 01 is Yes."
    view_of(page).answered.emit("T90-02", "rows", [{"row": "1", "group": "Carers", "people": "1,200"}])
    assert given(session, "T90-02").values["rows"] == [{"row": "1", "group": "Carers", "people": "1200"}]
    assert card(page, "T90-02").question.parts[1].value == "1200"
    typed(page, "1 n")
    assert not card(page, "T90-02").isVisible()
    bar = view_of(page).bar
    bar._hidden.click()
    assert card(page, "T90-02").isVisible()
    assert given(session, "T90-02").values["rows"]
    assert card(page, "T90-02").question.not_asked
    bar._hidden.click()
    assert not card(page, "T90-02").isVisible()


def test_what_an_answer_requires_is_said_and_asked_for_at_once(page: RunView, session: Session) -> None:
    typed(page, "1 y")
    shown = card(page, "T90-01").question
    assert (shown.needs, shown.lacks) == (
        "This answer needs evidence and a mitigation.",
        ("evidence", "mitigation"),
    )
    assert "1 answer lacks what it requires" in view_of(page)._summary._reason.text()
    view_of(page).mitigated.emit("T90-01", "Letters in large print")
    view_of(page).evidence_changed.emit("T90-01", "Survey, 2026")
    assert card(page, "T90-01").question.needs == ""
    assert given(session, "T90-01").mitigation == "Letters in large print"


def test_only_what_is_unanswered_is_seen_and_what_is_answered_stays_until_asked_again(page: RunView) -> None:
    typed(page, "1 n")
    bar = view_of(page).bar
    bar._which.set_value("open")
    bar.filtered.emit()
    assert not card(page, "T90-01").isVisible()
    assert card(page, "T90-03").isVisible()
    bar._which.set_value("all")
    bar.filtered.emit()
    assert card(page, "T90-01").isVisible()


def test_a_line_from_paper_that_cannot_be_taken_says_why_and_keeps_the_words(page: RunView) -> None:
    typed(page, "77 y")
    bar = view_of(page).bar
    assert bar.line.text() == "77 y"
    assert bar._said.accessibleName() == "There is no question 77 in this checklist."
    typed(page, "4 a nobody is at risk")
    assert bar.line.text() == ""
    assert card(page, "T90-04").question.reason == "nobody is at risk"
    typed(page, "3")
    assert view_of(page).current == "T90-03"


def test_a_value_refused_by_its_constraint_says_so_on_the_card(page: RunView, session: Session) -> None:
    view_of(page).answered.emit("T90-03", "share", "120")
    parts = {part.key: part for part in card(page, "T90-03").question.parts}
    assert parts["share"].problem == "No more than all."
    assert given(session, "T90-03").values["share"] == "120"


def test_a_document_of_the_file_is_chosen_as_evidence(page: RunView, session: Session) -> None:
    view_of(page).pick_asked.emit("T90-03", "file")
    dialog = page.findChild(PickDialog)
    assert dialog is not None
    dialog.accept()
    assert given(session, "T90-03").values["file"] == {"attached_document": 1}
    parts = {part.key: part for part in card(page, "T90-03").question.parts}
    assert parts["file"].words == "Report"


def test_an_answer_to_another_wording_is_confirmed_on_its_card(page: RunView, session: Session) -> None:
    typed(page, "1 n")
    with session.store.step("As after a move"):
        from dataclasses import replace

        session.store.save(replace(given(session, "T90-01"), to_confirm=True))
    page.refresh()
    assert card(page, "T90-01").question.to_confirm
    view_of(page).confirmed.emit("T90-01")
    page.refresh()
    assert not card(page, "T90-01").question.to_confirm
    assert session.store.get(Run, 1).standing == "Ready to sign"


def test_evidence_is_put_on_the_shelf_cited_and_taken_away(page: RunView, session: Session) -> None:
    view_of(page).cite_asked.emit("T90-01")
    dialog = page.findChild(PickDialog)
    assert dialog is not None
    dialog._search.setText("Survey of carers")
    dialog.accept()
    assert card(page, "T90-01").question.cited == ("Survey of carers",)
    view_of(page).cite_asked.emit("T90-01")
    again = page.findChildren(PickDialog)[-1]
    assert again._list.item(0).text() == "Take away: Survey of carers"
    again._list.setCurrentRow(0)
    again.accept()
    assert card(page, "T90-01").question.cited == ()
