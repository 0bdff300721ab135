"""The whole program on a real file: opened, exported, backed up, restored, opened twice, and its messages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from desktop.app import Desk
from desktop.dialogs.print_preview import PrintPreview
from desktop.exporting import Exporting
from desktop.file_actions import FileActions
from desktop.preferences import Preferences
from desktop.window import MainWindow
from desktop.work import BUG
from storage.desk.lists.arrangement import Arrangement
from storage.desk.office import office
from storage.engine.backup import backups
from storage.engine.opening import new_store, open_store
from storage.records.contracts import Contract


@pytest.fixture
def desk(qapp: QApplication, home: Path) -> Iterator[Desk]:
    made = Desk(qapp, Preferences())
    yield made
    if made.window is not None:
        made.window.close()
        made.window.deleteLater()
    made.deleteLater()


def window_of(desk: Desk) -> MainWindow:
    assert desk.window is not None
    return desk.window


OVERVIEWS = (
    "today",
    "money",
    "put_right",
    "forward",
    "since",
)  # pages over the whole file, which show no single record


def test_every_page_opens_on_the_sample(qtbot: QtBot, desk: Desk, sample: Path) -> None:
    assert desk.open(sample)
    window = window_of(desk)
    for entry in (e for e in window.pages.entries if e.on_rail):
        window.show_page(entry.key)
        window.page.open_record(1)
        assert window.page.record_shown() == (entry.key not in OVERVIEWS), entry.key
    assert desk.preferences.recent == [sample]


def has_pages(shown: PrintPreview) -> bool:
    return shown.preview.page_count > 0


def test_print_shows_the_record_that_is_open_on_each_page_that_prints(
    qtbot: QtBot, desk: Desk, sample: Path
) -> None:
    assert desk.open(sample)
    window = window_of(desk)
    actions = FileActions(desk, window)
    printed = set()
    for entry in (e for e in window.pages.entries if e.on_rail):
        window.show_page(entry.key)
        window.page.open_record(1)
        actions.print_page()
        for preview in window.findChildren(PrintPreview):
            qtbot.waitUntil(partial(has_pages, preview))
            printed.add(entry.key)
            preview.reject()
            preview.deleteLater()
            qtbot.waitUntil(lambda: not window.findChildren(PrintPreview))
    assert printed == {"contracts", "checklists", "specifications"}


def test_print_with_nothing_open_says_what_to_open(desk: Desk, sample: Path) -> None:
    assert desk.open(sample)
    window = window_of(desk)
    window.show_page("contracts")
    FileActions(desk, window).print_page()
    assert "Open a contract" in " ".join(
        label.accessibleName() for label in window.status.findChildren(QLabel)
    )
    assert not window.findChildren(PrintPreview)


def test_the_first_questions_are_asked_once_and_may_be_skipped(
    qtbot: QtBot, desk: Desk, sample: Path, tmp_path: Path
) -> None:
    path = tmp_path / "new.desk"
    new_store(path).close()
    desk.open(path)
    qtbot.waitUntil(lambda: bool(_dialogs(desk)))
    dialog = _dialogs(desk)[0]
    assert dialog.windowTitle() == "My organisation and me"
    dialog.reject()
    desk.open(sample)
    desk.open(path)
    QApplication.processEvents()
    assert _dialogs(desk) == []
    assert office(window_of(desk).session.store).id is None


def _dialogs(desk: Desk) -> list[QDialog]:
    return [d for d in window_of(desk).findChildren(QDialog) if d.isVisible()]


def test_the_register_goes_out_as_filtered_while_the_window_lives(
    qtbot: QtBot, desk: Desk, sample: Path, tmp_path: Path
) -> None:
    desk.open(sample)
    window = window_of(desk)
    exporting = window.findChild(Exporting, "exporting")
    assert exporting is not None
    out = tmp_path / "out.xlsx"
    exporting.export(out, Arrangement(), "all contracts")
    qtbot.waitUntil(lambda: exporting._worker is None, timeout=20_000)
    with closing(load_workbook(out)) as book:
        assert book.sheetnames[0] == "Contracts"
        assert book["Contracts"].max_row == 1 + len(window.session.store.ids(Contract))
    assert window.messages.shown == []


def test_a_backup_is_made_and_restored(qtbot: QtBot, desk: Desk, sample: Path) -> None:
    desk.open(sample)
    window = window_of(desk)
    window.run("file.backup")
    qtbot.waitUntil(lambda: bool(backups.list_copies(sample)))
    window.session.change(Contract, 1, {"title": "Changed after the copy"})
    copy = next(c for c in backups.list_copies(sample) if c.why == backups.BY_HAND)
    desk.restore(sample, copy)
    restored = window_of(desk)
    assert restored.session.store.get(Contract, 1).title != "Changed after the copy"
    assert "was restored" in restored.messages.shown[0]
    _close_boxes(desk)


def _close_boxes(desk: Desk) -> None:
    for box in window_of(desk).findChildren(QMessageBox):
        box.close()


def test_a_file_open_elsewhere_opens_to_read(qtbot: QtBot, desk: Desk, sample: Path) -> None:
    with closing(open_store(sample)):
        assert desk.open(sample)
        window = window_of(desk)
        assert window.session.read_only
        assert "sample.desk is open" in window.banners.words[0]
        assert not window.session.change(Contract, 1, {"title": "x"})
        assert not window.menus._actions["file.import"].isEnabled()
        _close_boxes(desk)


def test_a_mistake_of_the_program_is_told_and_it_goes_on(
    desk: Desk, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(desk, "report", told.append)
    error = ZeroDivisionError("x")
    desk.unexpected(ZeroDivisionError, error, None)
    assert told == [BUG]


def test_a_moved_file_is_noticed_before_anything_is_written(qtbot: QtBot, desk: Desk, sample: Path) -> None:
    desk.open(sample)
    window = window_of(desk)
    shutil.copy(sample, sample.with_name("copy.desk"))
    sample.rename(sample.with_name("moved.desk"))
    assert not window.session.change(Contract, 1, {"title": "Lost?"})
    assert "moved" in window.messages.shown[0]
    sample.with_name("moved.desk").rename(sample)
    assert window.session.change(Contract, 1, {"title": "Kept"})
    _close_boxes(desk)


def test_closing_backs_up_what_changed(desk: Desk, sample: Path) -> None:
    desk.open(sample)
    window_of(desk).session.change(Contract, 1, {"title": "Changed"})
    window_of(desk).close()
    assert [c.why for c in backups.list_copies(sample)] == [backups.AT_CLOSE]
    with closing(open_store(sample)) as store:
        assert store.get(Contract, 1).title == "Changed"


def test_d4_a_file_that_can_only_be_read_says_why_and_offers_a_copy(
    qtbot: QtBot, desk: Desk, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    holder = open_store(sample)
    assert desk.open(sample)
    window = window_of(desk)
    assert "Open to read only" in window.banners.words[0] and "can be searched" in window.banners.words[0]
    copy = tmp_path / "copy.desk"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(copy), ""))
    buttons = {b.text(): b for b in window.banners.findChildren(QPushButton)}
    buttons["Save a copy…"].click()
    with closing(open_store(copy)) as store:
        assert store.change(Contract, 1, {"title": "Changed in the copy"})
    holder.close()
    buttons["Try again"].click()
    assert not window_of(desk).session.read_only
    assert not any("read only" in words for words in window_of(desk).banners.words)


def test_d4_a_file_marked_as_read_only_is_shown_and_left_as_it_is(desk: Desk, sample: Path) -> None:
    before = sample.read_bytes()
    assert desk.open(sample, read_only=True)
    window = window_of(desk)
    for entry in (e for e in window.pages.entries if e.on_rail):
        window.show_page(entry.key)
    assert not window.session.change(Contract, 1, {"title": "x"})
    assert "open to read only" in window.messages.shown[0]
    _close_boxes(desk)
    window.close()
    assert sample.read_bytes() == before
