"""A step is all or nothing, is told to listeners once saved, and says truly whether the disk has it."""

import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, cast

import pytest

from storage.engine import connected
from storage.engine.errors import FileInUse, FileMoved, ReadOnlyFile, StorageError, Unsettled
from storage.engine.file import OpenFile
from storage.engine.history import History
from storage.engine.opening import open_store
from storage.engine.steps import Changes, Progress
from storage.engine.store import Store
from tests.storage.engine.conftest import Child
from tests.storage.engine.library import Author, Book, Writing


@pytest.fixture
def told(store: Store) -> list[Changes]:
    """What listeners were told."""
    heard: list[Changes] = []
    store.steps.listeners.append(heard.append)
    return heard


class FailingDisk:
    """A connection on which one statement fails: before it is done, or after."""

    def __init__(self, conn: sqlite3.Connection, statement: str, code: str, *, after: bool = False) -> None:
        self._conn, self._statement, self._code, self._after = conn, statement, code, after

    def execute(self, sql: str, *given: Any) -> sqlite3.Cursor:  # noqa: ANN401 - as sqlite3 has it
        if sql != self._statement:
            return self._conn.execute(sql, *given)
        if self._after:
            self._conn.execute(sql)
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorname = self._code
        raise error

    def __getattr__(self, name: str) -> object:
        return getattr(self._conn, name)


def fail(store: Store, statement: str, code: str = "SQLITE_IOERR_WRITE", *, after: bool = False) -> None:
    """Let a statement fail from now on, until the file is reopened."""
    store.file.conn = cast("sqlite3.Connection", FailingDisk(store.conn, statement, code, after=after))


def test_a_saved_step_is_told_with_every_row_it_touched(store: Store, told: list[Changes]) -> None:
    with store.step("Add"):
        author, book = store.save(Author(title="Austen")), store.save(Book(title="Emma"))
    with store.step("Link", origin="the form"):
        store.save(Writing(book=book.id, author=author.id))
    assert [(c.label, c.origin) for c in told] == [("Add", None), ("Link", "the form")]
    assert told[1].rows == {t: frozenset({1}) for t in ("writing", "book", "author")}, (
        "what was worked out too"
    )
    assert told[0].touches("book") and not told[0].touches("shelf") and told[0].ids("author") == {1}


def test_a_step_that_changes_nothing_leaves_no_trace(store: Store, told: list[Changes]) -> None:
    with store.step("Add"):
        book = store.save(Book(title="Emma"))
    with store.step("Nothing"):
        store.save(book)
    with store.step("Nothing at all"):
        pass
    assert [s.label for s in History(store).latest()] == ["Add"] and len(told) == 1


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, sqlite3.OperationalError])
def test_an_error_rolls_everything_back(
    store: Store, told: list[Changes], error: type[BaseException]
) -> None:
    with pytest.raises((error, StorageError)), store.step("Add"):
        store.save(Book(title="Emma"))
        raise error("stop")
    assert store.ids(Book) == [] == History(store).latest() and store.find("Emma") == [] and told == []
    with store.step("Add"):
        assert store.save(Book(title="Emma")).id == 1


def test_one_step_at_a_time(store: Store) -> None:
    with store.step("Import"):
        with pytest.raises(StorageError, match="“Import” is still running"), store.step("Edit"):
            pass
        store.save(Book(title="Emma"))
    assert store.ids(Book) == [1]


