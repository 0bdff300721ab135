"""Editors read what people type, keep what cannot be read, and bring the stored value back on Esc."""

from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from storage.engine.fields import Field, Kind, Period
from tests.widgets.editing import (
    LINKED,
    NOTES,
    STAGE,
    STARTS,
    TODAY,
    Make,
    focused,
    heard_by,
    leave,
    make,
    type_words,
)
from widgets.editors import ChoiceEditor, DayEditor, LineEditor, LinkEditor, NoteEditor, editor_for

__all__ = ["make"]


@pytest.mark.parametrize(
    ("kind", "typed", "value", "shown"),
    [
        (Kind.DAY, "22/11/26", date(2026, 11, 22), "22 Nov 2026"),
        (Kind.DAY, "+6m", date(2027, 5, 24), "24 May 2027"),
        (Kind.DAY, "end March 2027", date(2027, 3, 31), "31 Mar 2027"),
        (Kind.MONEY, "1.2m", 120_000_000, "£1,200,000"),
        (Kind.MONEY, "45k", 4_500_000, "£45,000"),
        (Kind.WHOLE, "1,234", 1234, "1,234"),
        (Kind.PERIOD, "6m", Period(6, "m"), "6 months"),
        (Kind.TEXT, "  Stroke & falls ", "Stroke & falls", "Stroke & falls"),
        (Kind.CHOICE, "Anything", "Anything", "Anything"),
    ],
)
def test_typed_values_are_committed_on_leaving_and_shown_anew(
    qtbot: QtBot, make: Make, kind: Kind, typed: str, value: object, shown: str
) -> None:
    editor = make(Field("Field", kind, "field"))
    heard = heard_by(editor)
    type_words(qtbot, editor, typed)
    assert heard == []
    leave(qtbot)
    assert heard == [value]
    assert editor.words() == shown and editor.value() == value and not editor.pending


def test_enter_commits_once(qtbot: QtBot, make: Make) -> None:
    editor = make(STARTS)
    heard = heard_by(editor)
    type_words(qtbot, editor, "1 Apr 2027")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    leave(qtbot)
    assert heard == [date(2027, 4, 1)]


def test_nothing_is_committed_when_nothing_changed(qtbot: QtBot, make: Make) -> None:
    editor = make(STARTS)
    editor.set_value(date(2027, 4, 1))
    heard = heard_by(editor)
    type_words(qtbot, editor, "1/4/27")
    leave(qtbot)
    assert heard == [] and editor.words() == "1 Apr 2027"


def test_a_date_may_be_blank(qtbot: QtBot, make: Make) -> None:
    editor = make(STARTS)
    editor.set_value(date(2027, 4, 1))
    heard = heard_by(editor)
    type_words(qtbot, editor, "")
    leave(qtbot)
    assert heard == [None] and editor.words() == ""


def test_unreadable_words_stay_and_say_why(qtbot: QtBot, make: Make) -> None:
    editor = make(STARTS)
    editor.set_value(date(2027, 4, 1))
    heard = heard_by(editor)
    type_words(qtbot, editor, "31 Feb 2027")
    leave(qtbot)
    assert heard == [] and editor.words() == "31 Feb 2027" and editor.pending
    assert editor.control.property("wrong") is True
    assert "28 days" in editor.problem_line.words() and editor.problem_line.isVisible()
    assert "28 days" in editor.control.accessibleDescription()
    assert "first day of service" in editor.control.accessibleDescription()
    assert editor.value() == date(2027, 4, 1)


def test_escape_brings_the_stored_value_back(qtbot: QtBot, make: Make) -> None:
    editor = make(STARTS)
    editor.set_value(date(2027, 4, 1))
    heard = heard_by(editor)
    type_words(qtbot, editor, "nonsense")
    editor.commit()
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert editor.words() == "1 Apr 2027" and not editor.pending
    assert not editor.problem_line.isVisible()
    leave(qtbot)
    assert heard == []


def test_escape_goes_on_to_the_page_when_nothing_is_typed(qtbot: QtBot, make: Make) -> None:
    editor = make(STARTS)
    action = QAction(editor.window())
    action.setShortcut(QKeySequence(Qt.Key.Key_Escape))
    editor.window().addAction(action)
    fired: list[str] = []

    def fire() -> None:
        fired.append("page")

    action.triggered.connect(fire)
    type_words(qtbot, editor, "1 Apr")
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert fired == [] and editor.words() == ""
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert len(fired) == 1


