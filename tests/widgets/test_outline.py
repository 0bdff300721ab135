"""The numbered list of sections: levels, the chosen one, the keyboard, and names for screen readers."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.outline import Outline, OutlineEntry
from widgets.shown import plain_tip
from widgets.theme import apply_theme

ENTRIES = (
    OutlineEntry("needs", "1", "Population needs"),
    OutlineEntry("scope", "2", "Scope"),
    OutlineEntry("aims", "2.1", "Aims and objectives", "2 changes"),
    OutlineEntry("limits", "2.2", "Acceptance and exclusion criteria, thresholds and transfers out of area"),
)


@pytest.fixture
def outline(qtbot: QtBot, qapp: QApplication) -> Outline:
    apply_theme(qapp, dark=False)
    made = Outline()
    qtbot.addWidget(made)
    made.resize(240, 400)
    made.set_entries(ENTRIES, "scope")
    made.show()
    return made


def test_a_dot_in_the_number_makes_a_second_level() -> None:
    assert [entry.level for entry in ENTRIES] == [1, 1, 2, 2]


def test_one_row_is_chosen_and_showing_it_says_nothing(outline: Outline) -> None:
    said: list[str] = []
    outline.chosen.connect(said.append)
    outline.set_chosen("aims")
    assert [row.key for row in outline.rows if row.isChecked()] == ["aims"]
    outline.set_chosen("")
    assert not any(row.isChecked() for row in outline.rows)
    assert said == []


def test_a_row_pressed_says_its_key(qtbot: QtBot, outline: Outline) -> None:
    with qtbot.waitSignal(outline.chosen) as said:
        QTest.mouseClick(outline.rows[3], Qt.MouseButton.LeftButton)
    assert said.args == ["limits"]


def test_space_chooses_the_row_that_has_the_keyboard(qtbot: QtBot, outline: Outline) -> None:
    with qtbot.waitSignal(outline.chosen) as said:
        QTest.keyClick(outline.rows[0], Qt.Key.Key_Space)
    assert said.args == ["needs"]


def test_a_row_is_read_out_with_number_title_and_mark(outline: Outline) -> None:
    assert outline.rows[2].accessibleName() == "2.1 Aims and objectives 2 changes"


def test_a_title_that_is_cut_is_whole_on_its_tip(qtbot: QtBot, outline: Outline) -> None:
    cut, whole = outline.rows[3], outline.rows[0]
    for row in (cut, whole):
        QTest.mouseMove(row)
        qtbot.waitUntil(row.underMouse)
    assert cut.toolTip() == plain_tip(ENTRIES[3].title)
    assert whole.toolTip() == ""


def test_other_entries_replace_the_old_ones(outline: Outline) -> None:
    outline.set_entries(ENTRIES[:1])
    assert [row.title for row in outline.rows] == ["Population needs"]
    outline.grab()  # paints without the rows that are gone
