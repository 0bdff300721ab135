"""The forward plan on screen: quarters chosen on the chart or in the table, and a row that goes to the contract."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.pages.forward import ForwardPage
from desktop.pages.page import Place
from desktop.session import Session
from storage.engine.fields import Period
from storage.records.contracts import Contract
from storage.records.planning import LeadTime


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> Iterator[ForwardPage]:
    store = session.store
    with store.step("More"):
        route = store.save(LeadTime(title="Open", tender=Period(6, "m"), approval=Period(1, "m")))
        first = store.all(Contract)[0]
        store.save(replace(first, route=route.id))
        store.save_many(
            [replace(first, id=None, uuid="", title=f"More {n}", route=route.id, current_end=date(2028, 3, 31))
             for n in range(5)]
        )  # fmt: skip
    made = ForwardPage(session)
    qtbot.addWidget(made)
    made.resize(1166, 700)
    made.show()
    qtbot.waitUntil(lambda: made.ahead is not None)
    yield made


def shown(page: ForwardPage) -> list[str]:
    return [f"{item.what} {item.title}" for item in page._items.items]


def test_clashes_are_said_and_the_chart_has_every_quarter(page: ForwardPage) -> None:
    assert "5 procurements at once" in page._clash.text() and page._clash_part.isVisible()
    assert [bar.label for bar in page.chart.bars()][:3] == ["Q3", "Q4", "Q1"]
    assert any(bar.over for bar in page.chart.bars())


def test_choosing_a_quarter_shows_what_falls_into_it(page: ForwardPage) -> None:
    every = len(shown(page))
    last = next(n for n, q in enumerate(page._quarters.quarters) if q.label == "Q4 2027/28")
    page.chart.choose(last)
    assert page._head.text() == "Q4 2027/28" and 0 < len(shown(page)) < every
    assert "Ends More 0" in shown(page) and "Ends Stroke support" not in shown(page)
    page.every.click()
    assert len(shown(page)) == every and not page.every.isVisible()


def test_what_is_late_is_one_press_away(page: ForwardPage) -> None:
    assert page.late.isVisible()
    page.late.click()
    assert page._head.text() == "Late" and all("Stroke" in each for each in shown(page))


def test_as_a_table_the_quarters_can_be_walked(page: ForwardPage) -> None:
    page.as_table.setChecked(True)
    assert page.quarters.isVisible() and not page.chart.isVisible()
    assert page._quarter_table.cell(0, "quarter").text == "Q3 2026/27"
    page.quarters.select_id(2)
    assert page._head.text() == "Q4 2026/27"


def test_enter_goes_to_the_plan_of_the_contract(page: ForwardPage, qtbot: QtBot) -> None:
    page.items.select_id(1)
    with qtbot.waitSignal(page.go) as told:
        QTest.keyClick(page.items, Qt.Key.Key_Return)
    assert told.args == [Place("contracts", page._items.items[0].contract, "plan")]


def test_a_change_and_another_stretch_of_time_are_read_again(page: ForwardPage, qtbot: QtBot) -> None:
    before = len(page._quarters.quarters)
    page.years.chosen.emit("5")
    page.years.set_value("5")
    qtbot.waitUntil(lambda: len(page._quarters.quarters) > before)
    store = page.session.store
    gone = next(c for c in store.all(Contract) if c.title == "More 0")
    with store.step("Over"):
        store.save(replace(gone, stage="Terminated"))
    qtbot.waitUntil(lambda: not any("More 0" in each for each in shown(page)))


def test_without_contracts_it_says_what_belongs_there(qtbot: QtBot, session: Session) -> None:
    with session.store.step("Empty"):
        session.store.bin(Contract, session.store.ids(Contract))
    page = ForwardPage(session)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.ahead is not None)
    assert page._stack.currentIndex() == 1


def test_where_nothing_lies_ahead_it_says_so(qtbot: QtBot, session: Session) -> None:
    session.store.today = lambda: date(2090, 1, 1)
    page = ForwardPage(session)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.ahead is not None)
    assert not page.items.isVisible() and page._count.text().startswith("Nothing is to be done")
