"""The editors of parts: each shows what is kept, says what a person gives, and nothing when it is only shown."""

from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from tests.widgets.checklist_sample import MATRIX, question
from widgets.checklist_data import AnswerValue, MatrixWords, Option, PartData, PartKind
from widgets.checklist_matrix import score_words
from widgets.checklist_parts import part_editor
from widgets.checklist_segments import PartEditor
from widgets.parts import Words
from widgets.theme import apply_theme


@pytest.fixture(autouse=True)
def themed(qapp: QApplication) -> None:
    apply_theme(qapp, dark=False)


def part(kind: PartKind, value: AnswerValue = None) -> PartData:
    return replace(question(1, kind).parts[0], value=value)


def shown(
    qtbot: QtBot, data: PartData, *, read_only: bool = False, offer_na: bool = False
) -> tuple[PartEditor, list[object]]:
    editor = part_editor(data, offer_na=offer_na)
    qtbot.addWidget(editor)
    editor.resize(600, 200)
    said: list[object] = []
    editor.changed.connect(said.append)
    editor.set_part(data, not_applicable=False, read_only=read_only)
    editor.show()
    return editor, said


def press(editor: PartEditor, words: str) -> None:
    found = next(b for b in editor.findChildren(QAbstractButton) if b.text() == words)
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


EXAMPLES: list[tuple[PartKind, AnswerValue]] = [
    (PartKind.YES_NO, "no"),
    (PartKind.YES_PARTLY_NO, "partly"),
    (PartKind.RATING, "amber"),
    (PartKind.MATRIX, {"likelihood": 3, "consequence": 4}),
    (PartKind.TEXT, "Some words\nand more"),
    (PartKind.DATE, "2027-09-30"),
    (PartKind.NUMBER, "12.5"),
    (PartKind.MONEY, 12_512_300),
    (PartKind.PERCENT, "95"),
    (PartKind.CHOICE, "blue"),
    (PartKind.CHOICES, ["red", "green"]),
    (PartKind.PERSON, "Dr A Mehta"),
    (PartKind.LINK, "Contract file, tab 3"),
]


@pytest.mark.parametrize(("kind", "value"), EXAMPLES)
def test_showing_a_value_says_nothing(qtbot: QtBot, kind: PartKind, value: AnswerValue) -> None:
    editor, said = shown(qtbot, part(kind, value))
    editor.commit()
    editor.set_part(part(kind, None), not_applicable=False, read_only=False)
    editor.set_part(part(kind, value), not_applicable=True, read_only=True)
    editor.commit()
    assert said == []


@pytest.mark.parametrize("kind", list(PartKind))
def test_every_editor_has_a_name_for_screen_readers(qtbot: QtBot, kind: PartKind) -> None:
    editor, _ = shown(qtbot, part(kind))
    start = editor.start()
    assert start.accessibleName() or (isinstance(start, QAbstractButton) and start.text())


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (PartKind.DATE, "30/9/27", "2027-09-30"),
        (PartKind.MONEY, "1.2m", 120_000_000),
        (PartKind.NUMBER, "12.5", "12.5"),
        (PartKind.PERCENT, "95", "95"),
        (PartKind.PERSON, "Joy Okafor", "Joy Okafor"),
        (PartKind.LINK, "Blue", "blue"),  # a listed name is kept as its value
    ],
)
def test_what_is_typed_is_kept_in_its_plain_form(
    qtbot: QtBot, kind: PartKind, typed: str, kept: object
) -> None:
    editor, said = shown(qtbot, part(kind))
    line = editor.findChildren(QLineEdit)[0]
    QTest.keyClicks(line, typed)
    editor.commit()
    assert said == [kept]


def test_a_date_that_cannot_be_read_is_kept_as_typed_and_not_answered(qtbot: QtBot) -> None:
    editor, said = shown(qtbot, part(PartKind.DATE))
    line = editor.findChildren(QLineEdit)[0]
    QTest.keyClicks(line, "soonish")
    editor.commit()
    assert said == []
    assert line.text() == "soonish"


