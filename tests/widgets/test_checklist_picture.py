"""A record chosen as an answer, and the picture of the matrix."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from tests.widgets.checklist_sample import MATRIX, question
from widgets.checklist_data import Moved, PartData, PartKind
from widgets.checklist_parts import part_editor
from widgets.checklist_picture import MatrixPicture
from widgets.checklist_record import RecordEditor
from widgets.checklist_segments import PartEditor

ROWS = question(1, PartKind.ROWS).parts[0]


def shown(qtbot: QtBot, part: PartData, *, read_only: bool = False) -> tuple[PartEditor, list[object]]:
    editor = part_editor(part)
    qtbot.addWidget(editor)
    editor.resize(640, 400)
    said: list[object] = []
    editor.changed.connect(said.append)
    editor.set_part(part, not_applicable=False, read_only=read_only)
    editor.show()
    return editor, said


def press(editor: PartEditor, words: str) -> None:
    found = next(b for b in editor.findChildren(QAbstractButton) if words in (b.text(), b.accessibleName()))
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def test_a_record_is_shown_by_its_name_and_can_be_taken_away(qtbot: QtBot) -> None:
    part = PartData("file", PartKind.FILE, "Report", value={"attached_document": 3}, words="Review 2026")
    editor, said = shown(qtbot, part)
    assert isinstance(editor, RecordEditor)
    asked: list[bool] = []
    editor.pick_asked.connect(lambda: asked.append(True))
    press(editor, "Choose a record for Report")
    assert asked
    press(editor, "Take away the record of Report")
    assert said == [None]


def test_the_picture_of_the_matrix_takes_the_square_pressed(qtbot: QtBot) -> None:
    picture = MatrixPicture(MATRIX)
    qtbot.addWidget(picture)
    picture.set_place(0, 0, fixed=False)
    assert picture.place_at(QPointF(1, 1)) == (1, 5)
    assert picture.place_at(QPointF(500, 1)) is None
    with qtbot.waitSignal(picture.picked) as heard:
        QTest.mouseClick(
            picture, Qt.MouseButton.LeftButton, pos=picture.rect().bottomRight() - QPointF(2, 2).toPoint()
        )
    assert heard.args == [5, 1]
    picture.set_place(5, 1, before=(5, 4), fixed=True)
    assert picture.accessibleName() == "Matrix, score 5, 20 at the last review"
    for before in ((5, 1), (5, 2), (1, 5), (4, 1)):  # the same place, a neighbour, far away, beside
        picture.set_place(5, 1, before=before, fixed=True)
        assert not picture.grab().isNull()


def test_a_score_says_under_it_how_it_has_moved_and_says_nothing_where_it_is_not_known(qtbot: QtBot) -> None:
    held = {"likelihood": 3, "consequence": 4}
    part = PartData("now", PartKind.MATRIX, "Now", value=held, matrix=MATRIX,
                    moved=Moved((2, 3), "Up by 6 since the last review.", "red"))  # fmt: skip
    editor, _ = shown(qtbot, part)
    (words,) = [label for label in editor.findChildren(QLabel) if label.text().startswith("Up by 6")]
    assert words.isVisible() and words.property("tone") == "red"
    editor.set_part(replace(part, moved=Moved()), not_applicable=False, read_only=False)
    assert words.isHidden()
