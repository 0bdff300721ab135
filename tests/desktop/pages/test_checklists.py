"""Checklists in the window: answered by keyboard, blocked and opened by gates, waived, signed, reopened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import storage.records  # noqa: F401 - enters every record class
from desktop.dialogs.form_dialog import FormDialog
from desktop.pages.checklists import ChecklistsPage
from desktop.pages.page import Place
from desktop.session import Session
from storage.checklists.answers import Value
from storage.checklists.gates import gate_state
from storage.checklists.parts import Kind, Part
from storage.desk import office
from storage.desk.checklists import runs
from storage.desk.checklists.run_state import run_state
from storage.engine.fields import Period
from storage.engine.opening import new_store, open_store
from storage.records import assessments
from storage.records.actions import Action
from storage.records.assessments import Given, Run
from storage.records.contracts import Contract
from storage.records.specifications import Specification
from widgets.checklist import ChecklistView
from widgets.checklist_data import GateState
from widgets.checklist_notes import MITIGATION
from widgets.editors import NoteEditor

TODAY = date(2026, 11, 22)
YES_NO = "T01-03"  # yes, partly or no, with a gate that passes on yes
DATE = "T01-07"


@pytest.fixture
def session(qapp: QApplication, tmp_path: Path) -> Iterator[Session]:
    store = new_store(tmp_path / "desk.desk", who="me", today=lambda: TODAY)
    made = Session(store)
    office.change_office(store, {"person": "Dr A Mehta", "role": "Director"})
    with store.step("Add"):
        store.save(
            Contract(title="Skin clinics", reference="CD-64", stage="Signed", start=date(2025, 4, 1),
                     current_end=date(2027, 3, 31), notice_commissioner=Period(6, "m"))
        )  # fmt: skip
    yield made
    made.close()


@pytest.fixture
def run(session: Session) -> Run:
    return runs.start_run(session.store, "T01", contract=1, meeting_on=date(2026, 11, 26))


@pytest.fixture
def page(qtbot: QtBot, session: Session, run: Run) -> ChecklistsPage:
    return shown(qtbot, session, run)


@pytest.fixture
def listed(qtbot: QtBot, session: Session) -> ChecklistsPage:
    return shown(qtbot, session)


def shown(qtbot: QtBot, session: Session, run: Run | None = None) -> ChecklistsPage:
    made = ChecklistsPage(session)
    qtbot.addWidget(made)
    made.resize(1366, 700)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    if run is not None:
        made.open_record(run.key)
        qtbot.waitUntil(lambda: view_of(made).is_finished)
    return made


def view_of(page: ChecklistsPage) -> ChecklistView:
    assert page.run_view.view is not None
    return page.run_view.view


def dialog(page: ChecklistsPage) -> FormDialog:
    return next(d for d in page.findChildren(FormDialog) if d.isVisible())


def given(session: Session, run: Run, question: str) -> Given:
    return run_state(session.store, run.key).given[question]


def any_answer(part: Part) -> Value:
    """An answer that opens gates that ask for any."""
    simple: dict[Kind, Value] = {
        Kind.DATE: "2026-12-01", Kind.NUMBER: "1", Kind.PERCENT: "1", Kind.MONEY: 100,
        Kind.MATRIX: {"likelihood": 1, "consequence": 1},
    }  # fmt: skip
    if part.kind is Kind.CHOICES:
        return [part.values[0]]
    return part.values[0] if part.values else simple.get(part.kind, "Said")


def open_every_gate(session: Session, run: Run) -> None:
    state = run_state(session.store, run.key)
    with session.store.step("Answer everything"):
        for question in state.template.questions:
            for part in question.parts:
                passing = question.gate.passes if question.gate and part is question.first else ()
                runs.answer(
                    session.store, run.key, question.id, part.key, passing[0] if passing else any_answer(part)
                )


def test_an_answer_by_keyboard_is_kept_in_the_file(
    qtbot: QtBot, session: Session, run: Run, page: ChecklistsPage
) -> None:
    view = view_of(page)
    view.go_to(YES_NO)
    card = view.card(YES_NO)
    assert card is not None
    qtbot.keyClick(card, Qt.Key.Key_Y)
    assert given(session, run, YES_NO).values == {"answer": "yes"}
    assert given(session, run, YES_NO).answered_by == "Dr A Mehta"
    assert card.question.gate.state is GateState.OPEN
    path = session.store.file.path
    page.close()
    session.close()
    again = open_store(path, today=lambda: TODAY)
    assert run_state(again, run.key).given[YES_NO].values == {"answer": "yes"}
    again.close()


def test_each_answer_is_one_step_and_undo_shows_at_once(
    qtbot: QtBot, session: Session, run: Run, page: ChecklistsPage
) -> None:
    view = view_of(page)
    view.go_to(YES_NO)
    card = view.card(YES_NO)
    assert card is not None
    qtbot.keyClick(card, Qt.Key.Key_N)
    undo = session.history.next_undo()
    assert undo is not None
    assert YES_NO in undo.label
    session.undo()
    qtbot.waitUntil(lambda: not card.question.answered)
    assert view.current == YES_NO


def test_answering_what_did_not_apply_is_one_step(
    qtbot: QtBot, session: Session, run: Run, page: ChecklistsPage
) -> None:
    runs.set_not_applicable(session.store, run.key, YES_NO, "No such people")
    before = len(session.history.latest())
    card = view_of(page).card(YES_NO)
    assert card is not None
    assert card.question.not_applicable
    card.setFocus()
    qtbot.keyClick(card, Qt.Key.Key_Y)
    QApplication.processEvents()
    assert not given(session, run, YES_NO).not_applicable
    assert len(session.history.latest()) == before + 1
    runs.set_not_applicable(session.store, run.key, YES_NO, "No such people")
    card.press_not_applicable()
    qtbot.waitUntil(lambda: not card.question.not_applicable)


def test_a_figure_that_cannot_be_read_stays_with_the_reason_beside_it(qtbot: QtBot, session: Session) -> None:
    review = runs.start_run(session.store, "T02", contract=1)
    template = run_state(session.store, review.key).template
    question, part = next((q, p) for q in template.questions for p in q.parts if p.kind is Kind.PERCENT)
    page = shown(qtbot, session, review)
    told: list[str] = []
    session.failed.connect(told.append)
    view_of(page).answered.emit(question.id, part.key, "most")
    card = view_of(page).card(question.id)
    assert card is not None
    asked = next(p for p in card.question.parts if p.key == part.key)
    assert asked.value == "most"
    assert "must be a number" in asked.problem
    assert question.id not in run_state(session.store, review.key).given
    view_of(page).answered.emit(question.id, part.key, "1,250.5 %")
    assert given(session, review, question.id).values == {part.key: "1250.5"}
    card = view_of(page).card(question.id)
    assert card is not None
    assert not any(p.problem for p in card.question.parts)
    assert not told


def test_the_contract_proposes_its_notice_date_with_the_reason(
    session: Session, run: Run, page: ChecklistsPage
) -> None:
    card = view_of(page).card(DATE)
    assert card is not None
    part = next(p for p in card.question.parts if p.proposed)
    assert part.proposed == "2026-09-30"
    assert part.proposal.startswith("From the contract: 30 Sep 2026")
    assert "6 months" in part.proposal
    view_of(page).answered.emit(DATE, part.key, part.proposed)
    assert given(session, run, DATE).values[part.key] == "2026-09-30"


def test_next_unanswered_then_the_gates_that_are_closed(
    session: Session, run: Run, page: ChecklistsPage
) -> None:
    assert page.primary[0] == "Next unanswered"
    open_every_gate(session, run)
    assert page.primary == ("", "")
    runs.answer(session.store, run.key, YES_NO, "answer", "no")
    assert page.primary[0] == "Next closed gate"
    page.do_primary()
    assert view_of(page).current == YES_NO


def test_signing_waits_and_says_for_what(session: Session, run: Run, page: ChecklistsPage) -> None:
    state = run_state(session.store, run.key)
    page.run_view.ask_sign()
    asked = dialog(page)
    assert "cannot be signed yet" in asked.said()
    shut = next(q for q in state.template.questions if gate_state(q, None).blocks)
    assert f"Question {shut.number}" in asked.said()
    asked.editor("decision").set_value("Decommission")
    asked.accept()
    assert session.store.get(Run, run.key).signed_on is None
    asked.reject()


def test_a_waiver_needs_name_and_reason_and_opens_the_gate(
    session: Session, run: Run, page: ChecklistsPage
) -> None:
    view_of(page).waive_asked.emit(YES_NO)
    asked = dialog(page)
    assert asked.editor("name").value() == "Dr A Mehta"
    asked.accept()
    assert asked.said() == "Reason is needed."
    reason = asked.editor("reason")
    assert isinstance(reason, NoteEditor)
    reason.box.setPlainText("Agreed by the panel")
    asked.accept()
    card = view_of(page).card(YES_NO)
    assert card is not None
    assert card.question.gate.state is GateState.WAIVED
    assert "Agreed by the panel" in card.question.gate.waiver
    view_of(page).waive_asked.emit(YES_NO)
    again = dialog(page)
    assert again.editor("reason").value() == "Agreed by the panel"
    again.reject()


def test_signing_seals_undo_says_so_and_reopening_gives_a_reason(
    qtbot: QtBot, session: Session, run: Run, page: ChecklistsPage
) -> None:
    open_every_gate(session, run)
    page.run_view.ask_sign()
    asked = dialog(page)
    asked.accept()
    assert asked.said() == "Decision is needed."
    asked.editor("decision").set_value("Decommission")
    asked.accept()
    signed = session.store.get(Run, run.key)
    assert (signed.signed_by, signed.signed_role, signed.decision) == (
        "Dr A Mehta",
        "Director",
        "Decommission",
    )
    card = view_of(page).card(YES_NO)
    assert card is not None
    card.setFocus()
    qtbot.keyClick(card, Qt.Key.Key_N)
    assert given(session, run, YES_NO).values == {"answer": "yes"}
    assert page.primary == ("", "")
    said: list[str] = []
    session.said.connect(said.append)
    session.undo()
    assert "Undo stops here" in said[0]
    page.run_view.ask_reopen()
    asked = dialog(page)
    asked.accept()
    assert asked.said() == "Reason is needed."
    asked.editor("reason").set_value("A figure was wrong")
    asked.accept()
    reopened = session.store.get(Run, run.key)
    assert reopened.signed_on is None
    assert "A figure was wrong" in reopened.reopened


def test_an_action_is_raised_for_a_question_and_for_the_whole(
    session: Session, run: Run, page: ChecklistsPage
) -> None:
    view_of(page).action_asked.emit(YES_NO)
    asked = dialog(page)
    asked.editor("title").set_value("Ask the panel")
    asked.accept()
    view_of(page).action_asked.emit("")
    asked = dialog(page)
    asked.editor("title").set_value("Book the room")
    asked.accept()
    actions = session.store.all(Action)
    assert [(a.title, a.question, a.contract) for a in actions] == [
        ("Ask the panel", YES_NO, 1), ("Book the room", "", 1),
    ]  # fmt: skip
    card = view_of(page).card(YES_NO)
    assert card is not None
    assert card.question.actions == ("Ask the panel",)


def test_a_run_is_started_from_the_list_and_opens(session: Session, listed: ChecklistsPage) -> None:
    page = listed
    went: list[Place] = []
    page.go.connect(went.append)
    page.start()
    asked = dialog(page)
    asked.accept()
    assert asked.said() == "What it is about is needed."
    asked.editor("about").set_value(1)
    asked.accept()
    started = session.store.all(Run)
    assert [(r.template, r.contract) for r in started] == [("T01", 1)]
    assert went == [Place("checklists", started[0].key)]


def test_a_checklist_of_another_kind_is_refused_in_the_dialog(
    session: Session, listed: ChecklistsPage
) -> None:
    with session.store.step("Add"):
        session.store.save(Specification(title="Skin specification"))
    listed.start()
    asked = dialog(listed)
    asked.editor("about").set_value(2)
    asked.accept()
    assert "is for a contract or a service" in asked.said()
    asked.reject()
    assert session.store.all(Run) == []
    listed.start(("contract", 1))
    asked = dialog(listed)
    with pytest.raises(KeyError):
        asked.editor("about")
    asked.accept()
    assert session.store.all(Run)[0].contract == 1


def test_a_note_being_typed_survives_a_crash(
    qtbot: QtBot, session: Session, run: Run, page: ChecklistsPage
) -> None:
    card = view_of(page).card(YES_NO)
    assert card is not None
    card.setFocus()
    card.edit_note()
    qtbot.keyClicks(QApplication.focusWidget(), "Half a thou")
    name = f"checklist_run/{run.uuid}/{YES_NO}/Note"
    qtbot.waitUntil(lambda: session.state.drafts().get(name) == "Half a thou", timeout=5000)
    card.setFocus()
    assert given(session, run, YES_NO).note == "Half a thou"
    assert name not in session.state.drafts()
    session.state.draft(name, "A thought never saved")
    said: list[str] = []
    session.said.connect(said.append)
    page.back()
    page.open_record(run.key)
    assert given(session, run, YES_NO).note == "A thought never saved"
    assert name not in session.state.drafts()
    assert "put back" in said[-1]
    session.state.draft(f"checklist_run/{run.uuid}/{YES_NO}/{MITIGATION}", "What we would do")
    page.back()
    page.open_record(run.key)
    assert given(session, run, YES_NO).mitigation == "What we would do"


def test_back_returns_to_the_list_on_the_same_row(page: ChecklistsPage, run: Run) -> None:
    assert (page.heading, page.has_back) == ("Decommissioning decision", True)
    page.back()
    assert (page.heading, page.has_back) == ("Checklists", False)
    assert page.record_shown() == run.key
    assert page.selected_ids() == [run.key]


def test_a_run_that_goes_to_the_bin_gives_way_to_the_list(
    session: Session, run: Run, page: ChecklistsPage
) -> None:
    with session.store.step("Bin"):
        session.store.bin(Run, [run.key])
    assert not page.has_back
    assert page.record_shown() == 0


def test_what_the_first_checklist_needs_is_made_while_nobody_waits(
    qtbot: QtBot, session: Session, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assessments, "_READ", {})
    page = shown(qtbot, session)
    qtbot.waitUntil(lambda: run.template_text in assessments._READ)
    assert not page.has_back
    view = page.run_view.view
    page.open_record(run.key)
    assert view is not None and page.run_view.view is view and view.current == "T01-01"
