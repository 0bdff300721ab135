"""Starting after starts that failed: no file keeps the user out, and the way to the data is short."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop import starting, starts
from desktop.app import Desk
from desktop.dialogs import safe_start
from desktop.dialogs.cannot_open import AGAIN, OTHER, READ, RESTORE
from desktop.dialogs.safe_start import CHECK, EXPORT, REPORT, SafeStart
from desktop.preferences import Preferences
from storage.desk.beginning.new_file import new_file
from storage.engine.backup.backups import BY_HAND, make
from storage.engine.opening import open_store
from storage.records.contracts import Contract
from storage.records.reference import Desk as Office
from tests.campaign.frame import report

# A start in a process of its own. The first page ends it, as a fault in Qt would, without a word.
CRASHING = """
import os, sys, time
from pathlib import Path
from desktop.dialogs import safe_start
from desktop.pages.today import TodayPage
def crash(self, session):
    os._exit(139)
TodayPage.__init__ = crash
from desktop.starting import run
def asked(path):
    print("safe", path.name, *[way.key for way in safe_start.ways(path)], flush=True)
    os._exit(0)
safe_start.ask = asked
sys.exit(run(Path(sys.argv[1])))
"""


@pytest.fixture
def file(tmp_path: Path, home: Path) -> Path:
    path = tmp_path / "register.desk"
    with closing(new_file(path)) as store:
        with store.step("Add"):
            store.save(Contract(title="Stroke support"))
        make(store, BY_HAND)
    return path


@pytest.fixture
def desk(qapp: QApplication, home: Path) -> Iterator[Desk]:
    made = Desk(qapp, Preferences())
    yield made
    if made.window is not None:
        made.window.close()
        made.window.deleteLater()
    made.deleteLater()


def test_p7_the_third_start_in_a_row_that_fails_offers_careful_ways(file: Path, project: Path) -> None:
    def start() -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", CRASHING, str(file)]
        return subprocess.run(command, cwd=project, capture_output=True, text=True, check=False, timeout=60)

    before = file.read_bytes()
    assert [start().returncode for _ in range(2)] == [139, 139]
    begun = time.monotonic()
    third = start()
    seconds = time.monotonic() - begun
    assert third.stdout.split() == ["safe", file.name, READ, RESTORE, CHECK, EXPORT, REPORT, OTHER]
    assert seconds < 20
    assert file.stat().st_size == len(before)
    with closing(open_store(file)) as store:
        assert store.get(Contract, 1).title == "Stroke support"
    report("P7", {"seconds to the careful ways": round(seconds, 2)})


def test_p7_a_start_that_stands_forgets_those_that_failed(home: Path) -> None:
    starts.begin()
    starts.begin()
    assert starts.failed() == starts.TOO_MANY
    starts.reached()
    assert starts.failed() == 0
    starts.reached()


@pytest.mark.parametrize("held", [b"", b"x", b"-4", "²".encode(), b"9" * 5_000])
def test_a_count_that_cannot_be_read_locks_nobody_out(home: Path, held: bytes) -> None:
    home.mkdir()
    (home / starts.NAME).write_bytes(held)
    assert starts.failed() >= 0
    starts.begin()
    assert starts.failed() >= 1


def follow(ways: list[str], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Answer the careful choice with these ways, one after another."""
    waiting = list(ways)
    monkeypatch.setattr(safe_start, "ask", lambda _path: waiting.pop(0))
    return waiting


@pytest.mark.parametrize(("way", "command"), [(CHECK, "file.check"), (EXPORT, "file.export")])
def test_p7_checking_and_taking_out_need_no_page_of_records(
    qtbot: QtBot, desk: Desk, file: Path, monkeypatch: pytest.MonkeyPatch, way: str, command: str
) -> None:
    from desktop.window import MainWindow

    ran: list[str] = []
    monkeypatch.setattr(MainWindow, "run", lambda _self, key: ran.append(key))
    follow([way], monkeypatch)
    assert starting.go_carefully(desk, file)
    assert desk.window is not None and desk.window.session.read_only
    assert [entry.key for entry in desk.window.pages.entries] == ["check", "safety"] and ran == [command]


@pytest.mark.parametrize(("way", "read_only"), [(READ, True), (AGAIN, False)])
def test_p7_the_file_is_opened_to_read_or_as_usual_when_that_is_asked(
    qtbot: QtBot, desk: Desk, file: Path, monkeypatch: pytest.MonkeyPatch, way: str, read_only: bool
) -> None:
    follow([way], monkeypatch)
    assert starting.go_carefully(desk, file)
    assert desk.window is not None and desk.window.session.read_only is read_only


def test_p7_the_report_is_shown_and_the_choice_comes_back(
    desk: Desk, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[object] = []
    monkeypatch.setattr("desktop.dialogs.texts.show_problems", shown.append)
    left = follow([REPORT, ""], monkeypatch)
    assert not starting.go_carefully(desk, file)
    assert shown == [None] and left == []


def test_the_choice_is_shown_without_reading_the_file(qtbot: QtBot, home: Path, tmp_path: Path) -> None:
    broken = tmp_path / "x.desk"
    broken.write_bytes(b"\0" * 5000)

    def press(words: str) -> Callable[[], None]:
        def do() -> None:
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, SafeStart)
            next(b for b in dialog.findChildren(QPushButton) if b.text() == words).click()

        return do

    QTimer.singleShot(0, press("Export to Excel…"))
    assert safe_start.ask(broken) == EXPORT
    QTimer.singleShot(0, press("Leave"))
    assert safe_start.ask(broken) == ""


COPIES_AND_QUITS = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from desktop.starting import run
app = QApplication([])
def copy():
    window = next(w for w in app.topLevelWidgets() if hasattr(w, "pages"))
    window.show_page("contracts")
    view = window.pages["contracts"].list.view
    view.selectAll()
    view.copy()
    print(app.clipboard().text())
    window.close()
QTimer.singleShot(0, copy)
sys.exit(run(Path(sys.argv[1]), sample=False))
"""


def test_the_program_ends_cleanly_after_rows_were_copied(home: Path, tmp_path: Path, project: Path) -> None:
    path = tmp_path / "file.desk"
    with closing(new_file(path)) as store, store.step("Add"):
        store.save(Contract(title="Night shelter"))
        store.save(Office(organisation="Wealdshire"))  # else the first questions are asked
    environment = {**os.environ, "PYTHONPATH": str(project), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", COPIES_AND_QUITS, str(path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert "Night shelter" in done.stdout and done.returncode == 0, done.stderr[-2_000:]
