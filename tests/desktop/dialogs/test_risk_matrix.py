"""All risks on one matrix in the window: the picture chooses, a row leads on, the print has the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.dialogs.risk_matrix import RiskMatrix, matrix_of_contract, matrix_of_file, matrix_of_run
from desktop.pages.page import Place
from desktop.session import Session
from storage.records.running import Risk
from tests.storage.desk.risk_runs import moved_run


@pytest.fixture
def over(qtbot: QtBot, session: Session) -> QWidget:
    """What the dialogs open over, in a file with two open risks of a contract."""
    with session.store.step("Risks"):
        for title, likelihood in (("Lease", 4), ("Staff", 1)):
            session.store.save(
                Risk(contract=1, title=title, likelihood=likelihood, consequence=4, owner="Ann")
            )
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1366, 768)
    return made


@pytest.fixture
def shown(over: QWidget, session: Session) -> Iterator[RiskMatrix]:
    dialog = matrix_of_file(over, session)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # following a row closes it
    dialog.show()
    yield dialog
    dialog.reject()


def listed(dialog: RiskMatrix, *names: str) -> list[tuple[str, ...]]:
    rows = [dialog.rows.cells_of(dialog.rows.one(n)) for n in dialog.rows.ids()]
    return [tuple(row[name].text for name in names) for row in rows]


def said(dialog: RiskMatrix) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel)]


def test_the_table_says_what_the_picture_shows_and_a_square_shows_its_risks_only(shown: RiskMatrix) -> None:
    assert listed(shown, "number", "words", "score") == [
        ("1", "Lease", "4 × 4 = 16, Extreme"), ("2", "Staff", "1 × 4 = 4, Moderate"),
    ]  # fmt: skip
    assert "1 extreme, 1 moderate" in said(shown)
    shown.picture.choose((1, 4))
    assert listed(shown, "words") == [("Staff",)]
    assert "Shown: likelihood 1, consequence 4. Esc shows all." in said(shown)
    shown.picture.choose(None)
    shown.view.sort_changed.emit([("score", False)])
    assert listed(shown, "words") == [("Staff",), ("Lease",)]


def test_a_change_of_the_file_is_drawn_at_once(shown: RiskMatrix, session: Session) -> None:
    session.store.change(Risk, 2, {"status": "Closed"})
    assert listed(shown, "words") == [("Lease",)]


def test_a_row_leads_to_the_risk_on_its_contract(shown: RiskMatrix, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shown.go) as heard:
        shown.walk(2)
    assert heard.args == [Place("contracts", 1, "risks/risk/2/")]


def test_the_matrix_of_a_contract_leaves_the_contract_out(over: QWidget, session: Session) -> None:
    dialog = matrix_of_contract(over, session, 1)
    assert "about" not in [column.name for column in dialog.model.columns]
    assert listed(dialog, "words", "owner") == [("Lease", "Ann"), ("Staff", "Ann")]
    dialog.reject()


def test_the_matrix_of_a_checklist_leads_to_its_questions_and_prints(
    over: QWidget, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = moved_run(session.store, 1)
    dialog = matrix_of_run(over, session, run.key)
    assert listed(dialog, "number", "moved") == [
        ("01b", "Up from 6"),
        ("02.1", "Down from 16"),
        ("02.2", "New"),
    ]
    assert any(words.startswith("Moved since the last review (CL-90, signed on") for words in said(dialog))
    printed: list[Any] = []
    monkeypatch.setattr("desktop.dialogs.risk_matrix.open_preview", lambda *given: printed.append(given))
    dialog.print_board()
    assert printed[0][2]().board.counts == "1 high, 2 moderate"
    with qtbot.waitSignal(dialog.go) as heard:
        dialog.walk(2)
    assert heard.args == [Place("checklists", run.key, "T91-02")]
