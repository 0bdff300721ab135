"""The window watches over its file: trouble is told once, plainly; a slow disk is said so and loses nothing."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from desktop.app import Desk
from desktop.dialogs import cannot_open
from desktop.preferences import Preferences
from desktop.watching import MOVED, Watching
from desktop.window import MainWindow
from storage.engine import file_header
from storage.engine.errors import StorageError
from storage.engine.opening import open_store
from storage.records.contracts import Contract
from tests.campaign.frame import report


@pytest.fixture
def desk(qapp: QApplication, home: Path) -> Iterator[Desk]:
    made = Desk(qapp, Preferences())
    yield made
    if made.window is not None:
        for box in made.window.findChildren(QMessageBox):
            box.close()
        made.window.close()
        made.window.deleteLater()
    made.deleteLater()


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, sample: Path) -> MainWindow:
    return opened(qtbot, desk, sample)


@pytest.fixture
def watching(window: MainWindow) -> Watching:
    found = window.findChild(Watching)
    assert isinstance(found, Watching)
    return found


def opened(qtbot: QtBot, desk: Desk, path: Path) -> MainWindow:
    """The window once it shows the first record."""
    assert desk.open(path)
    window = desk.window
    assert window is not None
    window.show_page("contracts")
    qtbot.waitUntil(lambda: bool(window.page.record_shown()))
    return window


def outside(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as conn:
        for statement in statements:
            conn.execute(statement)
        conn.commit()


def said(window: MainWindow) -> str:
    return " ".join(label.accessibleName() for label in window.status.findChildren(QLabel))


def shows_read_only(window: MainWindow) -> bool:
    return any(w.isVisible() and w.text() == "Open to read only" for w in window.status.findChildren(QLabel))


def test_l6_a_file_that_moved_is_told_once_with_its_rescue_copy(
    window: MainWindow, watching: Watching, sample: Path, home: Path
) -> None:
    watching.look()
    assert window.messages.shown == []
    sample.rename(sample.with_name("moved.desk"))
    watching.look()
    watching.look()
    (rescued,) = (home / "rescue").iterdir()
    assert len(window.messages.shown) == 1 and str(rescued) in window.messages.shown[0]
    assert "Put the file back" in window.messages.shown[0] and window.banners.words == [MOVED]
    sample.with_name("moved.desk").rename(sample)
    watching.look()
    assert window.banners.words == []
    assert len(window.messages.shown) == 1 and window.session.change(Contract, 1, {"title": "Kept"})


def test_l7_what_another_program_wrote_is_shown(window: MainWindow, watching: Watching, sample: Path) -> None:
    window.page.open_record(1)
    outside(sample, "update current_step set step = 1, kind = 'edit'",
            "update contract set title = 'Written outside' where id = 1",
            "update current_step set step = null, kind = null")  # fmt: skip
    watching.look()
    assert "was changed by another program" in window.messages.shown[0]
    assert window.session.store.get(Contract, 1).title == "Written outside"
    assert window.session.change(Contract, 1, {"title": "Knowingly"}) and len(window.messages.shown) == 1


def test_l3_a_file_that_was_taken_over_is_open_to_read_only(
    window: MainWindow, watching: Watching, sample: Path
) -> None:
    assert not shows_read_only(window)
    outside(sample, "update meta set value = 'another' where name = 'session'")
    assert not window.session.change(Contract, 1, {"title": "x"})
    assert "taken over" in window.messages.shown[0] and shows_read_only(window)
    watching.look()
    assert len(window.messages.shown) == 1 and "Changes are not saved" in window.banners.words[0]


def test_room_is_kept_beside_the_file_and_given_back(
    window: MainWindow, watching: Watching, sample: Path
) -> None:
    reserve = sample.with_name(f"~${sample.name}-reserve")
    assert not reserve.exists()
    watching.look()
    assert reserve.stat().st_size == 16 * 1024 * 1024
    window.close()
    assert not reserve.exists()


class SlowDisk:
    """A connection whose disk takes a second over every commit."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn

    def execute(self, sql: str, *given: Any) -> sqlite3.Cursor:  # noqa: ANN401 - as sqlite3 has it
        if sql == "commit":
            time.sleep(1)
        return self._conn.execute(sql, *given)

    def __getattr__(self, name: str) -> object:
        return getattr(self._conn, name)


def test_d6_a_slow_disk_is_said_so_while_the_window_lives(qtbot: QtBot, window: MainWindow) -> None:
    words: list[str] = []
    stalls: list[float] = []
    last = time.monotonic()
    beat = QTimer(interval=10)

    def tick() -> None:
        nonlocal last
        stalls.append(time.monotonic() - last)
        last = time.monotonic()
        words.append(said(window))

    beat.timeout.connect(tick)
    file = window.session.store.file
    real = file.conn
    file.conn = cast("sqlite3.Connection", SlowDisk(real))
    beat.start()
    last = time.monotonic()
    closed_meanwhile: list[bool] = []
    QTimer.singleShot(500, lambda: closed_meanwhile.append(window.close()))
    assert window.session.change(Contract, 1, {"title": "Saved slowly"})
    beat.stop()
    file.conn = real
    assert any("The disk is slow" in w for w in words) and "seconds to answer" in said(window)
    assert closed_meanwhile == [False] and window.session.store.get(Contract, 1).title == "Saved slowly"
    assert window.messages.shown == []
    report("D6", {"longest stall in a commit of 1 s, ms": round(max(stalls[1:]) * 1000)})
    with closing(open_store(file.path, read_only=True)) as reading:
        assert reading.get(Contract, 1).title == "Saved slowly"


def test_m5_a_file_that_moved_since_is_found_and_said_so(
    qtbot: QtBot, desk: Desk, sample: Path, tmp_path: Path
) -> None:
    kept = (
        tmp_path / "documents" / "kept.desk"
    )  # the folders round it are looked through, so not among other tests
    kept.parent.mkdir()
    sample.rename(kept)
    opened(qtbot, desk, kept).close()
    moved = kept.parent / "elsewhere" / "moved.desk"
    moved.parent.mkdir()
    kept.rename(moved)
    window = opened(qtbot, desk, kept)
    assert window.session.store.file.path == moved and not kept.exists()
    assert "It was found and opened at" in window.messages.shown[0]


def test_i11_a_foreign_file_opens_to_read_only(
    desk: Desk, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside(sample, "create trigger more after insert on contract begin select 1; end")
    before, told = sample.read_bytes(), list[str]()

    def only_look(_parent: object, _path: Path, error: StorageError) -> str:
        told.append(str(error))
        return cannot_open.READ

    monkeypatch.setattr(cannot_open, "ask_way_on", only_look)
    assert desk.open(sample) and desk.window is not None
    assert desk.window.session.read_only and "the trigger more" in told[0]
    assert sample.read_bytes() == before and file_header.read_header(sample).pages
