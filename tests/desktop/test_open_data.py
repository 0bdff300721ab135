"""Open data from the window: everything goes out, and a file is made of it again and opened."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop.app import Desk
from desktop.dialogs import copy_rows
from desktop.open_data import ALONE, PACKED
from desktop.preferences import Preferences
from storage.records.contracts import Contract


@pytest.fixture
def desk(qapp: QApplication, sample: Path) -> Iterator[Desk]:
    desk = Desk(qapp, Preferences())
    assert desk.open(sample)
    yield desk
    if desk.window is not None:
        desk.window.close()
        desk.window.deleteLater()
    desk.deleteLater()


def test_everything_goes_out_and_a_new_file_of_it_is_opened(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = desk.window
    assert window is not None
    for name, kind in (("all.json", PACKED), ("alone", ALONE)):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, n=name, k=kind: (str(tmp_path / n), k))
        window.run("file.open_data")
        made = tmp_path / (name if "." in name else f"{name}.json")
        qtbot.waitUntil(made.exists, timeout=20_000)
    contracts = window.session.store.ids(Contract)
    shown: list[str] = []
    monkeypatch.setattr(copy_rows, "show_text", lambda _parent, title, _rows: shown.append(title))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "all.json"), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "again.desk"), ""))
    window.run("file.from_open_data")
    assert shown == ["What came over"]
    assert desk.window is not None and desk.window.session.store.file.user_path.name == "again.desk"
    assert desk.window.session.store.ids(Contract) == contracts


def test_what_is_no_open_data_is_refused_in_words(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = desk.window
    assert window is not None
    odd = tmp_path / "odd.json"
    odd.write_text("{}", encoding="utf-8")
    said: list[str] = []
    monkeypatch.setattr(window.messages, "failed", said.append)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(odd), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "again.desk"), ""))
    window.run("file.from_open_data")
    assert "is not open data written by Commissioning Desk" in said[0]
    assert desk.window is window and not (tmp_path / "again.desk").exists()
