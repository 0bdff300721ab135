"""Options compared on screen: inputs saved as they are left, chart and table alike, words where there is nothing."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop.pages.compare import ComparePage
from desktop.pages.page import Place
from desktop.session import Session
from storage.records.contracts import Contract
from widgets.empty import EmptyPage


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> Iterator[ComparePage]:
    made = ComparePage(session)
    qtbot.addWidget(made)
    made.resize(1166, 700)
    made.show()
    made.open_record(1)
    yield made


def type_in(page: ComparePage, name: str, words: str) -> None:
    control = page.form.editor(name).control
    assert isinstance(control, QLineEdit)
    control.setFocus()
    control.selectAll()
    QTest.keyClicks(control, words)
    QTest.keyClick(control, Qt.Key.Key_Return)


def test_chart_and_table_say_the_same(page: ComparePage) -> None:
    groups = page.chart.groups()
    assert [g.label for g in groups] == [page.table.cell(n, "year").text for n in range(len(groups))]
    assert page.table.cell(len(groups), "year").text == "In all"
    assert page.table.cell(0, "more1").text == "the same" and page.sentence.text().startswith("Extend costs ")
    assert "Extend £" in page.chart.accessibleName()
    page.chart.repaint()


def test_an_input_is_saved_as_it_is_left_and_everything_follows(page: ComparePage) -> None:
    before = page.sentence.text()
    assert page.back_link.isHidden()
    type_in(page, "transition", "10k")
    assert page.sentence.text() != before and "£10,000.00 more" in page.sentence.text()
    assert not page.back_link.isHidden()
    page.session.undo()
    assert page.sentence.text() == before
    page.session.redo()
    page.back_link.click()
    assert page.sentence.text() == before


def test_each_way_has_a_card_with_its_days(page: ComparePage) -> None:
    said = [label.text() for label in page._decisions.findChildren(QLabel)]
    assert {"Extend", "Re-procure", "Stop"} <= {*said} and "No day to decide is known." in said


def test_where_nothing_can_be_compared_only_the_reason_is_there(page: ComparePage) -> None:
    store = page.session.store
    with store.step("No end"):
        store.save(replace(store.get(Contract, 1), current_end=None))
    assert "no end date" in page.sentence.text() and page._body.isHidden()
    assert not page.printing.isEnabled()


def test_it_goes_back_to_the_contract(page: ComparePage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.go) as told:
        page._name.click()
    assert told.args == [Place("contracts", 1, "plan")]


def test_without_a_contract_it_says_what_to_do(qtbot: QtBot, session: Session) -> None:
    page = ComparePage(session)
    qtbot.addWidget(page)
    page.show()
    empty = page.findChild(EmptyPage)
    assert empty is not None and empty.isVisible() and not page.form.isVisible()
    with qtbot.waitSignal(page.go) as went:
        next(b for b in empty.findChildren(QPushButton)).click()
    assert went.args == [Place("contracts")]
