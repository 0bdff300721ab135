"""The workbook for a meeting from the window: asked for once, remembered, and what it shows kept."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop.app import Desk
from desktop.dialogs.export_meeting import NOW
from desktop.dialogs.form_dialog import FormDialog
from desktop.exporting import Exporting
from desktop.pages.register import RegisterPage
from desktop.preferences import Preferences
from desktop.window import MainWindow
from storage.desk.beginning.new_file import new_file
from storage.desk.lists.arrangement import Arrangement
from storage.desk.lists.views import save_view
from storage.desk.meeting.shown_contracts import meetings
from storage.engine.conditions import Where
from storage.engine.fields import Value
from storage.records.contracts import Contract
from storage.records.reference import Desk as Office


@pytest.fixture
def window(qapp: QApplication, tmp_path: Path, home: Path) -> Iterator[MainWindow]:
    path = tmp_path / "register.desk"
    store = new_file(path)
    with store.step("Fill"):
        store.save(
            Office(organisation="Northmarsh", person="Ann Lee", role="Commissioner", marking="OFFICIAL")
        )
        store.save_many(
            [
                Contract(reference=f"C{n}", title=f"Care {n}", stage="Signed", tier=("Gold", "Silver")[n % 2])
                for n in range(4)
            ]
        )
    gold = Arrangement(columns=("title", "tier"), where=(Where("tier", "is", ("Gold",)),))
    save_view(store, "contracts", Contract, "Gold ones", gold)
    store.close()
    desk = Desk(qapp, Preferences())
    assert desk.open(path) and desk.window is not None
    yield desk.window
    desk.window.close()
    desk.window.deleteLater()
    desk.deleteLater()


def opened(window: MainWindow) -> FormDialog:
    window.run("file.meeting")
    return next(
        d
        for d in window.findChildren(FormDialog)
        if d.windowTitle() == "Export for a meeting" and d.isVisible()
    )


def fill(dialog: FormDialog, **values: Value) -> None:
    for name, value in values.items():
        dialog.editor(name).set_value(value)
    dialog.accept()


def held(dialog: FormDialog) -> list[Value]:
    return [dialog.editor(name).value() for name in ("which", "meeting", "on", "marking", "ask")]


def test_it_is_asked_for_written_and_kept(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposed: list[str] = []

    def choose(*words: object) -> tuple[str, str]:
        proposed.append(Path(str(words[2])).name)
        return str(tmp_path / "board"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    dialog, store = opened(window), window.session.store
    assert held(dialog) == [NOW, "", None, "OFFICIAL", "Ann Lee, Commissioner"]
    fill(dialog, which="Gold ones", meeting="Contract board", on=date(2999, 3, 4), ask="Ann")
    qtbot.waitUntil(lambda: meetings(store) == ["Contract board"], timeout=20_000)
    assert proposed == ["Contract board 2999-03-04.xlsx"] and window.messages.shown == []
    book = openpyxl.load_workbook(tmp_path / "board.xlsx")
    assert [cell.value for cell in book["Contracts"]["A"]] == ["Title", "Care 0", "Care 2"]
    said = {row[0].value: row[1].value for row in book["Cover"].iter_rows()}
    assert [said[label] for label in ("View", "Who to ask", "Which contracts")] == [
        *("Gold ones", "Ann", "Tier: Gold")
    ]
    again = opened(window)
    assert held(again) == ["Gold ones", "Contract board", date(2999, 3, 4), "OFFICIAL", "Ann"]
    again.reject()


def test_what_the_list_shows_goes_out_and_without_a_name_nothing_is_kept(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "now.xlsx"), ""))
    page = window.pages["contracts"]
    assert isinstance(page, RegisterPage)
    page.list.arrange(Arrangement(where=(Where("reference", "is", ("C3",)),)), keeps=True)
    dialog = opened(window)
    dialog.accept()
    exporting = window.findChild(Exporting, "exporting")
    assert exporting is not None
    qtbot.waitUntil(lambda: exporting._worker is None, timeout=20_000)
    assert openpyxl.load_workbook(tmp_path / "now.xlsx")["Cover"]["B6"].value == "Reference: C3"
    assert meetings(window.session.store) == []


def test_a_name_that_is_too_long_is_said_in_the_dialog(window: MainWindow) -> None:
    dialog = opened(window)
    dialog.editor("meeting").set_value("x" * 61)
    dialog.accept()
    assert "at most 60 letters" in dialog.said()
    dialog.reject()
