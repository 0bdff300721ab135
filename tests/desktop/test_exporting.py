"""What goes out of the window to other programs: the deadlines of the list of contracts, as it is filtered."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from icalendar import Calendar
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop.app import Desk
from desktop.exporting import Exporting
from desktop.preferences import Preferences
from desktop.window import MainWindow


@pytest.fixture
def window(qapp: QApplication, sample: Path) -> Iterator[MainWindow]:
    desk = Desk(qapp, Preferences())
    assert desk.open(sample) and desk.window is not None
    yield desk.window
    desk.window.close()
    desk.window.deleteLater()
    desk.deleteLater()


def test_the_deadlines_are_written_under_the_name_that_was_chosen(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "days"), ""))
    window.run("file.calendar")
    exporting = window.findChild(Exporting, "exporting")
    assert exporting is not None
    qtbot.waitUntil(lambda: exporting._worker is None, timeout=20_000)
    assert len(Calendar.from_ical((tmp_path / "days.ics").read_bytes()).events) > 50
    assert window.messages.shown == []


def test_nothing_is_written_when_no_name_is_chosen(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    window.run("file.calendar")
    assert list(tmp_path.glob("*.ics")) == []
