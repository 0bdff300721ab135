"""The commands that look ahead: found by the search, and each leads where its words say."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import Desk
from desktop.dialogs.print_preview import PrintPreview
from desktop.pages.contracts import ContractsPage
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


def test_the_search_knows_them(window: MainWindow) -> None:
    keys = {command.key for command in window.menus.commands()}
    assert {"view.timeline", "print.timeline", "print.forward", "contract.compare", "print.compare"} <= keys


def test_the_timeline_and_back_to_the_table(window: MainWindow) -> None:
    window.show_page("actions")
    window.run("view.timeline")
    page = window.page
    assert isinstance(page, ContractsPage) and page.on_timeline
    window.run("view.timeline")
    assert not page.on_timeline


def test_comparing_takes_the_contract_that_is_open(window: MainWindow) -> None:
    window.show_page("contracts")
    window.page.open_record(1)
    window.run("contract.compare")
    assert window.page.key == "compare" and window.page.record_shown() == 1
    window.go_back()
    assert window.page.key == "contracts"
    window.show_page("actions")
    window.run("contract.compare")
    assert window.page.key == "actions"


@pytest.mark.parametrize("key", ["print.timeline", "print.forward", "print.compare"])
def test_each_print_shows_its_preview(window: MainWindow, qtbot: QtBot, key: str) -> None:
    window.show_page("contracts")
    window.page.open_record(1)
    window.run(key)
    dialog = window.findChild(PrintPreview)
    assert dialog is not None
    qtbot.waitUntil(lambda: "–" in dialog.windowTitle(), timeout=20_000)
    dialog.reject()
