"""Lines by the ten thousand: only what is in sight is asked for; arrows, zoom, Enter and the pointer."""

from collections.abc import Mapping, Sequence
from datetime import date
from time import process_time

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.timeline_bars import BarMark, BarStretch, TimelineRow
from widgets.timeline_view import TimelineView

TODAY = date(2026, 11, 29)


class Lines:
    """Ten thousand lines that note which were asked for."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def rows(self, ids: Sequence[int]) -> Mapping[int, TimelineRow]:
        self.asked += ids
        return {number: line(number) for number in ids if number != 13}


def line(number: int) -> TimelineRow:
    stretches = (
        BarStretch("certain", date(2024, 4, 1), date(2026, 3, 31)),
        BarStretch("used", date(2026, 4, 1), date(2027, 3, 31)),
        BarStretch("open", date(2027, 4, 1), date(2028, 3, 31)),
        BarStretch("rolls", date(2028, 4, 1), None),
    )
    marks = (
        BarMark("notice", date(2026, 12, 31), "amber"),
        BarMark("act", TODAY),
        BarMark("serve", TODAY),
        BarMark("break", TODAY),
    )
    return TimelineRow(
        number,
        f"Contract & <b>{number}</b>",
        "Provider",
        "1 Dec 2026",
        "Ends",
        "amber",
        stretches,
        marks,
        False,
        f"Contract {number}; ends",
    )


@pytest.fixture
def view(qtbot: QtBot) -> TimelineView:
    made = TimelineView(Lines(), TODAY)
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.set_ids(list(range(1, 10_001)))
    made.show()
    qtbot.waitExposed(made)
    return made


def asked(view: TimelineView) -> list[int]:
    source = view._source
    assert isinstance(source, Lines)
    return source.asked


def test_only_what_is_in_sight_is_fetched(view: TimelineView) -> None:
    view.viewport().repaint()
    assert 0 < len(asked(view)) <= 128
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    view.viewport().repaint()
    assert len(asked(view)) <= 300 and 10_000 in asked(view)


def test_a_paint_of_ten_thousand_lines_is_quick(view: TimelineView) -> None:
    bar = view.verticalScrollBar()
    taken = []
    for share in range(20):
        bar.setValue(bar.maximum() * share // 20)
        begun = process_time()
        view.viewport().repaint()
        taken.append(process_time() - begun)
    assert sorted(taken)[10] < 0.1


def test_arrows_go_from_line_to_line_and_enter_opens(view: TimelineView, qtbot: QtBot) -> None:
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.current_id() == 2 and view.accessibleDescription() == "Contract 2; ends"
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.current_id() == 10_000
    assert view.verticalScrollBar().value() == view.verticalScrollBar().maximum()
    with qtbot.waitSignal(view.opened) as told:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert told.args == [10_000]
    with qtbot.waitSignal(view.left):
        QTest.keyClick(view, Qt.Key.Key_Escape)


def test_a_press_opens_the_line_under_the_pointer(view: TimelineView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.opened) as told:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 48 * 3 + 10))
    assert told.args == [4] and view.current_id() == 4


def test_keys_move_along_the_time_and_closer(view: TimelineView) -> None:
    first = view.scale().first
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.scale().first > first
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.scale().years == 3
    QTest.keyClick(view, Qt.Key.Key_Minus)
    QTest.keyClick(view, Qt.Key.Key_Minus)
    assert view.scale().years == 10
    view.show_years(2)
    assert view.scale().first <= TODAY <= view.scale().last


def test_letters_are_for_the_filter(view: TimelineView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.typed) as told:
        QTest.keyClicks(view, "a")
    assert told.args == ["a"]


def test_the_current_line_stays_current_when_others_come(view: TimelineView) -> None:
    assert view.select_id(500)
    view.set_ids(list(range(400, 600)))
    assert view.current_id() == 500
    view.set_ids([])
    assert view.current_id() == 0 and not view.select_id(1)
    view.viewport().repaint()


def test_the_tip_says_the_whole_line_as_words(view: TimelineView) -> None:
    at = QPoint(60, 20)
    QApplication.sendEvent(
        view.viewport(), QHelpEvent(QEvent.Type.ToolTip, at, view.viewport().mapToGlobal(at))
    )
    assert view.viewport().toolTip() == "<qt>Contract 1<br>ends</qt>"


def test_a_line_that_has_gone_leaves_its_place_empty(view: TimelineView) -> None:
    assert view.select_id(13)
    view.viewport().repaint()
    assert view.accessibleDescription() == ""
