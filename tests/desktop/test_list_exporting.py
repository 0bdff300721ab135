"""Lists leave the window as workbooks: the one on screen as it is filtered, and any other as a whole."""

from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from desktop.app import Desk
from desktop.dialogs.pick import PickDialog
from desktop.exporting import Exporting
from desktop.list_exporting import LISTS_OUT, NO_LIST
from desktop.page_sheets import WORKED_OUT, sheets_of
from desktop.pages.register import RegisterPage
from desktop.preferences import Preferences
from desktop.window import MainWindow
from storage.desk.beginning.sample import new_sample
from storage.desk.meeting.shown_contracts import keep, shown_now
from storage.engine.conditions import Where


@pytest.fixture
def window(qapp: QApplication, tmp_path: Path, home: Path) -> Iterator[MainWindow]:
    path = tmp_path / "sample.desk"
    new_sample(path).close()
    desk = Desk(qapp, Preferences())
    assert desk.open(path) and desk.window is not None
    yield desk.window
    desk.window.close()
    desk.window.deleteLater()
    desk.deleteLater()


@pytest.fixture
def written(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], Workbook]:
    """The workbook that was asked for last, once it is there."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "list"), ""))

    def read() -> Workbook:
        exporting = window.findChild(Exporting, LISTS_OUT)
        assert exporting is not None
        qtbot.waitUntil(lambda: exporting._worker is None, timeout=20_000)
        assert window.messages.shown == []
        return openpyxl.load_workbook(tmp_path / "list.xlsx")

    return read


def pick(window: MainWindow, words: str) -> None:
    """Choose the first list whose name begins with some words."""
    window.run("list.other")
    dialog = window.findChildren(PickDialog)[-1]
    dialog._list.setCurrentItem(dialog._list.findItems(words, Qt.MatchFlag.MatchStartsWith)[0])
    dialog.accept()


def test_lists_are_exported_from_their_pages_and_by_name(
    window: MainWindow, written: Callable[[], Workbook], monkeypatch: pytest.MonkeyPatch
) -> None:
    window.show_page("actions")
    page = window.page
    assert isinstance(page, RegisterPage)
    page.show_where(Where("status", "is", ("Done",)))
    next(b for b in page.list.findChildren(QPushButton) if b.text() == "Export").click()
    assert written()["Actions"]["A2"].value.startswith("3 in all; Status: Done")
    pick(window, "Risks (")
    assert written().sheetnames[0] == "Risks"
    window.show_page("contracts")
    window.page.open_record(16)
    pick(window, "KPIs of WH-101")
    assert written()["KPIs"]["A2"].value.startswith("4 in all; Contract: ")
    said: list[str] = []
    monkeypatch.setattr(window.status, "say", said.append)
    window.show_page("check")
    window.run("list.export")
    assert said == [NO_LIST]


def test_what_is_worked_out_is_exported_as_it_is_shown(
    window: MainWindow, qtbot: QtBot, written: Callable[[], Workbook]
) -> None:
    keep(window.session.store, "Board", shown_now(window.session.store))
    for key, first in (
        ("put_right", "Level"), ("forward", "Contract"), ("today", "Day"), ("since", "Change"), ("money", "Contract"),
    ):  # fmt: skip
        window.show_page(key)
        page = window.page
        qtbot.waitUntil(lambda page=page: sheets_of(page) is not None, timeout=20_000)  # type: ignore[misc]
        window.run("list.export")
        book = written()
        assert book.worksheets[0]["A4"].value == first
    sheet = book["Money, by year"]
    assert any(cell.number_format.startswith("£") for cell in sheet[6])
    assert sheet["A2"].value.startswith("24 in all; By year; 2026/27")
    [worked_out] = [column for column in sheet.iter_cols(min_row=4) if column[0].value == WORKED_OUT]
    assert [cell.value for cell in worked_out].count("Planned") > 5
    assert any("in grey" in str(row[1].value) for row in book["Read me"].iter_rows(min_row=3))
