"""The form shows a record, says what was edited, and leaves alone what is being typed."""

from datetime import date
from typing import NoReturn

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from storage.engine.fields import Field, Kind
from widgets.form import FieldGrid, Group, RecordForm
from widgets.theme import apply_theme

TODAY = date(2026, 11, 24)


def _never(*_: object) -> NoReturn:
    raise AssertionError("a form works nothing out")


FIELDS = {
    f.name: f
    for f in (
        Field("Title", Kind.TEXT, "title", width=300),
        Field("Provider", Kind.LINK, "provider"),
        Field("Start date", Kind.DAY, "starts"),
        Field("Current end", Kind.DAY, "ends"),
        Field("Value", Kind.MONEY, "value"),
        Field("Notes", Kind.NOTE, "notes"),
        Field("Cells as imported", Kind.DATA, "cells"),
        Field("Notice by", Kind.DAY, "notice_by", rule=_never),
        Field("Last possible end", Kind.DAY, "last_end", rule=_never),
    )
}
GROUPS = [
    Group("Parties", ("title", "provider", "cells")),
    Group("Term", ("starts", "ends", "notice_by", "last_end")),
    Group("Money", ("value", "notes", "no_such_field")),
]
VALUES = {
    "title": "Falls & balance",
    "provider": 7,
    "starts": date(2024, 4, 1),
    "value": 120_000_000,
    "notice_by": date(2027, 9, 30),
}


@pytest.fixture
def form(qtbot: QtBot, qapp: QApplication) -> RecordForm:
    """A form showing one record."""
    apply_theme(qapp, dark=False)
    made = RecordForm(GROUPS, FIELDS, today=TODAY)
    qtbot.addWidget(made)
    made.set_options("provider", [(7, "Northmoor"), (8, "Fenwick")])
    made.resize(420, 800)
    made.show_record(VALUES, problems={}, record=1)
    made.show()
    made.activateWindow()
    return made


def _focus(qtbot: QtBot, form: RecordForm, name: str) -> QLineEdit:
    form.focus_field(name)
    line = form.editor(name).control
    assert isinstance(line, QLineEdit)
    qtbot.waitUntil(line.hasFocus)
    return line


def test_values_and_labels_are_shown(form: RecordForm) -> None:
    shown = {name: form.editor(name).words() for name in ("title", "provider", "starts", "ends", "value")}
    assert shown == {
        "title": "Falls & balance",
        "provider": "Northmoor",
        "starts": "1 Apr 2024",
        "ends": "",
        "value": "£1,200,000",
    }
    words = [label.text() for label in form.findChildren(QLabel)]
    for expected in (
        "Parties",
        "Term",
        "Money",
        "Start date",
        "Worked out for you",
        "30 Sep 2027",
        "Not known",
    ):
        assert expected in words


def test_worked_out_and_imported_values_have_no_editor(form: RecordForm) -> None:
    for name in ("notice_by", "cells"):
        with pytest.raises(KeyError):
            form.editor(name)


def test_every_label_belongs_to_its_editor(form: RecordForm) -> None:
    buddies = {label.text(): label.buddy() for label in form.findChildren(QLabel)}
    assert buddies["Start date"] is form.editor("starts").control
    assert buddies["Notes"] is form.editor("notes").control


def test_an_edit_names_its_field(qtbot: QtBot, form: RecordForm) -> None:
    drafts: list[tuple[str, str]] = []

    def keep(name: str, words: str) -> None:
        drafts.append((name, words))

    form.draft.connect(keep)
    line = _focus(qtbot, form, "ends")
    QTest.keyClicks(line, "31/3/28")
    with qtbot.waitSignal(form.edited) as heard:
        QTest.keyClick(line, Qt.Key.Key_Tab)
    assert heard.args == ["ends", date(2028, 3, 31)]
    assert drafts[-1] == ("ends", "31/3/28")


def test_the_field_being_typed_in_is_left_alone(qtbot: QtBot, form: RecordForm) -> None:
    line = _focus(qtbot, form, "ends")
    QTest.keyClicks(line, "31 Ma")
    form.show_record({**VALUES, "title": "Renamed", "ends": date(2030, 1, 1)}, problems={}, record=1)
    assert form.editor("ends").words() == "31 Ma"
    assert form.editor("title").words() == "Renamed"


