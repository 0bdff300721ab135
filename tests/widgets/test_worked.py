"""Worked-out values tell their reasons when asked, renew them while unfolded, and fold them for another record."""

import pytest
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.facts import RatingMark
from widgets.parts import Words
from widgets.theme import apply_theme
from widgets.worked import WorkedList, WorkedValue

RATING = WorkedValue("rating", "Latest", "Amber", "Amber: 4% misses the target of 5%.", mark="amber")
LATE = WorkedValue(
    "late", "Missing", "a baseline, an owner, where the figures come from", "The check looks at ten things."
)


@pytest.fixture
def worked(qtbot: QtBot, qapp: QApplication) -> WorkedList:
    apply_theme(qapp, dark=False)
    made = WorkedList()
    qtbot.addWidget(made)
    made.resize(320, 200)
    made.show()
    made.show_values((RATING, LATE))
    return made


def test_a_reason_unfolds_and_folds(worked: WorkedList) -> None:
    worked.link_of("rating").click()
    assert worked.why("rating") == RATING.why and worked.link_of("rating").text() == "Hide"
    worked.link_of("rating").click()
    assert worked.why("rating") == "" and worked.link_of("rating").text() == "Why?"


def test_a_reason_that_is_open_is_renewed_and_for_another_record_folded(worked: WorkedList) -> None:
    worked.link_of("rating").click()
    red = WorkedValue("rating", "Latest", "Red", "Red: 2% misses the target of 5%.", mark="red")
    worked.show_values((red, LATE), afresh=False)
    assert worked.why("rating") == red.why
    worked.show_values((red, LATE), afresh=True)
    assert worked.why("rating") == ""


def test_a_value_without_a_sentence_asks_for_it(worked: WorkedList) -> None:
    asked = QSignalSpy(worked.why_asked)
    bare = WorkedValue("notice", "Notice by", "")
    worked.show_values((bare,))
    worked.link_of("notice").click()
    worked.show_why("notice", "No end date.")
    worked.show_values((bare,), afresh=False)
    assert asked.count() == 2 and worked.why("notice") == "No end date."
    assert "Notice by: not known" in [w.accessibleName() for w in worked.findChildren(Words)]


def test_a_long_value_has_a_line_of_its_own_and_a_rating_its_shape(qtbot: QtBot, worked: WorkedList) -> None:
    labels = {w.text(): w for w in worked.findChildren(Words) if w.isVisible()}
    qtbot.waitUntil(
        lambda: labels[LATE.value].mapTo(worked, labels[LATE.value].pos()).y() > labels["Missing"].y()
    )
    assert labels[LATE.value].width() > 250
    assert len(worked.findChildren(RatingMark)) == 1 and not worked.grab().isNull()
