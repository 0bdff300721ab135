"""The chart of the load: a bar is chosen by a press or the arrows, the same again lets it go, words say it all."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from widgets.load_chart import LoadBar, LoadChart

BARS = [
    LoadBar("Q4", "2026/27", 4, True, "Q4 2026/27: 4 at once"),
    LoadBar("Q1", "2027/28", 0, False, "Q1 2027/28: 0 at once"),
    LoadBar("Q2", "2027/28", 2, False, "Q2 2027/28: 2 at once"),
]


@pytest.fixture
def chart(qtbot: QtBot) -> LoadChart:
    made = LoadChart(3)
    qtbot.addWidget(made)
    made.resize(700, made.height())
    made.set_bars(BARS)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_arrows_choose_and_esc_lets_go(chart: LoadChart) -> None:
    told: list[int] = []
    chart.chosen.connect(told.append)
    chart.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_End, Qt.Key.Key_Escape):
        QTest.keyClick(chart, key)
        chart.repaint()
    assert told == [0, 1, 0, 2, -1] and chart.value() == -1


def test_a_press_chooses_and_the_same_again_lets_go(chart: LoadChart) -> None:
    for expected in (1, -1):
        QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(92 + 40, 60))
        assert chart.value() == expected
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(690, 60))
    assert chart.value() == -1


def test_a_screen_reader_hears_the_quarter(chart: LoadChart) -> None:
    assert chart.accessibleName().endswith("3 quarters")
    chart.choose(0)
    assert chart.accessibleName().endswith("Q4 2026/27: 4 at once")
    QTest.mouseMove(chart, QPoint(30, 60))


def test_without_quarters_nothing_is_drawn_and_nothing_fails(chart: LoadChart) -> None:
    chart.set_bars([])
    chart.repaint()
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert chart.value() == -1
