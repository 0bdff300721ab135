"""The annual summary from the menu: a year, a name, and the kind of file its ending or the filter says."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from desktop.app import Desk
from desktop.dialogs.notice_drafts import preview_drafts
from desktop.dialogs.pick import PickDialog, Picked
from desktop.preferences import Preferences
from desktop.window import MainWindow
from storage.desk.procurement.notice_drafts import drafts_of
from storage.records.procurements import Procurement


@pytest.fixture
def window(qapp: QApplication, sample: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    desk = Desk(qapp, Preferences())
    assert desk.open(sample) and desk.window is not None
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
        ("year", "CSV (*.csv)", "year.csv"),
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


def test_the_pipeline_is_written_and_the_drafts_of_notices_can_be_copied(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "ahead.csv"), ""))
    window.run("file.pipeline")
    assert "Begin by" in (tmp_path / "ahead.csv").read_text("utf-8-sig")
    store = window.session.store
    owing = next(each for each in store.all(Procurement) if drafts_of(store, each))
    preview = preview_drafts(window, window.session, owing)
    qtbot.waitUntil(lambda: preview.preview.page_count > 0, timeout=20_000)
    copy = next(b for b in preview.findChildren(QPushButton) if b.text() == "Copy the text")
    copy.click()
    assert QApplication.clipboard().text().startswith(drafts_of(store, owing)[0].heading)
    preview.close()


def test_a_folder_that_is_gone_is_said(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "gone" / "a.csv"), ""))
    window.run("file.psr")
    assert len(window.messages.shown) == 1
