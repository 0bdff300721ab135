"""The annual summary from the menu: a year, a name, and the kind of file its ending or the filter says."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop.app import Desk
from desktop.dialogs.pick import PickDialog, Picked
from desktop.preferences import Preferences
from desktop.window import MainWindow
from storage.desk.sample import new_sample


@pytest.fixture
def window(
    qapp: QApplication, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    path = tmp_path / "sample.desk"
    new_sample(path).close()
    desk = Desk(qapp, Preferences())
    assert desk.open(path) and desk.window is not None
    monkeypatch.setattr(PickDialog, "exec", lambda self: 1)
    monkeypatch.setattr(PickDialog, "picked", lambda self: Picked(2025))
    yield desk.window
    desk.window.close()
    desk.window.deleteLater()
    desk.deleteLater()


@pytest.mark.parametrize(
    ("name", "kind", "made"),
    [
        ("year.pdf", "Excel workbook (*.xlsx)", "year.pdf"),
        ("year", "The counts as CSV (*.csv)", "year.csv"),
        ("1.4.2025", "", "1.4.2025.xlsx"),
    ],
)
def test_the_summary_is_written_as_the_name_or_the_filter_says(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, kind: str, made: str
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / name), kind))
    window.run("file.psr")
    assert (tmp_path / made).stat().st_size > 100
    assert window.messages.shown == []


def test_a_folder_that_is_gone_is_said(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "gone" / "a.csv"), ""))
    window.run("file.psr")
    assert len(window.messages.shown) == 1
