"""A record chosen for a field of a row, as for an answer by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from desktop.dialogs.pick import PickDialog
from desktop.pages.checklist_answers import with_cell
from desktop.pages.checklist_run import RunView
from desktop.session import Session
from storage.desk.checklists.run_state import run_state
from storage.desk.checklists.runs import answer
from storage.exchange.paper.papers import Rows
from storage.exchange.paper.print_checklist import checklist_paper
from tests.storage.checklists.risk_template import RISKS, risk
from tests.storage.desk.register import make_register
from tests.storage.desk.run_samples import start_everything


@pytest.fixture
def session(qapp: QApplication, tmp_path: Path) -> Iterator[Session]:
    register = make_register(tmp_path / "register.desk")
    made = Session(register.store)
    run = start_everything(register.store, register.contract, RISKS)
    answer(register.store, run.key, "T91-02", "rows", [risk(1, "Lease ends", 4, 4)])
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> RunView:
    made = RunView(session)
    session.changed.connect(lambda _changes: made.refresh())
    qtbot.addWidget(made)
    made.resize(1366, 900)
    with qtbot.waitExposed(made):
        made.show()
    made.show_run(1)
    assert made.view is not None
    made.view.go_to("T91-02")
    qtbot.waitUntil(lambda: bool(choosers(made)))
    return made


def choosers(page: RunView) -> list[QAbstractButton]:
    card = page.view.card("T91-02") if page.view else None
    found = card.findChildren(QAbstractButton) if card else []
    return [b for b in found if b.isVisible() and b.accessibleName().startswith("Choose a record for About")]


def choose(page: RunView, words: str) -> None:
    dialog = page.findChildren(PickDialog)[-1]
    dialog._search.setText(words)
    dialog.accept()


def test_a_record_is_chosen_for_a_row_and_shown_by_its_name(page: RunView, session: Session) -> None:
    (press,) = choosers(page)
    assert press.accessibleName() == "Choose a record for About, row 1"
    press.click()
    choose(page, "dermatology clinics")
    rows = run_state(session.store, 1).given["T91-02"].values["rows"]
    assert rows == [risk(1, "Lease ends", 4, 4) | {"about": {"contract": 1}}]
    assert page.state is not None
    part = page._data(page.state).questions[1].parts[0]
    assert part.rows_words == {("1", "about"): "Community dermatology clinics"}
    printed = checklist_paper(session.store, 1).sections[0].questions[1].parts[0]
    assert isinstance(printed, Rows) and printed.rows[0][2] == "Community dermatology clinics"


def test_a_row_just_added_is_kept_with_the_record_chosen_for_it(page: RunView, session: Session) -> None:
    assert page.view is not None
    page.view.pick_asked.emit("T91-02", "rows/2/about")
    choose(page, "Millbrook")
    rows = run_state(session.store, 1).given["T91-02"].values["rows"]
    assert rows == [risk(1, "Lease ends", 4, 4), {"row": "2", "about": {"organisation": 1}}]


def test_what_is_not_kept_yet_in_the_row_stays_when_a_record_is_chosen(page: RunView) -> None:
    assert page.view is not None and page.state is not None
    half = [{"row": "1", "risk": "Lease ends", "score": {"likelihood": 3}}]
    page.view.answered.emit("T91-02", "rows", half)
    page.view.pick_asked.emit("T91-02", "rows/1/about")
    choose(page, "Millbrook")
    shown = page._data(page.state).questions[1].parts[0]
    assert shown.value == [half[0] | {"about": {"organisation": 1}}]


def test_the_record_itself_is_the_answer_where_there_are_no_rows() -> None:
    assert with_cell(None, (), {"contract": 1}) == {"contract": 1}
    rows = [{"row": "a"}, {"row": "b", "x": "1"}]
    assert with_cell(rows, ("b", "about"), {"contract": 1}) == [
        {"row": "a"},
        {"row": "b", "x": "1", "about": {"contract": 1}},
    ]
    assert rows == [{"row": "a"}, {"row": "b", "x": "1"}]
