"""A long checklist, of which only the cards near what is seen are made: every question is reached, nothing is lost."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollBar
from pytestqt.qtbot import QtBot

from tests.widgets.checklist_sample import checklist, question
from tests.widgets.checklist_working import YPN, Heard, press, shown, type_words
from widgets.checklist import ChecklistView
from widgets.checklist_card import QuestionCard
from widgets.checklist_column import CardColumn
from widgets.checklist_data import PartKind, QuestionData
from widgets.checklist_store import MOST
from widgets.checklist_text import WrittenText
from widgets.theme import apply_theme

LONG = "Is it so, and how do we know that it is so for everybody who will be affected? " * 3


@pytest.fixture(autouse=True)
def themed(qapp: QApplication) -> None:
    apply_theme(qapp, dark=False)


def many(count: int) -> tuple[QuestionData, ...]:
    """Questions of differing height."""
    return tuple(question(n, YPN, text=LONG if n % 3 == 0 else f"Question {n}?") for n in range(1, count + 1))


def column_of(view: ChecklistView) -> CardColumn:
    column = view._questions.column
    assert column is not None
    return column


def bar_of(view: ChecklistView) -> QScrollBar:
    return view._questions.verticalScrollBar()


def at(view: ChecklistView, number: str) -> int:
    """How many pixels the card of a question begins under the top of what is seen."""
    card = column_of(view).store.card(number)
    assert card is not None
    return card.mapTo(view._questions.viewport(), QPoint(0, 0)).y()


def in_sight(view: ChecklistView, number: str) -> bool:
    card = column_of(view).store.card(number)
    return (
        card is not None and card.isVisible() and 0 <= at(view, number) < view._questions.viewport().height()
    )


def settled(qtbot: QtBot, view: ChecklistView) -> None:
    """Wait until what is in sight and what lies beside it is made."""
    qtbot.waitUntil(lambda: view.is_finished and not view._questions._later.isActive())


def test_every_question_is_reached_by_name_and_few_cards_are_made(qtbot: QtBot) -> None:
    view = shown(qtbot, checklist(many(160)))
    assert len(column_of(view).store.cards) < 20
    for number in ("Q160", "Q3", "Q80", "Q81", "Q1"):
        view.go_to(number)
        assert QApplication.focusWidget() is view.card(number)
        assert in_sight(view, number)
        qtbot.waitUntil(lambda: view.is_finished)
    view.go_to_section("B")
    assert view.current == "Q81" and 40 < at(view, "Q81") < 120
    settled(qtbot, view)
    assert len(column_of(view).store.held) < MOST + 20


def test_arrows_walk_through_all_of_it_and_back(qtbot: QtBot) -> None:
    view = shown(qtbot, checklist(many(45)))
    walked = [view.current]
    for _ in range(44):
        press(Qt.Key.Key_Down)
        walked.append(view.current)
        focus = QApplication.focusWidget()
        assert (
            isinstance(focus, QuestionCard)
            and focus.question.id == view.current
            and in_sight(view, view.current)
        )
    assert walked == [f"Q{n}" for n in range(1, 46)]
    press(Qt.Key.Key_Y)
    for _ in range(44):
        press(Qt.Key.Key_Up)
    assert view.current == "Q1" and in_sight(view, "Q1")


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Backtab])
def test_tab_comes_to_every_card_in_order_made_or_not(qtbot: QtBot, key: Qt.Key) -> None:
    view = shown(qtbot, checklist(many(24)))
    forward = key == Qt.Key.Key_Tab
    view.go_to("Q1" if forward else "Q24")
    walked = []
    for _ in range(24 * 8):
        focus = QApplication.focusWidget()
        if isinstance(focus, QuestionCard):
            walked.append(focus.question.id)
        press(key)
    ids = [f"Q{n}" for n in range(1, 25)]
    assert walked[:24] == (ids if forward else ids[::-1])


def test_widgets_lie_in_the_order_of_the_questions_for_readers_of_the_screen(qtbot: QtBot) -> None:
    view = shown(qtbot, checklist(many(60)))
    for number in ("Q60", "Q20", "Q40", "Q21", "Q1"):
        view.go_to(number)
    settled(qtbot, view)
    made = [int(c.question.id[1:]) for c in column_of(view).children() if isinstance(c, QuestionCard)]
    assert made == sorted(made) and len(made) > 10


def test_a_block_that_comes_back_moves_nothing_a_person_looks_at(qtbot: QtBot) -> None:
    asked = many(120)
    hidden = tuple(
        replace(q, not_asked="Asked if 1 is Yes") if 5 < n <= 90 else q for n, q in enumerate(asked, 1)
    )
    view = shown(qtbot, checklist(hidden))
    view.go_to("Q100")
    settled(qtbot, view)
    before, range_before = at(view, "Q100"), bar_of(view).maximum()
    view.set_checklist(checklist(asked))
    assert (at(view, "Q100"), view.current) == (before, "Q100")
    assert bar_of(view).maximum() > range_before + 85 * 100
    view.go_to("Q50")
    assert in_sight(view, "Q50")
    view.set_checklist(checklist(hidden))
    assert view.current == "Q91" and QApplication.focusWidget() is view.card("Q91")


def test_nothing_jumps_when_cards_turn_out_higher_than_was_likely(qtbot: QtBot) -> None:
    view = shown(qtbot, checklist(many(120)))
    bar = bar_of(view)
    bar.setValue(bar.maximum() // 2)
    qtbot.waitUntil(lambda: view.is_finished)
    seen = {
        c.question.id: at(view, c.question.id)
        for c in column_of(view).store.cards
        if in_sight(view, c.question.id)
    }
    settled(qtbot, view)
    assert seen and {number: at(view, number) for number in seen} == seen
    for _ in range(12):  # upwards, where each new card pushes those under it
        number = min((n for n in seen if in_sight(view, n)), key=lambda n: at(view, n))
        before = at(view, number)
        bar.setValue(bar.value() - 40)
        assert at(view, number) == before + 40
    bar.setValue(bar.maximum())
    settled(qtbot, view)
    assert bar.value() == bar.maximum() and in_sight(view, "Q120")


def test_what_is_being_typed_stays_while_its_card_is_far_out_of_sight(qtbot: QtBot) -> None:
    view = shown(qtbot, checklist(many(120)))
    heard = Heard(view)
    card = view.card("Q2")
    assert card is not None
    card.edit_note()
    type_words("half a th")
    for part in (1, 2, 3, 4):
        bar_of(view).setValue(bar_of(view).maximum() * part // 4)
        settled(qtbot, view)
    type_words("ought")
    assert heard.said == []
    field = QApplication.focusWidget()
    assert isinstance(field, WrittenText) and field.toPlainText() == "half a thought"
    assert view.card("Q2") is card
    view.go_to("Q90")
    assert heard.said == [("noted", "Q2", "half a thought")]


def test_words_that_cannot_be_read_stay_and_guidance_stays_open(qtbot: QtBot) -> None:
    view = shown(qtbot, checklist((question(1, PartKind.DATE), *many(120)[1:])))
    card = view.card("Q1")
    assert card is not None
    card.findChildren(QLineEdit)[0].setFocus()
    type_words("soonish")
    view.go_to("Q2")
    press(Qt.Key.Key_F1)
    for number in range(10, 121, 10):
        view.go_to(f"Q{number}")
    assert column_of(view).store.card("Q2") is None
    again, second = view.card("Q1"), view.card("Q2")
    assert again is card and card.findChildren(QLineEdit)[0].text() == "soonish"
    assert second is not None and second.guidance.is_open


def test_a_card_made_anew_shows_the_question_as_it_is_by_then(qtbot: QtBot) -> None:
    asked = many(120)
    view = shown(qtbot, checklist(asked))
    view.go_to("Q110")
    view.set_checklist(checklist((replace(asked[0], note="Agreed"), *asked[1:])))
    view.go_to("Q1")
    card = view.card("Q1")
    assert card is not None and card.question.note == "Agreed"
    assert "Agreed" in [box.toPlainText() for box in card.findChildren(WrittenText)]


def test_a_question_asked_for_before_the_window_is_seen_is_in_sight_when_it_is(qtbot: QtBot) -> None:
    view = ChecklistView()
    qtbot.addWidget(view)
    view.resize(1166, 640)
    view.set_checklist(checklist(many(120)))
    view.go_to("Q77")
    with qtbot.waitExposed(view):
        view.show()
    assert view.current == "Q77" and in_sight(view, "Q77")
    view.resize(1600, 900)
    qtbot.waitUntil(lambda: view.is_finished)
    assert in_sight(view, "Q77")
