"""Choices and links: picked or typed, never guessed, never changed by accident."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from storage.engine.fields import Field, Kind
from tests.widgets.editing import LINKED, STAGE, Make, heard_by, leave, make, type_words
from widgets.editors import ChoiceEditor, LinkEditor

__all__ = ["make"]


def test_a_choice_is_committed_when_chosen_and_can_be_blank(qtbot: QtBot, make: Make) -> None:
    editor = make(STAGE)
    assert isinstance(editor, ChoiceEditor)
    heard = heard_by(editor)
    assert editor.words() == ""
    editor.box.activated.emit(2)
    assert heard == ["Awarded"] and editor.words() == "Awarded"
    editor.box.activated.emit(0)
    assert heard == ["Awarded", ""] and editor.words() == ""


def test_a_choice_that_is_not_listed_is_kept(qtbot: QtBot, make: Make) -> None:
    editor = make(STAGE)
    assert isinstance(editor, ChoiceEditor)
    editor.set_value("Old word")
    assert editor.words() == "Old word"
    offered = [editor.box.itemText(i) for i in range(editor.box.count())]
    assert offered == ["Leave blank", "Draft", "Awarded", "Signed", "Old word"]


def test_yes_no_and_not_said(qtbot: QtBot, make: Make) -> None:
    editor = make(Field("Runs on?", Kind.YESNO, "runs"))
    assert isinstance(editor, ChoiceEditor)
    heard = heard_by(editor)
    for place in (1, 2, 0):
        editor.box.activated.emit(place)
    assert heard == [True, False, None]


def test_the_wheel_changes_no_choice(qtbot: QtBot, make: Make) -> None:
    editor = make(STAGE)
    assert isinstance(editor, ChoiceEditor)
    editor.set_value("Draft")
    at = QPointF(10, 10)
    wheel = QWheelEvent(
        at,
        at,
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(editor.box, wheel)
    assert editor.words() == "Draft" and not wheel.isAccepted()


@pytest.fixture
def provider(make: Make) -> LinkEditor:
    """A link with three providers, two of one name."""
    editor = make(LINKED)
    assert isinstance(editor, LinkEditor)
    editor.set_options(
        [(7, "Northmoor Health"), (8, "Fenwick"), (9, "Fenwick Pharmacies"), (10, "Twin"), (11, "Twin")]
    )
    return editor


@pytest.mark.parametrize(
    ("typed", "found"), [("northmoor health", 7), ("moor", 7), ("fenwick", 8), ("pharm", 9)]
)
def test_a_link_is_found_by_part_of_its_name(
    qtbot: QtBot, provider: LinkEditor, typed: str, found: int
) -> None:
    heard = heard_by(provider)
    type_words(qtbot, provider, typed)
    provider._fitting.hide()
    leave(qtbot)
    assert heard == [found] and provider.value() == found


@pytest.mark.parametrize("typed", ["nobody", "enw", "twin"])
def test_a_link_is_never_guessed(qtbot: QtBot, provider: LinkEditor, typed: str) -> None:
    heard = heard_by(provider)
    type_words(qtbot, provider, typed)
    provider._fitting.hide()
    leave(qtbot)
    assert heard == [] and provider.words().casefold() == typed
    assert "Choose one from the list" in provider.problem_line.words()


def test_a_link_chosen_from_the_list_may_share_its_name(provider: LinkEditor) -> None:
    heard = heard_by(provider)
    for place in (4, 3):
        provider.box.showPopup()
        provider.box.hidePopup()
        provider.box.activated.emit(place)
    assert heard == [11, 10]


def test_a_link_can_be_cleared_walked_and_kept_when_not_offered(qtbot: QtBot, provider: LinkEditor) -> None:
    provider.set_value(99)
    assert provider.words() == "Record 99"
    heard = heard_by(provider)
    with qtbot.waitSignal(provider.opened) as gone:
        provider._go.click()
    assert gone.args == [99]
    provider.set_options([(99, "Late Arrival Ltd")])
    assert provider.words() == "Late Arrival Ltd"
    provider.control.setFocus()
    type_words(qtbot, provider, "")
    leave(qtbot)
    assert heard == [None] and provider._go.isHidden()


def test_typing_a_link_is_not_lost_when_the_list_changes(qtbot: QtBot, provider: LinkEditor) -> None:
    type_words(qtbot, provider, "Nor")
    provider.set_options([(1, "Norfolk"), (2, "North")])
    assert provider.words() == "Nor" and provider.pending
