"""Backups while nobody waits; and nothing that is typed is lost, nor any time taken, when the session ends."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop import keeping
from desktop.app import Desk
from desktop.keeping import Keeping, within
from desktop.pages.contracts import ContractsPage
from desktop.preferences import Preferences
from desktop.window import MainWindow
from storage.desk.beginning.new_file import new_file
from storage.desk.office import change_office
from storage.engine.backup import backups
from storage.engine.errors import StorageError
from storage.engine.opening import open_store
from storage.engine.steps import Progress
from storage.records.contracts import Contract
from widgets.progress_sheet import ProgressSheet


@pytest.fixture
def file(tmp_path: Path, home: Path) -> Path:
    path = tmp_path / "register.desk"
    with closing(new_file(path)) as store:
        change_office(store, {"organisation": "Northmarsh Council", "person": "Joy Okafor"})
        with store.step("Add"):
            store.save_many([Contract(reference=f"C-{n}", title=f"Contract {n}") for n in range(1, 4)])
    return path


@pytest.fixture
def desk(qapp: QApplication, home: Path) -> Iterator[Desk]:
    made = Desk(qapp, Preferences())
    yield made
    if made.window is not None:
        made.window.close()
        made.window.deleteLater()
    made.deleteLater()


def opened(desk: Desk, path: Path) -> MainWindow:
    assert desk.open(path) and desk.window is not None
    desk.window.show_page("contracts")
    return desk.window


def whys(path: Path) -> list[str]:
    return [copy.why for copy in backups.list_copies(path)]


def type_title(qtbot: QtBot, window: MainWindow, words: str) -> None:
    window.activateWindow()
    page = window.page
    assert isinstance(page, ContractsPage)
    page.open_record(1)
    control = page.detail.forms["summary"].editor("title").control
    assert isinstance(control, QLineEdit)
    control.setFocus()
    control.selectAll()
    qtbot.keyClicks(control, words)


def slow(*_: object) -> Iterator[Progress]:
    """A disk on which a backup never ends."""
    while True:
        time.sleep(0.01)
        yield Progress(0, 0, "Making a backup")


def test_p3_at_a_log_off_what_is_typed_is_saved_and_no_time_is_taken(
    qtbot: QtBot, desk: Desk, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened(desk, file)
    type_title(qtbot, window, "Typed to the last second")
    monkeypatch.setattr(backups, "making", slow)
    begun = time.monotonic()
    desk.app.commitDataRequest.emit(None)
    assert window.session.store.get(Contract, 1).title == "Typed to the last second"
    window.close()
    assert time.monotonic() - begun < 2
    assert whys(file) == []
    monkeypatch.undo()
    monkeypatch.setattr(keeping, "SOON", 0)
    again = opened(desk, file)
    assert again.session.store.get(Contract, 1).title == "Typed to the last second"
    qtbot.waitUntil(lambda: whys(file) == [backups.AT_START], timeout=20_000)


def test_p3_a_log_off_in_the_middle_of_a_long_change_takes_it_back_and_stops_nobody(
    qtbot: QtBot, desk: Desk, file: Path
) -> None:
    window = opened(desk, file)
    store = window.session.store

    def change() -> Iterator[Progress]:
        while True:
            store.save(Contract(title="Half"))
            yield Progress(1, 2, "Writing")

    window.session.run(store.long_step("Import", change()), "Importing")
    assert store.steps.busy and not window.close()
    desk.app.commitDataRequest.emit(None)
    assert window.close()
    with closing(open_store(file)) as after:
        assert [c.title for c in after.all(Contract)] == ["Contract 1", "Contract 2", "Contract 3"]


def test_p3_a_closing_waits_no_longer_than_two_seconds_for_its_backup(
    qtbot: QtBot, desk: Desk, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened(desk, file)
    window.session.change(Contract, 1, {"title": "Changed"})
    monkeypatch.setattr(backups, "making", slow)
    begun = time.monotonic()
    window.close()
    assert time.monotonic() - begun < 2
    with closing(open_store(file)) as store:
        assert store.get(Contract, 1).title == "Changed"


def test_what_cannot_be_saved_is_kept_as_a_draft_on_closing(qtbot: QtBot, desk: Desk, file: Path) -> None:
    window = opened(desk, file)
    page = window.page
    assert isinstance(page, ContractsPage)
    window.activateWindow()
    page.open_record(1)
    page.detail.show_tab("term")
    control = page.detail.forms["term"].editor("start").control
    control.setFocus()
    qtbot.keyClicks(control, "someday")
    window.close()
    with closing(open_store(file)) as store:
        kept = dict(store.conn.execute("select name, value from draft").fetchall())
    assert "someday" in kept.values()


def test_a_backup_is_made_while_the_user_types_on(
    qtbot: QtBot, desk: Desk, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "SOON", 0)
    window = opened(desk, file)
    type_title(qtbot, window, "Written meanwhile")
    assert QApplication.activeModalWidget() is None, "no sheet takes the keyboard"
    qtbot.waitUntil(lambda: whys(file) != [], timeout=20_000)
    window.show_page("providers")
    window.close()
    with closing(open_store(file)) as store:
        assert store.get(Contract, 1).title == "Written meanwhile"


def test_a_window_that_only_reads_makes_no_backup(qtbot: QtBot, desk: Desk, file: Path) -> None:
    assert desk.open(file, read_only=True) and desk.window is not None
    kept = desk.window.findChild(Keeping)
    assert kept is not None and kept.close(hurried=False) == "" and whys(file) == []


def test_work_that_takes_too_long_is_given_up() -> None:
    ended: list[bool] = []

    def work() -> Iterator[Progress]:
        try:
            yield from slow()
        finally:
            ended.append(True)

    assert not within(work(), 0.05) and ended == [True]
    assert within(iter([Progress(1, 1, "")]), 1)


def test_a_backup_is_made_soon_after_the_first_change(
    qtbot: QtBot, desk: Desk, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "QUIET", 0)
    window = opened(desk, file)
    store = window.session.store
    store.change(Contract, 1, {"title": "Changed"})
    qtbot.waitUntil(lambda: backups.AT_FIRST_CHANGE in whys(file), timeout=20_000)
    store.change(Contract, 1, {"title": "Changed again"})
    qtbot.wait(50)
    assert whys(file).count(backups.AT_FIRST_CHANGE) == 1


def test_d1_a_change_that_was_not_saved_stays_in_its_field_and_is_tried_again(
    qtbot: QtBot, desk: Desk, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened(desk, file)
    page = window.page
    assert isinstance(page, ContractsPage)
    type_title(qtbot, window, "Typed on a full disk")
    form = page.detail.forms["summary"]

    def full(*_: object, **__: object) -> None:
        raise StorageError("The disk is full, so the last change was not saved.")

    with monkeypatch.context() as patch:
        patch.setattr(type(window.session.store), "change", full)
        form.leave()
    editor = form.editor("title")
    assert editor.words() == "Typed on a full disk" and editor.pending
    assert "Not saved yet" in editor.problem_line.words()
    assert window.session.store.get(Contract, 1).title == "Contract 1"
    form.leave()
    assert window.session.store.get(Contract, 1).title == "Typed on a full disk"
    assert "Not saved" not in editor.problem_line.words()


def test_a_backup_that_is_not_urgent_waits_while_a_dialog_has_work_of_its_own(
    qtbot: QtBot, desk: Desk, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "SOON", 0)
    monkeypatch.setattr(keeping, "AGAIN", 20)
    window = opened(desk, file)
    sheet = ProgressSheet(window, "Importing")
    qtbot.wait(100)
    assert whys(file) == []
    sheet.finish()
    qtbot.waitUntil(lambda: whys(file) == [backups.AT_START], timeout=20_000)
