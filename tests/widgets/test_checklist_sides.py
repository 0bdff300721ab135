"""The sections and the summary beside a checklist: figures in words, and what may be done next."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tests.widgets.checklist_sample import checklist, one_of_each, with_value
from widgets.checklist_data import ActionData, GateCounts, SummaryData
from widgets.checklist_sides import SectionList, Summary
from widgets.parts import Words
from widgets.theme import apply_theme

HALF = SummaryData(
    15,
    26,
    1,
    "80%",
    "7 yes, 2 partly, 1 no",
    GateCounts(8, 1, 2, 7),
    (ActionData("Finish the assessment", "Dr A Mehta · 4 Dec 2026"),),
    sign_reason="Sign-off opens when no gate is closed or waiting.",
)


@pytest.fixture(autouse=True)
def themed(qapp: QApplication) -> None:
    apply_theme(qapp, dark=False)


def summary_of(qtbot: QtBot, data: SummaryData, *, read_only: bool = False) -> Summary:
    made = Summary()
    qtbot.addWidget(made)
    made.resize(268, 640)
    made.set_summary(data, read_only=read_only)
    made.show()
    return made


def seen(summary: Summary) -> list[str]:
    return [label.text() for label in summary.findChildren(Words) if label.isVisible()]


def found(summary: Summary, words: str) -> QPushButton:
    return next(b for b in summary.findChildren(QPushButton) if b.text() == words)


def test_a_section_says_its_progress_in_words(qtbot: QtBot) -> None:
    sections = SectionList()
    qtbot.addWidget(sections)
    first, *rest = one_of_each()
    sections.set_sections(checklist((with_value(first, "yes"), *rest)))
    assert [row.words for row in sections.rows] == ["1 of 8", "0 of 8"]
    assert sections.rows[0].accessibleName() == "A Case for change, 1 of 8 answered"
    before = sections.rows
    sections.set_sections(checklist(tuple(with_value(q, "yes") for q in one_of_each())))
    assert sections.rows == before
    assert [row.words for row in before] == ["8 of 8", "8 of 8"]


def test_a_section_pressed_is_said_by_its_letter(qtbot: QtBot) -> None:
    sections = SectionList()
    qtbot.addWidget(sections)
    sections.set_sections(checklist())
    with qtbot.waitSignal(sections.chosen) as said:
        QTest.mouseClick(sections.rows[1], Qt.MouseButton.LeftButton)
    assert said.args == ["B"]


def test_the_summary_says_every_figure(qtbot: QtBot) -> None:
    words = seen(summary_of(qtbot, HALF))
    for expected in (
        "15 of 26 answered",
        "58%",
        "1 not applicable, left out of the count",
        "80%",
        "8",
        "1",
        "2",
        "7",
    ):
        assert expected in words
    assert "Finish the assessment" in words
    assert "Dr A Mehta · 4 Dec 2026" in words


def test_a_closed_sign_off_says_why(qtbot: QtBot) -> None:
    summary = summary_of(qtbot, HALF)
    sign = found(summary, "Sign off…")
    assert not sign.isEnabled()
    assert HALF.sign_reason in seen(summary)
    assert sign.accessibleDescription() == HALF.sign_reason


def test_an_open_sign_off_can_be_pressed_and_needs_no_reason(qtbot: QtBot) -> None:
    summary = summary_of(qtbot, replace(HALF, may_sign=True))
    assert HALF.sign_reason not in seen(summary)
    with qtbot.waitSignal(summary.sign_asked):
        QTest.mouseClick(found(summary, "Sign off…"), Qt.MouseButton.LeftButton)


def test_a_signed_checklist_says_who_signed_and_still_prints(qtbot: QtBot) -> None:
    signed = replace(HALF, signed="Signed by Dr A Mehta on 26 November 2026")
    summary = summary_of(qtbot, signed, read_only=True)
    assert signed.signed in seen(summary)
    assert not found(summary, "Sign off…").isVisible()
    assert not found(summary, "Add").isVisible()
    assert found(summary, "Print for the meeting").isEnabled()


@pytest.mark.parametrize(
    ("data", "offered"),
    [
        (HALF, ["blank", "part", "open", "summary", "word"]),
        (replace(HALF, answered=26), ["blank", "part", "open", "summary", "complete", "word"]),
        (replace(HALF, signed="Signed"), ["blank", "summary", "complete", "word"]),
    ],
)
def test_what_can_be_printed_depends_on_how_far_it_is(
    qtbot: QtBot, data: SummaryData, offered: list[str]
) -> None:
    summary = summary_of(qtbot, data)
    said: list[str] = []
    summary.print_asked.connect(said.append)
    for choice in found(summary, "Print for the meeting").menu().actions():
        if choice.isEnabled() and choice.isVisible():
            choice.trigger()
    assert said == offered


def test_an_empty_score_has_no_why(qtbot: QtBot) -> None:
    summary = summary_of(qtbot, SummaryData(0, 5))
    assert "None yet" in seen(summary)
    assert not found(summary, "Why?").isVisible()


def test_actions_are_replaced_and_can_be_added(qtbot: QtBot) -> None:
    summary = summary_of(qtbot, HALF)
    summary.set_summary(replace(HALF, actions=(ActionData("Ask the board", "Joy Okafor"),)), read_only=False)
    QApplication.processEvents()
    assert "Ask the board" in seen(summary)
    with qtbot.waitSignal(summary.action_asked):
        QTest.mouseClick(found(summary, "Add"), Qt.MouseButton.LeftButton)


def test_every_button_has_words(qtbot: QtBot) -> None:
    summary = summary_of(qtbot, HALF)
    assert all(b.text() or b.accessibleName() for b in summary.findChildren(QAbstractButton))
