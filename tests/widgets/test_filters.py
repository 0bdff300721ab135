"""Filters: their words, the panel that makes one, and the bar that holds them."""

from collections.abc import Iterator
from datetime import date
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from storage.engine.fields import Field, Kind, Unreadable
from widgets.field_list import FieldList
from widgets.filter_editor import FilterEditor
from widgets.filter_words import Filter, op_words, ops_for
from widgets.filters import FilterBar, FilterChip, FilterLine

TITLE = Field("Title", Kind.TEXT, "title", group="About")
STATUS = Field("Status", Kind.CHOICE, "status", choices=("Draft", "Live", "Ended"), group="About")
ENDS = Field("Ends", Kind.DAY, "ends", group="Term")
VALUE = Field("Value", Kind.MONEY, "value", group="Money")
GRANT = Field("Grant", Kind.YESNO, "grant")
PROVIDER = Field("Provider", Kind.LINK, "provider", target="organisation")
CELLS = Field("Cells", Kind.DATA, "cells")
FIELDS = (TITLE, STATUS, ENDS, VALUE, GRANT, PROVIDER, CELLS)

W = TypeVar("W", bound=QWidget)


def only(parent: QWidget, kind: type[W]) -> W:
    """The child of a sort."""
    found = parent.findChild(kind)
    assert found is not None
    return found


LIVE = Filter("status", "is", ("Live",))
SOON = Filter("ends", "before", (date(2030, 4, 1),))


@pytest.mark.parametrize(
    ("field", "made", "words"),
    [
        (TITLE, Filter("title", "contains", ("falls",)), "Title: has “falls”"),
        (STATUS, Filter("status", "is", ("Draft", "Live", "Ended")), "Status: Draft, Live or Ended"),
        (STATUS, Filter("status", "is not", ("Ended",)), "Status: not Ended"),
        (STATUS, Filter("status", "is not", ("Draft", "Ended")), "Status: none of Draft, Ended"),
        (STATUS, Filter("status", "blank"), "Status: blank"),
        (STATUS, Filter("status", "not blank"), "Status: filled in"),
        (ENDS, SOON, "Ends: before 1 Apr 2030"),
        (ENDS, Filter("ends", "between", (date(2027, 4, 1), date(2028, 3, 31))), "Ends: 1 Apr 2027 to 31 Mar 2028"),
        (VALUE, Filter("value", "at least", (100_000_00,)), "Value: £100,000 or more"),
        (VALUE, Filter("value", "at most", (50,)), "Value: £0.50 or less"),
        (GRANT, Filter("grant", "is", (False,)), "Grant: No"),
    ],
)  # fmt: skip
def test_a_filter_says_itself(field: Field, made: Filter, words: str) -> None:
    assert made.words(field) == words


def test_a_link_is_said_by_the_name_of_what_it_points_to() -> None:
    named = ((7, "Brightwater Carers"),)
    assert Filter("provider", "is", (7,)).words(PROVIDER, named) == "Provider: Brightwater Carers"


def test_each_sort_of_field_has_its_comparisons() -> None:
    assert ops_for(CELLS) == ()
    assert ops_for(PROVIDER) == ("blank", "not blank")
    assert ops_for(PROVIDER, ((1, "One"),)) == ("is", "is not", "blank", "not blank")
    assert "contains" in ops_for(TITLE)
    assert ops_for(TITLE, (("a", "a"),))[0] == "is"
    assert op_words("is", ENDS) == "on"
    assert op_words("is", VALUE) == "is"
    assert op_words("not blank", TITLE) == "filled in"


# ---------------------------------------------------------------- the panel
@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    window = QWidget()
    window.resize(900, 300)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    return window


def lines_of(editor: QWidget) -> list[QLineEdit]:
    return editor.findChildren(QLineEdit)


def choose_op(editor: FilterEditor, words: str) -> None:
    only(editor, QComboBox).setCurrentText(words)


