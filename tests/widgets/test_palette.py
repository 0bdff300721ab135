"""Search for everything: what is asked, how it is led by keys, what is marked."""

from collections.abc import Sequence
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLineEdit, QListView, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from widgets.palette import Entry, Palette
from widgets.palette_entries import EntryList
from widgets.palette_painter import parts_of

W = TypeVar("W", bound=QWidget)


def only(parent: QWidget, kind: type[W]) -> W:
    """The child of a sort."""
    found = parent.findChild(kind)
    assert found is not None
    return found


NEW = Entry("Commands", "New contract", "Ctrl+N", "plus", "new")
FALLS = Entry("Contracts", "Falls <b>prevention</b>", "CD-0007 · Tarn Trust", "briefcase", "contract:7")
STROKE = Entry("Contracts", "Stroke discharge", "CD-0008", "briefcase", "contract:8")
CARE = Entry("Providers", "Contract Care Ltd", "", "", "provider:1")
ALL = (NEW, FALLS, CARE, STROKE)


class Desk:
    """A window with a search line and what it found."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        self.line, self.other = QLineEdit(), QPushButton("Other")
        below = QVBoxLayout(self.window)
        below.addWidget(self.line)
        below.addWidget(self.other)
        self.window.resize(900, 600)
        qtbot.addWidget(self.window)
        self.asked: list[str] = []
        self.palette = Palette(self.line, self.find)
        self.chosen: list[Entry] = []
        self.palette.chosen.connect(self.chosen.append)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitExposed(self.window)

    def find(self, words: str) -> Sequence[Entry]:
        self.asked.append(words)
        return [entry for entry in ALL if words.casefold() in entry.title.casefold()]

    def current(self) -> object:
        return only(self.palette, QListView).currentIndex().data()


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def test_the_list_keeps_the_promises_of_a_model(qtbot: QtBot) -> None:
    model = EntryList()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_entries(ALL)
    words = [model.index(row).data() for row in range(model.rowCount())]
    assert words == [
        "Commands", NEW.title, "Contracts", FALLS.title, STROKE.title, "Providers", CARE.title,
    ]  # fmt: skip
    assert not model.flags(model.index(0)) & Qt.ItemFlag.ItemIsSelectable
    role = Qt.ItemDataRole.AccessibleTextRole
    assert model.index(4).data(role) == "Stroke discharge, CD-0008, Contracts"
    assert model.index(2).data(role) == "Contracts"


def test_opens_with_the_line_ready_and_the_first_result_current(desk: Desk) -> None:
    assert not desk.palette.isVisible()
    desk.palette.open()
    assert desk.palette.isVisible()
    assert desk.line.hasFocus()
    assert desk.asked == [""]
    assert desk.current() == NEW.title


def test_asks_once_when_typing_pauses(qtbot: QtBot, desk: Desk) -> None:
    desk.line.setFocus()
    QTest.keyClicks(desk.line, "contract")
    qtbot.waitUntil(lambda: desk.asked == ["contract"])
    assert desk.palette.isVisible()


def test_arrows_step_over_headings_and_stop_at_the_ends(desk: Desk) -> None:
    desk.palette.open()
    seen = []
    for key in [Qt.Key.Key_Down] * 4 + [Qt.Key.Key_Up] * 4:
        QTest.keyClick(desk.line, key)
        seen.append(desk.current())
    down = [FALLS.title, STROKE.title, CARE.title, CARE.title]
    assert seen == [*down, STROKE.title, FALLS.title, NEW.title, NEW.title]


def test_enter_chooses_what_the_words_say_now(desk: Desk) -> None:
    desk.palette.open()
    QTest.keyClicks(desk.line, "stroke")
    QTest.keyClick(desk.line, Qt.Key.Key_Return)
    assert desk.chosen == [STROKE]
    assert not desk.palette.isVisible()
    assert desk.line.text() == ""


def test_a_click_chooses_and_a_heading_does_not(desk: Desk) -> None:
    desk.palette.open()
    found = only(desk.palette, QListView)
    for row in (2, 3):
        place = found.visualRect(found.model().index(row, 0)).center()
        QTest.mouseClick(found.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.chosen == [FALLS]


def test_esc_closes_and_down_opens_again(qtbot: QtBot, desk: Desk) -> None:
    desk.palette.open()
    with qtbot.waitSignal(desk.palette.closed):
        QTest.keyClick(desk.line, Qt.Key.Key_Escape)
    assert not desk.palette.isVisible()
    QTest.keyClick(desk.line, Qt.Key.Key_Down)
    assert desk.palette.isVisible()


def test_esc_and_a_choice_empty_the_line_and_give_the_keyboard_back_first(desk: Desk) -> None:
    told: list[str] = []
    desk.palette.left.connect(lambda: told.append("left"))
    desk.palette.chosen.connect(lambda entry: told.append(entry.title))
    desk.palette.open()
    QTest.keyClicks(desk.line, "stroke")
    QTest.keyClick(desk.line, Qt.Key.Key_Return)
    assert told == ["left", "Stroke discharge"]
    QTest.keyClicks(desk.line, "zzz")
    QTest.keyClick(desk.line, Qt.Key.Key_Escape)
    assert told[2:] == ["left"]
    assert desk.line.text() == ""


def test_leaving_the_line_closes(desk: Desk) -> None:
    desk.palette.open()
    desk.other.setFocus()
    assert not desk.palette.isVisible()


def test_nothing_found_is_said_and_enter_does_nothing(desk: Desk) -> None:
    desk.palette.open()
    QTest.keyClicks(desk.line, "zzz")
    QTest.keyClick(desk.line, Qt.Key.Key_Return)
    assert desk.chosen == []
    assert desk.palette.isVisible()
    desk.palette.grab()


def test_the_panel_stays_inside_the_window(desk: Desk) -> None:
    desk.window.resize(400, 300)
    desk.palette.open()
    assert desk.window.rect().contains(desk.palette.geometry())
    desk.palette.grab()


def test_matched_words_are_marked_at_their_beginning() -> None:
    assert parts_of("Contract care", "car cont") == [
        ("Cont", True), ("ract ", False), ("car", True), ("e", False),
    ]  # fmt: skip
    assert parts_of("Scar (care)", "car (") == [("Scar ", False), ("(", True), ("car", True), ("e)", False)]
    assert parts_of("Care", "") == [("Care", False)]


@given(st.text(), st.text())
def test_marking_never_changes_the_words(title: str, words: str) -> None:
    assert "".join(part for part, _ in parts_of(title, words)) == title