def test_a_listener_that_fails_stops_neither_the_step_nor_the_others(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[Changes] = []

    def fails(changes: Changes) -> None:
        raise ValueError("a view in trouble")

    store.steps.listeners += [fails, heard.append]
    with store.step("Add"):
        store.save(Book(title="Emma"))
    assert len(heard) == 1 and "failed to refresh" in caplog.text


def work(store: Store) -> Iterator[Progress]:
    for n in range(3):
        store.save(Book(title=f"Book {n}"))
        yield Progress(n + 1, 3, "Adding")


def test_long_work_yields_between_slices_and_saves_once(store: Store, told: list[Changes]) -> None:
    seen = [(p.done, store.steps.busy) for p in store.long_step("Add three", work(store))]
    assert seen[:3] == [(1, True), (2, True), (3, True)]
    assert len(store.ids(Book)) == 3 and len(told) == 1 and not store.steps.busy


def test_closing_long_work_rolls_it_back(store: Store, told: list[Changes]) -> None:
    running = cast("Any", store.long_step("Add three", work(store)))
    next(running), next(running)
    running.close()
    assert store.ids(Book) == [] == told and not store.steps.busy


def test_a_failed_commit_that_saved_nothing_says_so(store: Store, told: list[Changes]) -> None:
    fail(store, "commit")
    with pytest.raises(StorageError, match="disk reported an error, so the last"), store.step("Add"):
        store.save(Book(title="Emma"))
    assert store.ids(Book) == [] == told
    with store.step("Add"):
        store.save(Book(title="Emma"))
    assert store.ids(Book) == [1]


def test_a_failed_commit_that_saved_all_the_same_is_a_saved_step(store: Store, told: list[Changes]) -> None:
    fail(store, "commit", after=True)
    with store.step("Add"):
        store.save(Book(title="Emma"))
    assert store.ids(Book) == [1] and [c.label for c in told] == ["Add"]
    assert store.change(Book, 1, {"title": "Emma again"})


def test_when_nobody_can_tell_the_message_says_that(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(file: OpenFile) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(OpenFile, "reopen", broken)
    fail(store, "commit")
    with pytest.raises(Unsettled, match="cannot be read to see whether it was"), store.step("Add"):
        store.save(Book(title="Emma"))
    assert not store.steps.busy


@pytest.mark.parametrize(
    ("code", "kind", "says"),
    [
        ("SQLITE_FULL", StorageError, "disk is full"),
        ("SQLITE_BUSY", FileInUse, "Another program is using"),
        ("SQLITE_READONLY_DBMOVED", FileMoved, "was moved"),
        ("SQLITE_READONLY", ReadOnlyFile, "cannot be written"),
        ("SQLITE_IOERR_FSYNC", StorageError, "disk reported an error"),
    ],
)
@pytest.mark.parametrize("statement", ["begin immediate", "commit"])
def test_every_failure_has_its_own_words(
    store: Store, statement: str, code: str, kind: type[StorageError], says: str
) -> None:
    fail(store, statement, code)
    with pytest.raises(kind, match=says), store.step("Add"):
        store.save(Book(title="Emma"))
    store.file.reopen()
    assert store.ids(Book) == []


def test_a_rollback_that_fails_too_does_not_hide_what_went_wrong(store: Store) -> None:
    fail(store, "rollback")
    with pytest.raises(ValueError, match="the first thing"), store.step("Add"):
        store.save(Book(title="Emma"))
        raise ValueError("the first thing that went wrong")
    assert store.ids(Book) == [] and not store.steps.busy
    with store.step("Add"):
        store.save(Book(title="Emma"))


@pytest.mark.parametrize("happening", ["moved", "deleted", "replaced"])
def test_l6_a_file_that_is_not_there_any_more_is_not_written_to(
    store: Store, path: Path, happening: str
) -> None:
    with store.step("Add"):
        store.save(Book(title="Emma"))
    elsewhere = path.with_name("elsewhere.desk")
    before = path.read_bytes()
    if happening == "deleted":
        path.unlink()
    else:
        path.rename(elsewhere)
    if happening == "replaced":
        path.write_bytes(before)
    with pytest.raises(FileMoved, match="not saved"), store.step("Add"):
        store.save(Book(title="Dracula"))
    if happening != "deleted":
        assert elsewhere.read_bytes() == before
    if happening == "moved":
        elsewhere.rename(path)
        assert store.change(Book, 1, {"title": "Emma, put back"})


def test_a_file_moved_in_the_middle_of_a_step_is_not_written_to(store: Store, path: Path) -> None:
    with pytest.raises(StorageError, match="saved"), store.step("Add"):
        store.save(Book(title="Emma"))
        path.rename(path.with_name("elsewhere.desk"))
    assert not path.exists()
    with pytest.raises(FileMoved), store.step("Add"):
        pass


def test_l7_another_writer_is_noticed(store: Store, path: Path, child: Child) -> None:
    writes = """
import sqlite3
conn = sqlite3.connect(sys.argv[1])
conn.execute("insert into state values('window', '1', '')")
conn.commit()
conn.close()
"""
    assert child(writes, path).wait() == 0
    with pytest.raises(StorageError, match="changed by another program"), store.step("Add"):
        store.save(Book(title="Emma"))
    store.close()
    again = open_store(path)
    assert again.ids(Book) == []
    with again.step("Add"):
        again.save(Book(title="Emma"))
    again.close()


def test_d6_another_program_that_is_writing_is_waited_for_and_then_named(
    store: Store, path: Path, child: Child
) -> None:
    holds = """
import sqlite3
conn = sqlite3.connect(sys.argv[1], isolation_level=None)
conn.execute("begin immediate")
said("holding")
sys.stdin.readline()
"""
    process = child(holds, path)
    assert process.stdout and process.stdout.readline() == "holding\n"
    with pytest.raises(FileInUse, match="Another program is using"), store.step("Add"):
        store.save(Book(title="Emma"))
    process.communicate("\n")
    with store.step("Add"):
        store.save(Book(title="Emma"))
    assert store.ids(Book) == [1]


def test_a_full_disk_loses_nothing_that_was_saved(path: Path, store: Store, child: Child) -> None:
    store.close()
    fills = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
path = Path(sys.argv[1])
store = open_store(path)
resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 200_000, -1))
try:
    while True:
        with store.step("Add"):
            made = store.save(Book(title="A book " + "with a long title " * 500))
        said(made.id)
