"""A record's parts: added, opened in place, typed in, binned and brought back, with the lists inside them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.pages.part_list import part_place
from desktop.pages.part_lists import PartsPanel
from desktop.pages.part_section import PartSection
from desktop.session import Session
from storage.engine.store import Store
from storage.records.contracts import Contract
from tests.desktop.pages.parts_sample import (
    AMOUNTS,
    MEASURES,
    Amount,
    Measure,
    Reading,
    TriedDetail,
    with_parts,
)
from widgets.form import RecordForm
from widgets.parts import IconLabel, Words
from widgets.worked import WorkedList


@pytest.fixture(autouse=True)
def parts() -> Iterator[None]:
    """Files of these tests hold the sample's records too."""
    with with_parts():
        yield


@pytest.fixture
def measured(filled: Store) -> Store:
    """Two measures and two amounts on the first contract."""
    with filled.step("Measure"):
        first, _ = filled.save_many(
            [
                Measure(contract=1, title="Waiting time", target="5 days", due=date(2026, 12, 1), rating="Amber",
                        agreed_with=1),
                Measure(contract=1, title="Attendance", target="90%", rating="Green", closed=date(2026, 1, 1)),
            ]
        )  # fmt: skip
        filled.save_many(
            [Amount(contract=1, year="2026/27", planned=100_00, agreed_on=date(2026, 4, 1)),
             Amount(contract=1, year="2027/28", planned=200_50)]
        )  # fmt: skip
        filled.save(Reading(measure=first.id, period="Period 1", came_to="6 days", rating="Amber"))
    return filled


@pytest.fixture
def panel(qtbot: QtBot, measured: Store, session: Session) -> PartsPanel:
    made = PartsPanel(session, (MEASURES, AMOUNTS))
    qtbot.addWidget(made)
    made.resize(396, 700)
    made.show()
    made.show_record(session.store.get(Contract, 1))
    return made


def form_of(section: PartSection) -> RecordForm:
    assert section.inside is not None
    return section.inside.form()


def type_into(section: PartSection, field: str, words: str, leave: bool = True) -> None:
    control = cast("QLineEdit", form_of(section).editor(field).control)
    control.setFocus()
    control.selectAll()
    QTest.keyClicks(control, words)
    if leave:
        QTest.keyClick(control, Qt.Key.Key_Return)


def spoken(section: PartSection) -> list[str]:
    return [section.rows.row(n).accessibleName() for n in section.rows.ids()]


def last_step(session: Session) -> str:
    step = session.history.next_undo()
    return step.label if step else ""


def press(within: QWidget, words: str) -> QPushButton:
    found = [b for b in within.findChildren(QPushButton) if b.text() == words and not b.isHidden()]
    assert found, words
    return found[0]


def test_rows_say_what_there_is(panel: PartsPanel) -> None:
    measures, amounts = panel.sections
    assert spoken(measures) == [
        "Measure: Attendance; Target: 90%; Rating: Green",
        "Measure: Waiting time; Target: 5 days; Agreed with: Northmoor Care; Due: 1 Dec 2026; Latest: 6 days; "
        "Rating: Amber",
    ]
    assert measures.rows.row(1).cell("rating").mark == "amber"
    assert measures.rows.row(2).cell("title").tone == "soft"
    assert spoken(amounts)[0] == "Year: 2026/27; Planned: £100.00; Left: £100.00; Agreed: Agreed"
    assert amounts.summary() == "£300.50 planned in all"


def test_adding_opens_it_with_the_cursor_in_its_first_field(panel: PartsPanel, session: Session) -> None:
    measures = panel.sections[0]
    press(measures, "Add a measure").click()
    assert last_step(session) == "Add a measure to Stroke support"
    assert measures.rows.opened() == 3
    form = form_of(measures)
    assert panel.window().focusWidget() is form.editor("title").control
    type_into(measures, "title", "Complaints")
    assert session.store.get(Measure, 3).title == "Complaints"
    assert last_step(session) == "Change measure of Measure 3"
    assert measures.rows.ids() == [2, 1, 3], "while it is open it stays where it is"
    measures.close_part()
    assert measures.rows.ids() == [2, 3, 1]


def test_undo_takes_an_added_part_away_and_redo_brings_it_back(panel: PartsPanel, session: Session) -> None:
    measures = panel.sections[0]
    measures.add()
    session.undo()
    assert measures.rows.ids() == [2, 1] and measures.rows.opened() == 0
    session.redo()
    assert measures.rows.ids() == [2, 1, 3]


