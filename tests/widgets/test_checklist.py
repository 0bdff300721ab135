"""The checklist as a person works through it: keys answer, typing does not, nothing is lost or moved."""

from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.widgets.checklist_sample import CLOSED, checklist, one_of_each, question, with_value
from tests.widgets.checklist_working import YPN, Heard, four, press, shown, type_words
from widgets.checklist import ChecklistView
from widgets.checklist_data import PartKind
from widgets.checklist_text import WrittenText
from widgets.theme import apply_theme


@pytest.fixture(autouse=True)
def themed(qapp: QApplication) -> None:
    apply_theme(qapp, dark=False)


@pytest.mark.parametrize(
    ("key", "value"), [(Qt.Key.Key_Y, "yes"), (Qt.Key.Key_P, "partly"), (Qt.Key.Key_N, "no")]
)
def test_a_letter_answers_the_card_that_has_the_keyboard(qtbot: QtBot, key: Qt.Key, value: str) -> None:
    view = shown(qtbot, checklist(four()))
    heard = Heard(view)
    press(Qt.Key.Key_Down)
    press(key)
    assert heard.said == [("answered", "Q2", "answer", value)]


def test_partly_is_no_answer_to_a_yes_or_no_question(qtbot: QtBot) -> None:
    view = shown(qtbot, checklist((question(1, PartKind.YES_NO),)))
    heard = Heard(view)
    press(Qt.Key.Key_P)
    assert heard.said == []


def test_arrows_move_between_cards_and_stop_at_both_ends(qtbot: QtBot) -> None:
    view = shown(qtbot, checklist(four()))
    press(Qt.Key.Key_Up)
    assert view.current == "Q1"
    for _ in range(9):
        press(Qt.Key.Key_Down)
    assert view.current == "Q4"
    assert QApplication.focusWidget() is view.card("Q4")


@pytest.mark.parametrize("kind", list(PartKind))
def test_down_leaves_every_kind_of_control_that_has_no_use_for_it(qtbot: QtBot, kind: PartKind) -> None:
    view = shown(qtbot, checklist((question(1, kind), question(2, YPN))))
    press(Qt.Key.Key_Tab)  # guidance
    press(Qt.Key.Key_Tab)  # the answer
    focus = QApplication.focusWidget()
    card = view.card("Q1")
    assert focus is not None and card is not None and card.isAncestorOf(focus)
    typed = kind in {
        "text",
        "date",
        "number",
        "money",
        "percent",
        "person",
        "link",
        "file",
        "money_by_year",
        "rows",
    }
    press(Qt.Key.Key_Down)
    assert view.current == ("Q1" if typed else "Q2")


