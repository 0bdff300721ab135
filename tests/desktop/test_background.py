"""Work on a thread of its own ends in words whatever happens in it, and the window goes on."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from desktop.background import Background, stop_reading
from desktop.session import Session
from desktop.work import BUG
from storage.engine.errors import StorageError
from storage.engine.steps import Progress
from storage.records.contracts import Contract


def test_g1_a_mistake_in_a_worker_ends_in_words_and_work_goes_on(qtbot: QtBot, session: Session) -> None:
    def wrong(_held: Path) -> Generator[Progress, None, object]:
        yield Progress(0, 1, "Looking")
        raise ZeroDivisionError

    work = Background(session.store, wrong)
    with qtbot.waitSignal(work.failed, timeout=20_000) as told:
        work.start()
    assert told.args == [BUG]
    assert session.change(Contract, 1, {"title": "Still at work"})


@pytest.mark.parametrize("at_once", [True, False])
def test_g1_a_storage_error_in_a_worker_keeps_its_words(
    qtbot: QtBot, session: Session, at_once: bool
) -> None:
    def full(_held: Path) -> Generator[Progress, None, object]:
        if not at_once:
            yield Progress(0, 1, "Looking")
        raise StorageError("The disk is full.")

    work = Background(session.store, full)
    with qtbot.waitSignal(work.failed, timeout=20_000) as told:
        work.start()
    assert told.args == ["The disk is full."]


def test_g1_what_is_saved_meanwhile_does_not_reach_the_snapshot(qtbot: QtBot, session: Session) -> None:
    begun, may_read = Event(), Event()

    def reading(held: Path) -> Generator[Progress, None, object]:
        begun.set()
        may_read.wait(20)
        yield Progress(1, 1, "Reading")
        return b"Changed while it was read" in held.read_bytes()

    work = Background(session.store, reading)
    with qtbot.waitSignal(work.finished, timeout=20_000) as told:
        work.start()
        qtbot.waitUntil(begun.is_set, timeout=20_000)
        assert session.change(Contract, 1, {"title": "Changed while it was read"})
        may_read.set()
    assert told.args == [False]


def test_g1_a_file_that_closes_stops_what_reads_it(qtbot: QtBot, session: Session) -> None:
    left: list[Path] = []

    def endless(held: Path) -> Generator[Progress, None, object]:
        left.append(held.parent)
        while True:
            yield Progress(0, 0, "Reading")

    work = Background(session.store, endless)
    with qtbot.waitSignal(work.cancelled, timeout=20_000):
        work.start()
        stop_reading(session.store)
    qtbot.waitUntil(lambda: not any(folder.exists() for folder in left), timeout=20_000)


def test_g1_the_same_change_twice_is_one_step(session: Session) -> None:
    def steps() -> int:
        return int(session.store.conn.execute("select count(*) from step").fetchone()[0])

    before = steps()
    assert session.change(Contract, 1, {"title": "Saved once"})
    assert session.change(Contract, 1, {"title": "Saved once"})
    assert steps() == before + 1
