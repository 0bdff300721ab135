"""Check my file: the answer first, a mark for each thing, a way for each piece of advice, never a still window."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from time import process_time

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.app import Desk
from desktop.pages.check import CheckPage
from desktop.pages.check_cards import size_words
from desktop.pages.contracts import ContractsPage
from desktop.preferences import Preferences
from desktop.window import MainWindow
from storage.engine.backup import backups
from storage.records.contracts import Contract


@pytest.fixture
def window(qapp: QApplication, sample: Path) -> Iterator[MainWindow]:
    desk = Desk(qapp, Preferences())
    assert desk.open(sample) and desk.window is not None
    yield desk.window
    if desk.window is not None:
        desk.window.close()
        desk.window.deleteLater()
    desk.deleteLater()


def checked(qtbot: QtBot, window: MainWindow) -> CheckPage:
    window.run("file.check")
    page = window.page
    assert isinstance(page, CheckPage)
    qtbot.waitUntil(lambda: page.report is not None and page.primary[0] != "", timeout=20_000)
    return page


def said(page: CheckPage) -> str:
    QApplication.processEvents()  # new cards are shown in the next turn
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def press(page: CheckPage, words: str) -> None:
    QApplication.processEvents()
    next(b for b in page.findChildren(QPushButton) if b.text() == words and b.isVisible()).click()


def test_the_answer_comes_first_and_a_backup_is_one_press_away(qtbot: QtBot, window: MainWindow) -> None:
    page = checked(qtbot, window)
    words = said(page)
    assert "Your file is whole; its safety needs attention" in words
    assert "There is no backup of this file yet." in words and "31 contracts" in words
    press(page, "Back up now")
    path = window.session.store.file.path
    qtbot.waitUntil(lambda: bool(backups.list_copies(path)), timeout=20_000)
    with qtbot.waitSignals([page.headed, page.headed], timeout=20_000):  # it began, it ended
        page.do_primary()
    assert "Your file is whole" in said(page) and "needs attention" not in said(page)


def test_the_words_about_the_backup_lead_to_it(qtbot: QtBot, window: MainWindow) -> None:
    words = next(b for b in window.status.findChildren(QPushButton) if "backup" in b.text().lower())
    words.click()
    page = window.page
    assert isinstance(page, CheckPage)
    qtbot.waitUntil(lambda: page.report is not None, timeout=20_000)
    window.go_back()
    assert window.page.key == "today"


def test_damage_done_behind_the_program_is_shown_with_a_way_back(qtbot: QtBot, window: MainWindow) -> None:
    with closing(sqlite3.connect(window.session.store.file.path, isolation_level=None)) as conn:
        conn.execute("update step set label = 'Something else' where id = 2")
    page = checked(qtbot, window)
    assert "Your file is damaged" in said(page) and "history was altered" in said(page)
    offered = {b.text() for b in page.findChildren(QPushButton)}
    assert {"Restore…", "Repair…"} <= offered


def test_findings_lead_to_their_records(qtbot: QtBot, window: MainWindow) -> None:
    assert window.session.change(Contract, 1, {"reference": None})
    page = checked(qtbot, window)
    assert "1 contract: Reference is blank." in said(page)
    press(page, "Show")
    shown = window.page
    assert isinstance(shown, ContractsPage) and shown.list.model.rowCount() == 1


def test_work_goes_on_while_it_runs_and_the_window_never_stands_still(
    qtbot: QtBot, window: MainWindow
) -> None:
    longest, last = 0.0, process_time()

    def tick() -> None:
        nonlocal longest, last
        longest, last = max(longest, process_time() - last), process_time()

    timer = QTimer(interval=1)
    timer.timeout.connect(tick)
    timer.start()
    window.run("file.check")
    page = window.page
    assert isinstance(page, CheckPage)
    window.show_page("contracts")
    assert window.session.change(Contract, 1, {"title": "Changed meanwhile"})
    qtbot.waitUntil(lambda: page.report is not None, timeout=20_000)
    timer.stop()
    assert page.report is not None and page.report.damage == []
    assert longest < 0.7, "seconds of the processor without a turn of the event loop"


def test_it_can_be_stopped_and_the_window_closed_over_it(qtbot: QtBot, window: MainWindow) -> None:
    window.run("file.check")
    page = window.page
    assert isinstance(page, CheckPage)
    press(page, "Cancel")
    qtbot.waitUntil(lambda: page.primary[0] != "", timeout=20_000)
    assert page.report is None and "You stopped the check" in said(page)
    window.run("file.check")
    window.close()


@pytest.mark.parametrize(
    ("size", "words"), [(0, "0 bytes"), (999, "999 bytes"), (1_234_567, "1.2 MB"), (812_000, "812 KB")]
)
def test_sizes_are_said_as_people_say_them(size: int, words: str) -> None:
    assert size_words(size) == words
