"""A big table with groups: headings drawn, opened and closed by mouse and keyboard; records keep their place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy, QTest
from pytestqt.qtbot import QtBot

from widgets.table_groups import Heading
from widgets.table_model import Cell, Column, RecordTable, Row
from widgets.table_view import RecordView
from widgets.theme import ROW

COLUMNS = (Column("name", "Name", stretch=True), Column("cost", "Cost", 90, "right"))


class Grouped:
    """Ten records in three groups, counted each time they are asked for."""

    def __init__(self) -> None:
        self.held: list[int] = list(range(1, 11))
        self.sizes = {"a": 3, "b": 5, "c": 2}
        self.note = "£10"

    def ids(self) -> Sequence[int]:
        return list(self.held)

    def headings(self) -> Sequence[Heading]:
        return [Heading(key, f"Group {key}", self.note, count) for key, count in self.sizes.items()]

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        return {id: Row(id, {"name": Cell(f"Service {id}"), "cost": Cell(f"£{id}")}) for id in ids}


@pytest.fixture
def source() -> Grouped:
    return Grouped()


@pytest.fixture
def view(qtbot: QtBot, source: Grouped) -> Iterator[RecordView]:
    made = RecordView(RecordTable(source, COLUMNS))
    qtbot.addWidget(made)
    made.resize(600, 700)
    made.show()
    yield made


def model_of(view: RecordView) -> RecordTable:
    model = view.model()
    assert isinstance(model, RecordTable)
    return model


def seen(view: RecordView) -> list[object]:
    """What stands in each row: a heading's key, or an id."""
    model = model_of(view)
    return [
        h.key if (h := model.groups.heading(row)) else model.id_at(row) for row in range(model.rowCount())
    ]


def at(view: RecordView, row: int) -> QPoint:
    return QPoint(120, view.rowViewportPosition(row) + ROW // 2)


WHOLE = ["a", 1, 2, 3, "b", 4, 5, 6, 7, 8, "c", 9, 10]


def test_keeps_the_promises_of_a_model(view: RecordView, source: Grouped) -> None:
    model = model_of(view)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert seen(view) == WHOLE
    model.set_open(["b"], False)
    source.sizes = {"a": 3, "b": 4, "c": 3}
    model.refresh([8])
    source.sizes, source.held = {}, []
    model.refill()
    assert (model.rowCount(), tester.model()) == (0, model)


def test_a_click_on_a_heading_closes_and_opens_its_group(view: RecordView) -> None:
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at(view, 4))
    assert seen(view) == ["a", 1, 2, 3, "b", "c", 9, 10]
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at(view, 4))
    assert seen(view) == WHOLE


def test_the_keyboard_goes_to_headings_and_turns_them(view: RecordView) -> None:
    view.select_id(3)
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert (view.currentIndex().row(), view.current_id(), view.selected_ids()) == (4, 0, [])
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert seen(view) == ["a", 1, 2, 3, "b", "c", 9, 10]
    assert view.currentIndex().row() == 4
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert seen(view) == WHOLE
    QTest.keyClick(view, Qt.Key.Key_Space)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert seen(view) == WHOLE
    opened = QSignalSpy(view.opened)
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert [opened.at(n)[0] for n in range(opened.count())] == [4]


def test_choosing_over_a_heading_leaves_it_out(view: RecordView) -> None:
    told = QSignalSpy(view.selection_changed)
    view.select_id(2)
    for _ in range(4):
        QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert view.selected_ids() == [2, 3, 4, 5]
    assert told.at(told.count() - 1)[0] == 4
    view.copy()
    assert QGuiApplication.clipboard().text().splitlines()[1:] == [f"Service {n}\t£{n}" for n in (2, 3, 4, 5)]


def test_a_record_in_a_closed_group_is_found_by_opening_it(view: RecordView) -> None:
    model_of(view).set_open(["a", "b", "c"], False)
    assert seen(view) == ["a", "b", "c"]
    assert view.select_id(6)
    assert (view.current_id(), seen(view)) == (6, ["a", "b", 4, 5, 6, 7, 8, "c"])
    assert not view.select_id(99)


def test_closing_the_group_of_the_current_record_leaves_its_heading_current(view: RecordView) -> None:
    view.select_id(6)
    model_of(view).set_open(["b"], False)
    assert (view.currentIndex().row(), view.current_id(), view.selected_ids()) == (4, 0, [])


def test_groups_stay_closed_when_the_rows_are_asked_anew(view: RecordView, source: Grouped) -> None:
    view.select_id(9)
    model_of(view).set_open(["b"], False)
    source.held, source.sizes = [1, 2, 4, 5, 6, 7, 8, 9, 10], {"a": 2, "b": 5, "c": 2}
    model_of(view).refresh([3])
    assert seen(view) == ["a", 1, 2, "b", "c", 9, 10]
    assert view.current_id() == 9


def test_a_total_that_changes_is_redrawn_without_moving_anything(
    qtbot: QtBot, view: RecordView, source: Grouped
) -> None:
    model = model_of(view)
    source.note = "£11"
    redrawn = QSignalSpy(model.dataChanged)
    with qtbot.assertNotEmitted(model.modelReset):
        model.refresh([1])
    assert redrawn.count() == 1
    role = Qt.ItemDataRole.AccessibleTextRole
    assert model.index(4, 1).data(role) == "Group Group b, £11, open"
    assert [model.index(4, column).data() for column in (0, 1)] == ["Group b", ""]


def test_headings_are_drawn_over_their_cells(view: RecordView) -> None:
    view.setFocus()
    open_picture = view.grab().toImage()
    view.select_id(3)
    QTest.keyClick(view, Qt.Key.Key_Down)
    ring = view.grab().toImage()
    assert ring != open_picture
    model_of(view).set_open(["b"], False)
    assert view.grab().toImage() != ring


def test_the_first_record_is_current_from_the_start(qtbot: QtBot, view: RecordView) -> None:
    view.activateWindow()
    view.clearFocus()
    view.setFocus(Qt.FocusReason.OtherFocusReason)
    qtbot.waitUntil(view.hasFocus)
    assert view.current_id() == 1