def test_values_are_read_as_people_write_them(qtbot: QtBot, host: QWidget) -> None:
    editor = FilterEditor(host, ENDS)
    choose_op(editor, "between")
    first, second = lines_of(editor)
    first.setText("31 March 2028")
    second.setText("1/4/27")
    editor.open_under(host)
    with qtbot.waitSignal(editor.applied) as told:
        QTest.keyClick(second, Qt.Key.Key_Return)
    assert told.args == [Filter("ends", "between", (date(2027, 4, 1), date(2028, 3, 31)))]
    assert not editor.isVisible()


def test_a_day_may_move_with_the_calendar(host: QWidget) -> None:
    editor = FilterEditor(host, ENDS)
    choose_op(editor, "between")
    first, second = lines_of(editor)
    first.setText("in 12 months")
    second.setText("today")
    made = editor.value()
    assert made.words(ENDS) == "Ends: today to 12 months from today"
    again = FilterEditor(host, ENDS, current=made)
    assert [line.text() for line in lines_of(again)] == ["today", "12 months from today"]
    assert again.value() == made
    second.setText("31 March 2028")
    assert editor.value().values == (made.values[1], date(2028, 3, 31))


def test_what_cannot_be_read_is_said_and_nothing_is_lost(qtbot: QtBot, host: QWidget) -> None:
    editor = FilterEditor(host, VALUE)
    editor.open_under(host)
    line = lines_of(editor)[0]
    with pytest.raises(Unreadable, match="Type what"):
        editor.value()
    line.setText("a lot")
    with qtbot.assertNotEmitted(editor.applied):
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert editor.isVisible()
    assert line.property("wrong") == "true"
    assert line.text() == "a lot"
    line.setText("1.2m")
    assert line.property("wrong") == ""
    assert editor.value() == Filter("value", "at least", (1_200_000_00,))


def test_listed_values_are_ticked(host: QWidget) -> None:
    editor = FilterEditor(host, STATUS, current=Filter("status", "is not", ("Ended",)))
    editor.open_under(host)
    names = only(editor, QListWidget)
    assert QApplication.focusWidget() is names
    assert names.currentRow() == 2
    QTest.keyClick(names, Qt.Key.Key_Up)
    QTest.keyClick(names, Qt.Key.Key_Space)
    assert editor.value() == Filter("status", "is not", ("Live", "Ended"))
    for row in range(names.count()):
        names.item(row).setCheckState(Qt.CheckState.Unchecked)
    with pytest.raises(Unreadable, match="at least one"):
        editor.value()
    choose_op(editor, "blank")
    assert not names.isVisible()
    assert editor.value() == Filter("status", "blank")


def test_an_existing_text_filter_is_shown_and_yes_no_offers_both(host: QWidget) -> None:
    editor = FilterEditor(host, TITLE, current=Filter("title", "contains", ("falls",)))
    assert lines_of(editor)[0].text() == "falls"
    assert editor.value() == Filter("title", "contains", ("falls",))
    grant = FilterEditor(host, GRANT)
    names = only(grant, QListWidget)
    names.item(1).setCheckState(Qt.CheckState.Checked)
    assert grant.value() == Filter("grant", "is", (False,))


# ---------------------------------------------------------------- the bar
@pytest.fixture
def bar(qtbot: QtBot, host: QWidget) -> Iterator[FilterBar]:
    made = FilterBar(FIELDS, parent=host)
    made.resize(900, 48)
    made.show()
    yield made


def chips(bar: FilterBar) -> list[FilterChip]:
    found = [chip for chip in bar.findChildren(FilterChip) if chip.isVisible()]
    return sorted(found, key=lambda chip: (chip.y(), chip.x()))


def visible_popups(bar: FilterBar, kind: type[QWidget]) -> list[QWidget]:
    return [each for each in bar.findChildren(kind) if each.isVisible()]


def test_chips_follow_the_filters(qtbot: QtBot, bar: FilterBar) -> None:
    with qtbot.assertNotEmitted(bar.filters_changed):
        bar.set_filters([LIVE, SOON, Filter("gone", "blank")])
    qtbot.waitUntil(lambda: len(chips(bar)) == 2)
    assert [chip.accessibleName() for chip in chips(bar)] == [
        "Filter, Status: Live",
        "Filter, Ends: before 1 Apr 2030",
    ]
    assert bar.filters() == [LIVE, SOON]
    bar.set_fields((STATUS,))
    assert bar.filters() == [LIVE]


