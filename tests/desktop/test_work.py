"""Long writes in the window: one transaction in slices, cancelled whole, edits refused meanwhile."""

from __future__ import annotations

import time
from collections.abc import Iterator

from pytestqt.qtbot import QtBot

from desktop.session import Session
from desktop.work import BUG, SlicedWork
from storage.engine.errors import StorageError
from storage.engine.steps import Changes, Progress
from storage.records.contracts import Contract


def adding(session: Session, slices: int) -> Iterator[Progress]:
    """A contract a slice, each slice longer than a turn of the event loop may take."""
    for done in range(slices):
        session.store.save(Contract(title=f"Added {done}"))
        time.sleep(0.045)
        yield Progress(done + 1, slices, "Adding")


def begun(session: Session, work: Iterator[Progress]) -> SlicedWork:
    """Run work and return its job, which must have taken more than one slice."""
    jobs: list[SlicedWork] = []
    session.working.connect(lambda job, _words: jobs.append(job))
    session.run(work, "Adding contracts")
    assert len(jobs) == 1
    return jobs[0]


def test_long_work_ends_in_one_step(qtbot: QtBot, session: Session) -> None:
    told: list[Changes] = []
    session.changed.connect(told.append)
    job = begun(session, session.store.long_step("Add four", adding(session, 4)))
    with qtbot.waitSignal(job.finished):
        assert told == []
    assert [c.label for c in told] == ["Add four"]
    assert len(session.store.ids(Contract)) == 7


def test_cancelled_work_leaves_nothing(qtbot: QtBot, session: Session) -> None:
    told: list[Changes] = []
    session.changed.connect(told.append)
    job = begun(session, session.store.long_step("Add four", adding(session, 4)))
    job.cancel()
    assert len(session.store.ids(Contract)) == 3
    assert told == []
    assert session.change(Contract, 1, {"title": "Possible again"})


def test_edits_are_refused_while_it_runs(qtbot: QtBot, session: Session, failures: list[str]) -> None:
    job = begun(session, session.store.long_step("Add four", adding(session, 4)))
    assert not session.change(Contract, 1, {"title": "Too soon"})
    assert "“Add four” is still running" in failures[0]
    job.cancel()


def test_a_failure_rolls_back_and_is_told(qtbot: QtBot, session: Session, failures: list[str]) -> None:
    def failing(error: Exception) -> Iterator[Progress]:
        session.store.save(Contract(title="Half done"))
        yield Progress(1, 2, "Adding")
        raise error

    session.run(session.store.long_step("Add", failing(StorageError("The disk is full."))), "Adding")
    session.run(session.store.long_step("Add", failing(ZeroDivisionError())), "Adding")
    assert failures == ["The disk is full.", BUG]
    assert len(session.store.ids(Contract)) == 3


def test_short_work_needs_no_sheet(qtbot: QtBot, session: Session) -> None:
    sheets: list[object] = []
    session.working.connect(lambda job, _words: sheets.append(job))
    session.change(Contract, 1, {"title": "Changed"})
    session.undo()
    assert session.store.get(Contract, 1).title == "Stroke support"
    assert sheets == []
