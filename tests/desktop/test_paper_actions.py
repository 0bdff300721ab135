"""The commands that put something on paper: about the open contract, or a word on what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog

from desktop.app import Desk
from desktop.dialogs.letter_templates import LetterTemplates
from desktop.dialogs.meeting_pack import MeetingPack
from desktop.dialogs.write_letter import WriteLetter
from desktop.paper_actions import NO_CONTRACT
from desktop.preferences import Preferences
from desktop.window import MainWindow
from tests.storage.desk.register import make_register


@pytest.fixture
def window(qapp: QApplication, home: Path, tmp_path: Path) -> Iterator[MainWindow]:
    make_register(tmp_path / "meetings.desk").store.close()
    desk = Desk(qapp, Preferences())
    assert desk.open(tmp_path / "meetings.desk")
    assert desk.window is not None
    for dialog in desk.window.findChildren(QDialog):
        dialog.reject()
    yield desk.window
    desk.window.close()
    desk.window.deleteLater()
    desk.deleteLater()


def test_letters_and_packs_are_about_the_open_contract(window: MainWindow) -> None:
    window.show_page("contracts")
    window.page.open_record(1)
    window.run("new.letter")
    window.run("meeting.pack")
    window.run("letters.templates")
    for kind in (WriteLetter, MeetingPack, LetterTemplates):
        dialog = window.findChild(kind)
        assert isinstance(dialog, QDialog), kind
        dialog.reject()


def test_without_a_contract_they_say_so(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(window.status, "say", said.append)
    window.show_page("actions")
    for key in ("new.letter", "meeting.pack"):
        window.run(key)
    assert said == [NO_CONTRACT, NO_CONTRACT]
    assert window.findChild(WriteLetter) is None
