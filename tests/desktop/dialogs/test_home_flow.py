"""A workbook dropped on the window: ours comes home and is taken in one step, anything else may be imported."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from desktop.bringing_home import choose_home, take_dropped
from desktop.dialogs import home_flow
from desktop.dialogs.home import HomeDialog
from desktop.dialogs.home_flow import HomeFlow
from desktop.session import Session
from desktop.window import MainWindow
from storage.engine.history import History
from storage.engine.store import Store
from storage.records.contracts import Contract
from tests.storage.exchange.homecoming import home_store

FILES = Path(__file__).parents[2] / "files"


@pytest.fixture
def store(tmp_path: Path, home: Path) -> Iterator[Store]:
    made = home_store(tmp_path)
    yield made
    made.close()


@pytest.fixture
def window(qtbot: QtBot, store: Store) -> Iterator[MainWindow]:
    made = MainWindow(Session(store), [])
    qtbot.addWidget(made)
    yield made
    made.close()


def dialog_of(qtbot: QtBot, window: MainWindow) -> HomeDialog:
    qtbot.waitUntil(lambda: bool(window.findChildren(HomeDialog)), timeout=15_000)
    [dialog] = window.findChildren(HomeDialog)
    return dialog


def test_a_dropped_workbook_is_shown_and_taken_as_one_step(
    qtbot: QtBot, window: MainWindow, store: Store, tmp_path: Path
) -> None:
    before, brought = store.all(Contract), list[str]()
    workbook = shutil.copy(FILES / "home" / "edited.xls", tmp_path)
    take_dropped(window, brought.append, str(workbook))
    dialog = dialog_of(qtbot, window)
    with qtbot.waitSignal(window.session.said, timeout=15_000) as said:
        dialog.go.click()
    assert said.args == ["9 cells changed and 2 contracts added from 9 rows."]
    assert (store.get(Contract, 1).title, len(store.all(Contract))) == ("Stroke support at home", 9)
    step = History(store).next_undo()
    assert step is not None
    assert step.label == "Bring home edited.xls"
    for _ in History(store).undo():
        pass
    assert store.all(Contract) == before
    assert brought == []


def test_a_cancelled_workbook_changes_nothing(qtbot: QtBot, window: MainWindow, store: Store) -> None:
    before = store.all(Contract)
    take_dropped(window, list[str]().append, str(FILES / "home" / "edited.csv"))
    dialog_of(qtbot, window)._close.click()
    assert store.all(Contract) == before


def test_reading_can_be_given_up_and_is_then_forgotten(qtbot: QtBot, window: MainWindow) -> None:
    brought: list[str] = []
    take_dropped(window, brought.append, str(FILES / "home" / "edited.ods"))
    [flow] = window.findChildren(HomeFlow)
    sheet = flow._sheet
    assert sheet is not None
    with qtbot.waitSignal(flow.destroyed, timeout=15_000):
        sheet.reject()
        assert flow._sheet is None  # gone at once
    assert (brought, window.findChildren(HomeDialog), window.messages.shown) == ([], [], [])


def test_a_register_of_somebody_else_goes_to_the_import(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    (tmp_path / "theirs.csv").write_text("Reference,Title,Status\nA,Stroke,Live\n")
    brought: list[str] = []
    take_dropped(window, brought.append, str(tmp_path / "theirs.csv"))
    qtbot.waitUntil(lambda: bool(brought), timeout=15_000)
    assert brought == [str(tmp_path / "theirs.csv")]
    take_dropped(window, brought.append, "other.desk")
    assert brought[1:] == ["other.desk"]


@pytest.mark.parametrize("yes", [True, False])
def test_a_workbook_of_another_file_is_refused_and_offered_as_an_import(
    qtbot: QtBot, window: MainWindow, store: Store, monkeypatch: pytest.MonkeyPatch, yes: bool
) -> None:
    store.conn.execute(
        "update meta set value = '11111111-1111-4111-8111-111111111111' where name = 'file_uuid'"
    )
    asked, brought = list[str](), list[str]()

    def answer(_window: object, words: str, *_buttons: str) -> bool:
        asked.append(words)
        return yes

    monkeypatch.setattr(home_flow, "asked", answer)
    take_dropped(window, brought.append, str(FILES / "home" / "edited.ods"))
    qtbot.waitUntil(lambda: bool(asked), timeout=15_000)
    assert "was sent from another file than this one" in asked[0]
    assert bool(brought) is yes


def test_a_file_that_cannot_be_read_is_told_on_the_usual_road(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty.xlsx").touch()
    monkeypatch.setattr(
        "desktop.bringing_home.QFileDialog.getOpenFileName", lambda *_: (str(tmp_path / "empty.xlsx"), "")
    )
    choose_home(window, list[str]().append)
    qtbot.waitUntil(lambda: bool(window.messages.shown), timeout=15_000)
    assert window.messages.shown[0].startswith("“empty.xlsx” is empty.")
    for box in window.findChildren(QMessageBox):
        box.close()