except Exception as error:
    said(f"{type(error).__name__} {error}")
said(len(store.ids(Book)))
"""
    lines = child(fills, path).communicate(timeout=60)[0].splitlines()
    acknowledged = [int(line) for line in lines[:-2]]
    assert acknowledged and "not saved" in lines[-2] and lines[-2].startswith("StorageError")
    assert int(lines[-1]) == len(acknowledged)
    again = open_store(path)
    assert again.ids(Book) == acknowledged and History(again).first_broken() is None
    again.close()


def test_a_full_file_is_told_as_a_full_disk(store: Store) -> None:
    pages = store.conn.execute("pragma page_count").fetchone()[0]
    store.conn.execute(f"pragma max_page_count = {pages + 4}")
    with pytest.raises(StorageError, match="disk is full"), store.step("Add"):
        store.save_many([Book(title="x" * 9_000) for _ in range(20)])
    with store.step("Add"):
        store.save(Book(title="small"))
    assert store.ids(Book) == [1]


def test_every_acknowledged_step_survives_fifty_kills(path: Path, store: Store, child: Child) -> None:
    store.close()
    writes = """
from storage.engine.history import History
store = open_store(Path(sys.argv[1]))
while True:
    with store.step("Add"):
        made = store.save(Book(title="As acknowledged"))
    said(made.id)
    with store.step("Change"):
        store.save(Book(id=made.id, uuid=made.uuid, title="As changed"))
"""
    chance = random.Random(1)  # noqa: S311 - which moment to kill at
    acknowledged: list[int] = []
    for _ in range(50):
        process = child(writes, path)
        assert process.stdout
        acknowledged.append(int(process.stdout.readline()))
        time.sleep(chance.random() * 0.02)
        process.kill()
        acknowledged += [
            int(line) for line in process.stdout if line.strip()
        ]  # what readline took in as well
    again = open_store(path)
    ids = again.ids(Book)
    assert set(acknowledged) <= set(ids) and len(ids) <= len(acknowledged) + 50
    assert History(again).first_broken() is None and len(again.find("as", limit=9_999)) == len(ids)
    again.close()


def test_after_a_fault_in_a_step_the_next_one_is_saved(store: Store, path: Path) -> None:
    """SQLite reads the file anew after a rollback that failed; that is no change by another program."""
    with pytest.raises(ValueError, match="a fault"), store.step("Add"):
        store.save(Book(title="Emma"))
        store.conn.execute("rollback")
        with closing(
            sqlite3.connect(path)
        ) as conn:  # what SQLite itself counts as a change, as after a fault
            conn.execute("pragma user_version = 7")
        raise ValueError("a fault")
    with store.step("Add"):
        store.save(Book(title="Dracula"))
    assert [book.title for book in store.all(Book)] == ["Dracula"]


def test_a_file_that_could_not_be_opened_again_is_as_soon_as_it_can(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*given: object, **named: object) -> sqlite3.Connection:
        error = sqlite3.OperationalError("the disk is gone")
        error.sqlite_errorname = "SQLITE_CANTOPEN"
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(connected, "connect", gone)
        fail(store, "commit")
        with pytest.raises(Unsettled, match="cannot be read to see whether"), store.step("Add"):
            store.save(Book(title="Emma"))
        with pytest.raises(StorageError, match="cannot be read at the moment"):
            store.all(Book)
    assert store.all(Book) == []
    with store.step("Add"):
        store.save(Book(title="Dracula"))


def test_half_a_character_in_a_label_does_not_leave_the_step_open(store: Store) -> None:
    with store.step("Add \ud800"):
        store.save(Book(title="Emma"))
    assert [step.label for step in History(store).latest()] == ["Add ?"] and not store.steps.busy
