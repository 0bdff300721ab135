"""The picture of many risks on one matrix: what fits in a square, and how one is chosen."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.widgets.checklist_sample import MATRIX
from widgets.risk_board import CELL, FOOT, LEFT, Pin, RiskBoardPicture, fitted

BOX = QRectF(0, 0, CELL.width(), CELL.height())


def picture(qtbot: QtBot, pins: list[Pin]) -> RiskBoardPicture:
    made = RiskBoardPicture(MATRIX)
    qtbot.addWidget(made)
    made.set_pins(pins, MATRIX)
    made.show()
    return made


def test_what_has_no_room_in_a_square_is_counted(qapp: QApplication) -> None:
    metrics = QFontMetricsF(QApplication.font())
    few = fitted(["1", "2"], metrics, BOX)
    assert [words for _, words in few] == ["1", "2"]
    many = fitted([str(n) for n in range(100, 140)], metrics, BOX)
    shown = [words for _, words in many]
    assert shown[-1] == f"+{40 - (len(shown) - 1)}" and len(shown) > 2
    assert all(BOX.contains(place) for place, _ in many)
    assert not any(a.intersects(b) for n, (a, _) in enumerate(many) for b, _ in many[n + 1 :])
    assert fitted([], metrics, BOX) == []


def test_a_square_is_chosen_by_a_press_and_let_go_by_another(qtbot: QtBot) -> None:
    shown = picture(qtbot, [Pin("1", (5, 1), "up"), Pin("2", (5, 1))])
    heard: list[object] = []
    shown.chosen.connect(heard.append)
    corner = QPointF(LEFT + 5 * CELL.width() - 4, 5 * CELL.height() - 4).toPoint()
    for _ in range(2):
        QTest.mouseClick(shown, Qt.MouseButton.LeftButton, pos=corner)
    assert heard == [(5, 1), None]
    assert (
        shown.square_at(QPointF(3, 3)) is None
        and shown.square_at(QPointF(LEFT + 3, 5 * CELL.height() + FOOT)) is None
    )
    assert not shown.grab().isNull()


def test_the_arrow_keys_go_from_square_to_square_and_say_what_is_there(qtbot: QtBot) -> None:
    shown = picture(qtbot, [Pin("04a", (1, 2), "down"), Pin("05", (1, 2), "same")])
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Left):
        QTest.keyClick(shown, key)
    assert shown.accessibleDescription() == "Likelihood 1, consequence 2: 04a ↓, 05"
    QTest.keyClick(shown, Qt.Key.Key_Right)
    assert shown.accessibleDescription() == "Likelihood 2, consequence 2: no risk"
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert shown.accessibleDescription() == ""
    assert shown.accessibleName() == "Matrix with 2 risks; the table has the same"


def test_arrows_come_from_where_risks_were_while_they_are_few(qtbot: QtBot) -> None:
    few = [Pin("1", (4, 4), "up", (3, 3)), Pin("2", (4, 4), "same", (4, 4)), Pin("3", (1, 1), "new")]
    shown = picture(qtbot, few)
    assert shown.arrows() == [((3, 3), (4, 4))]
    many = [Pin(f"{x}{y}", (x, y), "up", (1, 1)) for x in range(1, 6) for y in range(2, 5)]
    shown.set_pins(many, MATRIX)
    assert shown.arrows() == []
    shown.choose((5, 3))
    assert shown.arrows() == [((1, 1), (5, 3))]
    assert not shown.grab().isNull()
