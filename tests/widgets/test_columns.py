"""The column chooser: ticks, search, order, and the way back."""

from collections.abc import Iterator
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from storage.engine.fields import Field, Kind
from widgets.columns import ColumnChooser
from widgets.field_list import FieldList

FIELDS = (
    Field("Reference", Kind.TEXT, "reference", group="About", shown=True),
    Field("Title", Kind.TEXT, "title", group="About", shown=True),
    Field("Ends", Kind.DAY, "ends", group="Term", brief="Until"),
    Field("Value <b>", Kind.MONEY, "value", group="Money"),
    Field("Cells", Kind.DATA, "cells", column=False),
    Field("Ward", Kind.TEXT, "own:ward"),
)

W = TypeVar("W", bound=QWidget)


def only(parent: QWidget, kind: type[W]) -> W:
    """The child of a sort."""
    found = parent.findChild(kind)
    assert found is not None
    return found


@pytest.fixture
def chooser(qtbot: QtBot) -> Iterator[ColumnChooser]:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    made = ColumnChooser(window, FIELDS, ["value", "title", "gone"], always=["title"])
    made.open_under(window)
    yield made


def names(chooser: ColumnChooser) -> FieldList:
    return only(chooser, FieldList)


def visible(chooser: ColumnChooser) -> list[str]:
    items = names(chooser).list
    return [items.item(row).text() for row in range(items.count()) if not items.item(row).isHidden()]


def test_every_field_is_listed_under_its_group(chooser: ColumnChooser) -> None:
    about, rest = (
        ["About", "Reference", "Title"],
        ["Term", "Ends", "Money", "Value <b>", "Main fields", "Ward"],
    )
    assert visible(chooser) == about + rest
    assert names(chooser).ticked() == ["title", "value"]


def test_a_field_is_found_by_its_name_or_its_group(chooser: ColumnChooser) -> None:
    names(chooser).search.setText("val")
    assert visible(chooser) == ["Money", "Value <b>"]
    names(chooser).search.setText("term")
    assert visible(chooser) == ["Term", "Ends"]
    names(chooser).search.setText("until")  # the heading a table gives it
    assert visible(chooser) == ["Term", "Ends"]
    names(chooser).search.setText("zz")
    assert visible(chooser) == []


def test_ticking_adds_at_the_end_and_unticking_takes_away(qtbot: QtBot, chooser: ColumnChooser) -> None:
    search = names(chooser).search
    told: list[object] = []
    chooser.changed.connect(told.append)
    QTest.keyClicks(search, "ends")
    QTest.keyClick(search, Qt.Key.Key_Return)
    search.setText("money")
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert told == [["value", "title", "ends"], ["title", "ends"]]


def test_arrows_move_in_the_list_while_the_line_keeps_the_keyboard(chooser: ColumnChooser) -> None:
    search = names(chooser).search
    for _ in range(3):
        QTest.keyClick(search, Qt.Key.Key_Down)
    assert names(chooser).list.currentItem().text() == "Ward"  # Title is fixed
    assert search.hasFocus()


def test_what_must_stay_stays(qtbot: QtBot, chooser: ColumnChooser) -> None:
    with qtbot.assertNotEmitted(chooser.changed):
        names(chooser).search.setText("title")
        QTest.keyClick(names(chooser).search, Qt.Key.Key_Return)
    assert chooser.shown() == ["value", "title"]


def test_the_last_column_cannot_be_taken_away(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    chooser = ColumnChooser(window, FIELDS, ["ends"])
    with qtbot.assertNotEmitted(chooser.changed):
        names(chooser).search.setText("ends")
        QTest.keyClick(names(chooser).search, Qt.Key.Key_Return)
    assert chooser.shown() == ["ends"]
    assert names(chooser).ticked() == ["ends"]


def test_reset_brings_the_first_columns_back(qtbot: QtBot, chooser: ColumnChooser) -> None:
    reset = next(b for b in chooser.findChildren(QPushButton) if b.text() == "Reset")
    with qtbot.waitSignal(chooser.changed) as told:
        reset.click()
    assert told.args == [["reference", "title"]]
    assert names(chooser).ticked() == ["reference", "title"]


def test_without_ticks_a_field_is_picked(qtbot: QtBot) -> None:
    picker = FieldList()
    qtbot.addWidget(picker)
    picker.set_fields(FIELDS)
    with qtbot.waitSignal(picker.picked) as told:
        QTest.keyClick(picker.list, Qt.Key.Key_Return)
    assert told.args == ["reference"]
    with qtbot.waitSignal(picker.picked) as told:
        picker.list.itemClicked.emit(picker.list.item(4))
    assert told.args == ["ends"]
