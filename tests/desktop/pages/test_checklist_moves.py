"""How the risks of a run have moved since last year, on the cards of its questions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.pages.checklist_run import RunView
from desktop.session import Session
from storage.desk.checklists.runs import answer
from tests.storage.checklists.risk_template import score
from tests.storage.desk.register import make_register
from tests.storage.desk.risk_runs import moved_run


@pytest.fixture
def session(qapp: QApplication, tmp_path: Path) -> Iterator[Session]:
    register = make_register(tmp_path / "register.desk")
    made = Session(register.store)
    moved_run(register.store, register.contract)
    yield made
    made.close()


def test_a_card_says_how_its_score_has_moved_and_follows_the_answer(qtbot: QtBot, session: Session) -> None:
    page = RunView(session)
    qtbot.addWidget(page)
    page.show_run(2)
    view = page.view
    assert view is not None and page.state is not None

    def parts(question: int) -> list[tuple[str, str]]:
        shown = page._data(page.state).questions[question].parts  # type: ignore[arg-type]
        return [(part.moved.words[:26], part.moved.tone) for part in shown]

    assert parts(0) == [("", ""), ("Up by 6 since the last rev", "red")]
    rows = page._data(page.state).questions[1].parts[0].rows_moved
    assert {key: (moved.words, moved.before) for key, moved in rows.items()} == {
        ("1", "score"): ("Down from 16", (4, 4)),
        ("2", "score"): ("New", None),
    }
    answer(session.store, 2, "T91-01", "after", score(1, 1))
    page.refresh()
    assert parts(0) == [("", ""), ("Down by 5 since the last r", "green")]
    page.show_run(1)
    assert parts(0) == [("", ""), ("", "")]