def test_a_problem_stands_under_its_field(panel: PartsPanel) -> None:
    measures = panel.sections[0]
    measures.open_part(1)
    type_into(measures, "title", " ")
    assert form_of(measures).editor("title").problem_line.words() == "Measure is needed."
    type_into(measures, "due", "31/31/2026")
    assert "wrong" in str(form_of(measures).editor("due").control.dynamicPropertyNames())


def test_typing_is_never_disturbed_and_is_saved_when_another_is_opened(
    panel: PartsPanel, session: Session
) -> None:
    measures = panel.sections[0]
    measures.open_part(1)
    type_into(measures, "target", "7 days", leave=False)
    session.change(Measure, 1, {"rating": "Red"})
    assert panel.window().focusWidget() is form_of(measures).editor("target").control
    assert form_of(measures).editor("target").words() == "7 days"
    assert measures.rows.row(1).cell("rating").mark == "red"
    measures.open_part(2)
    assert session.store.get(Measure, 1).target == "7 days"


def test_words_that_cannot_be_read_are_there_when_it_is_opened_again(panel: PartsPanel) -> None:
    measures = panel.sections[0]
    measures.open_part(1)
    type_into(measures, "due", "some day", leave=False)
    measures.open_part(2)
    assert form_of(measures).editor("due").words() == ""
    measures.open_part(1)
    assert form_of(measures).editor("due").words() == "some day"


def test_why_is_answered_in_the_open_row(panel: PartsPanel) -> None:
    amounts = panel.sections[1]
    amounts.open_part(2)
    press(amounts, "Why?").click()
    assert form_of(amounts).why("left") == "£200.50 planned less £0.00 spent."


def test_the_bin_and_back(panel: PartsPanel, session: Session) -> None:
    measures = panel.sections[0]
    measures.open_part(1)
    press(measures, "Bin").click()
    assert measures.rows.ids() == [2]
    assert last_step(session) == "Move Waiting time to the bin"
    session.undo()
    assert measures.rows.ids() == [2, 1]
    measures.rows.focus_row(1)
    QTest.keyClick(measures.rows.row(1), Qt.Key.Key_Delete)
    assert measures.rows.ids() == [2]


def test_what_is_sealed_is_shown_and_not_changed(panel: PartsPanel) -> None:
    amounts = panel.sections[1]
    amounts.open_part(1)
    control = cast("QLineEdit", form_of(amounts).editor("planned").control)
    assert control.isReadOnly()
    amounts.bin(1)
    assert amounts.rows.ids() == [1, 2]


def test_a_file_opened_to_read_shows_everything_and_offers_nothing(
    panel: PartsPanel, session: Session
) -> None:
    measures = panel.sections[0]
    panel.show_record(session.store.get(Contract, 2), read_only=True)
    assert measures.rows.ids() == []
    panel.show_record(session.store.get(Contract, 1), read_only=True)
    measures.open_part(1)
    offered = [b.text() for b in measures.findChildren(QPushButton) if b.isVisible()]
    assert "Bin" not in offered and "Add a measure" not in offered and "Add a reading" not in offered
    assert cast("QLineEdit", form_of(measures).editor("title").control).isReadOnly()
    measures.add()
    measures.bin(1)
    assert measures.rows.ids() == [2, 1]


def test_lists_inside_an_open_part(panel: PartsPanel, session: Session) -> None:
    measures = panel.sections[0]
    measures.open_part(1)
    assert measures.inside is not None
    [readings] = measures.inside.lists
    assert spoken(readings) == ["Period: Period 1; Result: 6 days; Rating: Amber"]
    readings.add()
    assert session.store.get(Reading, 2).period == "Period 2"
    assert last_step(session) == "Add a reading to Waiting time"
    measures.open_part(2)
    assert readings.rows.ids() == [] and readings.rows.opened() == 0


def test_what_is_worked_out_from_elsewhere_is_renewed_with_its_reason(
    panel: PartsPanel, session: Session
) -> None:
    measures = panel.sections[0]
    measures.open_part(1)
    worked = measures.findChildren(WorkedList)[0]
    worked.link_of("standing").click()
    assert worked.why("standing") == "Amber: 6 days in Period 1 against 5 days."
    session.change(Reading, 1, {"came_to": "9 days", "rating": "Red"})
    assert measures.rows.row(1).cell("latest").text == "9 days"
    assert worked.why("standing") == "Red: 9 days in Period 1 against 5 days."
    measures.open_part(2)
    assert worked.isHidden()


