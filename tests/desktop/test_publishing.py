"""Publishing from the window: the file is written from a snapshot, and what is blank is listed with its reason."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop.app import Desk
from desktop.dialogs.published import PublishedDialog
from desktop.preferences import Preferences
from desktop.publishing import GUIDE_FILES, STRICT_FILES
from desktop.window import MainWindow


@pytest.fixture
def window(qapp: QApplication, sample: Path) -> Iterator[MainWindow]:
    desk = Desk(qapp, Preferences())
    assert desk.open(sample) and desk.window is not None
    yield desk.window
    desk.window.close()
    desk.window.deleteLater()
    desk.deleteLater()


@pytest.mark.parametrize(
    ("command", "name", "layout", "begins"),
    [
        ("file.lga", "out.csv", GUIDE_FILES, "OrganisationLabel,OrganisationURI,EffectiveDate"),
        ("file.lga", "out", STRICT_FILES, "OrganisationLabel,OrganisationURI,ContractReference"),
        ("file.ocds", "out.json", "", "{"),
    ],
)
def test_the_file_is_written_and_what_is_blank_is_listed(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    command: str, name: str, layout: str, begins: str,
) -> None:  # fmt: skip
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / name), layout))
    window.run(command)
    qtbot.waitUntil(lambda: window.findChild(PublishedDialog) is not None, timeout=20_000)
    made = tmp_path / (name if "." in name else f"{name}.csv")
    assert made.read_text("utf-8-sig").startswith(begins)
    dialog = window.findChild(PublishedDialog)
    assert isinstance(dialog, PublishedDialog)
    listed = [line["why"] for line in dialog.lines if line["what"] == "Left out"]
    assert "Its status is draft." in listed
    dialog.accept()


def test_a_folder_that_is_gone_is_said_and_nothing_is_left(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(window.messages, "failed", said.append)
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "gone" / "a.csv"), GUIDE_FILES)
    )
    window.run("file.lga")
    qtbot.waitUntil(lambda: bool(said), timeout=20_000)
    assert "does not exist" in said[0]