def test_another_record_is_shown_whole(qtbot: QtBot, form: RecordForm) -> None:
    line = _focus(qtbot, form, "ends")
    QTest.keyClicks(line, "31 Ma")
    assert form.leave() == ["Current end"]
    form.show_record({"title": "Another"}, problems={}, record=2)
    assert form.editor("ends").words() == "" and form.editor("title").words() == "Another"
    assert form.leave() == []


def test_leaving_commits_what_can_be_read(qtbot: QtBot, form: RecordForm) -> None:
    line = _focus(qtbot, form, "ends")
    QTest.keyClicks(line, "31 Mar 2028")
    with qtbot.waitSignal(form.edited) as heard:
        assert form.leave() == []
    assert heard.args == ["ends", date(2028, 3, 31)]


def test_findings_stand_under_their_field_and_go_away(form: RecordForm) -> None:
    form.show_record(VALUES, problems={"ends": "Current end is needed."}, record=1)
    assert form.editor("ends").problem_line.words() == "Current end is needed."
    assert form.editor("ends").problem_line.isVisible()
    form.show_record(VALUES, problems={}, record=1)
    assert not form.editor("ends").problem_line.isVisible()


def test_read_only_records_take_no_typing(qtbot: QtBot, form: RecordForm) -> None:
    form.show_record(VALUES, problems={}, read_only=True, record=1)
    line = _focus(qtbot, form, "starts")
    QTest.keyClicks(line, "9")
    assert form.editor("starts").words() == "1 Apr 2024"


def test_why_unfolds_folds_and_is_asked_again(qtbot: QtBot, form: RecordForm) -> None:
    asked: list[str] = []
    form.why_asked.connect(asked.append)
    worked = form._worked
    press = worked.link_of("notice_by")
    press.click()
    assert asked == ["notice_by"]
    form.show_why("notice_by", "Six months before the end.")
    assert worked.why("notice_by") == "Six months before the end."
    form.show_record(VALUES, problems={}, record=1)
    assert asked == ["notice_by", "notice_by"], "the reason may have changed"
    press.click()
    assert worked.why("notice_by") == ""
    form.show_why("notice_by", "Six months before the end.")
    form.show_record(VALUES, problems={}, record=2)
    assert worked.why("notice_by") == "" and len(asked) == 2


def test_two_columns_when_wide_and_one_when_narrow(qtbot: QtBot, form: RecordForm) -> None:
    grid = form.findChildren(FieldGrid)[1]
    qtbot.waitUntil(lambda: grid.columns() == 2)
    form.resize(300, 800)
    qtbot.waitUntil(lambda: grid.columns() == 1)
    form.resize(900, 800)
    qtbot.waitUntil(lambda: grid.columns() == 2)


def test_a_long_label_wraps_and_its_neighbour_stays_level(qtbot: QtBot, qapp: QApplication) -> None:
    apply_theme(qapp, dark=False)
    long, short = (
        Field("Notice period that the provider must give us", Kind.PERIOD, "a"),
        Field("End", Kind.DAY, "b"),
    )
    made = RecordForm([Group("", ("a", "b"))], {"a": long, "b": short}, today=TODAY)
    qtbot.addWidget(made)
    made.resize(340, 400)
    made.show()
    qtbot.waitUntil(lambda: made.findChildren(FieldGrid)[0].columns() == 2)
    first, second = made.editor("a"), made.editor("b")
    qtbot.waitUntil(lambda: first.y() == second.y() and first.y() > 24)
    assert abs(first.width() - second.width()) <= 1


def test_a_link_can_be_walked(qtbot: QtBot, form: RecordForm) -> None:
    with qtbot.waitSignal(form.link_opened) as heard:
        form.editor("provider").opened.emit(7)  # type: ignore[attr-defined]
    assert heard.args == ["provider", 7]


def test_a_draft_is_put_back_and_kept(qtbot: QtBot, form: RecordForm) -> None:
    form.put_back_draft("value", "1.5m")
    with qtbot.waitSignal(form.edited) as heard:
        assert form.leave() == []
    assert heard.args == ["value", 150_000_000]