def test_a_command_is_offered_where_it_makes_sense(panel: PartsPanel, session: Session) -> None:
    measures = panel.sections[0]
    measures.open_part(1)
    press(measures, "Rate green").click()
    assert session.store.get(Measure, 1).rating == "Green"
    assert not [b for b in measures.findChildren(QPushButton) if b.text() == "Rate green" and b.isVisible()]


def test_a_link_of_a_part_points_only_to_parts_of_the_same_parent(
    panel: PartsPanel, session: Session
) -> None:
    with session.store.step("Another contract's measure"):
        session.store.save(Measure(contract=2, title="Elsewhere"))
    amounts = panel.sections[1]
    amounts.open_part(2)
    box = form_of(amounts).editor("measure").control
    assert [box.itemText(i) for i in range(box.count())] == ["Attendance", "Waiting time"]  # type: ignore[attr-defined]


def test_by_keyboard_alone(panel: PartsPanel, qtbot: QtBot, session: Session) -> None:
    measures = panel.sections[0]
    qtbot.waitUntil(lambda: not panel.is_ordering())
    press(measures, "Add a measure").setFocus()
    QTest.keyClick(panel.window().focusWidget(), Qt.Key.Key_Tab)
    assert panel.window().focusWidget() is measures.rows.row(2)
    QTest.keyClick(panel.window().focusWidget(), Qt.Key.Key_Down)
    QTest.keyClick(panel.window().focusWidget(), Qt.Key.Key_Return)
    form = form_of(measures)
    assert panel.window().focusWidget() is form.editor("title").control
    qtbot.waitUntil(lambda: not panel.is_ordering())
    for name in ("target", "due", "rating", "agreed_with"):
        QTest.keyClick(panel.window().focusWidget(), Qt.Key.Key_Tab)
        assert panel.window().focusWidget() is form.editor(name).control
    while not isinstance(panel.window().focusWidget(), QPushButton):
        QTest.keyClick(panel.window().focusWidget(), Qt.Key.Key_Tab)
    assert cast("QPushButton", panel.window().focusWidget()).text() == "Add a reading"
    QTest.keyClick(panel.window().focusWidget(), Qt.Key.Key_Escape)
    assert measures.rows.opened() == 0
    assert panel.window().focusWidget() is measures.rows.row(1)


def test_an_empty_list_is_one_quiet_line(panel: PartsPanel, session: Session) -> None:
    panel.show_record(session.store.get(Contract, 3))
    measures, amounts = panel.sections
    assert measures.rows.ids() == [] and amounts.summary() == ""
    words = [w.text() for w in measures.findChildren(Words) if w.isVisible() and w.text()]
    assert words == ["Measures", "Nothing is measured yet."]
    assert not [w for w in measures.findChildren(IconLabel) if w.isVisible()]


def test_it_reads_again_only_what_was_touched_and_when_it_is_seen(
    panel: PartsPanel, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    measures, amounts = panel.sections
    read: list[str] = []
    for section in (measures, amounts):
        monkeypatch.setattr(section, "reload", lambda title=section.part.title: read.append(title))
    session.change(Amount, 2, {"spent": 5_00})
    assert read == ["By year"]
    panel.hide()
    session.change(Measure, 1, {"target": "9 days"})
    assert read == ["By year"]
    panel.show()
    assert read == ["By year", "Measures"]


def test_a_place_leads_to_a_part_a_part_of_a_part_and_a_field(
    qtbot: QtBot, measured: Store, session: Session
) -> None:
    detail = TriedDetail(session)
    qtbot.addWidget(detail)
    detail.resize(396, 700)
    detail.show()
    detail.show_record(1)
    detail.show_tab(part_place("run", session.store.get(Measure, 1), "due"))
    assert detail.window().focusWidget().accessibleName() == "Next due"
    detail.show_tab(part_place("run", session.store.get(Reading, 1), "came_to"))
    assert detail.window().focusWidget().accessibleName() == "Result"
    detail.show_tab("money/contract/1/current_value")
    assert detail.window().focusWidget().accessibleName() == "Current value"
    session.change(Contract, 1, {"current_value": 5_00})
    assert not detail.grab().isNull()
