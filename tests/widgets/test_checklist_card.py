"""One question as a card: gate, waiver, proposal, notes and what it offers."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from tests.widgets.checklist_sample import CLOSED, question
from widgets.checklist_card import QuestionCard
from widgets.checklist_data import GateData, GateState, PartData, PartKind, QuestionData
from widgets.parts import Words
from widgets.theme import apply_theme

YPN = PartKind.YES_PARTLY_NO


@pytest.fixture(autouse=True)
def themed(qapp: QApplication) -> None:
    apply_theme(qapp, dark=False)


def card_of(
    qtbot: QtBot, asked: QuestionData, *, read_only: bool = False, wide: bool = False
) -> QuestionCard:
    card = QuestionCard(asked, read_only=read_only, wide=wide)
    qtbot.addWidget(card)
    card.resize(1000 if wide else 600, 300)
    card.show()
    return card


def seen(card: QuestionCard) -> set[str]:
    labels = {label.text() for label in card.findChildren(Words) if label.isVisible()}
    return labels | {b.text() for b in card.findChildren(QAbstractButton) if b.isVisible()}


def press(card: QuestionCard, words: str) -> None:
    found = next(b for b in card.findChildren(QAbstractButton) if b.text() == words and b.isVisible())
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def test_a_closed_gate_offers_its_waiver_as_a_link(qtbot: QtBot) -> None:
    card = card_of(qtbot, question(1, YPN, gate=CLOSED))
    assert {"Gate closed: needs Yes or", "a waiver…"} <= seen(card)
    asked: list[str] = []
    card.waive_asked.connect(asked.append)
    press(card, "a waiver…")
    assert asked == ["Q1"]
    assert card.accessibleDescription() == CLOSED.words


def test_a_closed_gate_that_may_not_be_waived_shows_all_its_words(qtbot: QtBot) -> None:
    card = card_of(qtbot, question(1, YPN, gate=replace(CLOSED, may_waive=False)))
    assert CLOSED.words in seen(card)
    assert "a waiver…" not in seen(card)


def test_a_gate_opens_in_place(qtbot: QtBot) -> None:
    asked = question(1, YPN, gate=CLOSED)
    card = card_of(qtbot, asked)
    card.set_question(replace(asked, gate=GateData(GateState.OPEN, "Gate open")), read_only=False)
    assert "Gate open" in seen(card)
    assert "a waiver…" not in seen(card)


def test_a_waiver_is_shown_in_full(qtbot: QtBot) -> None:
    words = "Waived by Dr A Mehta on 26 Nov 2026: notice already given."
    card = card_of(qtbot, question(1, YPN, gate=GateData(GateState.WAIVED, "Waived by name", waiver=words)))
    assert words in seen(card)


def test_a_proposal_is_taken_with_one_press_and_then_no_longer_offered(qtbot: QtBot) -> None:
    part = PartData(
        "when", PartKind.DATE, "When", proposal="30 September 2027, from the contract", proposed="2027-09-30"
    )
    asked = question(1, YPN, parts=(part,))
    card = card_of(qtbot, asked)
    said: list[tuple[str, str, object]] = []
    card.answered.connect(lambda *what: said.append(what))
    press(card, "Use this")
    assert said == [("Q1", "when", "2027-09-30")]
    card.set_question(replace(asked, parts=(replace(part, value="2027-09-30"),)), read_only=False)
    assert "Use this" not in seen(card)
    assert "30 September 2027, from the contract" in seen(card)


def test_a_part_that_is_idle_is_hidden_and_comes_back(qtbot: QtBot) -> None:
    first, second = (
        PartData("a", PartKind.YES_NO, "Due"),
        PartData("b", PartKind.MONEY, "Amount", shown=False),
    )
    asked = question(1, YPN, parts=(first, second))
    card = card_of(qtbot, asked)
    assert "Amount" not in seen(card)
    card.set_question(replace(asked, parts=(first, replace(second, shown=True))), read_only=False)
    assert "Amount" in seen(card)


def test_every_reference_is_a_chip_and_actions_are_named(qtbot: QtBot) -> None:
    card = card_of(
        qtbot, question(1, YPN, evidence="Minutes, page 4\n\nLetter of May", actions=("Ask the board",))
    )
    assert {"Minutes, page 4", "Letter of May", "Ask the board"} <= seen(card)


def test_what_is_wrong_with_an_answer_is_said_beside_it(qtbot: QtBot) -> None:
    part = PartData("n", PartKind.NUMBER, "Days", value="many", problem="Days: “many” is not a number.")
    card = card_of(qtbot, question(1, YPN, parts=(part,)))
    assert "Days: “many” is not a number." in seen(card)


def test_a_question_without_yes_or_no_can_be_set_aside_by_a_button(qtbot: QtBot) -> None:
    asked = question(1, PartKind.TEXT)
    card = card_of(qtbot, asked)
    press(card, "Not applicable")
    assert "Why it does not apply" in seen(card)
    card.set_question(replace(asked, not_applicable=True, reason="No staff"), read_only=False)
    said: list[tuple[str, bool, str]] = []
    card.not_applicable.connect(lambda *what: said.append(what))
    press(card, "It applies")
    assert said == [("Q1", False, "")]


def test_guidance_stands_beside_or_under_and_reads_the_same(qtbot: QtBot) -> None:
    card = card_of(qtbot, question(1, YPN), wide=True)
    assert "Look twice." not in seen(card)
    card.toggle_guidance()
    assert "Look twice." in seen(card)
    card.set_wide(False)
    assert {"Look twice.", "Guidance"} <= seen(card)


def test_without_guidance_nothing_offers_it(qtbot: QtBot) -> None:
    card = card_of(qtbot, question(1, YPN, guidance=""))
    card.toggle_guidance()
    assert "Guidance" not in seen(card)
    assert not card.guidance.is_open


def test_a_signed_card_offers_nothing_to_add(qtbot: QtBot) -> None:
    card = card_of(qtbot, question(1, YPN, gate=CLOSED, note="Agreed", evidence="Minutes"), read_only=True)
    assert not {"Note", "Evidence", "Action", "a waiver…"} & seen(card)
    assert "Minutes" in seen(card)


def test_words_of_a_question_are_never_read_as_markup(qtbot: QtBot) -> None:
    card = card_of(qtbot, question(1, YPN, text="<b>5 < 6 & so on?</b>"))
    assert "<b>5 < 6 & so on?</b>" in seen(card)
