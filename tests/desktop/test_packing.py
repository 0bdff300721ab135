"""Packs from the window: a passphrase typed twice, a pack that opens, and a wrong passphrase asked for again."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.app import Desk
from desktop.dialogs.passphrase import PassphraseDialog
from desktop.packing import Packing, free_folder
from desktop.preferences import Preferences
from storage.engine.opening import new_store, open_store
from storage.records.contracts import Contract
from storage.records.reference import Desk as Office
from tests.desktop.test_forgetting import shown

WORDS = "lantern otter gravel spoon"


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path, home: Path) -> Iterator[Desk]:
    path = tmp_path / "register.desk"
    with closing(new_store(path)) as store, store.step("Fill"):
        store.save(Office(organisation="Leeds", person="Joy Okafor"))
        store.save(Contract(title="Stroke support"))
    made = Desk(qapp, Preferences())
    made.open(path)
    yield made
    if made.window is not None:
        made.window.close()
        made.window.deleteLater()
    made.deleteLater()


def typed(dialog: PassphraseDialog, first: str, again: str = "") -> None:
    dialog.first.setText(first)
    dialog.again.setText(again)
    dialog.go.click()


def test_a_pack_is_made_and_opened_again(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, out = desk.window, tmp_path / "given.deskpack"
    assert window is not None
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "given"), ""))
    window.run("file.pack")
    dialog = shown(qtbot, desk, PassphraseDialog)
    typed(dialog, WORDS, WORDS + "!")
    assert "not the same" in dialog.wrong.text() and not out.exists()
    typed(dialog, WORDS, WORDS)
    qtbot.waitUntil(lambda: bool(window.messages.shown), timeout=20_000)
    assert "opened again and compared" in window.messages.shown[-1] and out.exists()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(out), ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    window.run("file.unpack")
    first = shown(qtbot, desk, PassphraseDialog)
    typed(first, "something else")
    qtbot.waitUntil(lambda: not first.isVisible())
    again = shown(qtbot, desk, PassphraseDialog)
    assert "passphrase is not the right one" in again.wrong.text() and not (tmp_path / "given").exists()
    typed(again, WORDS)
    qtbot.waitUntil((tmp_path / "given" / "register.desk").exists, timeout=20_000)
    with closing(open_store(tmp_path / "given" / "register.desk", read_only=True)) as store:
        assert [c.title for c in store.all(Contract)] == ["Stroke support"]


def test_the_window_says_when_and_where_the_last_pack_was_made(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    assert desk.window is not None
    packing = Packing(desk, desk.window)
    packing.write(tmp_path / "one.deskpack", WORDS)
    qtbot.waitUntil(lambda: bool(desk.window and desk.window.messages.shown), timeout=20_000)
    assert packing._last_words().endswith(f"{tmp_path / 'one.deskpack'}.")


def test_the_window_lives_while_the_passphrase_is_worked_on(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    assert desk.window is not None
    ticks: list[int] = []
    timer = QTimer(interval=5)
    timer.timeout.connect(lambda: ticks.append(1))
    timer.start()
    Packing(desk, desk.window).write(tmp_path / "one.deskpack", WORDS)
    qtbot.waitUntil(lambda: bool(desk.window and desk.window.messages.shown), timeout=20_000)
    timer.stop()
    assert len(ticks) > 10


def test_what_is_typed_is_hidden_until_asked_for_and_gone_afterwards(qtbot: QtBot, desk: Desk) -> None:
    taken: list[str] = []
    assert desk.window is not None
    dialog = PassphraseDialog(desk.window, "Open", "", "Go", taken.append)
    dialog.open()
    dialog.first.setText(WORDS)
    assert dialog.first.echoMode() == QLineEdit.EchoMode.Password
    dialog.show_typed.setChecked(True)
    assert dialog.first.echoMode() == QLineEdit.EchoMode.Normal
    dialog.accept()
    assert taken == [WORDS] and dialog.first.text() == ""


def test_a_folder_that_is_there_already_gets_a_number(tmp_path: Path) -> None:
    (tmp_path / "given").mkdir()
    (tmp_path / "given (2)").mkdir()
    assert free_folder(tmp_path / "given") == tmp_path / "given (3)"
