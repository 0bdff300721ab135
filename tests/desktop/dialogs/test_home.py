"""The merge screen for workbooks: taken by cell, contract, field or all; conflicts marked; missing rows asked about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.dialogs.home import HomeDialog
from desktop.dialogs.home_choices import FIELD
from desktop.dialogs.pick import PickDialog, Picked
from storage.engine.store import Store
from storage.exchange.home.plan import Homecoming
from storage.records.contracts import Contract
from tests.storage.exchange.homecoming import held_against, home_store, take

FILES = Path(__file__).parents[2] / "files" / "home"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """The register the workbooks were sent from, in which one cell was changed here too."""
    made = home_store(tmp_path)
    made.change(Contract, 1, {"title": "Stroke support, mine"})
    yield made
    made.close()


@pytest.fixture
def dialog(qtbot: QtBot, store: Store) -> Iterator[HomeDialog]:
    yield from shown(qtbot, held_against(store, FILES / "edited.ods"))


def shown(qtbot: QtBot, home: Homecoming) -> Iterator[HomeDialog]:
    parent = QWidget()
    parent.resize(1366, 768)
    qtbot.addWidget(parent)
    made = HomeDialog(parent, home)
    made.show()
    yield made
    made.close()
    parent.close()


def row_of(dialog: HomeDialog, reference: str, name: str) -> int:
    home, table = dialog.home, dialog.changes.table
    return next(
        row
        for row, place in enumerate(table.places)
        if (home.contracts[home.changes[place].contract].reference, home.changes[place].name)
        == (reference, name)
    )


def cells(dialog: HomeDialog, row: int) -> list[str]:
    table = dialog.changes.table
    return [str(table.data(table.index(row, column))) for column in range(6)]


def click_take(dialog: HomeDialog, row: int) -> None:
    view = dialog.changes.view
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.table.index(row, 5)).center()
    )


def groups(dialog: HomeDialog) -> dict[str, int]:
    return {group.words: place for place, group in enumerate(dialog.changes.model.groups)}


def test_each_change_shows_three_sides_and_doubtful_ones_wait(dialog: HomeDialog) -> None:
    title = row_of(dialog, "C-1", "title")
    assert cells(dialog, title) == [
        "Stroke support, mine", "Title", "Stroke support", "Stroke support at home", "Stroke support, mine",
        "Not taken Conflict",
    ]  # fmt: skip
    assert cells(dialog, row_of(dialog, "C-1", "own:beds"))[2:] == ["12", "14", "12", "Taken"]
    marks = {name: cells(dialog, row_of(dialog, ref, name))[5] for ref, name in (
        ("C-1", "own:ward"), ("C-2", "provider_name"), ("C-2", "directorate"), ("C-7", "title"))}  # fmt: skip
    assert marks == {
        "own:ward": "Not taken Look",
        "provider_name": "Not taken New provider",
        "directorate": "Taken Cleared",
        "title": "Not taken Cleared",
    }
    assert (dialog.go.text(), dialog._summary.text()) == (
        "Take 10 changes",
        "8 of 12 cells · 2 of 2 new rows",
    )


def test_taken_and_refused_by_cell_with_mouse_and_keyboard(dialog: HomeDialog) -> None:
    title = row_of(dialog, "C-1", "title")
    click_take(dialog, title)
    assert cells(dialog, title)[5] == "Taken Conflict"
    assert dialog.go.text() == "Take 11 changes"
    dialog.changes.view.selectAll()
    QTest.keyClick(dialog.changes.view, Qt.Key.Key_Space)
    assert dialog.choices.chosen.changes == frozenset(range(12))
    QTest.keyClick(dialog.changes.view, Qt.Key.Key_Return)
    assert (dialog.choices.chosen.changes, dialog.go.text()) == (frozenset(), "Add 2 drafts")


def test_taken_and_refused_by_contract_by_field_and_all(dialog: HomeDialog) -> None:
    panel = dialog.changes
    assert list(groups(dialog))[:3] == ["All changes", "Conflicts", "To look at"]
    panel.groups.choose(groups(dialog)["Stroke support, mine"])
    assert panel.table.rowCount() == 7
    QTest.keyClick(panel.groups, Qt.Key.Key_Space)
    assert all(panel.table.takes(row) for row in range(7))
    QTest.keyClick(panel.groups, Qt.Key.Key_Space)
    assert not any(panel.table.takes(row) for row in range(7))
    panel.by._choose(FIELD)
    panel.groups.choose(groups(dialog)["Title"])
    assert panel.table.rowCount() == 2
    box = panel.groups.visualRect(panel.model.index(groups(dialog)["Title"])).topLeft()
    QTest.mouseClick(panel.groups.viewport(), Qt.MouseButton.LeftButton, pos=box + box.__class__(18, 15))
    assert [panel.table.takes(row) for row in range(2)] == [True, True]
    assert "all taken" in str(
        panel.model.data(panel.groups.currentIndex(), Qt.ItemDataRole.AccessibleTextRole)
    )
    panel.model.toggle(0)
    assert len(dialog.choices.chosen.changes) == 12
    panel.model.toggle(0)
    assert dialog.choices.chosen.changes == frozenset()


def test_the_whole_of_a_change_and_its_reasons_stand_below(dialog: HomeDialog) -> None:
    panel = dialog.changes
    panel.view.setCurrentIndex(panel.table.index(row_of(dialog, "C-6", "notes"), 0))
    assert panel._full[1].text() == "From Word:\n• “one”\n• two three"
    panel.view.setCurrentIndex(panel.table.index(row_of(dialog, "C-1", "title"), 0))
    assert "Both sides changed this cell" in panel._note.text()
    assert not panel.other.isVisible()


def test_a_name_can_be_given_to_a_provider_that_is_there(
    dialog: HomeDialog, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = dialog.changes
    panel.view.setCurrentIndex(panel.table.index(row_of(dialog, "C-2", "provider_name"), 0))
    assert panel.other.isVisible()
    monkeypatch.setattr(PickDialog, "exec", lambda self: 1)
    monkeypatch.setattr(PickDialog, "picked", lambda self: Picked(1))
    panel.other.click()
    row = row_of(dialog, "C-2", "provider_name")
    assert cells(dialog, row)[3:] == ["Northmoor Care Limited", "Southgate Trust", "Taken Look"]
    take(store, dialog.home, dialog.choices.chosen)
    assert store.get(Contract, 2).provider_name == "Northmoor Care Limited"


def test_missing_rows_are_left_unless_a_button_says_otherwise(dialog: HomeDialog) -> None:
    dialog.show_tab("missing")
    view, table = dialog.missing.view, dialog.missing.table
    assert [table.words(0, column) for column in (0, 4)] == ["Wheelchairs", "Leave as it is"]
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert dialog.choices.chosen.decided == {}
    press = {each.text(): each for each in dialog.missing.findChildren(type(dialog.go))}
    press["Move to the bin"].click()
    assert dialog.choices.chosen.decided == {5: "bin"}
    assert "1 missing contract decided on" in dialog._summary.text()
    press["Leave as it is"].click()
    assert dialog.choices.chosen.decided == {}


def test_new_rows_say_what_they_are_and_are_taken_or_left(dialog: HomeDialog) -> None:
    dialog.show_tab("new")
    table = dialog.new.table
    assert [table.words(1, column) for column in range(6)] == [
        "10", "C-8", "Night sitting", "Southgate Trust", "It says Signed and begins as a draft.", "Taken",
    ]  # fmt: skip
    press = {each.text(): each for each in dialog.new.findChildren(type(dialog.go))}
    press["Take none"].click()
    assert dialog.choices.chosen.new == frozenset()
    press["Take all"].click()
    assert dialog.choices.chosen.new == {0, 1}


def test_a_workbook_without_changes_says_so(qtbot: QtBot, store: Store) -> None:
    for dialog in shown(qtbot, held_against(store, FILES / "sent.xlsx")):
        assert [key for key, _, _ in dialog._pages] == ["nothing"]
        assert (dialog.go.isVisible(), dialog._close.text()) == (False, "Close")
