"""The contracts on a timeline: the same filters and views, a press opens, the same as a table, and on paper."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.pages.contract_timeline import ContractTimeline, table_row
from desktop.pages.contracts import ContractsPage
from desktop.session import Session
from storage.desk.planning.timelines import lines
from storage.engine.conditions import Where
from storage.records.contracts import Contract


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> Iterator[ContractsPage]:
    made = ContractsPage(session)
    qtbot.addWidget(made)
    made.resize(1166, 700)
    made.show()
    qtbot.waitExposed(made)
    made.show_as("timeline")
    yield made


def timeline(page: ContractsPage) -> ContractTimeline:
    assert page.timeline is not None
    return page.timeline


def titles(page: ContractsPage) -> list[str]:
    store = page.session.store
    return [store.get(Contract, number).title for number in timeline(page)._rows.order]


def test_the_next_date_comes_first_and_the_record_is_out_of_the_way(page: ContractsPage) -> None:
    assert titles(page) == ["Stroke support", "Crisis house", "Falls classes"]
    assert page.detail.isHidden() and page.on_timeline and not page.list.view.isVisible()


def test_enter_opens_the_contract_beside_it_and_esc_closes_it(page: ContractsPage, qtbot: QtBot) -> None:
    view = timeline(page).view
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert page.detail.isHidden()
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert page.detail.record is not None and page.detail.record.title == "Crisis house"
    QTest.keyClick(view, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: page.detail.record is not None and page.detail.record.title == "Stroke support")
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert page.detail.isHidden()


def test_the_filters_of_the_list_apply(page: ContractsPage) -> None:
    page.show_where(Where("title", "contains", ("house",)))
    assert titles(page) == ["Crisis house"]
    page.views.pick("")
    assert len(titles(page)) == 3


def test_a_change_elsewhere_is_drawn(page: ContractsPage) -> None:
    store = page.session.store
    last = next(c for c in store.all(Contract) if c.title == "Crisis house")
    with store.step("End it"):
        store.save(replace(last, current_end=date(2026, 12, 1)))
    assert titles(page)[0] == "Crisis house"


def test_the_same_as_a_table_has_every_date(page: ContractsPage) -> None:
    made = timeline(page)
    made.select_id(made._rows.order[0])
    made.as_table.setChecked(True)
    assert (
        made.grid.isVisible() and not made.view.isVisible() and made.grid.current_id() == made._rows.order[0]
    )
    store = page.session.store
    first = lines(store, [made._rows.order[0]])[made._rows.order[0]]
    row = table_row(first, store.today())
    assert row.cells["end"].text == "31 Mar 2027" and row.cells["notice"].text == "31 Dec 2026"
    assert row.cells["next"].text and row.cells["what"].text
    assert made.table.rowCount() == 3


def test_it_is_remembered_how_contracts_are_shown_and_how_far(page: ContractsPage, qtbot: QtBot) -> None:
    timeline(page).years.chosen.emit("10")
    again = ContractsPage(page.session)
    qtbot.addWidget(again)
    assert again.on_timeline and again.timeline is not None and again.timeline.scale().years == 10
    again.show_as("table")
    assert not again.list.view.isHidden()


def test_opening_a_contract_from_elsewhere_makes_it_current(page: ContractsPage) -> None:
    number = timeline(page)._rows.order[2]
    page.open_record(number)
    assert timeline(page).current_id() == number and page.detail.record is not None


def test_buttons_move_along_the_time_and_back_to_today(page: ContractsPage) -> None:
    made = timeline(page)
    before = made.scale().first
    earlier, today, later = made._tools
    later.click()
    assert made.scale().first > before
    earlier.click()
    earlier.click()
    assert made.scale().first < before
    today.click()
    assert made.scale().first == before
