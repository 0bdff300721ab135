"""Files of every version: earlier ones open and keep what they hold, later ones are only read."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from storage.engine import contents, migrations
from storage.engine.backup.backups import HOME
from storage.engine.ddl import written_columns
from storage.engine.errors import NewerFile
from storage.engine.fields import RECORDS
from storage.engine.opening import open_store
from tests.campaign.frame import report
from tests.campaign.harness import in_own_process
from tests.campaign.working import prepared, wrong
from tests.storage.engine.library import Book, Shelf, Writing, only_the_library

Held = dict[str, tuple[int, str]]  # of each table: how many records, and a digest of their values


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program's own folder, with nothing in it."""
    monkeypatch.setenv(HOME, str(tmp_path / "home"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the file lies."""
    return tmp_path / "books.desk"


@pytest.fixture
def library() -> Iterator[None]:
    """Files hold books during the test."""
    with only_the_library():
        yield


def held(path: Path, columns: dict[str, list[str]] | None = None) -> tuple[dict[str, list[str]], Held]:
    """What a file holds in the columns that are written, by table; or only in those named."""
    with closing(sqlite3.connect(path)) as conn:
        columns = columns or {
            table: [c for c in names if c in written_columns(RECORDS[table])]
            for table, names in contents.columns(conn).items()
            if table in RECORDS
        }
        digests = {t: contents.finished(contents.digesting(conn, {t: c})) for t, c in columns.items()}
        return columns, {t: (n, str(digests[t])) for t, n in contents.rows(conn, columns).items()}


def test_m1_a_file_of_every_version_ever_released_opens_and_holds_what_it_held(
    project: Path, path: Path
) -> None:
    released = sorted((project / "tests" / "files" / "desk").glob("version-*.desk"))
    assert released
    for file in released:
        shutil.copy(file, path)
        columns, before = held(path)
        assert not wrong(path, ())
        assert held(path, columns)[1] == before
        with closing(sqlite3.connect(path)) as conn:
            assert conn.execute("pragma user_version").fetchone() == (migrations.VERSION,)
    report(
        "M1", {"files of earlier versions": f"{len(released)} of {len(released)} opened with all they held"}
    )


def test_m3_a_file_of_a_newer_version_is_read_and_not_written_to(path: Path, library: None) -> None:
    prepared_by_a_later_version(path)
    before = path.read_bytes()
    with pytest.raises(NewerFile, match="made by a newer version"):
        open_store(path)
    with closing(open_store(path, read_only=True)) as store:
        assert len(store.ids(Book)) >= 1 and [shelf.title for shelf in store.all(Shelf)] == ["North (moved)"]
    assert path.read_bytes() == before
    report("M3", {"bytes written to a file of a newer version": 0})


def test_m4_bringing_a_file_up_to_date_loses_no_row_of_any_table(path: Path, library: None) -> None:
    prepared(path, Random(4))  # noqa: S311 - chance, not a secret
    with closing(open_store(path)) as store, store.step("Put books on a shelf"):
        shelf = store.save(Shelf(title="North"))
        books = store.save_many([Book(title=f"Book {n}", shelf=shelf.id) for n in range(40)])
        store.save_many([Writing(book=book.id) for book in books])
    columns, before = held(path)
    in_own_process("later", path=str(path))
    after = held(path, columns)[1]
    assert {table: n for table, (n, _) in after.items()} == {table: n for table, (n, _) in before.items()}
    changed = {table for table in before if before[table] != after[table]}
    assert changed == {"shelf"}  # whose names the migration changes
    report("M4", {"rows before": sum(n for n, _ in before.values()), "rows lost": 0})


def prepared_by_a_later_version(path: Path) -> None:
    """A file that a later version of the program has brought up to date."""
    prepared(path, Random(3))  # noqa: S311
    with closing(open_store(path)) as store, store.step("Add"):
        store.save(Shelf(title="North"))
        store.save(Book(title="Emma"))
    in_own_process("later", path=str(path))
