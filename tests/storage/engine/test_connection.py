"""Every connection has every setting, read back from SQLite itself."""

import sqlite3
from pathlib import Path

import pytest

from storage.engine import connection
from storage.engine.connection import APPLICATION_ID, attaching_allowed, connect
from storage.engine.errors import StorageError
from storage.engine.store import Store

EXPECTED = {
    "journal_mode": "truncate",
    "synchronous": 3,
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "secure_delete": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "mmap_size": 0,
    "locking_mode": "normal",
    "temp_store": 2,
    "busy_timeout": 250,
    "page_size": 4096,
    "auto_vacuum": 0,
    "application_id": APPLICATION_ID,
    "encoding": "UTF-8",
}


@pytest.mark.parametrize(("name", "expected"), EXPECTED.items())
def test_settings_of_an_open_file(store: Store, name: str, expected: object) -> None:
    assert store.conn.execute(f"pragma {name}").fetchone()[0] == expected


def test_foreign_files_cannot_be_attached(store: Store, tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError, match="too many attached"):
        store.conn.execute("attach ? as other", (str(tmp_path / "other.db"),))
    with attaching_allowed(store.conn):
        store.conn.execute("vacuum into ?", (str(tmp_path / "copy.desk"),))
    with pytest.raises(sqlite3.OperationalError, match="too many attached"):
        store.conn.execute("attach ? as other", (str(tmp_path / "other.db"),))


@pytest.mark.parametrize(
    "name", ["a b.desk", "100%.desk", "what?.desk", "a#b.desk", "é—漢.desk", "file:x.desk"]
)
def test_any_name_of_a_file_is_a_name(tmp_path: Path, name: str) -> None:
    connect(tmp_path / name, "rwc").close()
    conn = connect(tmp_path / name)
    conn.execute("create table t(a)")
    conn.close()
    assert (tmp_path / name).stat().st_size


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    for mode in ("rw", "ro"):
        with pytest.raises(sqlite3.OperationalError):
            connect(tmp_path / "nothing.desk", mode)
    assert not (tmp_path / "nothing.desk").exists()


def test_a_setting_that_does_not_hold_closes_the_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection._WRITING, "journal_mode", ("truncate", "wal"))
    with pytest.raises(StorageError, match="setting journal_mode"):
        connect(path, "rwc")
