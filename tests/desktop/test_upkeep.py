"""Once a week a plain copy is written and once a month an older backup read again, while nobody waits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.pages.shelf import PAGES
from desktop.session import Session
from desktop.upkeep import Upkeep
from desktop.window import MainWindow
from storage.engine.backup import plain, rechecking
from storage.engine.backup.backups import BY_HAND, make
from storage.engine.store import Store


@pytest.fixture
def window(qtbot: QtBot, filled: Store, home: Path) -> Iterator[MainWindow]:
    made = MainWindow(Session(filled), PAGES)
    made.session.setParent(made)
    qtbot.addWidget(made)
    yield made


def test_the_plain_copy_of_the_week_is_written(qtbot: QtBot, window: MainWindow) -> None:
    file = window.session.state.file_uuid
    Upkeep(window).begin()
    qtbot.waitUntil(lambda: plain.newest(file) is not None, timeout=30_000)
    assert not plain.due(file, datetime.now(UTC))


def test_a_backup_that_has_rotted_is_told(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = make(window.session.store, BY_HAND)
    make(window.session.store, BY_HAND)
    first.path.write_bytes(b"x" * first.size)
    monkeypatch.setattr(rechecking, "EVERY", timedelta(0))
    monkeypatch.setattr(plain, "due", lambda *_: False)
    Upkeep(window).begin()
    qtbot.waitUntil(lambda: bool(window.messages.shown), timeout=30_000)
    assert "no longer as it was made" in window.messages.shown[0]
