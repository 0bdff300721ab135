"""The meeting pack in one press: the next meeting is chosen, parts are remembered, and the pack is shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.dialogs.meeting_pack import NONE, MeetingPack
from desktop.dialogs.print_preview import PrintPreview
from desktop.session import Session
from storage.exchange.paper.papers_meeting import PARTS
from storage.records.contracts import Contract
from storage.records.meetings import ReviewMeeting
from tests.storage.desk.register import Register, make_register
from tests.storage.exchange.contract_samples import add_everything


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    made = make_register(tmp_path / "register.desk")
    yield made
    made.store.close()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    return made


def test_the_pack_is_made_for_the_next_meeting(qtbot: QtBot, window: QWidget, register: Register) -> None:
    add_everything(register.store, register.contract)
    session, contract = Session(register.store), register.store.get(Contract, register.contract)
    dialog = MeetingPack(window, session, contract)
    assert dialog.meetings.currentText() == "3 Dec 2026 · Quarter 2 review"
    assert dialog.chosen() == list(PARTS)
    for box in dialog.parts.values():
        box.setChecked(False)
    assert not dialog.make.isEnabled()
    dialog.parts["kpis"].setChecked(True)
    dialog.parts["sign_in"].setChecked(True)
    dialog.make.click()
    shown = window.findChild(PrintPreview)
    assert isinstance(shown, PrintPreview)
    qtbot.waitUntil(lambda: shown.preview.page_count == 3)
    assert shown.ways.file_name == "Meeting pack 3 Dec 2026 Quarter 2 review.pdf"
    shown.reject()
    again = MeetingPack(window, session, contract, register.store.all(ReviewMeeting)[0])
    assert again.chosen() == ["kpis", "sign_in"]
    assert again.meetings.currentText().startswith("3 Sep 2026")
    again.reject()


def test_without_a_meeting_it_says_what_to_do(window: QWidget, register: Register) -> None:
    dialog = MeetingPack(window, Session(register.store), register.store.get(Contract, register.contract))
    dialog.show()
    assert not dialog.make.isEnabled()
    assert any(label.text() == NONE for label in dialog.findChildren(type(dialog._wrong)))
    dialog.reject()
