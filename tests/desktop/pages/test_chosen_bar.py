"""The bar under a list: there while several rows are chosen, saying how many and what they come to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.pages.contracts import ContractsPage
from desktop.session import Session


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> Iterator[ContractsPage]:
    made = ContractsPage(session)
    qtbot.addWidget(made)
    made.resize(1500, 700)
    made.show()
    yield made


def choose(qtbot: QtBot, page: ContractsPage, *ids: int) -> None:
    view = page.list.view
    view.select_id(ids[0])
    for _ in ids[1:]:
        qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    page.list.chosen.show_chosen()


def test_several_rows_bring_it_and_one_takes_it_away(qtbot: QtBot, page: ContractsPage) -> None:
    bar = page.list.chosen
    choose(qtbot, page, 2)
    assert not bar.isVisible()
    choose(qtbot, page, 2, 1)
    assert bar.isVisible()
    assert bar._chosen.words == "2 contracts chosen · £150,000.50"
    assert bar._change.text() == "Change 2 contracts…"
    bar.choose_none()
    qtbot.waitUntil(lambda: not bar.isVisible())
    assert page.selected_ids() == [1]


def test_it_says_less_where_there_is_little_room(qtbot: QtBot, page: ContractsPage) -> None:
    choose(qtbot, page, 2, 1, 3)
    bar = page.list.chosen
    qtbot.waitUntil(lambda: bar.width() > 900)
    assert bar._words.accessibleName() == "3 contracts chosen · £150,000.50 · 1 without a value"
    page.resize(1000, 700)
    qtbot.waitUntil(lambda: bar.width() < 900)
    assert bar._words.accessibleName() == "3 chosen · £150k"
    assert "1 without a value" in bar._words.toolTip()


def test_a_filter_that_hides_them_takes_it_away(qtbot: QtBot, page: ContractsPage) -> None:
    choose(qtbot, page, 2, 1)
    page.list.bar.set_text("crisis")
    page.list.ask_again()
    qtbot.waitUntil(lambda: not page.list.chosen.isVisible())


def test_its_buttons_ask_for_commands(qtbot: QtBot, page: ContractsPage) -> None:
    choose(qtbot, page, 2, 1)
    asked = QSignalSpy(page.command)
    for words in ("Change 2 contracts…", "Move to the bin"):
        next(b for b in page.list.chosen.findChildren(QPushButton) if b.text() == words).click()
    assert [asked.at(n)[0] for n in range(asked.count())] == ["edit.many", "edit.bin"]
