"""Window state and drafts live outside steps, are never worth an error, and survive what steps do not."""

import sqlite3
from pathlib import Path

import pytest

from storage.engine.errors import DamagedFile
from storage.engine.history import History
from storage.engine.opening import open_store
from storage.engine.state import State, file_uuid
from storage.engine.store import Store
from tests.storage.engine.library import Book


@pytest.fixture
def state(store: Store) -> State:
    """What the open file remembers."""
    return State(store)


def test_values_are_remembered_across_restarts(state: State, store: Store, path: Path) -> None:
    state.remember("columns", {"title": 260, "shown": ["a", "é"]})
    state.remember("columns", {"title": 300})
    assert state.recall("columns") == {"title": 300}
    store.close()
    again = open_store(path, read_only=True)
    assert State(again).recall("columns") == {"title": 300}
    assert State(again).recall("nothing", 7) == 7 and State(again).recall("nothing") is None
    again.close()


def test_drafts_are_kept_until_they_are_dropped(state: State, store: Store) -> None:
    state.draft("book 1 notes", "half a sen")
    state.draft("book 1 notes", "half a sentence")
    state.draft("book 2 notes", "")
    assert State(store).drafts() == {"book 1 notes": "half a sentence", "book 2 notes": ""}
    state.drop_draft("book 1 notes")
    state.drop_draft("never there")
    assert State(store).drafts() == {"book 2 notes": ""}


def test_state_is_no_step(state: State, store: Store) -> None:
    state.remember("window", 1)
    state.draft("a", "b")
    assert History(store).latest() == []
    with store.step("Add"):
        store.save(Book(title="Emma"))
    assert History(store).first_broken() is None


def test_while_a_step_is_open_it_waits_in_memory(state: State, store: Store) -> None:
    with pytest.raises(ValueError, match="stop"), store.step("Add"):
        state.remember("window", 1)
        state.draft("a", "typed during an import")
        assert (state.recall("window"), state.drafts()) == (1, {"a": "typed during an import"})
        assert not state.flush() and State(store).drafts() == {}
        raise ValueError("stop")
    assert state.flush() and State(store).recall("window") == 1
    assert State(store).drafts() == {"a": "typed during an import"}


def test_in_a_file_open_to_read_it_stays_in_memory(store: Store, path: Path) -> None:
    store.close()
    reading = open_store(path, read_only=True)
    before = path.read_bytes()
    state = State(reading)
    state.remember("window", 1)
    state.draft("a", "b")
    state.drop_draft("a")
    assert state.recall("window") == 1 and state.drafts() == {} and path.read_bytes() == before
    reading.close()


def test_trouble_is_noted_and_tried_again(
    state: State, store: Store, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path.rename(path.with_name("moved.desk"))
    state.draft("a", "words that must not be in the log")
    assert state.drafts() == {"a": "words that must not be in the log"}
    assert "kept in memory" in caplog.text and "words that" not in caplog.text
    path.with_name("moved.desk").rename(path)
    assert state.flush() and State(store).drafts() == {"a": "words that must not be in the log"}


def test_another_writer_is_respected(state: State, store: Store, path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("insert into state values('x', '1', '')")
    other.commit()
    other.close()
    state.remember("window", 1)
    assert not state.flush() and state.recall("x") == 1


def test_what_cannot_be_read_is_the_default(state: State, store: Store) -> None:
    store.conn.execute("insert into state values('window', 'not json', '')")
    assert state.recall("window", "as new") == "as new"


def test_a_file_has_an_identity_of_its_own(state: State, store: Store) -> None:
    assert len(state.file_uuid) == 36 and state.file_uuid == file_uuid(store.conn)
    for bad in ("../../elsewhere", ""):
        store.conn.execute("update meta set value = ?", (bad,))
        with pytest.raises(DamagedFile, match="which file it is"):
            file_uuid(store.conn)
