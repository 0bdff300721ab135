"""Editors read what people type, keep what cannot be read, and bring the stored value back on Esc."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QDate, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QKeySequence, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from storage.engine.fields import Field, Kind, Period
from widgets.editors import ChoiceEditor, DayEditor, Editor, LineEditor, LinkEditor, NoteEditor, editor_for
from widgets.theme import apply_theme

TODAY = date(2026, 11, 24)
Make = Callable[[Field], Editor]
STARTS = Field("Start date", Kind.DAY, "starts", help="The first day of service")
LINKED = Field("Provider", Kind.LINK, "provider", target="organisation")
STAGE = Field("Stage", Kind.CHOICE, "stage", choices=("Draft", "Awarded", "Signed"))
NOTES = Field("Notes", Kind.NOTE, "notes")


@pytest.fixture
def make(qtbot: QtBot, qapp: QApplication) -> Make:
    """Build an editor in a window with another field to go to."""
    apply_theme(qapp, dark=False)

    windows = []

    def built(field: Field) -> Editor:
        window = QWidget()
        windows.append(window)
        down = QVBoxLayout(window)
        editor = editor_for(field, today=TODAY)
        down.addWidget(editor)
        down.addWidget(QLineEdit())
        qtbot.addWidget(window)
        window.resize(320, 200)
        window.show()
        window.activateWindow()
        editor.control.setFocus()
        qtbot.waitUntil(lambda: editor.control.hasFocus() or editor.isAncestorOf(_focused()))
        return editor

    return built


def _focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def _heard(editor: Editor) -> list[object]:
    values: list[object] = []
    editor.committed.connect(values.append)
    return values


def _type(qtbot: QtBot, editor: Editor, words: str) -> None:
    line = _focused()
    assert editor.isAncestorOf(line)
    QTest.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(line, Qt.Key.Key_Delete)
    QTest.keyClicks(line, words)


def _leave(qtbot: QtBot) -> None:
    QTest.keyClick(_focused(), Qt.Key.Key_Tab)


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
    heard = _heard(editor)
    _type(qtbot, editor, typed)
    assert heard == []
    _leave(qtbot)
    assert heard == [value]
    assert editor.words() == shown and editor.value() == value and not editor.pending


def test_enter_commits_once(qtbot: QtBot, make: Make) -> None:
    editor = make(STARTS)
    heard = _heard(editor)
    _type(qtbot, editor, "1 Apr 2027")
    QTest.keyClick(_focused(), Qt.Key.Key_Return)
    _leave(qtbot)
    assert heard == [date(2027, 4, 1)]


def test_nothing_is_committed_when_nothing_changed(qtbot: QtBot, make: Make) -> None:
    editor = make(STARTS)
    editor.set_value(date(2027, 4, 1))
    heard = _heard(editor)
    _type(qtbot, editor, "1/4/27")
    _leave(qtbot)
    assert heard == [] and editor.words() == "1 Apr 2027"


def test_a_date_may_be_blank(qtbot: QtBot, make: Make) -> None:
    editor = make(STARTS)
    editor.set_value(date(2027, 4, 1))
    heard = _heard(editor)
    _type(qtbot, editor, "")
    _leave(qtbot)
    assert heard == [None] and editor.words() == ""


def test_unreadable_words_stay_and_say_why(qtbot: QtBot, make: Make) -> None:
    editor = make(STARTS)
    editor.set_value(date(2027, 4, 1))
    heard = _heard(editor)
    _type(qtbot, editor, "31 Feb 2027")
    _leave(qtbot)
    assert heard == [] and editor.words() == "31 Feb 2027" and editor.pending
    assert editor.control.property("wrong") is True
    assert "28 days" in editor.problem_line.words() and editor.problem_line.isVisible()
    assert "28 days" in editor.control.accessibleDescription()
    assert "first day of service" in editor.control.accessibleDescription()
    assert editor.value() == date(2027, 4, 1)


def test_escape_brings_the_stored_value_back(qtbot: QtBot, make: Make) -> None:
    editor = make(STARTS)
    editor.set_value(date(2027, 4, 1))
    heard = _heard(editor)
    _type(qtbot, editor, "nonsense")
    editor.commit()
    QTest.keyClick(_focused(), Qt.Key.Key_Escape)
    assert editor.words() == "1 Apr 2027" and not editor.pending
    assert not editor.problem_line.isVisible()
    _leave(qtbot)
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
    _type(qtbot, editor, "1 Apr")
    QTest.keyClick(_focused(), Qt.Key.Key_Escape)
    assert fired == [] and editor.words() == ""
    QTest.keyClick(_focused(), Qt.Key.Key_Escape)
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
    QTest.keyClicks(_focused(), "x")
    QTest.keyClick(_focused(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert fired == [] and editor.words() == ""
    editor.set_value("")
    QTest.keyClick(_focused(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(fired) == 1


def test_drafts_hear_every_letter(qtbot: QtBot, make: Make) -> None:
    editor = make(STARTS)
    drafts: list[str] = []
    editor.typed.connect(drafts.append)
    QTest.keyClicks(_focused(), "1/4")
    assert drafts == ["1", "1/", "1/4"]


def test_a_draft_put_back_is_committed_on_leaving(qtbot: QtBot, make: Make) -> None:
    editor = make(STARTS)
    heard = _heard(editor)
    editor.put_back_draft("2 Apr 2027")
    assert isinstance(editor, DayEditor) and editor.weekday() == "Fri"
    _leave(qtbot)
    assert heard == [date(2027, 4, 2)]


def test_the_weekday_follows_the_typing(qtbot: QtBot, make: Make) -> None:
    editor = make(STARTS)
    assert isinstance(editor, DayEditor)
    _type(qtbot, editor, "1 Apr 202")
    assert editor.weekday() == ""
    QTest.keyClicks(_focused(), "7")
    assert editor.weekday() == "Thu"


def test_a_day_is_picked_from_the_calendar(qtbot: QtBot, make: Make) -> None:
    editor = make(STARTS)
    assert isinstance(editor, DayEditor)
    heard = _heard(editor)
    QTest.keyClick(_focused(), Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
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
    _type(qtbot, editor, "nonsense")
    _leave(qtbot)
    editor.show_problem("Start date is needed.")
    assert "not a date" in editor.problem_line.words()
    editor.restore()
    assert editor.problem_line.words() == "Start date is needed."
    editor.show_problem("")
    assert not editor.problem_line.isVisible()


def test_typing_is_not_disturbed_by_a_change_elsewhere(qtbot: QtBot, make: Make) -> None:
    editor = make(STARTS)
    editor.set_value(date(2027, 4, 1))
    _type(qtbot, editor, "2 Ap")
    editor.renew(date(2030, 1, 1))
    assert editor.words() == "2 Ap"
    QTest.keyClick(_focused(), Qt.Key.Key_Escape)
    assert editor.words() == "1 Jan 2030"
    editor.renew(date(2031, 1, 1))
    assert editor.words() == "1 Jan 2031"


def test_read_only_fields_can_be_reached_but_not_changed(qtbot: QtBot, make: Make) -> None:
    for field in (STARTS, NOTES, STAGE, LINKED):
        editor = make(field)
        editor.set_read_only(True)
        before = editor.words()
        QTest.keyClicks(_focused(), "Dr2")
        assert editor.words() == before and not editor.pending, field.label
        editor.set_read_only(False)
        if field is not STAGE:
            QTest.keyClicks(_focused(), "2")
            assert editor.words() != before, field.label


def test_a_choice_is_committed_when_chosen_and_can_be_blank(qtbot: QtBot, make: Make) -> None:
    editor = make(STAGE)
    assert isinstance(editor, ChoiceEditor)
    heard = _heard(editor)
    assert editor.words() == ""
    editor.box.activated.emit(2)
    assert heard == ["Awarded"] and editor.words() == "Awarded"
    editor.box.activated.emit(0)
    assert heard == ["Awarded", ""] and editor.words() == ""


def test_a_choice_that_is_not_listed_is_kept(qtbot: QtBot, make: Make) -> None:
    editor = make(STAGE)
    assert isinstance(editor, ChoiceEditor)
    editor.set_value("Old word")
    assert editor.words() == "Old word"
    offered = [editor.box.itemText(i) for i in range(editor.box.count())]
    assert offered == ["Leave blank", "Draft", "Awarded", "Signed", "Old word"]


def test_yes_no_and_not_said(qtbot: QtBot, make: Make) -> None:
    editor = make(Field("Runs on?", Kind.YESNO, "runs"))
    assert isinstance(editor, ChoiceEditor)
    heard = _heard(editor)
    for place in (1, 2, 0):
        editor.box.activated.emit(place)
    assert heard == [True, False, None]


def test_the_wheel_changes_no_choice(qtbot: QtBot, make: Make) -> None:
    editor = make(STAGE)
    assert isinstance(editor, ChoiceEditor)
    editor.set_value("Draft")
    at = QPointF(10, 10)
    wheel = QWheelEvent(
        at,
        at,
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(editor.box, wheel)
    assert editor.words() == "Draft" and not wheel.isAccepted()


def test_a_note_keeps_its_lines_and_grows(qtbot: QtBot, make: Make) -> None:
    editor = make(NOTES)
    assert isinstance(editor, NoteEditor)
    heard = _heard(editor)
    before = editor.box.height()
    for words in ("one", "two", "three", "four"):
        QTest.keyClicks(editor.box, words)
        QTest.keyClick(editor.box, Qt.Key.Key_Return)
    assert editor.box.height() > before
    QTest.keyClick(editor.box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert heard == ["one\ntwo\nthree\nfour\n"]
    QTest.keyClicks(editor.box, "*")
    _leave(qtbot)
    assert heard[-1] == editor.words() and len(heard) == 2


def test_a_note_takes_no_formatting(qtbot: QtBot, make: Make) -> None:
    editor = make(NOTES)
    editor.set_value("<b>as typed</b>")
    assert editor.words() == "<b>as typed</b>"


@pytest.fixture
def provider(make: Make) -> LinkEditor:
    """A link with three providers, two of one name."""
    editor = make(LINKED)
    assert isinstance(editor, LinkEditor)
    editor.set_options(
        [(7, "Northmoor Health"), (8, "Fenwick"), (9, "Fenwick Pharmacies"), (10, "Twin"), (11, "Twin")]
    )
    return editor


@pytest.mark.parametrize(
    ("typed", "found"), [("northmoor health", 7), ("moor", 7), ("fenwick", 8), ("pharm", 9)]
)
def test_a_link_is_found_by_part_of_its_name(
    qtbot: QtBot, provider: LinkEditor, typed: str, found: int
) -> None:
    heard = _heard(provider)
    _type(qtbot, provider, typed)
    provider._fitting.hide()
    _leave(qtbot)
    assert heard == [found] and provider.value() == found


@pytest.mark.parametrize("typed", ["nobody", "enw", "twin"])
def test_a_link_is_never_guessed(qtbot: QtBot, provider: LinkEditor, typed: str) -> None:
    heard = _heard(provider)
    _type(qtbot, provider, typed)
    provider._fitting.hide()
    _leave(qtbot)
    assert heard == [] and provider.words().casefold() == typed
    assert "Choose one from the list" in provider.problem_line.words()


def test_a_link_chosen_from_the_list_may_share_its_name(provider: LinkEditor) -> None:
    heard = _heard(provider)
    for place in (4, 3):
        provider.box.showPopup()
        provider.box.hidePopup()
        provider.box.activated.emit(place)
    assert heard == [11, 10]


def test_a_link_can_be_cleared_walked_and_kept_when_not_offered(qtbot: QtBot, provider: LinkEditor) -> None:
    provider.set_value(99)
    assert provider.words() == "Record 99"
    heard = _heard(provider)
    with qtbot.waitSignal(provider.opened) as gone:
        provider._go.click()
    assert gone.args == [99]
    provider.set_options([(99, "Late Arrival Ltd")])
    assert provider.words() == "Late Arrival Ltd"
    provider.control.setFocus()
    _type(qtbot, provider, "")
    _leave(qtbot)
    assert heard == [None] and provider._go.isHidden()


def test_typing_a_link_is_not_lost_when_the_list_changes(qtbot: QtBot, provider: LinkEditor) -> None:
    _type(qtbot, provider, "Nor")
    provider.set_options([(1, "Norfolk"), (2, "North")])
    assert provider.words() == "Nor" and provider.pending


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
