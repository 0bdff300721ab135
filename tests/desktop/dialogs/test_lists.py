"""The reference lists: shown, typed in, added to, and counted at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.dialogs.lists import ListsDialog
from desktop.session import Session
from storage.desk.beginning.opened import see_to
from storage.engine.values import Period
from storage.records.contracts import Contract
from storage.records.planning import DecisionMeeting, LeadTime, Threshold
from storage.records.reference import BankHoliday


@pytest.fixture
def dialog(qtbot: QtBot, session: Session) -> Iterator[ListsDialog]:
    see_to(session.store)
    over = QWidget()
    qtbot.addWidget(over)
    made = ListsDialog(over, session)
    made.show()
    yield made
    if isValid(made):
        made.close()


def type_into(dialog: ListsDialog, key: str, field: str, words: str) -> None:
    inside = dialog.section(key).inside
    assert inside is not None
    line = cast("QLineEdit", inside.form().editor(field).control)
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, words)
    QTest.keyClick(line, Qt.Key.Key_Return)


def test_every_list_is_there_and_made_only_when_it_is_shown(dialog: ListsDialog) -> None:
    assert dialog.names() == [
        "lead_times", "meetings", "limits", "evidence", "checklists", "phrases", "outlines", "holidays", "templates",
        "reminders",
    ]  # fmt: skip
    assert [*dialog._sections] == ["lead_times"]
    for key in dialog.names():
        dialog.show_list(key)
    assert len(dialog.section("limits").rows.ids()) > 40
    assert dialog.section("templates").rows.ids()


def test_a_lead_time_changed_here_moves_the_dates_of_contracts(dialog: ListsDialog, session: Session) -> None:
    route = session.store.all(LeadTime)[0]
    session.change(Contract, 1, {"route": route.key})
    before = session.store.get(Contract, 1).start_by
    dialog.section("lead_times").open_part(route.key)
    type_into(dialog, "lead_times", "mobilisation", "6 months")
    assert session.store.get(LeadTime, route.key).mobilisation == Period(6, "m")
    after = session.store.get(Contract, 1).start_by
    assert before is not None and after is not None and after < before


def test_a_meeting_is_added_like_the_last_one(dialog: ListsDialog, session: Session) -> None:
    dialog.show_list("meetings")
    meetings = dialog.section("meetings")
    meetings.add()
    type_into(dialog, "meetings", "title", "Commissioning board")
    type_into(dialog, "meetings", "on", "10/12/2026")
    meetings.add()
    assert session.store.get(DecisionMeeting, 2).title == "Commissioning board"
    step = session.history.next_undo()
    assert step is not None and step.label == "Add a meeting"


def test_a_change_of_the_law_is_a_new_row(dialog: ListsDialog, session: Session) -> None:
    dialog.show_list("limits")
    limits = dialog.section("limits")
    limits.add()
    type_into(dialog, "limits", "code", "pa23_kpi_value")
    type_into(dialog, "limits", "amount", "6m")
    made = session.store.all(Threshold)[-1]
    assert (made.code, made.amount) == ("pa23_kpi_value", 6_000_000_00)


def test_a_bank_holiday_is_named_with_its_weekday(dialog: ListsDialog, session: Session) -> None:
    dialog.show_list("holidays")
    first = session.store.all(BankHoliday)[0]
    session.change(BankHoliday, first.key, {"on": date(2026, 12, 25)})
    assert dialog.section("holidays").rows.row(first.key).cell("on").text == "Friday 25 Dec 2026"


def test_what_is_being_typed_is_saved_when_it_is_closed(
    qtbot: QtBot, dialog: ListsDialog, session: Session
) -> None:
    route = session.store.all(LeadTime)[0]
    dialog.section("lead_times").open_part(route.key)
    inside = dialog.section("lead_times").inside
    assert inside is not None
    line = cast("QLineEdit", inside.form().editor("title").control)
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "Quick way")
    with qtbot.waitSignal(dialog.destroyed):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert session.store.get(LeadTime, route.key).title == "Quick way"


def test_its_button_closes_it(qtbot: QtBot, dialog: ListsDialog) -> None:
    with qtbot.waitSignal(dialog.destroyed):
        next(b for b in dialog.findChildren(QPushButton) if b.text() == "Close").click()


def test_the_frame_of_the_window_closes_it(qtbot: QtBot, dialog: ListsDialog) -> None:
    with qtbot.waitSignal(dialog.destroyed):
        dialog.close()