def test_undo_is_the_fields_first_and_then_the_programs(qtbot: QtBot, make: Make) -> None:
    editor = make(Field("Title", Kind.TEXT, "title"))
    action = QAction(editor.window())
    action.setShortcut(QKeySequence(QKeySequence.StandardKey.Undo))
    editor.window().addAction(action)
    fired: list[str] = []

    def fire() -> None:
        fired.append("page")

    action.triggered.connect(fire)
    QTest.keyClicks(focused(), "x")
    QTest.keyClick(focused(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert fired == [] and editor.words() == ""
    editor.set_value("")
    QTest.keyClick(focused(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(fired) == 1


def test_drafts_hear_every_letter(qtbot: QtBot, make: Make) -> None:
    editor = make(STARTS)
    drafts: list[str] = []
    editor.typed.connect(drafts.append)
    QTest.keyClicks(focused(), "1/4")
    assert drafts == ["1", "1/", "1/4"]


def test_a_draft_put_back_says_at_once_that_it_cannot_be_read(make: Make) -> None:
    editor = make(STARTS)
    editor.put_back_draft("when it suits")
    assert "not a date" in editor.problem_line.words()
    editor.set_value(None)
    assert editor.problem_line.words() == ""


def test_a_draft_put_back_is_committed_on_leaving(qtbot: QtBot, make: Make) -> None:
    editor = make(STARTS)
    heard = heard_by(editor)
    editor.put_back_draft("2 Apr 2027")
    assert isinstance(editor, DayEditor) and editor.weekday() == "Fri"
    leave(qtbot)
    assert heard == [date(2027, 4, 2)]


def test_the_weekday_follows_the_typing(qtbot: QtBot, make: Make) -> None:
    editor = make(STARTS)
    assert isinstance(editor, DayEditor)
    type_words(qtbot, editor, "1 Apr 202")
    assert editor.weekday() == ""
    QTest.keyClicks(focused(), "7")
    assert editor.weekday() == "Thu"


def test_a_day_is_picked_from_the_calendar(qtbot: QtBot, make: Make) -> None:
    editor = make(STARTS)
    assert isinstance(editor, DayEditor)
    heard = heard_by(editor)
    QTest.keyClick(focused(), Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = editor._calendar
    assert popup is not None and popup.isVisible()
    assert popup.calendar.selectedDate() == QDate(2026, 11, 24)
    popup.calendar.activated.emit(QDate(2026, 12, 1))
    assert not popup.isVisible()
    assert heard == [date(2026, 12, 1)] and editor.words() == "1 Dec 2026"


def test_a_finding_is_quiet_and_does_not_hide_a_reason(qtbot: QtBot, make: Make) -> None:
    editor = make(STARTS)
    editor.show_problem("Start date is needed.")
    assert editor.problem_line.words() == "Start date is needed."
    assert editor.control.property("wrong") is not True
    type_words(qtbot, editor, "nonsense")
    leave(qtbot)
    editor.show_problem("Start date is needed.")
    assert "not a date" in editor.problem_line.words()
    editor.restore()
    assert editor.problem_line.words() == "Start date is needed."
    editor.show_problem("")
    assert not editor.problem_line.isVisible()


def test_typing_is_not_disturbed_by_a_change_elsewhere(qtbot: QtBot, make: Make) -> None:
    editor = make(STARTS)
    editor.set_value(date(2027, 4, 1))
    type_words(qtbot, editor, "2 Ap")
    editor.renew(date(2030, 1, 1))
    assert editor.words() == "2 Ap"
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert editor.words() == "1 Jan 2030"
    editor.renew(date(2031, 1, 1))
    assert editor.words() == "1 Jan 2031"


def test_read_only_fields_can_be_reached_but_not_changed(qtbot: QtBot, make: Make) -> None:
    for field in (STARTS, NOTES, STAGE, LINKED):
        editor = make(field)
        editor.set_read_only(True)
        before = editor.words()
        QTest.keyClicks(focused(), "Dr2")
        assert editor.words() == before and not editor.pending, field.label
        editor.set_read_only(False)
        if field is not STAGE:
            QTest.keyClicks(focused(), "2")
            assert editor.words() != before, field.label


def test_a_note_keeps_its_lines_and_grows(qtbot: QtBot, make: Make) -> None:
    editor = make(NOTES)
    assert isinstance(editor, NoteEditor)
    heard = heard_by(editor)
    before = editor.box.height()
    for words in ("one", "two", "three", "four"):
        QTest.keyClicks(editor.box, words)
        QTest.keyClick(editor.box, Qt.Key.Key_Return)
    assert editor.box.height() > before
    QTest.keyClick(editor.box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert heard == ["one\ntwo\nthree\nfour\n"]
    QTest.keyClicks(editor.box, "*")
    leave(qtbot)
    assert heard[-1] == editor.words() and len(heard) == 2


def test_a_note_takes_no_formatting(qtbot: QtBot, make: Make) -> None:
    editor = make(NOTES)
    editor.set_value("<b>as typed</b>")
    assert editor.words() == "<b>as typed</b>"


def test_each_kind_has_its_editor_and_worked_out_values_have_none(make: Make) -> None:
    kinds = {
        Kind.TEXT: LineEditor,
        Kind.DAY: DayEditor,
        Kind.NOTE: NoteEditor,
        Kind.YESNO: ChoiceEditor,
        Kind.LINK: LinkEditor,
        Kind.CHOICE: LineEditor,
    }
    for kind, cls in kinds.items():
        editor = make(Field("Field", kind, "field"))
        assert type(editor) is cls
        assert editor.control.accessibleName() == "Field"
    with pytest.raises(ValueError, match="worked out"):
        editor_for(Field("Kept", Kind.DATA, "kept"), today=TODAY)
