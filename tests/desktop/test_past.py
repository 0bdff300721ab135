"""The register as at a past day opens to read only, says so, and leads back to today."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import Desk
from desktop.commandline import run_verb
from desktop.dialogs.form_dialog import FormDialog
from desktop.preferences import Preferences
from desktop.window import MainWindow
from storage.desk.beginning.new_file import new_file
from storage.engine.values import show_day
from storage.records.contracts import Contract


@pytest.fixture
def file(tmp_path: Path, home: Path) -> Path:
    path = tmp_path / "mine.desk"
    store = new_file(path)
    with store.step("Add"):
        store.save(Contract(title="Night shelter", stage="Signed"))
    store.close()
    return path


@pytest.fixture
def desk(qapp: QApplication, home: Path) -> Iterator[Desk]:
    made = Desk(qapp, Preferences())
    yield made
    if made.window is not None:
        made.window.close()
        made.window.deleteLater()
    made.deleteLater()


def window_of(desk: Desk) -> MainWindow:
    assert desk.window is not None
    return desk.window


def test_a_past_day_is_shown_and_left_again(qtbot: QtBot, desk: Desk, file: Path) -> None:
    assert desk.open(file)
    today = date.today()
    window_of(desk).run("view.as_at")
    dialog = window_of(desk).findChild(FormDialog)
    assert isinstance(dialog, FormDialog)
    editor = dialog.editor("day")
    editor.set_value(today)
    dialog.accept()
    qtbot.waitUntil(lambda: window_of(desk).session.read_only)
    past = window_of(desk)
    assert [c.title for c in past.session.store.all(Contract)] == ["Night shelter"]
    assert any("as it was at the end of" in words for words in past.banners.words)
    assert file.name in past.banners.words[-1]
    past.show_page("contracts")
    qtbot.waitUntil(lambda: past.page.record_shown() == 1)
    past.run("view.today")
    assert not window_of(desk).session.read_only
    assert window_of(desk).session.store.file.path == file


def test_a_day_nobody_can_go_back_to_is_refused_and_the_file_stays_open(
    qtbot: QtBot, desk: Desk, file: Path
) -> None:
    assert desk.open(file)
    window = window_of(desk)
    said: list[str] = []
    window.session.failed.disconnect()
    window.session.failed.connect(said.append)
    window.run("view.as_at")
    dialog = window.findChild(FormDialog)
    assert isinstance(dialog, FormDialog)
    dialog.editor("day").set_value(date.today() - timedelta(days=400))
    dialog.accept()
    qtbot.waitUntil(lambda: bool(said))
    assert "says nothing about" in said[0] and window_of(desk) is window


def test_the_command_line_exports_a_past_day(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    day = show_day(date.today())
    assert run_verb(["export", str(file), "register", str(tmp_path / "out.xlsx"), "--as-at", day]) == 0
    assert (tmp_path / "out.xlsx").exists() and "contracts" in capsys.readouterr().out
    assert (
        run_verb(["export", str(file), "register", str(tmp_path / "no.xlsx"), "--as-at", "1 Jan 2020"]) == 1
    )
    assert "says nothing about 1 Jan 2020" in capsys.readouterr().err