def test_typing_in_a_note_answers_nothing(qtbot: QtBot) -> None:
    view = shown(qtbot, checklist(four()))
    heard = Heard(view)
    card = view.card("Q1")
    assert card is not None
    card.edit_note()
    type_words("no, pay any")
    assert heard.said == []
    press(Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert heard.said == [("noted", "Q1", "no, pay any")]
    assert view.current == "Q2"


def test_escape_in_a_note_brings_back_what_was_kept(qtbot: QtBot) -> None:
    view = shown(qtbot, checklist((replace(question(1, YPN), note="As agreed"),)))
    heard = Heard(view)
    card = view.card("Q1")
    assert card is not None
    card.edit_note()
    type_words(" and more")
    press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is card
    assert heard.said == []
    assert [box.toPlainText() for box in card.findChildren(WrittenText)] == ["As agreed"]


def test_e_asks_for_evidence_and_a_reference_written_is_kept_on_leaving(qtbot: QtBot) -> None:
    view = shown(qtbot, checklist(four()))
    heard = Heard(view)
    asked: list[str] = []
    view.cite_asked.connect(asked.append)
    press(Qt.Key.Key_E)
    assert asked == ["Q1"]
    card = view.card("Q1")
    assert card is not None
    card.edit_evidence()
    type_words("Minutes of May")
    view.go_to("Q2")
    assert heard.said == [("evidence", "Q1", "Minutes of May")]


def test_t_asks_for_an_action_of_the_card(qtbot: QtBot) -> None:
    view = shown(qtbot, checklist(four()))
    heard = Heard(view)
    press(Qt.Key.Key_T)
    assert heard.said == [("action", "Q1")]


def test_not_applicable_asks_for_its_reason_in_line(qtbot: QtBot) -> None:
    view = shown(qtbot, checklist(four()))
    heard = Heard(view)
    press(Qt.Key.Key_A)
    assert isinstance(QApplication.focusWidget(), QPlainTextEdit)
    assert heard.said == []
    type_words("Nobody is employed")
    press(Qt.Key.Key_Return)
    assert heard.said == [("not applicable", "Q1", True, "Nobody is employed")]


def test_without_a_reason_the_question_still_applies(qtbot: QtBot) -> None:
    view = shown(qtbot, checklist(four()))
    heard = Heard(view)
    press(Qt.Key.Key_A)
    press(Qt.Key.Key_Escape)
    assert heard.said == []
    press(Qt.Key.Key_Y)
    assert heard.said == [("answered", "Q1", "answer", "yes")]


def test_a_question_that_must_apply_cannot_be_set_aside(qtbot: QtBot) -> None:
    view = shown(qtbot, checklist((question(1, YPN, may_be_not_applicable=False),)))
    heard = Heard(view)
    press(Qt.Key.Key_A)
    assert QApplication.focusWidget() is view.card("Q1")
    assert heard.said == []


def test_an_answer_makes_a_question_apply_again(qtbot: QtBot) -> None:
    view = shown(qtbot, checklist((question(1, YPN, not_applicable=True, reason="None"),)))
    heard = Heard(view)
    press(Qt.Key.Key_N)
    assert heard.said == [("not applicable", "Q1", False, ""), ("answered", "Q1", "answer", "no")]


def test_delete_takes_an_answer_back(qtbot: QtBot) -> None:
    view = shown(qtbot, checklist((with_value(question(1, YPN), "yes"),)))
    heard = Heard(view)
    press(Qt.Key.Key_Delete)
    assert heard.said == [("answered", "Q1", "answer", None)]


def test_the_next_unanswered_is_found_round_the_end(qtbot: QtBot) -> None:
    first, second, third, fourth = four()
    done = with_value(second, "yes"), with_value(fourth, "no"), replace(third, not_applicable=True)
    view = shown(qtbot, checklist((first, done[0], done[2], done[1])))
    view.go_to("Q2")
    press(Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert view.current == "Q1"
    view.set_checklist(checklist((with_value(first, "yes"), done[0], done[2], done[1])))
    assert not view.next_unanswered()


def test_f1_opens_and_folds_the_guidance(qtbot: QtBot) -> None:
    view = shown(qtbot, checklist(four()))
    card = view.card("Q1")
    assert card is not None
    press(Qt.Key.Key_F1)
    assert card.guidance.is_open
    press(Qt.Key.Key_F1)
    assert not card.guidance.is_open


def test_letters_reach_the_card_before_a_shortcut_of_the_window(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    view = ChecklistView()
    QVBoxLayout(window).addWidget(view)
    pressed: list[bool] = []
    shortcut = QShortcut(QKeySequence("N"), window)
    shortcut.activated.connect(partial(pressed.append, True))
    view.set_checklist(checklist(four()))
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    view.setFocus()
    heard = Heard(view)
    press(Qt.Key.Key_N)
    assert heard.said == [("answered", "Q1", "answer", "no")]
    assert pressed == []


def test_a_read_only_checklist_says_nothing(qtbot: QtBot) -> None:
    view = shown(qtbot, checklist((replace(four()[0], gate=CLOSED), *one_of_each()[1:]), read_only=True))
    heard = Heard(view)
    for key in "YPNAETyd":
        press(Qt.Key(ord(key.upper())))
    press(Qt.Key.Key_Delete)
    for card in (view.card(q.id) for q in one_of_each()):
        assert card is not None
        for child in card.findChildren(QWidget):
            if child.isVisible() and child.isEnabled():
                QTest.keyClick(child, Qt.Key.Key_Space)
                QTest.keyClick(child, Qt.Key.Key_X)
    view.commit()
    assert heard.said == []


def test_bringing_a_question_up_to_date_keeps_keyboard_scroll_and_typing(qtbot: QtBot) -> None:
    view = shown(qtbot, checklist())
    view.go_to("Q9")
    card = view.card("Q9")
    assert card is not None
    card.edit_note()
    type_words("half a th")
    focus, bar = QApplication.focusWidget(), view.findChildren(QScrollArea)[1].verticalScrollBar()
    before = bar.value()
    view.update_question(replace(one_of_each()[8], gate=CLOSED))
    view.set_checklist(checklist((with_value(one_of_each()[0], "yes"), *one_of_each()[1:])))
    QApplication.processEvents()
    assert QApplication.focusWidget() is focus
    assert isinstance(focus, QPlainTextEdit) and focus.toPlainText() == "half a th"
    assert bar.value() == before
    assert view.card("Q9") is card


def test_a_value_changed_elsewhere_replaces_one_that_is_only_shown(qtbot: QtBot) -> None:
    view = shown(qtbot, checklist((with_value(question(1, PartKind.TEXT), "Old words"),)))
    card = view.card("Q1")
    assert card is not None
    card.findChildren(WrittenText)[0].setFocus()
    view.update_question(with_value(question(1, PartKind.TEXT), "New words"))
    assert card.findChildren(WrittenText)[0].toPlainText() == "New words"


def test_a_question_that_changes_before_its_card_is_made_is_made_as_it_is_then(qtbot: QtBot) -> None:
    view = ChecklistView()
    qtbot.addWidget(view)
    view.set_checklist(checklist())
    view.update_question(replace(one_of_each()[12], text="Asked anew?"))
    view.go_to("Q13")
    card = view.card("Q13")
    assert card is not None
    assert card.accessibleName() == "Question 13. Asked anew?"
    assert view.current == "Q13"


def test_commit_says_what_is_still_being_typed(qtbot: QtBot) -> None:
    view = shown(qtbot, checklist((question(1, PartKind.TEXT),)))
    heard = Heard(view)
    card = view.card("Q1")
    assert card is not None
    card.findChildren(WrittenText)[0].setFocus()
    type_words("Not finished")
    view.commit()
    view.commit()
    assert heard.said == [("answered", "Q1", "answer", "Not finished")]


def test_focus_never_changes_the_height_of_a_card(qtbot: QtBot) -> None:
    view = shown(qtbot, checklist(four()))
    heights = [card.height() for card in map(view.card, ("Q1", "Q2")) if card]
    press(Qt.Key.Key_Down)
    QApplication.processEvents()
    assert [card.height() for card in map(view.card, ("Q1", "Q2")) if card] == heights


def test_a_section_pressed_gets_the_keyboard_at_its_first_question(qtbot: QtBot) -> None:
    view = shown(qtbot, checklist())
    view.go_to_section("B")
    assert view.current == "Q9"


def test_no_window_is_wider_than_its_cards(qtbot: QtBot) -> None:
    view = shown(qtbot, checklist())
    for width in (1000, 1166, 1720, 900):
        view.resize(width, 640)
        QApplication.processEvents()
        area = view.findChildren(QScrollArea)[1]
        column = area.widget()
        assert column is not None and column.width() == area.viewport().width()


def test_one_checklist_after_another_keeps_the_ways_to_print(qtbot: QtBot) -> None:
    view = shown(qtbot, checklist(four()))
    said: list[str] = []
    view.print_asked.connect(said.append)
    for turn in range(3):
        press(Qt.Key.Key_Tab)
        view.set_checklist(checklist((question(20 + turn, YPN),)))
        qtbot.waitUntil(lambda: view.is_finished)
        view.setFocus()
    out = next(b for b in view.findChildren(QPushButton) if b.text() == "Print for the meeting")
    out.menu().actions()[0].trigger()
    assert said == ["blank"]
