"""The import dialog: a file is read, shown, decided on, written as one step and summed up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.dialogs.import_columns import HeadingLine, PickButton, example
from desktop.dialogs.import_decisions import DecisionsPanel
from desktop.dialogs.import_lists import LinesView
from desktop.dialogs.import_register import ImportDialog, ImportFlow, import_register
from desktop.dialogs.import_summary import SummaryDialog
from desktop.session import Session
from storage.engine.backup.backups import list_copies
from storage.engine.own_fields import OwnField
from storage.engine.store import Store
from storage.records.contracts import Contract
from widgets.choices import TabBar
from widgets.facts import FactsBand
from widgets.progress_sheet import ProgressSheet

Open = Callable[[str, str], ImportDialog]
REGISTER = (
    "Reference,Title,Supplier,Start,Contract value,Ward,Days left\n"
    "A1,Home care,Acme,01/04/2024,£100,Red,5\n"
    "A2,Transport,Beta,01/05/2024,soon,Blue,6\n"
    "A3,Meals,Acme,01/06/2024,£30,Red,7\n"
    "A4,Advice,Beta,01/07/2024,£40,Blue,8\n"
)
TWINS = "Title,Supplier,Contract value\nDay care,Acme,£{}\nDay care,Acme,£{}\nMeals,Beta,£{}\n"


@pytest.fixture
def empty(store: Store) -> Iterator[Session]:
    made = Session(store)
    yield made
    made.deleteLater()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1366, 768)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def flows() -> list[ImportFlow]:
    return []


@pytest.fixture
def shown(qtbot: QtBot, empty: Session, window: QWidget, tmp_path: Path, flows: list[ImportFlow]) -> Open:
    """Opens the dialog on a file of these words."""

    def show(name: str, words: str) -> ImportDialog:
        path = tmp_path / name
        path.write_text(words, "utf-8")
        flows.append(import_register(window, empty, path))
        qtbot.waitUntil(lambda: flows[-1].dialog is not None and flows[-1].dialog.isVisible())
        dialog = flows[-1].dialog
        assert dialog is not None
        return dialog

    return show


def press(dialog: QWidget, words: str) -> None:
    """Press a button by its words."""
    buttons = {
        b.accessibleName() or b.text(): b for b in dialog.findChildren(QPushButton) if b.isVisibleTo(dialog)
    }
    buttons[words].click()


def can_import(dialog: ImportDialog) -> bool:
    return next(b for b in dialog.findChildren(QPushButton) if b.text() == "Import").isEnabled()


def counts(dialog: QWidget) -> list[str]:
    """The figures above the lists: read, created, updated, unchanged, not imported."""
    band = dialog.findChildren(FactsBand)[0]
    names = [c.accessibleName() for c in band.findChildren(QWidget) if ": " in c.accessibleName()]
    return [name.split(": ")[1].split()[0] for name in names][-5:]


def choose(qtbot: QtBot, dialog: ImportDialog, heading: str, *path: str) -> None:
    """Choose where a heading goes, through its menu, and wait until that is worked out."""
    line = dialog.findChildren(HeadingLine)[_headings(dialog).index(heading)]
    menu = line.goes.menu()
    menu.aboutToShow.emit()
    action: QAction | None = None
    for words in path:
        action = next(a for a in menu.actions() if a.text() == words)
        menu = cast("QMenu | None", action.menu()) or menu
    assert action is not None
    action.trigger()
    assert not can_import(dialog)
    qtbot.waitUntil(lambda: can_import(dialog))


def _headings(dialog: ImportDialog) -> list[str]:
    return [line.name.accessibleName() for line in dialog.findChildren(HeadingLine)]


def where(dialog: ImportDialog) -> dict[str, str]:
    """Heading to where it goes, in words."""
    lines = dialog.findChildren(HeadingLine)
    return {line.name.accessibleName(): line.goes.words() for line in lines}


def write(qtbot: QtBot, dialog: ImportDialog, flow: ImportFlow) -> SummaryDialog:
    press(dialog, "Import")
    qtbot.waitUntil(lambda: flow.summary is not None)
    assert flow.summary is not None
    return flow.summary


def test_what_is_shown_is_what_is_written(
    qtbot: QtBot, shown: Open, flows: list[ImportFlow], empty: Session
) -> None:
    dialog = shown("register.csv", REGISTER)
    assert counts(dialog) == ["4", "4", "0", "0", "0"]
    assert where(dialog) == {
        "Reference": "Reference",
        "Title": "Title",
        "Supplier": "Provider",
        "Start": "Start",
        "Contract value": "Current value",
        "Ward": "Your own field: choice",
        "Days left": "Not kept",
    }
    assert not empty.store.ids(Contract)
    summary = write(qtbot, dialog, flows[-1])
    assert counts(summary) == ["4", "4", "0", "0", "0"]
    assert len(empty.store.ids(Contract)) == 4
    assert len(list_copies(empty.store.file.path)) == 1
    copied, tabs = "", summary.findChild(TabBar)
    assert tabs is not None
    tabs.chosen.emit("headings")
    for lines in summary.findChildren(LinesView):
        lines.copy_all()
        copied += QApplication.clipboard().text()
    assert "5\tContract value" not in copied and "3\tContract value\tsoon" in copied
    assert "Ward\tYour own field “Ward” (choice)\tFits no field" in copied
    press(summary, "Close")
    empty.undo()
    assert not empty.store.ids(Contract) and not empty.store.ids(OwnField)


def test_columns_go_where_the_user_says(
    qtbot: QtBot, shown: Open, flows: list[ImportFlow], empty: Session
) -> None:
    dialog = shown("register.csv", REGISTER)
    choose(qtbot, dialog, "Ward", "Who looks after it", "Directorate or service")
    choose(qtbot, dialog, "Days left", "A field of my own", "Whole number")
    choose(qtbot, dialog, "Supplier", "Leave it out")
    told = where(dialog)
    assert (told["Ward"], told["Supplier"]) == ("Directorate or service", "Left out")
    assert told["Days left"] == "Your own field: whole number"
    write(qtbot, dialog, flows[-1]).close()
    first = empty.store.all(Contract)[0]
    assert (first.directorate, first.provider_name, first.own) == ("Red", "", {"days_left": 5})


def test_a_field_takes_one_heading(qtbot: QtBot, shown: Open) -> None:
    dialog = shown("register.csv", REGISTER)
    choose(qtbot, dialog, "Ward", "Contract", "Title")
    assert where(dialog)["Ward"] == "Title"
    assert where(dialog)["Title"] != "Title"
    choose(qtbot, dialog, "Supplier", "Contract", "Title")
    assert (where(dialog)["Supplier"], where(dialog)["Ward"]) == ("Title", "Your own field: choice")
    dialog.reject()


def test_dates_in_doubt_hold_the_import_until_answered(
    qtbot: QtBot, shown: Open, flows: list[ImportFlow], empty: Session
) -> None:
    dialog = shown("dates.csv", "Title,Start\nOne,01/02/2024\nTwo,04/25/2024\n")
    assert not can_import(dialog)
    day, month = dialog.findChildren(QRadioButton)
    assert "01/02/2024 is 1 February 2024; 04/25/2024 cannot be read" in day.text()
    assert "01/02/2024 is 2 January 2024; 04/25/2024 is 25 April 2024" in month.text()
    month.click()
    qtbot.waitUntil(lambda: can_import(dialog))
    write(qtbot, dialog, flows[-1]).close()
    assert [str(c.start) for c in empty.store.all(Contract)] == ["2024-01-02", "2024-04-25"]


def test_examples_are_taken_from_the_column() -> None:
    assert example(["1 May 2024", "25/12/2024", "03/04/2024"], "day") == (
        "03/04/2024 is 3 April 2024; 25/12/2024 is 25 December 2024"
    )


def test_rows_that_fit_two_contracts_are_decided(
    qtbot: QtBot, shown: Open, flows: list[ImportFlow], empty: Session
) -> None:
    write(qtbot, shown("twins.csv", TWINS.format(1, 2, 3)), flows[-1]).close()
    dialog = shown("twins2.csv", TWINS.format(5, 6, 7))
    assert counts(dialog) == ["3", "0", "1", "0", "2"]
    panel = dialog.findChildren(DecisionsPanel)[0]
    assert panel.isVisible() and panel.open_rows == 2
    chooser = next(b for b in panel.findChildren(PickButton) if b.accessibleName().startswith("Row 2"))
    offered = [a.text() for a in chooser.menu().actions() if a.text()]
    assert offered == ["Day care, Acme, £1.00", "Day care, Acme, £2.00", "A new contract", "Leave it out"]
    chooser.menu().actions()[1].trigger()
    qtbot.waitUntil(lambda: can_import(dialog))
    assert counts(dialog)[1:] == ["0", "3", "0", "0"]  # the other row fits what is left
    write(qtbot, dialog, flows[-1]).close()
    assert [c.current_value for c in empty.store.all(Contract)] == [600, 500, 700]


def test_all_that_is_left_can_be_left_out(qtbot: QtBot, shown: Open, flows: list[ImportFlow]) -> None:
    write(qtbot, shown("twins.csv", TWINS.format(1, 2, 3)), flows[-1]).close()
    dialog = shown("twins2.csv", TWINS.format(5, 6, 7))
    press(dialog, "Leave all of them out")
    qtbot.waitUntil(lambda: can_import(dialog))
    assert counts(dialog) == ["3", "0", "1", "0", "2"]
    assert dialog.findChildren(DecisionsPanel)[0].open_rows == 0
    dialog.reject()


def test_nothing_to_change_is_not_written(qtbot: QtBot, shown: Open, flows: list[ImportFlow]) -> None:
    write(qtbot, shown("register.csv", REGISTER), flows[-1]).close()
    dialog = shown("register.csv", REGISTER)
    assert counts(dialog) == ["4", "0", "0", "4", "0"]
    assert not can_import(dialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_file_that_cannot_be_read_is_told_on_the_usual_road(
    qtbot: QtBot, empty: Session, window: QWidget, tmp_path: Path
) -> None:
    path = tmp_path / "paper.csv"
    path.write_bytes(b"%PDF-1.7")
    with qtbot.waitSignal(empty.failed) as told:
        import_register(window, empty, path)
    assert "PDF" in told.args[0]
    assert not [s for s in window.findChildren(ProgressSheet) if s.isVisible()]


def test_cancelled_while_reading_nothing_comes(
    qtbot: QtBot, empty: Session, window: QWidget, tmp_path: Path
) -> None:
    path = tmp_path / "register.csv"
    path.write_text(REGISTER, "utf-8")
    flow = import_register(window, empty, path)
    sheet = window.findChildren(ProgressSheet)[0]
    sheet.reject()
    qtbot.wait(150)
    assert flow.dialog is None
    assert not [s for s in window.findChildren(ProgressSheet) if s.isVisible()]


def test_another_sheet_of_a_workbook_is_read(
    qtbot: QtBot, empty: Session, window: QWidget, tmp_path: Path
) -> None:
    from xlsxwriter import Workbook

    from widgets.editors_choice import Chooser

    path = tmp_path / "two.xlsx"
    book = Workbook(str(path))
    for name, titles in (("Contracts", ["One", "Two"]), ("Old", ["Three"])):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, ["Title", "Reference"])
        for place, title in enumerate(titles, start=1):
            sheet.write_row(place, 0, [title, f"R{place}"])
    book.close()
    flow = import_register(window, empty, path)
    qtbot.waitUntil(lambda: flow.dialog is not None and flow.dialog.isVisible(), timeout=20_000)
    dialog = flow.dialog
    assert dialog is not None and counts(dialog)[0] == "2"
    sheets = next(c for c in dialog.findChildren(Chooser) if c.accessibleName() == "Sheet of the workbook")
    sheets.setCurrentText("Old")
    sheets.activated.emit(1)
    qtbot.waitUntil(lambda: counts(dialog)[0] == "1", timeout=20_000)
    qtbot.waitUntil(lambda: can_import(dialog))
    dialog.reject()
