"""Rows of a short list: one stop for Tab, arrows between them, one open in place, all of it by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from widgets.row_list import AT_ONCE, RowList
from widgets.table_model import Cell, Column, Row
from widgets.theme import apply_theme

COLUMNS = [Column("title", "Measure"), Column("state", "State")]


def rows(*numbers: int, state: str = "Open") -> list[Row]:
    return [
        Row(n, {"title": Cell(f"Measure {n}"), "state": Cell(state, "amber", pill=n == 2)}) for n in numbers
    ]


@pytest.fixture
def shown(qtbot: QtBot, qapp: QApplication) -> RowList:
    """Three rows."""
    apply_theme(qapp, dark=False)
    made = RowList(COLUMNS)
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.set_rows(rows(1, 2, 3))
    made.show()
    return made


def focused(shown: RowList) -> int:
    held = shown.window().focusWidget()
    return next((n for n in shown.ids() if shown.row(n) is held), 0)


def test_arrows_go_from_row_to_row_and_tab_stops_once(shown: RowList) -> None:
    shown.focus_row(1)
    QTest.keyClick(shown.row(1), Qt.Key.Key_Down)
    assert focused(shown) == 2
    QTest.keyClick(shown.row(2), Qt.Key.Key_End)
    assert focused(shown) == 3
    stops = [n for n in shown.ids() if shown.row(n).focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == [3]


def test_keys_ask_to_open_close_and_bin(shown: RowList) -> None:
    spy, bins = QSignalSpy(shown.pressed), QSignalSpy(shown.bin_asked)
    shown.focus_row(2)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Space):
        QTest.keyClick(shown.row(2), key)
    QTest.keyClick(shown.row(2), Qt.Key.Key_Delete)
    assert [spy.at(n) for n in range(spy.count())] == [[2, True], [2, False], [2, False]]
    assert bins.at(0) == [2]


def test_what_is_open_lies_under_its_row_and_gives_the_keyboard_back(shown: RowList, qtbot: QtBot) -> None:
    field = QLineEdit()
    shown.open_row(2, field)
    qtbot.waitUntil(field.isVisible)
    assert shown.row(2).geometry().bottom() < field.mapTo(shown, field.rect().topLeft()).y()
    qtbot.waitUntil(lambda: shown.row(3).y() > field.mapTo(shown, field.rect().bottomLeft()).y())
    field.setFocus()
    with qtbot.waitSignal(shown.left):
        QTest.keyClick(field, Qt.Key.Key_Escape)
    shown.close_row()
    assert focused(shown) == 2 and not field.isVisible() and shown.opened() == 0


def test_other_rows_keep_the_keyboard_where_it_is(shown: RowList) -> None:
    shown.focus_row(2)
    shown.set_rows(rows(5, 3, 2, state="Closed"))
    assert focused(shown) == 2 and shown.ids() == [5, 3, 2]
    assert shown.row(2).accessibleName() == "Measure: Measure 2; State: Closed"
    shown.set_rows(rows(5, 3))
    assert focused(shown) == 3


def test_a_row_that_goes_closes_what_was_open_under_it(shown: RowList) -> None:
    field = QLineEdit()
    shown.open_row(2, field)
    shown.set_rows(rows(1, 3))
    assert shown.opened() == 0 and not field.isVisible()
    assert not shown.grab().isNull()


def test_a_long_list_is_there_at_once_and_complete_soon(qtbot: QtBot, shown: RowList) -> None:
    many = list(range(10, 210))
    shown.set_rows(rows(*many))
    assert shown.down.count() < AT_ONCE + 10
    qtbot.waitUntil(lambda: shown.down.count() == len(many) + 2)
    shown.set_rows(rows(*range(300, 500)))
    assert shown.row(499).accessibleName().startswith("Measure: Measure 499")


@pytest.mark.parametrize("dark", [False, True])
def test_it_draws(qapp: QApplication, shown: RowList, dark: bool) -> None:
    apply_theme(qapp, dark=dark)
    shown.set_rows([Row(1, {"title": Cell("A", note="b"), "state": Cell("Red", mark="red")}), *rows(2, 3)])
    shown.resize(180, 300)
    shown.open_row(2, QLineEdit())
    assert not shown.grab().isNull()
    apply_theme(qapp, dark=False)
