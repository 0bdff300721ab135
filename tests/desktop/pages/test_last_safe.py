"""The plan of a contract on screen: its days, opening one, setting it by hand and back, choosing a route."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.pages.last_safe import LastSafePanel
from desktop.session import Session
from storage.engine.fields import Period
from storage.records.contracts import Contract
from storage.records.planning import DecisionMeeting, LeadTime
from storage.records.terms import Extension


@pytest.fixture
def panel(qtbot: QtBot, session: Session) -> Iterator[LastSafePanel]:
    store = session.store
    with store.step("Routes"):
        quick, _ = store.save_many(
            [LeadTime(title="Quick", tender=Period(1, "m")), LeadTime(title="Slow", tender=Period(9, "m"))]
        )
        first = store.all(Contract)[0]
        store.save(replace(first, route=quick.id))
    made = LastSafePanel(session)
    qtbot.addWidget(made)
    made.resize(420, 900)
    made.show_contract(store.get(Contract, first.key))
    made.show()
    yield made


def contract(panel: LastSafePanel) -> Contract:
    return panel._session.store.all(Contract)[0]


def day_of(panel: LastSafePanel, key: str) -> str:
    return next(rung.day for rung in panel.ladder.rungs() if rung.key == key)


def test_it_begins_with_the_day_to_start_by(panel: LastSafePanel) -> None:
    assert panel._start.text() == f"Start by {day_of(panel, 'start')}"
    assert panel.choice.isHidden()
    assert "no meeting" in panel.no_meeting.text().lower()


def test_a_rung_opens_with_its_reason_and_a_day_typed_there_is_one_step(panel: LastSafePanel) -> None:
    panel.ladder.focus_rung("tender")
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Return)
    assert panel.ladder.opened() == "tender" and panel.inside._tree.words().startswith("Tender opens")
    panel.inside.editor.line.setFocus()
    panel.inside.editor.line.selectAll()
    QTest.keyClicks(panel.inside.editor.line, "1 Feb 2027")
    QTest.keyClick(panel.inside.editor.line, Qt.Key.Key_Return)
    assert day_of(panel, "tender") == "Mon 1 Feb 2027"
    assert contract(panel).plan_moved == {"buy": {"tender": "2027-02-01"}}
    assert panel.ladder.opened() == "tender" and panel.inside.back.isVisible() and panel.back.isVisible()
    panel.inside.back.click()
    assert contract(panel).plan_moved == {} and not panel.back.isVisible()


def test_every_day_is_set_back_at_once_and_undo_brings_them_again(panel: LastSafePanel) -> None:
    panel._pressed("tender")
    panel.inside.set_asked.emit("tender", date(2027, 1, 4))
    panel.inside.set_asked.emit("papers", date(2026, 12, 1))
    panel.back.click()
    assert contract(panel).plan_moved == {}
    panel._session.undo()
    assert contract(panel).plan_moved == {"buy": {"tender": "2027-01-04", "papers": "2026-12-01"}}
    assert day_of(panel, "tender") == "Mon 4 Jan 2027"


def test_another_route_moves_every_day(panel: LastSafePanel) -> None:
    before = day_of(panel, "start")
    place = panel.route.findText("Slow")
    panel.route.activated.emit(place)
    assert contract(panel).route == panel.route.itemData(place)
    assert day_of(panel, "start") != before and panel.route.currentText() == "Slow"


def test_a_meeting_added_elsewhere_is_heard_of(panel: LastSafePanel) -> None:
    with panel._session.store.step("Meetings"):
        panel._session.store.save(DecisionMeeting(title="Board", on=date(2027, 2, 9)))
    assert day_of(panel, "approval") == "Tue 9 Feb 2027" and panel.no_meeting.text() == ""


def test_an_open_option_is_offered_first(panel: LastSafePanel) -> None:
    with panel._session.store.step("Option"):
        panel._session.store.save(Extension(contract=contract(panel).id, length=Period(12, "m")))
    assert panel.choice.isVisible()
    panel.show_plan("extend")
    assert panel.ladder.rungs()[-1].title == "Contract ends" and panel.route.isHidden() is False
    assert not panel.route.isVisible()


def test_what_has_ended_is_not_called_late(panel: LastSafePanel) -> None:
    store = panel._session.store
    ended = next(c for c in store.all(Contract) if c.title == "Falls classes")
    with store.step("Route"):
        store.save(replace(ended, route=contract(panel).route))
    panel.show_contract(store.get(Contract, ended.key))
    assert all(not rung.tone for rung in panel.ladder.rungs()) and "has ended" in panel._state.text()


def test_esc_closes_the_rung_and_gives_it_the_keyboard(panel: LastSafePanel) -> None:
    panel.ladder.focus_rung("papers")
    panel._pressed("papers")
    panel.inside.editor.line.setFocus()
    QTest.keyClick(panel.inside.editor.line, Qt.Key.Key_Escape)
    assert panel.ladder.opened() == ""
