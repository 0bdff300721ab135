"""Today: groups by time, each row a press from its record, charts as tables too, reminders dismissed, views watched."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.pages.page import Place
from desktop.pages.today import TodayPage
from desktop.session import Session
from storage.desk.lists.arrangement import Arrangement
from storage.desk.lists.views import save_view, watch_view
from storage.engine.fields import Period
from storage.engine.store import Store
from storage.records.actions import Action
from storage.records.contracts import Contract
from storage.records.planning import Reminder
from widgets.due_rows import DueCard
from widgets.empty import EmptyPage
from widgets.quarter_bars import ChartCard


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.looking.QUIET", 20)


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> Iterator[TodayPage]:
    store = session.store
    with store.step("Work"):
        store.save(Action(title="Write to the partners", owner="Ann Lee", due=date(2026, 11, 20), contract=1))
        store.save(Action(title="Call them", owner="Tom Ashby", due=date(2026, 11, 25)))
        store.save(Reminder(contract=1, about="End", lead=Period(6, "m"), title="Think of the end"))
    made = TodayPage(session)
    made.resize(1166, 700)
    made.show()
    qtbot.waitUntil(lambda: made.settled, timeout=10_000)
    yield made
    made.close()
    made.deleteLater()


def said(page: TodayPage) -> str:
    QApplication.processEvents()  # what is new is shown in the next turn
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def card_with(page: TodayPage, words: str) -> tuple[DueCard, int]:
    return next((c, n) for c in cards(page) for n, r in enumerate(c.rows) if words in r.shown.spoken)


def cards(page: TodayPage) -> list[DueCard]:
    QApplication.processEvents()
    return [c for c in page.findChildren(DueCard) if c.isVisible()]


def again(qtbot: QtBot, page: TodayPage) -> None:
    qtbot.waitUntil(lambda: page.settled, timeout=10_000)


def test_late_things_stand_first_and_are_counted(page: TodayPage) -> None:
    words = said(page)
    assert "Sunday 22 November 2026" in words and "2 things need you this week" in words
    assert words.index("Late") < words.index("This week")
    card, place = card_with(page, "Write to the partners")
    assert card.rows[place].shown.tone == "red" and "Stroke support · C-1" in card.rows[place].shown.where


def test_a_row_leads_to_its_record(qtbot: QtBot, page: TodayPage) -> None:
    card, place = card_with(page, "Call them")
    with qtbot.waitSignal(page.go) as went:
        card.rows[place].click()
    assert went.args is not None
    assert went.args[0].page == "actions" and went.args[0].record == 2


def test_one_persons_work_is_shown_and_remembered(page: TodayPage) -> None:
    page.choose_owner("Tom Ashby")
    assert "1 thing needs you this week" in said(page)
    assert page.session.state.recall("today_owner") == "Tom Ashby"


def test_a_reminder_is_dismissed_and_undo_brings_it_back(qtbot: QtBot, page: TodayPage) -> None:
    card, place = card_with(page, "Think of the end")
    with qtbot.waitSignal(page._looking.found, timeout=10_000):
        card.acted.emit(place)
    assert "Think of the end" not in [r.shown.what for c in cards(page) for r in c.rows]
    assert page.session.store.get(Reminder, 1).dismissed_for == date(2027, 3, 31)
    with qtbot.waitSignal(page._looking.found, timeout=10_000):
        page.session.undo()
    card_with(page, "Think of the end")


def test_charts_can_be_read_as_tables(page: TodayPage) -> None:
    charts = page.findChildren(ChartCard)
    assert len(charts) == 2
    switch = next(b for b in charts[0].findChildren(QPushButton) if b.text() == "As a table")
    switch.click()
    assert charts[0].as_table and "Contracts ending" in [
        label.text() for label in charts[0].findChildren(QLabel)
    ]


def test_a_watched_view_stands_with_its_count(qtbot: QtBot, page: TodayPage) -> None:
    with qtbot.waitSignal(page._looking.found, timeout=10_000):
        saved = save_view(page.session.store, "contracts", Contract, "All of them", Arrangement(("title",)))
        watch_view(page.session.store, saved.key)
    assert page.seen is not None
    assert [(w.name, w.count) for w in page.seen.watched] == [("All of them", 3)]
    press = next(
        b for b in page.findChildren(QPushButton) if b.accessibleName() == "All of them" and not b.isHidden()
    )
    with qtbot.waitSignal(page.go) as went:
        press.click()
    assert went.args == [Place("contracts", view=saved.uuid)]


def test_what_was_opened_and_changed_last_is_there(qtbot: QtBot, page: TodayPage) -> None:
    page.session.looked_at("organisation", 2)
    page.hide()
    page.show()
    again(qtbot, page)
    names = [b.accessibleName() for b in page.findChildren(QPushButton) if not b.isHidden()]
    assert "Southgate Trust" in names and "Call them" in names


def test_it_looks_again_on_another_day(qtbot: QtBot, page: TodayPage) -> None:
    page.session.store.today = lambda: date(2026, 11, 26)
    page.hide()
    with qtbot.waitSignal(page._looking.found, timeout=10_000):
        page.show()
    assert "Thursday 26 November 2026" in said(page)


def test_an_empty_file_offers_first_actions(qtbot: QtBot, store: Store) -> None:
    session = Session(store)
    page = TodayPage(session)
    page.show()
    again(qtbot, page)
    assert isinstance(page._pages.currentWidget(), EmptyPage)
    assert page.primary == ("", "") and page.beside is None
    page.close()
    page.deleteLater()
    session.deleteLater()
