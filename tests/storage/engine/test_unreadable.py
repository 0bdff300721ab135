"""What cannot be read from an open file is told in words; the rest can be read."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage.engine.errors import DamagedFile, StorageError
from storage.engine.history import History
from storage.engine.opening import open_store
from storage.engine.store import Store
from tests.storage.engine.library import Author, Book, Shelf


@pytest.fixture
def closed(store: Store, path: Path) -> Path:
    """A file with a book on a shelf."""
    with store.step("Add"):
        store.save(Shelf(title="North"))
        store.save(Book(title="Emma", shelf=1))
    store.close()
    return path


def altered(path: Path, *statements: str) -> Store:
    """The file opened after another program has written to it."""
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("update current_step set step = 1, kind = 'edit'")
        for statement in statements:
            conn.execute(statement)
        conn.execute("update current_step set step = null, kind = null")
        conn.commit()
    return open_store(path)


@pytest.mark.parametrize(
    "statement",
    [
        "update book set published = 'soon'",
        "update book set own = '{\"ward\"'",
        "update book set own = '[1]'",
        "update book set title = cast(x'ff41' as text)",
    ],
)
def test_a_value_that_is_none_is_told_and_the_rest_is_read(closed: Path, statement: str) -> None:
    with closing(altered(closed, statement)) as store:
        with pytest.raises(DamagedFile, match=r"books.desk is damaged: part of"):
            store.all(Book)
        assert [shelf.title for shelf in store.all(Shelf)] == ["North"] and store.all(Author) == []


def test_a_history_that_cannot_be_read_is_told(closed: Path) -> None:
    with closing(altered(closed, "update change set new = '{' where tbl = 'book'")) as store:
        with pytest.raises(DamagedFile, match="cannot be understood"):
            History(store).of("book", 1)
        assert [step.label for step in History(store).latest()] == ["Add"]


def test_a_file_that_cannot_be_reached_is_not_called_damaged(store: Store) -> None:
    store.conn.close()
    with pytest.raises(StorageError, match="cannot be read at the moment") as told:
        store.all(Book)
    assert not isinstance(told.value, DamagedFile)
