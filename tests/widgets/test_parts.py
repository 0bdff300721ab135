"""The parts of pages: words stay words, choices work by keyboard, tabs fold, nothing is clipped."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from widgets.parts import (
    IconLabel,
    ProgressLine,
    Segmented,
    TabBar,
    button,
    card,
    col,
    inset,
    line,
    link,
    menu_button,
    panel,
    pill,
    row,
    scroll,
    text,
    together,
)
from widgets.theme import apply_theme

ANSWERS = [("yes", "Yes"), ("partly", "Partly"), ("no", "No"), ("na", "N/A")]
TABS = [(w.lower(), w) for w in ("Summary", "Term & notice", "Money", "Services", "Performance", "History")]


@pytest.fixture(autouse=True)
def themed(qapp: QApplication) -> None:
    apply_theme(qapp, dark=False)


def test_words_are_never_read_as_markup(qtbot: QtBot) -> None:
    label = text("<b>5 < 6 & so on</b>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == "<b>5 < 6 & so on</b>"


def test_an_ampersand_in_a_button_is_shown(qtbot: QtBot) -> None:
    made = button("Terms & notice")
    qtbot.addWidget(made)
    assert made.text() == "Terms && notice"
    assert made.accessibleName() == "Terms & notice"


def test_wrapped_words_are_as_tall_as_they_need(qtbot: QtBot) -> None:
    label = text("many words that wrap " * 12, wrap=True)
    holder = panel(row(col(label, None), None))
    qtbot.addWidget(holder)
    holder.resize(260, 60)
    holder.show()
    qtbot.waitUntil(lambda: label.height() >= label.heightForWidth(label.width()) > 40)


def test_every_button_is_tall_enough_to_hit(qtbot: QtBot) -> None:
    kinds = ("", "primary", "danger", "quiet", "link", "chip", "doc", "rail", "section")
    page = panel(col(*(button("Do", kind, "plus") for kind in kinds), None))
    qtbot.addWidget(page)
    page.show()
    for made in page.findChildren(QPushButton):
        assert made.height() >= 24, made.property("kind")


def test_focus_moves_nothing(qtbot: QtBot) -> None:
    buttons = [button("Give notice", kind) for kind in ("", "primary", "quiet", "link", "chip", "doc")]
    page = panel(col(*buttons, None))
    qtbot.addWidget(page)
    page.show()
    for made in buttons:
        before = made.sizeHint()
        made.setFocus()
        qtbot.waitUntil(made.hasFocus)
        assert made.sizeHint() == before, made.property("kind")


def test_a_segment_is_chosen_with_the_mouse_and_ticked(qtbot: QtBot) -> None:
    answers = Segmented(ANSWERS)
    qtbot.addWidget(answers)
    answers.show()
    parts = answers.findChildren(QPushButton)
    with qtbot.waitSignal(answers.chosen) as heard:
        QTest.mouseClick(parts[2], Qt.MouseButton.LeftButton)
    assert heard.args == ["no"] and answers.value() == "no"
    assert [p.icon().isNull() for p in parts] == [True, True, False, True]
    assert {p.width() for p in parts} == {70}


def test_segments_are_one_stop_and_obey_arrows(qtbot: QtBot) -> None:
    answers = Segmented(ANSWERS)
    qtbot.addWidget(answers)
    answers.show()
    parts = answers.findChildren(QPushButton)
    stops = [p for p in parts if p.focusPolicy() == Qt.FocusPolicy.StrongFocus]
    assert stops == [parts[0]]
    heard: list[str] = []
    answers.chosen.connect(heard.append)
    parts[0].setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_End, Qt.Key.Key_Right):
        QTest.keyClick(answers.focusWidget(), key)
    assert heard == ["yes", "partly", "yes", "na"]
    assert parts[3].focusPolicy() == Qt.FocusPolicy.StrongFocus


def test_choosing_again_says_nothing_and_showing_is_silent(qtbot: QtBot) -> None:
    answers = Segmented(ANSWERS)
    qtbot.addWidget(answers)
    heard: list[str] = []
    answers.chosen.connect(heard.append)
    answers.set_value("yes")
    answers.findChildren(QPushButton)[0].click()
    answers.set_value("unheard of")
    assert heard == [] and answers.value() == ""


def test_read_only_segments_cannot_be_changed(qtbot: QtBot) -> None:
    answers = Segmented(ANSWERS)
    qtbot.addWidget(answers)
    answers.set_value("yes")
    answers.set_read_only(True)
    answers.show()
    QTest.mouseClick(answers.findChildren(QPushButton)[1], Qt.MouseButton.LeftButton)
    assert answers.value() == "yes"


def test_tabs_that_do_not_fit_are_in_the_menu(qtbot: QtBot) -> None:
    bar = TabBar(TABS)
    qtbot.addWidget(bar)
    bar.resize(1200, 40)
    bar.show()
    assert bar.folded() == [] and bar.value() == "summary"
    bar.resize(330, 40)
    qtbot.waitUntil(lambda: len(bar.folded()) > 0)
    folded = bar.folded()
    assert folded[-1] == "history"
    menu = bar.findChildren(QMenu)[0]
    assert [a.text().replace("&&", "&").lower() for a in menu.actions()] == folded
    with qtbot.waitSignal(bar.chosen) as heard:
        menu.actions()[-1].trigger()
    assert heard.args == ["history"]
    assert "history" not in bar.folded()
    shown = [p for p in bar.findChildren(QPushButton) if p.isVisible()]
    assert all(p.geometry().right() <= 330 for p in shown)


def test_tabs_obey_arrows(qtbot: QtBot) -> None:
    bar = TabBar(TABS)
    qtbot.addWidget(bar)
    bar.resize(1200, 40)
    bar.show()
    QTest.keyClick(bar, Qt.Key.Key_Right)
    assert bar.value() == "term & notice"
    QTest.keyClick(bar, Qt.Key.Key_Home)
    assert bar.value() == "summary"


def test_progress_stays_within_the_whole(qtbot: QtBot) -> None:
    bar = ProgressLine(1.7)
    qtbot.addWidget(bar)
    assert bar.accessibleName() == "100 per cent done"
    bar.set_share(-1)
    assert bar.accessibleName() == "0 per cent done"


def test_a_page_of_every_part_draws(qtbot: QtBot) -> None:
    menu = QMenu()
    page = scroll(
        col(
            row(IconLabel("plus"), text("Words", "strong"), None, link("Go"), menu_button("More", menu)),
            line(),
            card(text("A card"), inset(text("A note", "soft", wrap=True)), ProgressLine(0.5)),
            pill("Signed", "blue"),
            None,
        ),
        "surface",
    )
    qtbot.addWidget(page)
    page.resize(400, 300)
    page.show()
    assert not page.grab().isNull()


def test_several_things_shown_together_are_laid_out_once_and_end_as_one_by_one(qtbot: QtBot) -> None:
    words = [text(f"Line {n}") for n in range(3)]
    held = panel(col(*words))
    qtbot.addWidget(held)
    for each in words[1:]:
        each.hide()
    held.show()
    before = held.sizeHint().height()
    with together(held):
        for each in words[1:]:
            each.show()
            assert not each.geometry().y()
    qtbot.waitUntil(lambda: words[2].y() > words[1].y() > words[0].y())
    assert held.sizeHint().height() > before
    with together(words[0]):  # which lays nothing out
        words[0].setText("Other words")
