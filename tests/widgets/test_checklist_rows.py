"""Rows of answers: what is typed is told whole, rows come and go, and an empty one is never an answer."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QComboBox, QLabel
from pytestqt.qtbot import QtBot

from widgets.checklist_data import AnswerValue, Option, PartData, PartKind
from widgets.checklist_parts import ListEditor, part_editor
from widgets.checklist_rows import RowsEditor, YearsEditor

NAME = PartData("lead", PartKind.PERSON, "Lead")
SIDE = PartData("side", PartKind.CHOICE, "Part in it", (Option("ours", "Ours"), Option("theirs", "Theirs")))
FREE = PartData("leads", PartKind.ROWS, "Leads", columns=(NAME, SIDE), least=1)
FIXED = PartData(
    "tasks",
    PartKind.ROWS,
    "Tasks",
    columns=(SIDE,),
    rows=(Option("plans", "Agreeing plans"), Option("specs", "Specs")),
)


def shown(qtbot: QtBot, part: PartData) -> tuple[RowsEditor, list[AnswerValue]]:
    editor = part_editor(part)
    assert isinstance(editor, RowsEditor)
    qtbot.addWidget(editor)
    editor.set_part(part, not_applicable=False, read_only=False)
    qtbot.waitUntil(lambda: not editor._waiting)
    told: list[AnswerValue] = []
    editor.changed.connect(told.append)
    return editor, told


def combo_of(editor: RowsEditor, key: str) -> QComboBox:
    cell = editor._cells[key, "side"]
    assert isinstance(cell, ListEditor)
    found = cell.findChild(QComboBox)
    assert found is not None
    return found


def choose(editor: RowsEditor, key: str, index: int) -> None:
    combo = combo_of(editor, key)
    combo.setCurrentIndex(index)
    combo.activated.emit(index)


def test_a_named_row_tells_its_name_and_only_what_was_given(qtbot: QtBot) -> None:
    editor, told = shown(qtbot, FIXED)
    choose(editor, "specs", 2)
    assert told == [[{"row": "specs", "side": "theirs"}]]
    choose(editor, "specs", 0)
    assert told[-1] is None


def test_rows_are_added_and_taken_away(qtbot: QtBot) -> None:
    held = replace(FREE, value=[{"row": "1", "lead": "Joy Okafor", "side": "ours"}])
    editor, told = shown(qtbot, held)
    editor._add.click()
    choose(editor, "2", 2)
    whole = [{"row": "1", "lead": "Joy Okafor", "side": "ours"}, {"row": "2", "side": "theirs"}]
    assert told == [whole]
    editor.set_part(replace(FREE, value=whole), not_applicable=False, read_only=False)
    assert len(editor._removers) == 2
    editor._removers[0].click()
    assert told[-1] == [{"row": "2", "side": "theirs"}]


def test_a_row_undone_elsewhere_goes_and_a_new_empty_one_stays(qtbot: QtBot) -> None:
    one = [{"row": "1", "side": "ours"}]
    editor, told = shown(qtbot, replace(FREE, value=[*one, {"row": "2", "side": "ours"}]))
    editor._add.click()
    editor.set_part(replace(FREE, value=one), not_applicable=False, read_only=False)
    assert editor._keys == ["1", "3"]
    assert told == []


def test_a_row_asked_for_holds_its_table_until_it_says_something(qtbot: QtBot) -> None:
    held = replace(FREE, value=[{"row": "1", "lead": "Joy Okafor"}])
    editor, told = shown(qtbot, held)
    before = editor.is_held
    editor._add_row()
    asked = editor.is_held
    choose(editor, "2", 1)
    editor.set_part(replace(held, value=told[-1]), not_applicable=False, read_only=False)
    assert (before, asked, editor.is_held) == (False, True, False)


def test_a_row_asked_for_and_taken_away_holds_nothing(qtbot: QtBot) -> None:
    editor, _ = shown(qtbot, replace(FREE, value=[{"row": "1", "lead": "Joy Okafor"}]))
    editor._add_row()
    editor._remove("2")
    assert not editor.is_held


def test_a_long_table_is_made_a_row_at_a_time_and_ends_whole(qtbot: QtBot) -> None:
    names = tuple(Option(f"t{n}", f"Task {n}") for n in range(1, 16))
    value = [{"row": "t15", "side": "theirs"}]
    made = part_editor(replace(FIXED, rows=names, value=value))
    qtbot.addWidget(made)
    assert isinstance(made, RowsEditor) and len(made._cells) == 1
    assert {label.text() for label in made.findChildren(QLabel)} >= {name.label for name in names}
    editor, told = shown(qtbot, replace(FIXED, rows=names, value=value))
    assert len(editor._cells) == 15
    assert combo_of(editor, "t15").currentText() == "Theirs"
    choose(editor, "t1", 1)
    assert told == [[{"row": "t1", "side": "ours"}, *value]]


def test_nothing_can_be_changed_when_it_is_signed(qtbot: QtBot) -> None:
    editor, _ = shown(qtbot, FREE)
    editor.set_part(FREE, not_applicable=False, read_only=True)
    assert not editor._add.isEnabled()
    assert not any(remover.isEnabled() for remover in editor._removers)


@pytest.mark.parametrize("value", [None, {"2026/27": 12_500_00, "2027/28": 0}])
def test_sums_by_year_stand_a_row_each(qtbot: QtBot, value: AnswerValue) -> None:
    editor, told = shown(qtbot, PartData("by_year", PartKind.MONEY_BY_YEAR, "By year", value=value))
    assert isinstance(editor, YearsEditor)
    assert len(editor._keys) == (2 if value else 1)
    editor._changed("1", "year", "2028/29")
    editor._changed("1", "sum", 100)
    assert told[-1] == ({"2028/29": 100, "2027/28": 0} if value else {"2028/29": 100})


def test_every_field_says_its_column_and_its_row_to_a_reader(qtbot: QtBot) -> None:
    editor, _ = shown(qtbot, FIXED)
    assert combo_of(editor, "plans").accessibleName() == "Part in it, Agreeing plans"
