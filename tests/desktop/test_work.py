"""Long writes in the window: one transaction in slices, cancelled whole, edits refused meanwhile."""

from __future__ import annotations

import time
from collections.abc import Iterator

from pytestqt.qtbot import QtBot

from desktop import work
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


def begun(session: Session, long: Iterator[Progress]) -> SlicedWork:
    """Run work and return its job, which must have taken more than one slice."""
    jobs: list[SlicedWork] = []
    session.working.connect(lambda job, _words: jobs.append(job))
    session.run(long, "Adding contracts")
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


def test_what_is_saved_cannot_be_cancelled_any_more(qtbot: QtBot, session: Session) -> None:
    told: list[Changes] = []
    session.changed.connect(told.append)
    job = begun(session, session.store.long_step("Add two", adding(session, 2)))
    ended: list[str] = []
    job.finished.connect(lambda: ended.append("finished"))
    job.cancelled.connect(lambda: ended.append("cancelled"))
    job.progressed.connect(lambda progress: job.cancel() if progress.saved else None)
    qtbot.waitUntil(lambda: ended != [])
    assert ended == ["finished"] and [c.label for c in told] == ["Add two"]
    assert len(session.store.ids(Contract)) == 5 and not session.store.steps.busy


def test_pieces_of_work_share_the_turns_and_none_waits_for_another_to_end(qtbot: QtBot) -> None:
    done: list[str] = []

    def working(name: str) -> Iterator[Progress]:
        for _ in range(4):
            done.append(name)
            time.sleep(work.FIRST)
            yield Progress(0, 0, name)

    jobs = [SlicedWork(working(name)) for name in "ab"]
    with qtbot.waitSignals([job.finished for job in jobs]):
        for job in jobs:
            assert not job.start()
    assert sorted(done) == [*"aaaabbbb"] and [*zip(done[::2], done[1::2], strict=True)] == [("a", "b")] * 4


def test_a_large_piece_and_what_comes_of_the_work_have_turns_of_their_own(qtbot: QtBot) -> None:
    said: list[str] = []

    def working() -> Iterator[Progress]:
        time.sleep(work.FIRST)
        yield Progress(0, 0, "begun")
        yield Progress(0, 0, "before a large piece", rest=True)
        said.append("large piece")
        yield Progress(0, 0, "after it")

    job = SlicedWork(working())
    job.progressed.connect(lambda progress: said.append(progress.doing))
    with qtbot.waitSignal(job.finished):
        assert not job.start()
    assert said == ["begun", "before a large piece", "large piece"]  # what ends in a slice is told by its end


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
