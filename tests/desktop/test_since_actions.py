"""The commands on meetings: keep what is shown, and print what has changed since."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import Desk
from desktop.dialogs.form_dialog import FormDialog
from desktop.dialogs.print_preview import PrintPreview
from desktop.preferences import Preferences
from desktop.since_actions import CHOOSE
from desktop.window import MainWindow
from storage.desk.beginning.new_file import new_file
from storage.desk.meeting.shown_contracts import snapshots


@pytest.fixture
def window(qapp: QApplication, tmp_path: Path, home: Path) -> Iterator[MainWindow]:
    path = tmp_path / "register.desk"
    new_file(path).close()
    desk = Desk(qapp, Preferences())
    assert desk.open(path) and desk.window is not None
    yield desk.window
    desk.window.close()
    desk.window.deleteLater()
    desk.deleteLater()


def test_what_is_shown_is_kept_and_what_changed_is_printed(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.looking.QUIET", 20)
    said: list[str] = []
    monkeypatch.setattr(window.status, "say", said.append)
    window.run("since.keep")
    page = window.pages["since"]
    dialog = page.findChild(FormDialog)
    assert dialog is not None
    dialog._editors["meeting"].set_value("Board")
    dialog.accept()
    assert [kept.title for kept in snapshots(window.session.store)] == ["Board"]
    window.run("print.since")
    assert window.page is page and said[-1] == CHOOSE
    qtbot.waitUntil(lambda: page.primary == ("Print…", "printer"), timeout=10_000)
    window.run("print.since")
    preview = page.findChild(PrintPreview)
    assert preview is not None
    qtbot.waitUntil(lambda: preview.ways.paper is not None, timeout=10_000)
    preview.reject()
