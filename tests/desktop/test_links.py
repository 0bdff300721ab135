"""An address is shown whole before it is opened, and nothing but a web or e-mail address ever is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QLabel, QMessageBox, QToolButton, QWidget
from pytestqt.qtbot import QtBot

import desktop.links
from desktop.links import LinkDialog, open_copy, open_link, show_folder
from storage.records.contracts import Contract
from tests.hostile import LINKS
from widgets.editors import AddressEditor, editor_for
from widgets.parts import NO_WIDTH


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every address the system was given, with the system left out of it."""
    given: list[str] = []

    class System:
        """Takes down what it is given."""

        @staticmethod
        def openUrl(url: QUrl) -> bool:
            given.append(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))
            return "unknown" not in given[-1]

    monkeypatch.setattr(desktop.links, "QDesktopServices", System)
    return given


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """Something to show dialogs over."""
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_the_whole_address_is_seen_before_anything_is_opened(opened: list[str], window: QWidget) -> None:
    words = "https://www.contractsfinder.service.gov.uk/notice/" + "a1b2-" * 40
    dialog = open_link(window, words)
    assert dialog is not None and opened == []
    assert dialog.whole.text().replace(NO_WIDTH, "") == words
    assert dialog.whole.textFormat() is Qt.TextFormat.PlainText
    assert "www.contractsfinder.service.gov.uk" in [
        x.text().replace(NO_WIDTH, "") for x in dialog.findChildren(QLabel)
    ]
    dialog.do.click()
    assert opened == [words]


def test_going_away_opens_nothing(opened: list[str], window: QWidget) -> None:
    dialog = open_link(window, "joy@nhs.net")
    assert dialog is not None
    dialog.reject()
    assert opened == []


def test_a_lookalike_is_told_before_it_is_opened(opened: list[str], window: QWidget) -> None:
    dialog = open_link(window, "https://аррӏе.com")
    assert dialog is not None and "another alphabet" in dialog.remark.text()
    dialog.accept()
    assert opened == ["https://xn--80ak6aa92e.com"]


def test_k1_of_300_hostile_links_none_is_opened_and_each_is_refused_in_words(
    opened: list[str], window: QWidget
) -> None:
    for link in LINKS:
        assert open_link(window, link) is None
        box = window.findChild(QMessageBox)
        assert box is not None and (
            "is not opened from here" in box.text() or "no address here" in box.text()
        )
        box.setParent(None)
        box.deleteLater()
    assert opened == [] and window.findChild(LinkDialog) is None


def test_what_nothing_can_open_is_told(opened: list[str], window: QWidget, tmp_path: Path) -> None:
    open_copy(window, tmp_path / "unknown.pdf")
    box = window.findChild(QMessageBox)
    assert box is not None and "Nothing on this computer opens unknown.pdf" in box.text()
    box.close()
    show_folder(window, tmp_path / "gone")
    assert len(opened) == 1, "a folder that is not there is not given to the system"


def test_fields_with_addresses_offer_to_open_them(qtbot: QtBot) -> None:
    editor = editor_for(Contract.FIELDS["award_notice_url"], today=date(2026, 11, 22))
    assert isinstance(editor, AddressEditor)
    qtbot.addWidget(editor)
    editor.show()
    press = editor.findChild(QToolButton)
    assert press is not None and not press.isVisible(), "there is nothing to open yet"
    editor.set_value("www.gov.uk/x")
    assert press.isVisible() and press.accessibleName() == "Open Award notice"
    editor.set_read_only(True)
    with qtbot.waitSignal(editor.opened) as said:
        press.click()
    assert said.args == ["www.gov.uk/x"]
