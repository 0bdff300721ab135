"""The plain zip holds every row as it is, and a file is made of it when nothing else is left."""

import os
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.engine.backup import plain
from storage.engine.contents import finished
from storage.engine.opening import open_store
from storage.engine.repair.repairing import repair
from storage.engine.state import State
from storage.engine.store import Store
from tests.storage.engine.conftest import all_of
from tests.storage.engine.library import Author, Book


@pytest.fixture
def filled(store: Store) -> Store:
    with store.step("Add"):
        store.save_many([Book(title=f"Book {n}", notes='a\n"b"\té', own={"x": "1"}) for n in range(30)])
        store.save(Author(title="Austen"))
    store.change(Book, 3, {"title": "Emma"})
    return store


def written(store: Store, name: str = "week.zip") -> Path:
    path = plain.folder(State(store).file_uuid) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as packed:
        for _ in plain.write_tables(store, packed):
            pass
    return path


def test_every_row_is_in_it_as_text(filled: Store) -> None:
    path = written(filled)
    finished(plain.check_tables(filled, path))
    with zipfile.ZipFile(path) as packed:
        assert '"title": "Emma"' in packed.read("tables/book.jsonl").decode()
        assert "tables/search_data.jsonl" not in packed.namelist()
    filled.change(Book, 1, {"title": "Later"})
    with pytest.raises(OSError, match="was not written as it is"):
        finished(plain.check_tables(filled, path))


def test_a_file_is_made_of_it_when_nothing_else_is_left(filled: Store, path: Path) -> None:
    written(filled)
    wanted = all_of(filled)
    filled.close()
    path.write_bytes(b"\0" * 9_000)
    recovery = repair(path, path.with_name("repaired.desk"))
    store = open_store(recovery.made)
    assert all_of(store) == wanted and "From week.zip came" in recovery.how
    store.close()


def test_it_is_due_each_week_whatever_the_clock_says_and_the_newest_few_stay(filled: Store) -> None:
    file, now = State(filled).file_uuid, datetime.now(UTC)
    assert plain.due(file, now)
    made = [written(filled, f"{n}.zip") for n in range(8)]
    for n, each in enumerate(made):
        os.utime(each, (each.stat().st_mtime, now.timestamp() - (8 - n) * 60))
    assert not plain.due(file, now) and plain.due(file, now + timedelta(days=8))
    assert plain.due(file, now - timedelta(days=3 * 365))
    plain.thin(file)
    assert [each.exists() for each in made] == [False] * 3 + [True] * 5


def test_a_zip_that_is_none_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"PK\3\4 not really")
    with pytest.raises(OSError, match="cannot be read"):
        plain.read_tables(tmp_path / "x.zip")
