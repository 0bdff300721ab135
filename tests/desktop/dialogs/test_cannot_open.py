"""A file that does not open is never a dead end: the reason in words, and every way on that there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.app import Desk
from desktop.dialogs import cannot_open
from desktop.dialogs.cannot_open import AGAIN, OTHER, READ, REPAIR, RESTORE, CannotOpen, ways_on
from desktop.preferences import Preferences
from storage.engine.backup.backups import BY_HAND, list_copies, make
from storage.engine.errors import DamagedFile, NotADeskFile, StorageError
from storage.engine.store import Store

Answers = Callable[..., list[StorageError]]


@pytest.fixture
def desk(qapp: QApplication, home: Path) -> Iterator[Desk]:
    made = Desk(qapp, Preferences())
    yield made
    if made.window is not None:
        made.window.close()
        made.window.deleteLater()
    made.deleteLater()


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """The ways a user takes one after another; what comes back fills with the errors that were shown."""

    def begin(*ways: str) -> list[StorageError]:
        waiting, shown = list(ways), []

        def ask(_parent: object, _path: Path, error: StorageError) -> str:
            shown.append(error)
            return waiting.pop(0)

        monkeypatch.setattr(cannot_open, "ask_way_on", ask)
        return shown

    return begin


@pytest.fixture
def broken(filled: Store) -> Path:
    """A file with a checked copy, then half of it overwritten."""
    path = filled.file.path
    make(filled, BY_HAND)
    filled.close()
    content = bytearray(path.read_bytes())
    content[len(content) // 2 :] = bytes(len(content) - len(content) // 2)
    path.write_bytes(content)
    return path


def test_a_damaged_file_offers_repair_and_its_copies(broken: Path) -> None:
    ways = ways_on(DamagedFile("x"), broken)
    assert [way.key for way in ways] == [REPAIR, RESTORE, OTHER]


def test_what_was_never_ours_offers_another_file(tmp_path: Path, home: Path) -> None:
    other = tmp_path / "list.desk"
    other.write_text("a,b")
    assert [way.key for way in ways_on(NotADeskFile("x"), other)] == [OTHER]


def test_trouble_with_the_disk_offers_to_try_again_and_to_read(broken: Path) -> None:
    assert [way.key for way in ways_on(StorageError("x"), broken)] == [AGAIN, READ, OTHER]


def test_a_damaged_file_is_gone_back_from_at_the_first_start(
    qtbot: QtBot, desk: Desk, broken: Path, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = answers(RESTORE)
    copy = list_copies(broken)[0]
    monkeypatch.setattr(cannot_open, "_restore", lambda desk, _parent, path: desk.restore(path, copy))
    assert desk.open(broken) and desk.window is not None
    assert isinstance(shown[0], DamagedFile)
    assert "was restored" in desk.window.messages.shown[0]


def test_a_file_that_is_gone_may_come_back_before_the_second_try(
    qtbot: QtBot, desk: Desk, filled: Store, answers: Answers
) -> None:
    path = filled.file.path
    filled.close()
    moved = path.rename(path.with_name("moved.desk"))
    shown = answers(AGAIN, "")
    assert not desk.open(path)
    assert len(shown) == 2 and all("There is no file" in str(error) for error in shown)
    answers(AGAIN)
    moved.rename(path)
    assert desk.open(path)


def test_what_is_not_ours_stays_untouched(desk: Desk, tmp_path: Path, answers: Answers) -> None:
    path = tmp_path / "other.desk"
    path.write_text("not a database")
    shown = answers("")
    assert not desk.open(path)
    assert "other.desk" in str(shown[0]) and path.read_text() == "not a database"


def test_the_dialog_shows_text_as_text_and_a_long_path_does_not_widen_it(qtbot: QtBot, home: Path) -> None:
    path = Path("/" + "/".join(["a_folder_with_a_long_name"] * 12)) / "register.desk"
    error = StorageError(f"<b>There is no file</b> {path}. Nothing was changed.")
    dialog = CannotOpen(None, path, error, ways_on(error, path))
    qtbot.addWidget(dialog)
    dialog.show()
    assert any("<b>There is no file</b>" in label.text() for label in dialog.findChildren(QLabel))
    assert dialog.width() <= 760
    buttons = {press.text(): press for press in dialog.findChildren(QPushButton)}
    buttons["Copy the words"].click()
    assert str(path) in QApplication.clipboard().text()
    buttons["Open…"].click()
    assert dialog.way == OTHER and not dialog.isVisible()
