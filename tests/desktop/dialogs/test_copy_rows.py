"""A file that holds what the program never makes is offered to be looked at, or copied record by record."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import Desk
from desktop.dialogs import cannot_open, copy_rows
from desktop.dialogs.cannot_open import COPY, OTHER, READ, ways_on
from desktop.dialogs.copy_rows import CopyingRows, report_rows
from desktop.preferences import Preferences
from storage.engine.errors import ForeignFile, StorageError
from storage.engine.repair.recovery import Recovery
from storage.engine.store import Store
from storage.records.contracts import Contract


@pytest.fixture
def desk(qapp: QApplication, home: Path) -> Iterator[Desk]:
    made = Desk(qapp, Preferences())
    yield made
    if made.window is not None:
        made.window.close()
        made.window.deleteLater()
    made.deleteLater()


@pytest.fixture
def theirs(filled: Store) -> Path:
    """A good file to which somebody has added a trigger."""
    path = filled.file.path
    filled.close()
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("create trigger more after insert on contract begin delete from contract; end")
        conn.commit()
    return path


def test_i11_the_records_of_a_foreign_file_are_copied_into_a_fresh_one_and_that_is_opened(
    qtbot: QtBot, desk: Desk, theirs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, made, shown = theirs.read_bytes(), tmp_path / "fresh.desk", []
    monkeypatch.setattr(cannot_open, "ask_way_on", lambda *_: COPY)
    monkeypatch.setattr(copy_rows, "ask_where", lambda *_: made)
    monkeypatch.setattr(copy_rows, "show_text", lambda *told: shown.append(told))
    assert desk.open(theirs) and desk.window is not None
    assert desk.window.session.store.file.path == made and not desk.window.session.read_only
    assert desk.window.session.store.ids(Contract)
    assert theirs.read_bytes() == before
    assert shown[0][1] == "What came over" and "records to" in shown[0][2][0][1]


def test_a_foreign_file_offers_to_copy_first_and_to_look_second(theirs: Path, home: Path) -> None:
    assert [way.key for way in ways_on(ForeignFile("x"), theirs)] == [COPY, READ, OTHER]


def test_going_away_while_asked_where_leaves_everything(
    desk: Desk, theirs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cannot_open, "ask_way_on", lambda *_: COPY)
    monkeypatch.setattr(copy_rows, "ask_where", lambda *_: None)
    assert not desk.open(theirs) and desk.window is None


def test_why_nothing_was_copied_is_shown_with_ways_on(
    qtbot: QtBot, desk: Desk, theirs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ways, shown = [COPY, ""], list[StorageError]()

    def ask(_parent: object, _path: Path, error: StorageError) -> str:
        shown.append(error)
        return ways.pop(0)

    monkeypatch.setattr(cannot_open, "ask_way_on", ask)
    monkeypatch.setattr(copy_rows, "ask_where", lambda *_: theirs)
    assert not desk.open(theirs)
    assert "already exists" in str(shown[1])


def test_esc_does_not_end_it_half_way(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = CopyingRows(None, tmp_path / "none.desk", tmp_path / "new.desk")
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(dialog.finished):
        dialog.show()
        dialog.reject()
    assert isinstance(dialog.ended, StorageError)


def test_a_long_report_is_shortened(tmp_path: Path) -> None:
    doubtful = tuple(f"Contract {n}: odd." for n in range(80))
    rows = dict(report_rows(Recovery(tmp_path / "a.desk", tmp_path / "b.desk", "x", doubtful=doubtful)))
    assert rows["Look at these values"].endswith("and 30 more")
