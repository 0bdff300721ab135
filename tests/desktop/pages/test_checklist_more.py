"""What is done with a whole checklist in the window: reviewed, done again, carried over, compared, put back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

import storage.records  # noqa: F401 - enters every record class
from desktop.dialogs.carry_run import CarryDialog
from desktop.dialogs.compare_runs import CompareRuns
from desktop.dialogs.form_dialog import FormDialog
from desktop.dialogs.pick import PickDialog
from desktop.dialogs.run_stands import RunStands
from desktop.pages.checklist_run import RunView
from desktop.pages.page import Place
from desktop.session import Session
from storage.checklists.editing import Place as Spot
from storage.checklists.editing import set_field
from storage.desk.checklists import runs
from storage.desk.checklists.run_reviews import review_section
from storage.desk.checklists.run_state import run_state
from storage.desk.checklists.templates import adapt, change, draft_data, publish
from storage.engine.opening import new_store
from storage.records.contracts import Contract

TODAY = date(2026, 11, 29)


@pytest.fixture
def session(qapp: QApplication, tmp_path: Path) -> Iterator[Session]:
    store = new_store(tmp_path / "desk.desk", who="me", today=lambda: TODAY)
    made = Session(store)
    with store.step("Add"):
        contract = store.save(Contract(title="Skin clinics", reference="CD-64"))
    runs.start_run(store, "T05", contract=contract.key)
    runs.answer(store, 1, "T05-01", "answer", "It may fail")
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> RunView:
    return opened(qtbot, session, 1)


def opened(qtbot: QtBot, session: Session, run: int) -> RunView:
    made = RunView(session)
    session.changed.connect(lambda _changes: made.refresh())
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.show_run(run)
    qtbot.waitUntil(lambda: made.view is not None and made.view.is_finished)
    return made


def words_of(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def press(widget: QWidget, words: str) -> None:
    next(b for b in widget.findChildren(QPushButton) if words in (b.text(), b.accessibleName())).click()


def test_a_reviewer_returns_a_section_and_it_stands_under_its_heading(
    page: RunView, session: Session
) -> None:
    assert page.view is not None
    page.view.review_asked.emit("A")
    dialog = page.findChild(FormDialog)
    assert dialog is not None
    dialog.editor("verdict").set_value("Return")
    dialog.editor("by").set_value("Joy Okafor")
    dialog.accept()
    assert "Return needs a comment" in dialog.said()
    dialog.editor("comment").set_value("Say why.")
    dialog.accept()
    assert "Returned by Joy Okafor, 29 Nov 2026: Say why." in words_of(page.view)
    assert "1 section is returned" in words_of(page.view)
    assert run_state(session.store, 1).reviews["A"].verdict == "Return"


def test_a_checklist_done_again_is_opened(page: RunView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.go) as heard:
        page.more.do_again()
    assert heard.args == [Place("checklists", 2)]
    page.show_run(2)
    assert page.state is not None and page.state.given["T05-01"].to_confirm


def test_reworded_questions_are_ticked_one_by_one_on_the_way_to_another_version(
    page: RunView, session: Session, qtbot: QtBot
) -> None:
    store = session.store
    own = adapt(store, "T05", "Our register of risks")
    data = set_field(draft_data(own), Spot(question="T05-01"), "text", "What may go wrong?")
    publish(store, change(store, own.key, data, "Change").key)
    page.more.carry_over()
    dialog = page.findChild(CarryDialog)
    assert dialog is not None
    assert "Reworded" in words_of(dialog) and "What may go wrong?" in words_of(dialog)
    [box] = dialog.findChildren(QCheckBox)
    box.setChecked(True)
    with qtbot.waitSignal(page.go) as heard:
        press(dialog, "Carry over")
    assert heard.args == [Place("checklists", 2)]
    assert not run_state(store, 2).given["T05-01"].to_confirm


def test_two_checklists_are_compared_and_earlier_answers_come_back(page: RunView, session: Session) -> None:
    store = session.store
    runs.start_run(store, "T05", contract=1)
    runs.answer(store, 1, "T05-01", "answer", "It will fail")
    page.more.compare()
    pick = page.findChild(PickDialog)
    assert pick is not None
    pick.accept()
    compared = page.findChild(CompareRuns)
    assert compared is not None
    assert "It will fail" in words_of(compared) and "No answer" in words_of(compared)
    compared.accept()
    page.more.show_stands()
    stands = page.findChild(RunStands)
    assert stands is not None
    next(b for b in stands.findChildren(QPushButton) if b.text() == "Put back").click()
    assert run_state(store, 1).given["T05-01"].values == {"answer": "It may fail"}


def test_a_signed_checklist_offers_no_review(page: RunView, session: Session) -> None:
    review_section(session.store, 1, "A", "Accept", by="Joy Okafor")
    assert page.view is not None
    assert "Accepted by Joy Okafor, 29 Nov 2026" in words_of(page.view)
    assert page.more.button.isEnabled()


@pytest.mark.parametrize("then", ["T02", "T03", "T22"])
def test_a_checklist_opened_after_another_looks_as_one_that_is_opened_first(
    qtbot: QtBot, session: Session, then: str
) -> None:
    """One view serves them all: nothing of the last may stay, neither a title nor a tick."""
    runs.start_run(session.store, "T01", contract=1)
    following = runs.start_run(session.store, then, contract=1)
    second, first = opened(qtbot, session, 2), opened(qtbot, session, following.key)
    for each in (second, first):
        each.resize(1366, 700)
        each.show_run(following.key)
        each.setFocus()
    qtbot.waitUntil(lambda: second.view is not None and second.view.is_finished)
    qtbot.waitUntil(lambda: second.grab().toImage() == first.grab().toImage())
