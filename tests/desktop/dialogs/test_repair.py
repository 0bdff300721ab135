"""A damaged file is repaired from its dialog: asked where to, shown what came back, and opened."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.dialogs.cannot_open import OTHER, REPAIR, ways_on
from desktop.dialogs.repair import RepairDialog, free_name
from storage.engine.errors import DamagedFile
from storage.engine.opening import open_store
from storage.engine.store import Store
from storage.records.contracts import Contract


@pytest.fixture
def broken(filled: Store) -> Path:
    """A file without any copy, of which the last part is cut off."""
    path = filled.file.path
    filled.close()
    path.write_bytes(path.read_bytes()[:-30_000])
    return path


def press(dialog: RepairDialog, words: str) -> None:
    next(b for b in dialog.findChildren(QPushButton) if b.text() == words and b.isVisible()).click()


def words(dialog: RepairDialog) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]


def test_a_damaged_file_is_repaired_and_the_report_shown(qtbot: QtBot, broken: Path, home: Path) -> None:
    assert [way.key for way in ways_on(DamagedFile("x"), broken)] == [REPAIR, OTHER]
    before = broken.read_bytes()
    dialog = RepairDialog(None, broken)
    qtbot.addWidget(dialog)
    dialog.show()
    press(dialog, "Repair")
    qtbot.waitUntil(lambda: "What came back" in words(dialog), timeout=30_000)
    press(dialog, "Copy the report")
    assert "What came back from" in QApplication.clipboard().text()
    press(dialog, "Open the repaired file")
    assert dialog.made is not None and broken.read_bytes() == before
    store = open_store(dialog.made)
    assert store.ids(Contract)
    store.close()
    assert free_name(broken) != dialog.made


def test_what_goes_wrong_is_said_and_another_place_can_be_chosen(qtbot: QtBot, broken: Path) -> None:
    dialog = RepairDialog(None, broken)
    qtbot.addWidget(dialog)
    dialog.show()
    free_name(broken).write_text("meanwhile")
    press(dialog, "Repair")
    qtbot.waitUntil(lambda: any("already exists" in w for w in words(dialog)), timeout=30_000)
    dialog.reject()


def test_closing_while_it_works_leaves_the_damaged_file_alone(qtbot: QtBot, broken: Path) -> None:
    before = broken.read_bytes()
    dialog = RepairDialog(None, broken)
    qtbot.addWidget(dialog)
    dialog.show()
    press(dialog, "Repair")
    dialog.reject()
    assert dialog.made is None and broken.read_bytes() == before