def test_a_field_emptied_is_an_answer_taken_back(qtbot: QtBot) -> None:
    editor, said = shown(qtbot, part(PartKind.PERSON, "Joy Okafor"))
    line = editor.findChildren(QLineEdit)[0]
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Delete)
    editor.commit()
    assert said == [None]


def test_both_scales_make_the_score_and_its_band(qtbot: QtBot) -> None:
    editor, said = shown(qtbot, part(PartKind.MATRIX))
    fours = [b for b in editor.findChildren(QAbstractButton) if b.text() == "4"]
    for four in fours:
        QTest.mouseClick(four, Qt.MouseButton.LeftButton)
    assert said == [{"likelihood": 4}, {"likelihood": 4, "consequence": 4}]
    words = [label.text() for label in editor.findChildren(Words)]
    assert "16 · Extreme" in words
    assert {"Likely", "Major"} <= set(words)


@pytest.mark.parametrize(
    ("held", "words"),
    [
        ({}, ("No score yet", "")),
        ({"likelihood": 5}, ("No score yet", "")),
        ({"likelihood": 1, "consequence": 3}, ("3 · Low", "green")),
        ({"likelihood": 3, "consequence": 4}, ("12 · High", "amber")),
        ({"likelihood": 5, "consequence": 5}, ("25 · Extreme", "red")),
    ],
)
def test_a_score_in_words(held: dict[str, int], words: tuple[str, str]) -> None:
    assert score_words(held, MATRIX) == words
    assert score_words(held, MatrixWords())[1] == ""


def test_several_choices_are_said_in_the_order_of_the_list(qtbot: QtBot) -> None:
    editor, said = shown(qtbot, part(PartKind.CHOICES, ["green"]))
    QTest.keyClick(editor.findChildren(QCheckBox)[0], Qt.Key.Key_Space)
    assert said == [["red", "green"]]


def test_few_choices_are_segments_and_many_are_a_list(qtbot: QtBot) -> None:
    few, _ = shown(qtbot, part(PartKind.CHOICE))
    assert not few.findChildren(QComboBox)
    many = replace(part(PartKind.CHOICE), options=tuple(Option(f"c{n}", f"Choice {n}") for n in range(9)))
    editor, said = shown(qtbot, many)
    combo = editor.findChildren(QComboBox)[0]
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_Down)
    assert said == ["c0"]


def test_a_choice_that_is_no_longer_listed_is_still_shown(qtbot: QtBot) -> None:
    many = tuple(Option(f"c{n}", f"Choice {n}") for n in range(9))
    editor, _ = shown(qtbot, replace(part(PartKind.CHOICE, "retired"), options=many))
    assert editor.findChildren(QComboBox)[0].currentText() == "retired"


def test_the_wheel_over_a_list_changes_nothing(qtbot: QtBot) -> None:
    many = tuple(Option(f"c{n}", f"Choice {n}") for n in range(9))
    editor, said = shown(qtbot, replace(part(PartKind.CHOICE, "c3"), options=many))
    combo = editor.findChildren(QComboBox)[0]
    QTest.wheelEvent(editor.window().windowHandle(), combo.rect().center().toPointF(), QPoint(0, -240))
    assert combo.currentData() == "c3"
    assert said == []


def test_n_a_is_a_segment_only_where_it_is_offered(qtbot: QtBot) -> None:
    editor, said = shown(qtbot, part(PartKind.YES_NO), offer_na=True)
    asked: list[bool] = []
    editor.not_applicable.connect(partial(asked.append, True))
    press(editor, "N/A")
    assert (said, asked) == ([], [True])
    plain, _ = shown(qtbot, part(PartKind.YES_NO))
    assert "N/A" not in [b.text() for b in plain.findChildren(QAbstractButton)]