def test_the_cross_and_delete_take_a_filter_away(qtbot: QtBot, bar: FilterBar) -> None:
    told: list[object] = []
    bar.filters_changed.connect(told.append)
    bar.set_filters([LIVE, SOON])
    qtbot.waitUntil(lambda: len(chips(bar)) == 2 and chips(bar)[1].x() > chips(bar)[0].x())
    chip = chips(bar)[0]
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 12, 14))
    qtbot.waitUntil(lambda: len(chips(bar)) == 1)
    QTest.keyClick(chips(bar)[0], Qt.Key.Key_Delete)
    assert told == [[SOON], []]


def test_a_chip_opens_its_filter_for_change(qtbot: QtBot, bar: FilterBar) -> None:
    bar.set_filters([SOON, LIVE])
    qtbot.waitUntil(lambda: len(chips(bar)) == 2)
    QTest.keyClick(chips(bar)[0], Qt.Key.Key_Return)
    (editor,) = visible_popups(bar, FilterEditor)
    line = lines_of(editor)[0]
    assert line.text() == "1 Apr 2030"
    line.setText("1 Apr 2031")
    with qtbot.waitSignal(bar.filters_changed) as told:
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert told.args == [[Filter("ends", "before", (date(2031, 4, 1),)), LIVE]]
    QTest.keyClick(chips(bar)[1], Qt.Key.Key_Return)
    (editor,) = visible_popups(bar, FilterEditor)
    remove = next(b for b in editor.findChildren(QPushButton) if b.text() == "Remove")
    with qtbot.waitSignal(bar.filters_changed):
        remove.click()
    assert len(bar.filters()) == 1


def test_add_filter_offers_fields_then_the_panel(qtbot: QtBot, bar: FilterBar) -> None:
    add = next(b for b in bar.findChildren(QPushButton) if b.text() == "Add filter")
    add.click()
    (names,) = visible_popups(bar, FieldList)
    assert isinstance(names, FieldList)
    QTest.keyClicks(names.search, "stat")
    QTest.keyClick(names.search, Qt.Key.Key_Return)
    (editor,) = visible_popups(bar, FilterEditor)
    QTest.keyClick(only(editor, QListWidget), Qt.Key.Key_Space)
    with qtbot.waitSignal(bar.filters_changed) as told:
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert told.args == [[Filter("status", "is", ("Draft",))]]


def test_typing_tells_once_it_pauses(qtbot: QtBot, bar: FilterBar) -> None:
    line = only(bar, FilterLine)
    told: list[str] = []
    bar.text_changed.connect(told.append)
    with qtbot.waitSignal(bar.text_changed):
        QTest.keyClicks(line, "falls ")
    assert told == ["falls"]
    with qtbot.waitSignal(bar.left):
        QTest.keyClicks(line, "x")
        QTest.keyClick(line, Qt.Key.Key_Down)
    assert told == ["falls", "falls x"]
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert (told[-1], bar.text()) == ("", "")
    bar.set_text("quiet")
    bar.type_on("!")
    assert bar.text() == "quiet!"


def test_totals_shorten_and_chips_wrap_when_narrow(qtbot: QtBot, bar: FilterBar) -> None:
    bar.set_totals("25 contracts · £51,064,150", "25 · £51.1m")
    columns = QPushButton("Columns")
    bar.add_button(columns)
    bar.resize(1200, bar.height())
    bar.set_filters([LIVE, SOON])
    assert bar.height() == 48
    shown = [
        label.text() for label in bar.findChildren(QWidget) if hasattr(label, "text") and "25" in label.text()
    ]
    assert shown == ["25 contracts · £51,064,150"]
    bar.set_filters(
        [LIVE, SOON, Filter("title", "contains", ("word " * 20,)), Filter("value", "at least", (100,))]
    )
    bar.resize(600, bar.height())
    assert bar.height() > 80
    qtbot.waitUntil(lambda: all(chip.geometry().right() < columns.x() for chip in chips(bar)))
