"""The restore screen shows each copy as it is now, what came after it, and offers to do that again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QListWidget, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from desktop.dialogs.restore import NONE, RestoreDialog
from desktop.dialogs.second_place import SecondPlace
from storage.engine.backup.backups import BY_HAND, make
from storage.engine.backup.copies import second_place
from storage.engine.former import all_hashes
from storage.engine.store import Store
from storage.records.organisations import Organisation


def words(dialog: RestoreDialog) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel)]


def shown(qtbot: QtBot, path: Path, known: list[str] | None = None) -> RestoreDialog:
    dialog = RestoreDialog(None, path, known)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: "Checking…" not in words(dialog), timeout=20_000)
    return dialog


def add(store: Store, name: str) -> None:
    with store.step(f"Add {name}"):
        store.save(Organisation(title=name))


@pytest.mark.parametrize("is_open", [True, False])
def test_each_copy_says_whether_it_is_sound_and_what_came_after_it(
    qtbot: QtBot, filled: Store, is_open: bool
) -> None:
    first = make(filled, BY_HAND)
    add(filled, "One")
    second = make(filled, BY_HAND)
    add(filled, "Two")
    first.path.write_bytes(b"damaged")
    known = all_hashes(filled) if is_open else None
    path = filled.file.path
    filled.close()
    dialog = shown(qtbot, path, known)
    said = words(dialog)
    assert "Sound, checked just now" in said and "Damaged" in said
    qtbot.waitUntil(lambda: "2 later changes" in words(dialog), timeout=20_000)
    assert "1 later change" in words(dialog)
    assert (dialog.chosen() or first).path == second.path and dialog.replay
    listed = dialog.findChild(QListWidget)
    assert listed is not None
    listed.setCurrentRow(1)
    go = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Restore this copy")
    assert not go.isEnabled(), "a damaged copy is not gone back to"
    dialog.reject()


def test_c4_where_the_newest_are_damaged_the_next_older_one_is_offered(qtbot: QtBot, filled: Store) -> None:
    copies = [make(filled, BY_HAND) for _ in range(4)]
    for copy in copies[2:]:
        copy.path.write_bytes(b"x" * copy.size)
    path = filled.file.path
    filled.close()
    dialog = shown(qtbot, path)
    chosen = dialog.chosen()
    assert chosen is not None and chosen.name == copies[1].name and chosen.good
    dialog.reject()


def test_without_a_copy_it_says_when_there_will_be_one(qtbot: QtBot, filled: Store) -> None:
    path = filled.file.path
    filled.close()
    dialog = shown(qtbot, path)
    assert NONE in words(dialog) and dialog.chosen() is None and not dialog.replay


def test_the_second_place_is_chosen_and_given_up(
    qtbot: QtBot, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = SecondPlace()
    qtbot.addWidget(line)
    choose, none = next(m for m in line.findChildren(QMenu) if m.actions()).actions()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "elsewhere"))
    choose.trigger()
    assert second_place() == tmp_path / "elsewhere"
    none.trigger()
    assert second_place() is None
